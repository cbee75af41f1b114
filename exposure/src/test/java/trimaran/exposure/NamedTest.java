package trimaran.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;
import trimaran.record.CellKind;

/** What becomes of drafts that name a cell and show nothing of it. */
class NamedTest extends PaperRecord {

    /** A draft says of most kinds that something is written and not what: a thief finds no text, and so it is not certain. */
    @Test
    void whatApplicationWasOnlyToldOfIsPossible() {
        Reckoning reckoning = reckoning(new Fallen.Tier(Party.APPLICATION));
        Digest application = digest("application");
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.NAMED_TO_APPLICATION, "author", application, "anne"));
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.SHOWN_TO_APPLICATION, "author", application, "bilal-stay"));
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.NAMED_TO_APPLICATION, "author", application, "bilal"));
        reckoning.line(Party.DATA, line(590, LedgerLine.Act.NAMED_TO_APPLICATION, "author", application, "chloe"));
        reckoning.line(Party.DATA, line(500, LedgerLine.Act.NAMED_TO_APPLICATION, "author", application, "denis"));
        Exposure exposure = reckoning.exposure();
        assertThat(names(exposure, Certainty.POSSIBLE)).containsExactly("anne", "chloe");
        assertThat(names(exposure, Certainty.CERTAIN)).containsExactly("bilal");
        assertThat(one(exposure, "bilal").certain()).isEqualTo(Map.of(CellKind.STAY, 1));
        assertThat(one(exposure, "bilal").possible()).isEqualTo(Map.of(CellKind.IDENTITY, 1));
        assertThat(one(exposure, "bilal").named()).isEqualTo(Map.of(CellKind.IDENTITY, 1));
        assertThat(exposure.count(Way.NAMED)).isEqualTo(3);
        assertThat(exposure.excluded()).isEqualTo(1);
    }

    @Test
    void aKeyOrATextMakesMoreOfWhatWasNamed() {
        Reckoning reckoning = reckoning(new Fallen.Tier(Party.APPLICATION));
        Digest application = digest("application");
        for (String name : List.of("anne-stay", "bilal-stay")) {
            reckoning.line(Party.DATA, line(610, LedgerLine.Act.NAMED_TO_APPLICATION, "author", application, name));
        }
        reckoning.line(Party.ACCESS, line(620, LedgerLine.Act.RELEASED, "", application, "anne-stay"));
        reckoning.line(Party.DATA, line(630, LedgerLine.Act.SHOWN_TO_APPLICATION, "author", application, "bilal-stay"));
        Exposure exposure = reckoning.exposure();
        assertThat(names(exposure, Certainty.CERTAIN)).containsExactly("anne", "bilal");
        assertThat(exposure.patients()).allMatch(one -> one.named().isEmpty());
    }

    /** The cell of a new week names the ward's first, of which nothing is shown. */
    @Test
    void aBedMapThatIsOnlyNamedIsNotReadable() {
        Reckoning reckoning = reckoning(new Fallen.Tier(Party.APPLICATION));
        Digest application = digest("application");
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.NAMED_TO_APPLICATION, "author", application, "ward"));
        assertThat(reckoning.exposure().wardLists()).isZero();
        reckoning.line(Party.DATA, line(611, LedgerLine.Act.SHOWN_TO_APPLICATION, "author", application, "ward"));
        assertThat(reckoning.exposure().wardLists()).isEqualTo(1);
    }

    @Test
    void aStationReadWhatItToldApplicationOf() {
        session("here", nurse, STATION, 600, 700);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        Digest application = digest("application");
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.NAMED_TO_APPLICATION, "here", application, "anne"));
        assertThat(names(reckoning.exposure(), Certainty.CERTAIN)).containsExactly("anne");
    }
}
