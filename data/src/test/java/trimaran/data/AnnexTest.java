package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
import trimaran.record.Annex;

/** What an annex says counts for what its entry writes about, and for nothing else. */
class AnnexTest {

    private static final CellId WARD = new CellId(0, 3);
    private static final CellId STRANGER = new CellId(0, 4711);

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION, Party.WITNESS);
    private final Writing writing = new Writing(data.house);

    @BeforeEach
    void write() {
        assertThat(data.serves(5000)).isTrue();
        writing.ground().forEach(data::append);
    }

    @Test
    void aTokenLeadsToWhatItsEntryChangesAlone() {
        ResourceId own = new ResourceId(Writing.CELL, 5);
        Annex annex = new Annex(
                List.of(
                        new Annex.Token(digest("own"), own, false),
                        new Annex.Token(digest("another resource"), new ResourceId(Writing.CELL, 1), true),
                        new Annex.Token(digest("another cell"), new ResourceId(STRANGER, 5), true)),
                List.of());
        assertThat(data.append(writing.annexed(5, annex)).only().isDone()).isTrue();
        assertThat(data.keeper().tokenTaken(digest("own"))).isTrue();
        assertThat(data.keeper().tokenTaken(digest("another resource"))).isFalse();
        assertThat(data.keeper().tokenTaken(digest("another cell"))).isFalse();
    }

    @Test
    void aPlacementIsOfAPatientItsEntryWritesAbout() {
        Annex annex = new Annex(
                List.of(),
                List.of(
                        new Annex.Placement(Writing.CELL, WARD, Annex.Placement.State.PRESENT),
                        new Annex.Placement(STRANGER, WARD, Annex.Placement.State.PRESENT)));
        assertThat(data.append(writing.annexed(5, annex)).only().isDone()).isTrue();
        assertThat(isPlaced(Writing.CELL)).isTrue();
        assertThat(isPlaced(STRANGER)).isFalse();
    }

    private boolean isPlaced(CellId subject) {
        Writer key = new Writer(40).raw(Bytes.ofText("ward----").toArray());
        WARD.write(key);
        subject.write(key);
        return data.disk().get(Space.STATE, key.toBytes()).isPresent();
    }

    private static Digest digest(String text) {
        return FoundedHouse.digest(text);
    }
}
