package trimaran.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;

/** What becomes of a page that was printed where somebody fell. */
class PrintedTest extends PaperRecord {

    /** It was read to be printed, and no station keeps it: one of before the window went with its session. */
    @Test
    void aPrintWithinTheWindowIsCertainAndIsCounted() {
        session("here", nurse, STATION, 590, 700);
        session("before", nurse, STATION, 100, 200);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(610, LedgerLine.Act.PRINTED, "here", STATION, "anne", "anne-stay"));
        both(reckoning, line(620, LedgerLine.Act.PRINTED, "here", STATION, "bilal"));
        both(reckoning, line(150, LedgerLine.Act.PRINTED, "before", STATION, "chloe"));
        both(reckoning, line(610, LedgerLine.Act.PRINTED, "author", OTHER_STATION, "denis"));
        Exposure exposure = reckoning.exposure();
        assertThat(names(exposure, Certainty.CERTAIN)).containsExactly("anne", "bilal");
        assertThat(exposure.count(Certainty.POSSIBLE)).isZero();
        assertThat(exposure.excluded()).isEqualTo(2);
        assertThat(exposure.count(Way.PRINTED)).isEqualTo(2);
        assertThat(one(exposure, "anne").ways()).containsExactly(Way.PRINTED);
    }

    /** A print is one hull's line and whole at once, and hands out no key by which more could be read later. */
    @Test
    void aPrintIsSaidInWordsAndReleasesNoKey() {
        session("here", nurse, STATION, 590, 700);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.PRINTED, "here", STATION, "anne", "bilal-stay"));
        Exposure exposure = reckoning.exposure();
        Map<Locale, String> words = Map.of(
                Locale.FRENCH, "         2  par impression",
                Locale.ENGLISH, "         2  by printing");
        words.forEach((locale, said) -> {
            ExposureText text = new ExposureText(exposure, "accueil", WINDOW, List.of(), ZoneOffset.UTC, locale);
            assertThat(text.lines()).contains(said);
            assertThat(text.row(one(exposure, "anne")))
                    .contains(",certain,printed,1,0,0,0,")
                    .endsWith(",0");
        });
        assertThat(exposure.keysReleased()).isZero();
    }
}
