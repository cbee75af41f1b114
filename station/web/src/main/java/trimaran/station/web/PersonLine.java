package trimaran.station.web;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.chart.Banner;
import trimaran.station.chart.PersonName;

/**
 * One patient in a list to choose from: enough to tell them from a namesake, and nothing of their care.
 *
 * @param place where they lie or are expected; empty if nowhere
 * @param placeHref of that ward's board
 * @param doubts what does not fit who was looked for; none for an exact match
 */
record PersonLine(ResourceId id, Banner banner, ZoneId zone, String place, String placeHref, List<String> doubts) {

    PersonLine {
        doubts = List.copyOf(doubts);
    }

    PersonLine doubted(List<String> more) {
        return new PersonLine(id, banner, zone, place, placeHref, more);
    }

    String href() {
        return "/patients/" + id;
    }

    boolean isExact() {
        return doubts.isEmpty();
    }

    /** All names they go by, normalised, whole and in their parts. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        banner.inUse().ifPresent(name -> parts(name, names));
        banner.atBirth().ifPresent(name -> parts(name, names));
        return names;
    }

    private static void parts(PersonName name, List<String> names) {
        names.add(Trait.plain(name.family()));
        List<String> texts = new ArrayList<>(name.given());
        texts.add(name.family());
        if (name.family().isEmpty()) {
            texts.add(name.text());
        }
        for (String text : texts) {
            for (String part : text.split("[\\s'’-]+", -1)) {
                names.add(Trait.plain(part));
            }
            names.add(Trait.plain(text));
        }
        names.removeIf(String::isEmpty);
    }

    List<String> families() {
        List<String> families = new ArrayList<>();
        banner.inUse().ifPresent(name -> families.add(Trait.plain(name.family())));
        banner.atBirth().ifPresent(name -> families.add(Trait.plain(name.family())));
        return families;
    }

    String birth() {
        return banner.birth().map(time -> time.text()).orElse("");
    }
}
