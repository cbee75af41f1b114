package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;

/** A keeper that was away takes its pairs later: envelopes stay until every keeper has said that it needs them no more. */
class EscrowTest {

    /** Longer than any sweep takes to come round. */
    private static final long SWEEPS_MILLIS = 10_000;

    private final PlacingTier data = new PlacingTier(Party.APPLICATION, Party.WITNESS);
    private final FakeParty access = data.reach(Party.ACCESS);
    private final Writing writing = new Writing(data.house);

    @BeforeEach
    void serve() {
        assertThat(data.serves(5000)).isTrue();
    }

    @Test
    void envelopesGoOnceAllThreeKeepersNeedThemNoMore() throws MalformedException {
        long index = placedGood();
        data.loops.runMillis(SWEEPS_MILLIS);
        assertThat(access.asked(Request.ConfirmShares.class)).isNotEmpty();
        confirm(Party.ACCESS, index + 1);
        assertThat(escrow(index)).isTrue();
        confirm(Party.APPLICATION, index);
        assertThat(escrow(index)).isTrue();
        assertThat(sent(index).escrow().isNothing()).isFalse();
        confirm(Party.APPLICATION, index + 1);
        assertThat(escrow(index)).isFalse();
        assertThat(sent(index).escrow().isNothing()).isTrue();
    }

    @Test
    void whoHasABadPairDoesNotConfirmThoughItCosigned() throws MalformedException {
        long index = 0;
        for (SealedEntry entry : writing.ground()) {
            index = data.append(entry).place().index();
        }
        confirm(Party.ACCESS, index + 1);
        confirm(Party.APPLICATION, index + 1);
        assertThat(data.keeper().cosigner().noteSize()).isEqualTo(index + 1);
        assertThat(escrow(index)).isTrue();
        for (Request.ConfirmShares told : access.asked(Request.ConfirmShares.class)) {
            assertThat(told.size()).isLessThanOrEqualTo(index);
        }
    }

    @Test
    void aStationsWordConfirmsNothing() throws MalformedException {
        long index = placedGood();
        confirm(Party.ACCESS, index + 1);
        assertThat(data.line(Writing.STATION)
                        .ask(new Request.ConfirmShares(index + 1))
                        .only()
                        .isDone())
                .isFalse();
        assertThat(data.line(SimulatedNetwork.peer(Party.WITNESS.word()))
                        .ask(new Request.ConfirmShares(index + 1))
                        .only()
                        .isDone())
                .isFalse();
        data.loops.runMillis(SWEEPS_MILLIS);
        assertThat(escrow(index)).isTrue();
    }

    @Test
    void whatWasSweptStaysSweptOverARestart() throws MalformedException {
        long index = placedGood();
        confirm(Party.ACCESS, index + 1);
        confirm(Party.APPLICATION, index + 1);
        data.restart(0);
        assertThat(data.serves(5000)).isTrue();
        assertThat(escrow(index)).isFalse();
        assertThat(data.copy().size()).isEqualTo(index + 1);
    }

    /** The ground without its own cell, whose envelope is rubbish, and a cell whose envelope is good. */
    private long placedGood() throws MalformedException {
        writing.ground().subList(0, 3).forEach(data::append);
        return data.append(writing.goodCell(Writing.cell(78))).place().index();
    }

    private void confirm(Party keeper, long size) {
        assertThat(data.line(SimulatedNetwork.peer(keeper.word()))
                        .ask(new Request.ConfirmShares(size))
                        .only()
                        .isDone())
                .isTrue();
        data.loops.runMillis(SWEEPS_MILLIS);
    }

    private boolean escrow(long index) {
        Bytes key = new Writer(8).i64(index).toBytes();
        return data.disk().get(Space.ESCROW, key).isPresent();
    }

    private SealedEntry sent(long index) {
        Request fetch = new Request.FetchEntries(index, MessageLimits.CONTENT_BYTES_MAX);
        PlacingTier.Reply reply =
                data.line(SimulatedNetwork.peer(Party.ACCESS.word())).ask(fetch);
        if (reply.only() instanceof Outcome.Done<Response>(Response.Entries entries)) {
            return entries.entries().getFirst();
        }
        throw new AssertionError("not answered: " + reply.only());
    }
}
