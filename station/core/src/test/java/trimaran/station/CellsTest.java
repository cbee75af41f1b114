package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.SecretBytes;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.seal.CellKey;

/** What is open in a station is looked through when enough was fetched, and not for each answer. */
class CellsTest extends StationBench {

    private static final long ROOM_BYTES = 1 << 20;

    @Test
    void cellsAreLookedThroughOnceASixteenthOfTheRoomWasFetched() {
        Cells cells = new Cells(hospital.loops.loop("another", 0), ROOM_BYTES);
        OpenCell unleased = cell(cells, 1);
        OpenCell fetched = cell(cells, 2);
        fetched.leases().add(Digest.ZERO, Long.MAX_VALUE / 2);
        long slack = ROOM_BYTES / Cells.SLACK_PART;

        cells.fetched(Collections.nCopies((int) (slack / fetched.sizeBytes()), fetched));
        assertThat(cells.get(unleased.id())).isPresent();
        cells.fetched(List.of(fetched));

        assertThat(cells.get(unleased.id())).isEmpty();
        assertThat(cells.get(fetched.id())).isPresent();
    }

    /** A station at work stopped here: the least used were looked for by times that readers changed meanwhile. */
    @Test
    void theLeastUsedIsForgottenWhileReadersUseCells() throws InterruptedException {
        Cells cells = new Cells(hospital.loops.loop("another", 0), ROOM_BYTES);
        List<OpenCell> used = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> readers = new ArrayList<>();
        try {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 4_000; i++) {
                    OpenCell cell = cell(cells, round * 4_000L + i);
                    cell.leases().add(Digest.ZERO, Long.MAX_VALUE / 2);
                    used.add(cell);
                }
                over.set(false);
                List<OpenCell> touched = List.copyOf(used);
                Thread reader = Thread.ofPlatform().start(() -> {
                    for (long n = 1; !over.get(); n++) {
                        touched.get((int) (n * 7919 % touched.size())).used(n * 31 % 100_003);
                    }
                });
                readers.add(reader);
                cells.fetched(Collections.nCopies((int) (ROOM_BYTES / 512), used.getLast()));
                over.set(true);
                reader.join();
                assertThat(cells.sizeBytes()).isLessThanOrEqualTo(ROOM_BYTES);
            }
        } finally {
            over.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
        }
    }

    @Test
    void overTheRoomTheLeastUsedGoesFirst() {
        Cells cells = new Cells(hospital.loops.loop("another", 0), ROOM_BYTES);
        int many = (int) (ROOM_BYTES / 512) + 100;
        for (int i = 0; i < many; i++) {
            OpenCell cell = cell(cells, i);
            cell.leases().add(Digest.ZERO, Long.MAX_VALUE / 2);
            cell.used(i < 50 ? 1_000 : i - many);
        }

        cells.fetched(Collections.nCopies(many, cells.get(new CellId(0, 0)).orElseThrow()));

        assertThat(cells.get(new CellId(0, 0))).isPresent();
        assertThat(cells.get(new CellId(0, 49))).isPresent();
        assertThat(cells.get(new CellId(0, 50))).isEmpty();
        assertThat(cells.get(new CellId(0, 149))).isEmpty();
        assertThat(cells.get(new CellId(0, 150))).isPresent();
    }

    /** A tier that could not prove what it gave has all of a cell forgotten, what is held included, and another gives it anew. */
    @Test
    void aCellIsAnsweredFromAtOnceOnlyWhileWhatIsHeldIsShownInIt() {
        Cells cells = new Cells(hospital.loops.loop("another", 0), ROOM_BYTES);
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
