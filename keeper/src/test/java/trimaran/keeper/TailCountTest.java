package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.Weather;

/** A data that goes on feeding one tier what no quorum signs is believed twice. */
class TailCountTest {

    /** Who has the log: access and a twin that had the same entries. */
    private final KeptTier access = new KeptTier();

    private final KeptTier twin = new KeptTier();

    @Test
    void dataIsBelievedAfterOneTailAndNotAfterTwo() {
        assertThat(cosigner().tails().isWary()).isFalse();
        oneMore();
        assertThat(cosigner().tails().isWary()).isFalse();
        assertThat(replicated(next()).isDone()).isTrue();

        for (int tails = 1; tails < TailCount.TAILS_MAX; tails++) {
            oneMore();
        }

        assertThat(cosigner().tails().isWary()).isTrue();
        assertThat(cosigner().faults()).anyMatch(fault -> fault.contains("until data is rebuilt"));
        long size = access.copy.size();
        assertThat(code(replicated(next()))).isEqualTo(Code.UNAVAILABLE);
        assertThat(access.copy.size()).isEqualTo(size);
    }

    @Test
    void whatAQuorumSignedIsTakenInAllTheSame() {
        twice();
        SealedEntry next = next();
        TreeHead signed = twin.copy.frontier().head();
        List<Outcome<Response>> answers = new ArrayList<>();

        replica().takeIn(Party.APPLICATION, 1, List.of(next), Optional.of(signed::equals), answers::add);

        assertThat(answers).containsExactly(Outcome.done(new Response.Done()));
        assertThat(access.copy.frontier()).isEqualTo(twin.copy.frontier());
    }

    @Test
    void aDataWithOtherKeysIsBelievedAnew() {
        twice();
        assertThat(cosigner().tails().isWary()).isTrue();
        assertThat(new TailCount(access.setting, () -> KeptTier.digest("another log")).isWary())
                .isFalse();
    }

    @Test
    void afterADayWithoutATailItIsBelievedAnew() {
        twice();
        access.loops.runMillis(TailCount.FORGIVEN_MILLIS - 1_000);
        assertThat(cosigner().tails().isWary()).isTrue();
        access.loops.runMillis(1_000);
        assertThat(cosigner().tails().isWary()).isFalse();
    }

    @Test
    void itsHeartbeatsAreSignedAsBefore() {
        twice();
        Bytes note = access.note(access.cosigner.checkpoint(1), KeptTier.START.millis() / 1000);
        List<Outcome<Response>> answers = new ArrayList<>();
        replica().replicate(Party.DATA, new Request.Replicate(1, List.of(), note), answers::add);
        assertThat(answers.getFirst().isDone()).isTrue();
    }

    private void twice() {
        for (int tails = 0; tails < TailCount.TAILS_MAX; tails++) {
            oneMore();
        }
    }

    /** As at a fork: the next keeper on this store knows of one tail more. */
    private void oneMore() {
        access.store.write(List.of(
                new Store.Change.Put(Space.STATE, Key.TAILS, cosigner().tails().oneMore())));
    }

    private Cosigner cosigner() {
        return new Cosigner(access.setting, access.copy, access.membership);
    }

    private SealedEntry next() {
        EntryContent content = twin.grant();
        Bytes place = twin.place(content, KeptTier.START).encode();
        return new SealedEntry(
                SealedEntry.Item.inline(content.headerBytes()),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(),
                place);
    }

    private Outcome<Response> replicated(SealedEntry next) {
        List<Outcome<Response>> answers = new ArrayList<>();
        long index = twin.copy.size() - 1;
        replica().replicate(Party.DATA, new Request.Replicate(index, List.of(next), Bytes.EMPTY), answers::add);
        return answers.getFirst();
    }

    private Replica replica() {
        Cosigner cosigner = cosigner();
        Announcements announcements = new Announcements(access.setting, access.copy);
        Feed feed = new Feed(access.copy, cosigner, access.membership, announcements);
        Peers peers = new Peers(
                access.setting,
                access.membership,
                new SimulatedNetwork(access.loops, Weather.FAIR)
                        .join(access.loops.loop("peers", 0), SimulatedNetwork.peer("access"), peer -> true),
                Map.of(),
                party -> {},
                (party, reason) -> {});
        Fetcher fetcher = new Fetcher(peers, access.copy.staging(), access.setting.loop());
        return new Replica(access.setting, access.copy, new Intake(access.copy), fetcher, cosigner, access.held, feed);
    }

    private static Code code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?>(Refusal refusal) ? refusal.code() : Code.BROKEN;
    }
}
