package trimaran.station.chart;

import java.util.List;

/**
 * Somebody to call.
 *
 * @param relationship in words; empty if nobody said
 * @param source the RelatedPerson, or the Patient that names them
 */
public record Contact(Source source, String name, String relationship, List<String> phones) {

    public Contact {
        phones = List.copyOf(phones);
    }

    public String words(Language language) {
        String called = phones.isEmpty()
                ? language.of("téléphone non renseigné", "telephone not recorded")
                : String.join(", ", phones);
        return Node.joined(
                ", ",
                List.of(
                        name.isEmpty() ? language.of("nom non renseigné", "name not recorded") : name,
                        relationship,
                        called),
                part -> part);
    }
}
