package trimaran.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;
import trimaran.line.message.LedgerLine;
import trimaran.record.CellKind;

/** A cell and its later keys are one: what is sealed in it opens with one of them. */
class LaterKeyTest extends PaperRecord {

    @Test
    void whoIsHandedALaterKeyIsHandedWhatItsCellHolds() {
        Digest author = sessions.getOrDefault("author", Digest.ZERO);
        opens(20, author, "anne-stay-key", CellKind.KEY, "anne-stay");
        session("here", nurse, STATION, 590, 700);
        for (String[] handed : new String[][] {{"anne-stay-key"}, {"anne-stay", "anne-stay-key"}}) {
            Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
            both(reckoning, line(610, LedgerLine.Act.RELEASED, "here", STATION, handed));
            assertThat(reckoning.exposure().patients()).hasSize(1);
            assertThat(reckoning.exposure().patients().getFirst().certain()).isEqualTo(Map.of(CellKind.STAY, 1));
        }
    }

    @Test
    void aKeyCountsAsReleasedUntilALaterOneIsDrawn() {
        Digest author = sessions.getOrDefault("author", Digest.ZERO);
        session("here", nurse, STATION, 590, 700);
        LedgerLine handed = line(610, LedgerLine.Act.RELEASED, "here", STATION, "anne-stay");
        Reckoning before = reckoning(new Fallen.Station("accueil"));
        both(before, handed);
        assertThat(before.exposure().keysReleased()).isEqualTo(1);
        assertThat(before.exposure().patients().getFirst().keysReleased()).isEqualTo(1);
        opens(620, author, "anne-stay-key", CellKind.KEY, "anne-stay");
        Reckoning after = reckoning(new Fallen.Station("accueil"));
        both(after, handed);
        assertThat(after.exposure().patients()).hasSize(1);
        assertThat(after.exposure().keysReleased()).isZero();
        both(after, line(625, LedgerLine.Act.SHOWN_TO_APPLICATION, "here", STATION, "anne-stay"));
        assertThat(after.exposure().keysReleased()).as("a text is no key").isZero();
        both(after, line(630, LedgerLine.Act.RELEASED, "here", STATION, "anne-stay", "anne-stay-key"));
        assertThat(after.exposure().keysReleased())
                .as("and that one was handed out, too")
                .isEqualTo(1);
    }
}
