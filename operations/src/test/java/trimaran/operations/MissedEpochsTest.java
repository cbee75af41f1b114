package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;
import trimaran.process.FileDisk;
import trimaran.record.PartyKeys;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** A home that did not look while another copy of it had a party made anew. */
class MissedEpochsTest {

    private final Map<Party, List<SignedStatement>> shown = new EnumMap<>(Party.class);
    private final List<SignedStatement> learnt = new ArrayList<>();
    private final StringWriter said = new StringWriter();

    private final List<Registry> officersSoFar = new ArrayList<>();
    private final FoundedOffice office;
    private final List<Signer> officers;
    private final Registry registry;

    MissedEpochsTest(@TempDir Path scratch) throws RefusedException {
        this.office = FoundedOffice.in(scratch.resolve("home"));
        this.officers = office.officers().subList(0, 2);
        this.registry = office.registry();
        this.officersSoFar.add(office.registry());
    }

    private SignedStatement change(long epoch, Party replaced, String keys, List<Signer> signers) {
        Bytes any = Bytes.ofText(FoundedOffice.digest(keys).hex().substring(0, 32));
        PublicKey key = new PublicKey(Suite.ML_DSA_44, any);
        PartyKeys next = new PartyKeys(replaced, any, any, key, FoundedOffice.digest(keys), any, 1);
        return SignedStatement.signed(
                registry.origin(), new Statement.EpochChange(epoch, replaced, next, new RecordTime(1_000)), signers);
    }

    private SignedStatement change(long epoch, Party replaced, String keys) {
        return change(epoch, replaced, keys, officers);
    }

    private void shows(Party tier, SignedStatement... changes) {
        shown.put(tier, List.of(changes));
    }

    private boolean learn(SignedStatement... own) throws RefusedException {
        return learn(MissedEpochs.ANY, List.of(own)::contains);
    }

    private boolean learn(int tiersMin, Predicate<SignedStatement> own) throws RefusedException {
        MissedEpochs.Parties parties = new MissedEpochs.Parties() {
            @Override
            public List<SignedStatement> shown(Party tier) {
                return shown.getOrDefault(tier, List.of());
            }

            @Override
            public boolean learn(SignedStatement change) {
                learnt.add(change);
                registry.apply(change.statement(), RecordTime.ZERO);
                return true;
            }

            @Override
            public List<Registry> officers() {
                return officersSoFar;
            }
        };
        Voice voice = new Voice(new PrintWriter(said), new PrintWriter(said), false);
        return new MissedEpochs(registry, parties, own, voice).learn(tiersMin).any();
    }

    @Test
    void whoMissedNothingIsToldNothing() throws RefusedException {
        assertThat(learn()).isFalse();
        assertThat(learnt).isEmpty();
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void whatWasBegunElsewhereIsTakenIn() throws RefusedException {
        SignedStatement second = change(2, Party.DATA, "data, again");
        SignedStatement third = change(3, Party.ACCESS, "access, again");
        shows(Party.APPLICATION, second, third);
        assertThat(learn()).isTrue();
        assertThat(learnt).containsExactly(second, third);
        assertThat(registry.epoch()).isEqualTo(3);
        assertThat(registry.party(Party.DATA).line()).isEqualTo(FoundedOffice.digest("data, again"));
        assertThat(said.toString()).contains("two officers began epoch 2 (new keys of data) at another copy");
    }

    @Test
    void whatWasBegunHereGoesOnHere() throws RefusedException {
        SignedStatement own = change(2, Party.DATA, "ours");
        shows(Party.ACCESS, own);
        assertThat(learn(own)).isFalse();
        assertThat(learnt).isEmpty();
    }

    /** Keys that were followed by others are over, whoever made them: the home would hand them in for ever. */
    @Test
    void whatWasBegunHereIsOverOnceAnotherEpochFollowedIt() throws RefusedException {
        SignedStatement own = change(2, Party.DATA, "ours");
        SignedStatement after = change(3, Party.DATA, "theirs");
        shows(Party.ACCESS, own, after);
        assertThat(learn(own)).isTrue();
        assertThat(learnt).containsExactly(own, after);
    }

    @Test
    void whoOnlyLooksTakesWhatTwoTiersShowOrWhatAnotherWentOnFrom() throws RefusedException {
        SignedStatement second = change(2, Party.DATA, "one");
        SignedStatement third = change(3, Party.DATA, "other");
        shows(Party.ACCESS, second, second, third);
        assertThat(learn(MissedEpochs.SETTLED, one -> false)).isFalse();
        shows(Party.APPLICATION, third);
        assertThat(learn(MissedEpochs.SETTLED, one -> false)).isTrue();
        assertThat(learnt).containsExactly(second, third);
    }

    /** Whoever signed may be no officer any more; but revoked badges are in thieves' hands as well, and a thief may hold one tier. */
    @Test
    void whoWasUnmadeSinceCountsByTheWordOfTwoTiersAlone() throws RefusedException {
        SignedStatement second = change(2, Party.DATA, "one");
        SignedStatement third = change(3, Party.DATA, "other");
        registry.apply(
                new Statement.Revocation(officers.getFirst().publicKey().id(), RecordTime.ZERO), RecordTime.ZERO);
        shows(Party.ACCESS, second, third);
        assertThat(learn()).isFalse();
        assertThat(learn(MissedEpochs.SETTLED, one -> false)).isFalse();
        shows(Party.APPLICATION, second);
        assertThat(learn()).isTrue();
        assertThat(learnt).containsExactly(second);
    }

    /** A signature of nobody's changes the bytes and not what was said: neither whose it is nor how many show it. */
    @Test
    void aSignatureMoreMakesNoOtherChange() throws RefusedException {
        SignedStatement own = change(2, Party.DATA, "ours");
        List<Signer> more = new ArrayList<>(officers);
        more.add(FoundedOffice.badge());
        SignedStatement padded = change(2, Party.DATA, "ours", more);
        assertThat(padded.encode()).isNotEqualTo(own.encode());

        BegunRebuild begun = new BegunRebuild(office.home());
        assertThat(begun.isOwn(padded)).isFalse();
        for (Path place : List.of(begun.draft(Party.DATA), Parcel.place(office.home(), Party.DATA, 2))) {
            FileDisk.in(place).replace(Parcel.EPOCH_FILE, own.encode());
            shows(Party.ACCESS, padded);
            assertThat(learn(MissedEpochs.ANY, begun::isOwn)).isFalse();
            Draft.remove(place);
        }
        shows(Party.ACCESS, padded);
        shows(Party.APPLICATION, own);
        assertThat(learn(MissedEpochs.SETTLED, begun::isOwn)).isTrue();
    }

    @Test
    void noPartyMakesOneUp() throws RefusedException {
        List<Signer> strangers = List.of(FoundedOffice.badge(), FoundedOffice.badge());
        shows(
                Party.APPLICATION,
                change(2, Party.DATA, "of strangers", strangers),
                change(2, Party.DATA, "of one", List.of(officers.getFirst())),
                change(3, Party.DATA, "too far on"));
        assertThat(learn()).isFalse();
        assertThat(learnt).isEmpty();
    }

    @Test
    void ofTwoChangesOfOnePartyThatCountsWhichMostAgreedToAndElseTheFirstAskedOnes() throws RefusedException {
        SignedStatement one = change(2, Party.DATA, "one");
        SignedStatement other = change(2, Party.DATA, "other");
        shows(Party.ACCESS, one);
        shows(Party.APPLICATION, other);
        assertThat(learn()).isTrue();
        assertThat(learnt).containsExactly(one);
    }

    @Test
    void oneTierBesideTwoDoesNotDecide() throws RefusedException {
        SignedStatement one = change(2, Party.WITNESS, "one");
        SignedStatement other = change(2, Party.WITNESS, "other");
        shows(Party.ACCESS, one);
        shows(Party.APPLICATION, other);
        shows(Party.DATA, other);
        assertThat(learn()).isTrue();
        assertThat(learnt).containsExactly(other);
    }

    @Test
    void twoChangesOfTwoPartiesAreAContradiction() {
        shows(Party.ACCESS, change(2, Party.DATA, "one"));
        shows(Party.APPLICATION, change(2, Party.WITNESS, "other"));
        assertThatThrownBy(this::learn)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.EQUIVOCATION))
                .hasMessageContainingAll("of data and of witness", "No party was told anything");
        assertThat(learnt).isEmpty();
    }

    @Test
    void anEarKeepsChangesOfLaterEpochsAndNoMoreThanAHomeCanHaveMissed() {
        ConsoleEar ear = new ConsoleEar(Party.ACCESS, 1, new CompletableFuture<>());
        ear.hear(Bytes.ofText("nonsense"));
        ear.hear(PushCodec.encode(new Push.Announced(Bytes.ofText("nonsense"))));
        ear.hear(PushCodec.encode(new Push.Beat(Bytes.EMPTY)));
        assertThat(ear.later()).isEmpty();
        SignedStatement known = change(1, Party.DATA, "known");
        ear.hear(PushCodec.encode(new Push.Announced(known.encode())));
        assertThat(ear.later()).isEmpty();
        SignedStatement next = change(2, Party.DATA, "next");
        for (int i = 0; i <= ConsoleEar.LATER_MAX; i++) {
            ear.hear(PushCodec.encode(new Push.Announced(next.encode())));
        }
        assertThat(ear.later()).hasSize(ConsoleEar.LATER_MAX);
        assertThat(ear.later().getFirst().encode()).isEqualTo(next.encode());
    }
}
