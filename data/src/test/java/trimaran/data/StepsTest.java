package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.KeeperLimits;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.line.message.Request;
import trimaran.line.simulated.SimulatedNetwork;

/** What a keeper takes away by itself goes in steps, so that nobody waits behind one large write. */
class StepsTest {

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION, Party.WITNESS);
    private final Writing writing = new Writing(data.house);

    @BeforeEach
    void serve() {
        assertThat(data.serves(5000)).isTrue();
    }

    @Test
    void oneErasedPartTooManyWaitsForTheNextStep() throws MalformedException {
        writing.ground().forEach(data::append);
        List<Long> entries = new ArrayList<>();
        for (int i = 0; i <= KeeperLimits.ERASED_PARTS_MAX; i++) {
            entries.add(data.append(writing.change(100 + i, 0)).place().index());
        }
        data.append(writing.erasure(KeeperLimits.ERASED_PARTS_MAX + 1));
        assertThat(data.loops.runUntil(() -> blobs(entries) < entries.size(), 60_000))
                .isTrue();
        // The ground wrote the cell's first part.
        assertThat(blobs(entries)).isEqualTo(entries.size() - KeeperLimits.ERASED_PARTS_MAX + 1);
        assertThat(data.loops.runUntil(() -> blobs(entries) == 1, 60_000)).isTrue();
    }

    @Test
    void oneEnvelopeTooManyWaitsForTheNextStep() throws MalformedException {
        List<Long> entries = new ArrayList<>();
        for (int i = 0; i <= KeeperLimits.SWEPT_ENVELOPES_MAX; i++) {
            entries.add(
                    data.append(writing.placed(writing.cutOfNobody(i))).place().index());
        }
        List<Store.Change> envelopes = new ArrayList<>();
        entries.forEach(index -> envelopes.add(new Store.Change.Put(Space.ESCROW, key(index), Bytes.ofText("sealed"))));
        data.disk().write(envelopes);
        data.loops.runMillis(10_000);
        for (Party keeper : List.of(Party.ACCESS, Party.APPLICATION)) {
            data.line(SimulatedNetwork.peer(keeper.word())).ask(new Request.ConfirmShares(1_000_000));
        }
        assertThat(data.loops.runUntil(() -> escrow(entries) < entries.size(), 60_000))
                .isTrue();
        assertThat(escrow(entries)).isPositive();
        assertThat(data.loops.runUntil(() -> escrow(entries) == 0, 60_000)).isTrue();
    }

    private long blobs(List<Long> entries) {
        return entries.stream()
                .filter(index -> data.keeper()
                        .blob(data.copy()
                                .entry(index)
                                .orElseThrow()
                                .header()
                                .author()
                                .parts()
                                .getFirst()
                                .blob())
                        .isPresent())
                .count();
    }

    private long escrow(List<Long> entries) {
        return entries.stream()
                .filter(index -> data.disk().get(Space.ESCROW, key(index)).isPresent())
                .count();
    }

    private static Bytes key(long index) {
        return new Writer(8).i64(index).toBytes();
    }
}
