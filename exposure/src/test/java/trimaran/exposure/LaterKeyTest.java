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
}
