package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import trimaran.cut.CutTarget;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.record.Statement;
import trimaran.station.chart.Language;

/** Whichever hull is gone, the page says in either language which, since when, what works, what waits and what to do. */
class HullsSayTest {

    private static final String WHY = "écrans chiffrés";
    private static final String CUT_AT = "08:12";
    private static final int MINUTE_NOW = 12;

    private static final Pattern STRIP = Pattern.compile(
            "<div class=\"strip[^\"]*\">.*?<b>([^<]*)</b> ([^<]*) <a href=\"/coques\">", Pattern.DOTALL);
    private static final Pattern HULL = Pattern.compile(
            "<section class=\"hull [^>]*>.*?<h2>([^<]*)<small>.*?</svg>\\s*([^<]*)</span>\\s*<p class=\"small\">(.*?)</p>",
            Pattern.DOTALL);
    private static final Pattern ITEM = Pattern.compile("<span>([^<]*)</span>");

    /** What happened, and under which keys it is said. */
    enum Kind {
        ACCESS("strip.one", "access"),
        APPLICATION("strip.one", "application"),
        DATA("strip.one", "data"),
        ACCESS_AND_APPLICATION("strip.two", "two"),
        ACCESS_AND_DATA("strip.two", "two"),
        APPLICATION_AND_DATA("strip.two", "two"),
        NOBODY("strip.alone", "alone"),
        ACCESS_CUT("strip.cut.one", "access"),
        APPLICATION_CUT("strip.cut.one", "application"),
        DATA_CUT("strip.cut.one", "data"),
        ALL_CUT("strip.cut.all", "cut.all"),
        STATION_CUT("strip.cut.here", "cut.here");

        private final String strip;
        private final String situation;

        Kind(String strip, String situation) {
            this.strip = strip;
            this.situation = situation;
        }

        private List<Party> gone() {
            return switch (this) {
                case ACCESS, ACCESS_CUT -> List.of(Party.ACCESS);
                case APPLICATION, APPLICATION_CUT -> List.of(Party.APPLICATION);
                case DATA, DATA_CUT -> List.of(Party.DATA);
                case ACCESS_AND_APPLICATION -> List.of(Party.ACCESS, Party.APPLICATION);
                case ACCESS_AND_DATA -> List.of(Party.ACCESS, Party.DATA);
                case APPLICATION_AND_DATA -> List.of(Party.APPLICATION, Party.DATA);
                case NOBODY, ALL_CUT, STATION_CUT -> Party.TIERS;
            };
        }

        private boolean isTierCut() {
            return strip.equals("strip.cut.one");
        }

        private List<CutTarget> cuts() {
            return switch (this) {
                case ACCESS_CUT, APPLICATION_CUT, DATA_CUT -> List.of(CutTarget.tier(gone().getFirst()));
                case ALL_CUT -> List.of(CutTarget.everything());
                case STATION_CUT -> List.of(new CutTarget(Statement.Target.STATION, FakeCuts.HERE, "accueil"));
                case ACCESS, APPLICATION, DATA, ACCESS_AND_APPLICATION, ACCESS_AND_DATA, APPLICATION_AND_DATA, NOBODY ->
                    List.of();
            };
        }
    }

    private final OpenWeb web = new OpenWeb();

    @AfterEach
    void close() {
        web.close();
    }

    /** No two at once, so that of two the later one has to be said. */
    private static String fellAt(Party party) {
        return switch (party) {
            case ACCESS -> "08:10";
            case APPLICATION -> "08:02";
            case DATA -> "08:07";
            case WITNESS -> throw new IllegalArgumentException("no station hears when the witness fell");
        };
    }

    private void happens(Kind kind) {
        Map<Party, WallTime> silent = new HashMap<>();
        for (Party party : kind.gone()) {
            int minutes = MINUTE_NOW - Integer.parseInt(fellAt(party).substring("08:".length()));
            silent.put(party, new WallTime(OpenWeb.NOW - minutes * 60_000L));
        }
        web.hospital.silent = Map.copyOf(silent);
        web.hospital.alone = kind.gone().size() == Party.TIERS.size();
        web.hospital.cuts.standing.clear();
        kind.cuts().forEach(cut -> web.hospital.cuts.add(cut, WHY));
    }

    /** The page as anybody gets it, logged in or not. */
    private String page(Words words) {
        return web.browser().get("/coques", "Accept-Language", words.tag()).body();
    }

    private static Stream<Arguments> everyKindInBothLanguages() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Language.values()).map(language -> Arguments.of(kind, language)));
    }

    @ParameterizedTest
    @MethodSource("everyKindInBothLanguages")
    void whichSinceWhenAndWhatToDoStandsInTheStrip(Kind kind, Language language) {
        Words words = Words.of(language);
        happens(kind);
        MatchResult strip = strip(page(words));

        assertThat(strip.group(1)).isEqualTo(sentence(kind, words));
        assertThat(strip.group(2))
                .isEqualTo(words.say("advice." + kind.situation))
                .isNotBlank();
    }

    /** It can do less than one whose hulls are all cut: the sealed copy is shut there, too. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void aStationThatIsCutSaysSoAlsoWhereEverythingIs(Language language) {
        Words words = Words.of(language);
        happens(Kind.STATION_CUT);
        web.hospital.cuts.add(CutTarget.everything(), WHY);
        String page = page(words);

        assertThat(strip(page).group(2)).isEqualTo(words.say("advice.cut.here"));
        assertThat(items(page, "hulls.works", words)).isEqualTo(parts("works.cut.here", words));
    }

    @ParameterizedTest
    @MethodSource("everyKindInBothLanguages")
    void whatWorksAndWhatWaitsStandsOnThePage(Kind kind, Language language) {
        Words words = Words.of(language);
        happens(kind);
        String page = page(words);

        assertThat(items(page, "hulls.works", words)).isEqualTo(parts("works." + kind.situation, words));
        assertThat(items(page, "hulls.waits", words)).isEqualTo(parts("waits." + kind.situation, words));
    }

    @ParameterizedTest
    @MethodSource("everyKindInBothLanguages")
    void eachHullThatIsGoneSaysSoSinceWhenAndWhatThatMeans(Kind kind, Language language) {
        Words words = Words.of(language);
        happens(kind);
        List<MatchResult> hulls = HULL.matcher(page(words)).results().toList();

        assertThat(hulls).hasSameSizeAs(Party.TIERS);
        for (int i = 0; i < hulls.size(); i++) {
            Party party = Party.TIERS.get(i);
            boolean gone = kind.gone().contains(party);
            String state = gone ? kind.isTierCut() ? "hull.cut" : "hull.silent" : "hull.afloat";
            String at = kind.isTierCut() ? CUT_AT : fellAt(party);
            String why = kind.isTierCut() ? words.say("cut.why", WHY) + " " : "";
            assertThat(hulls.get(i).group(1)).isEqualTo(words.say("party." + party.word()));
            assertThat(hulls.get(i).group(2)).as(party.word()).isEqualTo(words.say(state));
            assertThat(hulls.get(i).group(3))
                    .as(party.word())
                    .isEqualTo(
                            gone
                                    ? "<b>" + words.say("hull.since", at) + "</b> " + why
                                            + words.say("silent." + party.word())
                                    : words.say("afloat." + party.word()));
        }
    }

    /** Of access and data the same is to be done, and of two hulls it is the same whichever they are. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void whatIsNotAlikeIsNotSaidAlike(Language language) {
        Words words = Words.of(language);
        Map<Kind, String> strips = new EnumMap<>(Kind.class);
        Map<Kind, String> advices = new EnumMap<>(Kind.class);
        Map<Kind, String> works = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            happens(kind);
            String page = page(words);
            strips.put(kind, String.valueOf(strip(page).group(1)));
            advices.put(kind, String.valueOf(strip(page).group(2)));
            works.put(kind, items(page, "hulls.works", words) + " " + items(page, "hulls.waits", words));
        }

        assertThat(strips.values()).doesNotHaveDuplicates();
        assertThat(List.of(Kind.ACCESS, Kind.APPLICATION, Kind.NOBODY, Kind.ALL_CUT, Kind.STATION_CUT))
                .extracting(advices::get)
                .doesNotHaveDuplicates()
                .doesNotContain(advices.get(Kind.ACCESS_AND_DATA));
        assertThat(List.of(Kind.ACCESS, Kind.APPLICATION, Kind.DATA, Kind.NOBODY, Kind.ALL_CUT, Kind.STATION_CUT))
                .extracting(works::get)
                .doesNotHaveDuplicates()
                .doesNotContain(
                        works.get(Kind.ACCESS_AND_DATA), parts("works.all", words) + " " + parts("waits.all", words));
    }

    /** No badge opens at a station that is cut, and nothing stays open where everything is. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void whereACutClosesThisStationNobodyIsToldThatAnOpenRecordStaysReadable(Language language) {
        Words words = Words.of(language);
        String open = parts("works.alone", words).getFirst();
        String badge = parts("works.alone", words).get(1);
        happens(Kind.NOBODY);
        assertThat(items(page(words), "hulls.works", words)).contains(open, badge);
        happens(Kind.ALL_CUT);
        assertThat(items(page(words), "hulls.works", words)).doesNotContain(open);
        happens(Kind.STATION_CUT);
        assertThat(items(page(words), "hulls.works", words)).doesNotContain(open, badge);
    }

    /** The station does not speak to it: its silence is not seen here, and the page says that, and that nothing changes. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void ofTheWitnessIsSaidThatItsSilenceIsNotSeenHereAndChangesNothing(Language language) {
        Words words = Words.of(language);
        String page = page(words);

        assertThat(STRIP.matcher(page).find()).isFalse();
        assertThat(items(page, "hulls.works", words)).isEqualTo(parts("works.all", words));
        assertThat(items(page, "hulls.waits", words)).isEqualTo(parts("waits.all", words));
        assertThat(page)
                .contains("<th scope=\"row\">" + words.say("party.witness") + "</th><td colspan=\"3\">"
                        + words.say("witness.how") + "</td>");
        assertThat(words.say("witness.how"))
                .contains(
                        language == Language.FRENCH
                                ? "rien ne change pour vous. L’informatique le voit."
                                : "nothing changes for you. The computer department sees it.");
    }

    private static String sentence(Kind kind, Words words) {
        List<String> names = kind.gone().stream()
                .map(party -> words.say("party." + party.word()))
                .toList();
        String last =
                kind.gone().stream().map(HullsSayTest::fellAt).sorted().toList().getLast();
        return switch (kind.strip) {
            case "strip.one" -> words.say(kind.strip, names.getFirst(), last);
            case "strip.two" -> words.say(kind.strip, names.get(0), names.get(1), last);
            case "strip.alone" -> words.say(kind.strip, last);
            case "strip.cut.one" -> words.say(kind.strip, names.getFirst(), CUT_AT) + " " + words.say("cut.why", WHY);
            default -> words.say(kind.strip, CUT_AT) + " " + words.say("cut.why", WHY);
        };
    }

    private static MatchResult strip(String page) {
        List<MatchResult> strips = STRIP.matcher(page).results().toList();
        assertThat(strips).as(page).hasSize(1);
        return strips.getFirst();
    }

    /** The sentences of the list under this heading. */
    private static List<String> items(String page, String heading, Words words) {
        int from = page.indexOf(words.say(heading) + "</h2>");
        assertThat(from).as(heading).isPositive();
        String list = page.substring(from, page.indexOf("</ul>", from));
        return ITEM.matcher(list)
                .results()
                .map(one -> String.valueOf(one.group(1)))
                .toList();
    }

    /** The sentences of the catalogue, none of which is empty. */
    private static List<String> parts(String key, Words words) {
        List<String> parts = new ArrayList<>(List.of(words.say(key).split(" \\| ", -1)));
        assertThat(parts).as(key).allSatisfy(one -> assertThat(one).isNotBlank());
        return parts;
    }
}
