package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.SecretBytes;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.seal.CellKey;

/** What is open in a station is looked through when enough was fetched, and not for each answer. */
class CellsTest extends StationBench {

    @Test
    void cellsAreLookedThroughOnceASixteenthOfTheRoomWasFetched() {
        StationSetting setting = hospital.setting("another", hospital.loops.loop("another", 0), new MemoryDisk());
        Cells cells = new Cells(setting);
        OpenCell unleased = cell(cells, 1);
        OpenCell fetched = cell(cells, 2);
        fetched.leases().add(Digest.ZERO, Long.MAX_VALUE / 2);
        long slack = setting.openBytesMax() / Cells.SLACK_PART;

        cells.fetched(Collections.nCopies((int) (slack / fetched.sizeBytes()), fetched));
        assertThat(cells.get(unleased.id())).isPresent();
        cells.fetched(List.of(fetched));

        assertThat(cells.get(unleased.id())).isEmpty();
        assertThat(cells.get(fetched.id())).isPresent();
    }

    /** A tier that could not prove what it gave has all of a cell forgotten, what is held included, and another gives it anew. */
    @Test
    void aCellIsAnsweredFromAtOnceOnlyWhileWhatIsHeldIsShownInIt() {
        StationSetting setting = hospital.setting("another", hospital.loops.loop("another", 0), new MemoryDisk());
        Cells cells = new Cells(setting);
        OpenCell cell = cell(cells, 1);
        cell.leases().add(Digest.ZERO, Long.MAX_VALUE / 2);
        cell.markReady();
        assertThat(cells.current(cell.id(), Digest.ZERO)).isEmpty();

        int before = cell.resets();
        cell.heldShown(before);
        assertThat(cells.current(cell.id(), Digest.ZERO)).isPresent();

        cell.reset();
        cell.markReady();
        assertThat(cells.current(cell.id(), Digest.ZERO)).isEmpty();
        cell.heldShown(before);
        assertThat(cells.current(cell.id(), Digest.ZERO))
                .as("what was shown before is forgotten")
                .isEmpty();
        cell.heldShown(cell.resets());
        assertThat(cells.current(cell.id(), Digest.ZERO)).isPresent();
    }

    private static OpenCell cell(Cells cells, long number) {
        CellId id = new CellId(0, number);
        NewCell opening =
                new NewCell(id, CellKind.DOSSIER, id, Digest.ZERO, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO));
        return cells.add(opening, new CellKey(id, SecretBytes.taking(new byte[32])));
    }
}
