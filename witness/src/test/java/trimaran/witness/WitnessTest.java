package trimaran.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Note;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.TreeHead;
import trimaran.line.Address;
import trimaran.line.Channel;
import trimaran.line.ChannelHandler;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.PartyKeys;
import trimaran.record.Quorum;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** The witness signs last, over two tiers, never two trees of one size, and only what its disk remembers. */
class WitnessTest {

    private static final RecordTime WHEN = new RecordTime(WitnessedHospital.NOW.millis());

    private final WitnessedHospital hospital = new WitnessedHospital();
    private final FaultyDisk disk = new FaultyDisk();
    private final Witness witness = hospital.witness(disk);
    private final Caller caller = new Caller(witness);
    private final WitnessedHospital.Tree five = new WitnessedHospital.Tree(5, "entry");
    private final WitnessedHospital.Tree nine = new WitnessedHospital.Tree(9, "entry");

    WitnessTest() throws MalformedException {}

    @Test
    void itCosignsWhatTheLogAndTwoTiersSigned() throws MalformedException {
        Bytes note = hospital.note(five, Party.ACCESS, Party.DATA);
        Bytes lines = cosigned(add(0, five, note));
        assertThat(witness.head()).isEqualTo(five.frontier.head());
        Bytes signed = joined(note, lines);
        Quorum.Standing standing = quorum().check(signed);
        assertThat(standing.quorum()).isTrue();
        assertThat(standing.cosigners()).containsExactlyInAnyOrder(Party.ACCESS, Party.DATA, Party.WITNESS);
        assertThat(standing.freshSeconds()).isEqualTo(WitnessedHospital.NOW.millis() / 1000);
    }

    @Test
    void overFewerThanTwoTiersItSignsNothing() throws MalformedException {
        for (Bytes note : List.of(
                hospital.note(five),
                hospital.note(five, Party.DATA),
                hospital.note(five, Party.DATA, Party.DATA),
                hospital.note(five, Party.DATA, Party.WITNESS))) {
            assertRefused(add(0, five, note), Code.NOT_ALLOWED);
        }
        assertNothingSigned();
    }

    @Test
    void whatTheLogDidNotSignItDoesNotSign() throws MalformedException {
        Note whole = Note.parse(hospital.note(five, Party.ACCESS, Party.DATA));
        Note without = new Note(whole.text(), whole.signatures().subList(1, 3));
        assertRefused(add(0, five, without.encode()), Code.BAD_SIGNATURE);
        assertNothingSigned();
    }

    @Test
    void aLargerTreeThatExtendsTheLastIsSigned() throws MalformedException {
        cosigned(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)));
        cosigned(add(5, nine, hospital.note(nine, Party.APPLICATION, Party.DATA)));
        assertThat(witness.head()).isEqualTo(nine.frontier.head());
    }

    @Test
    void theSameTreeIsSignedAnewWithoutTouchingTheDisk() throws MalformedException {
        Bytes note = hospital.note(five, Party.ACCESS, Party.DATA);
        cosigned(add(0, five, note));
        int replaced = disk.replaced;
        cosigned(add(5, five, note));
        assertThat(disk.replaced).isEqualTo(replaced);
    }

    @Test
    void anotherTreeOfTheSameSizeIsNeverSigned() throws MalformedException {
        cosigned(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)));
        WitnessedHospital.Tree fork = new WitnessedHospital.Tree(5, "other");
        Bytes note = hospital.note(fork, Party.ACCESS, Party.APPLICATION, Party.DATA);
        assertRefused(ask(5, List.of(), note), Code.EQUIVOCATION);
        assertThat(ask(0, List.of(), note)).isEqualTo(Outcome.done(new Response.Behind(5)));
        assertThat(witness.head()).isEqualTo(five.frontier.head());
    }

    @Test
    void anotherTreeIsToldToTheOperators() throws MalformedException {
        List<WitnessEvent> told = new ArrayList<>();
        witness.tell(told::add);
        cosigned(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)));
        assertThat(told).isEmpty();
        WitnessedHospital.Tree fork = new WitnessedHospital.Tree(5, "other");
        ask(5, List.of(), hospital.note(fork, Party.ACCESS, Party.APPLICATION, Party.DATA));
        assertThat(told).containsExactly(new WitnessEvent.Equivocation(5));
        assertThat(witness.disagreements()).isEqualTo(1);
    }

    @Test
    void aForkedLargerTreeIsNeverSignedWhateverItsProof() throws MalformedException {
        cosigned(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)));
        WitnessedHospital.Tree fork = new WitnessedHospital.Tree(9, "other");
        Bytes note = hospital.note(fork, Party.ACCESS, Party.APPLICATION, Party.DATA);
        assertRefused(ask(5, fork.since(5), note), Code.EQUIVOCATION);
        assertRefused(ask(5, nine.since(5), note), Code.EQUIVOCATION);
        assertRefused(ask(5, List.of(), note), Code.EQUIVOCATION);
        assertThat(witness.head()).isEqualTo(five.frontier.head());
    }

    @Test
    void aSmallerTreeIsNeverSigned() throws MalformedException {
        cosigned(add(0, nine, hospital.note(nine, Party.ACCESS, Party.DATA)));
        Bytes older = hospital.note(five, Party.ACCESS, Party.DATA);
        assertThat(ask(0, List.of(), older)).isEqualTo(Outcome.done(new Response.Behind(9)));
        assertRefused(ask(9, List.of(), older), Code.MALFORMED);
        assertThat(witness.head()).isEqualTo(nine.frontier.head());
    }

    @Test
    void aProofForAnotherOldSizeIsAnsweredWithTheSizeItKnows() throws MalformedException {
        cosigned(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)));
        Outcome<Response> answer = ask(4, nine.since(4), hospital.note(nine, Party.ACCESS, Party.DATA));
        assertThat(answer).isEqualTo(Outcome.done(new Response.Behind(5)));
    }

    @Test
    void aDiskThatFailsGivesNoSignatureAndNoNewHead() throws MalformedException {
        cosigned(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)));
        disk.failing = true;
        assertThatThrownBy(() -> add(5, nine, hospital.note(nine, Party.ACCESS, Party.DATA)))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(witness.head()).isEqualTo(five.frontier.head());
        assertThat(hospital.witness(disk).head()).isEqualTo(five.frontier.head());
    }

    @Test
    void whatItSignedItRemembersAfterAStart() throws MalformedException {
        cosigned(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)));
        Witness again = hospital.witness(disk);
        assertThat(again.head()).isEqualTo(five.frontier.head());
        WitnessedHospital.Tree fork = new WitnessedHospital.Tree(5, "other");
        Request request = new Request.AddCheckpoint(5, List.of(), hospital.note(fork, Party.ACCESS, Party.DATA));
        assertRefused(new Caller(again).ask(request), Code.EQUIVOCATION);
        assertThat(new Caller(again).ask(new Request.Highest()))
                .isEqualTo(new Caller(witness).ask(new Request.Highest()));
    }

    @Test
    void aHeadThatCannotBeReadStopsItsStart() throws MalformedException {
        cosigned(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)));
        Bytes good = disk.read(Witness.HEAD).orElseThrow();
        for (Bytes damaged : List.of(
                Bytes.EMPTY,
                Bytes.ofRange(good.unsafeArray(), 0, good.size() - 1),
                Bytes.ofRange(good.unsafeArray(), 0, 40),
                flipped(good, 7),
                flipped(good, 20))) {
            disk.files.put(Witness.HEAD, damaged);
            assertThatThrownBy(() -> hospital.witness(disk)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void aReplacedPartyCountsUnderItsNewKeyOnly() throws MalformedException {
        change(hospital.epoch(2, Party.ACCESS, "new access", officers(2)).encode());
        assertRefused(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)), Code.NOT_ALLOWED);
        Note note = Note.parse(hospital.note(five, Party.DATA));
        Note signed = note.with(hospital.cosigner(Party.ACCESS, "new access").sign(Checkpoint.parse(note.text()), 1));
        cosigned(add(0, five, signed.encode()));
        assertThat(witness.maySpeak(new PeerId(WitnessedHospital.digest("line of access"))))
                .isFalse();
        assertThat(witness.maySpeak(new PeerId(WitnessedHospital.digest("line of new access"))))
                .isTrue();
    }

    @Test
    void theLineOfAReplacedPartyIsLookedAtAgain() throws MalformedException {
        int[] looks = new int[1];
        witness.over(new Rechecked(() -> looks[0]++));
        change(hospital.epoch(2, Party.ACCESS, "new access", officers(2)).encode());
        assertThat(looks[0]).isEqualTo(1);
    }

    /** A network of which only the look at its open channels matters. */
    private record Rechecked(Runnable look) implements Network {
        @Override
        public void recheck() {
            look.run();
        }

        @Override
        public Outcome<Listening> listen(Address address, Acceptor acceptor) {
            throw new AssertionError("nobody listens here");
        }

        @Override
        public Channel dial(PeerId peer, Route route, ChannelHandler handler) {
            throw new AssertionError("the witness dials nobody");
        }
    }

    @Test
    void anEpochIsRememberedAfterAStart() throws MalformedException {
        change(hospital.epoch(2, Party.ACCESS, "new access", officers(2)).encode());
        Witness again = hospital.witness(disk);
        Bytes old = hospital.note(five, Party.ACCESS, Party.DATA);
        assertRefused(new Caller(again).ask(new Request.AddCheckpoint(0, five.since(0), old)), Code.NOT_ALLOWED);
    }

    @Test
    void anEpochHandedInWithTheFolderCountsAtOnce() throws MalformedException {
        assertThat(witness.adopt(hospital.epoch(2, Party.ACCESS, "new access", officers(2))
                        .encode()))
                .isEqualTo(Outcome.done(2L));
        assertRefused(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)), Code.NOT_ALLOWED);
    }

    @Test
    void anEpochTwoOfficersDidNotSignIsRefused() throws MalformedException {
        assertRefused(
                caller.ask(new Request.ChangeEpoch(
                        hospital.epoch(2, Party.ACCESS, "stranger", officers(1)).encode())),
                Code.OFFICERS_MISSING);
        assertThat(disk.files).isEmpty();
        cosigned(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA)));
    }

    @Test
    void anEpochThatSkipsOneIsRefusedAndTheSameOneTwiceIsFine() throws MalformedException {
        assertRefused(
                caller.ask(new Request.ChangeEpoch(hospital.epoch(3, Party.ACCESS, "new access", officers(2))
                        .encode())),
                Code.WRONG_ORIGIN);
        Bytes change =
                hospital.epoch(2, Party.ACCESS, "new access", officers(2)).encode();
        change(change);
        change(change);
        assertRefused(
                caller.ask(new Request.ChangeEpoch(hospital.epoch(2, Party.ACCESS, "another access", officers(2))
                        .encode())),
                Code.WRONG_ORIGIN);
    }

    @Test
    void anEpochWhoseKeysCannotBeReadChangesNothing() throws MalformedException {
        Statement.EpochChange good = (Statement.EpochChange)
                hospital.epoch(2, Party.ACCESS, "x", officers(2)).statement();
        var keys = good.keys();
        Statement bad = new Statement.EpochChange(
                2,
                Party.ACCESS,
                new PartyKeys(
                        Party.ACCESS,
                        Bytes.ofText("no key"),
                        keys.log(),
                        keys.statements(),
                        keys.line(),
                        keys.sealing(),
                        2),
                good.time());
        Bytes statement = SignedStatement.signed(hospital.founding.id(), bad, hospital.officers)
                .encode();
        assertRefused(caller.ask(new Request.ChangeEpoch(statement)), Code.MALFORMED);
        assertThat(disk.files).isEmpty();
        assertThat(hospital.witness(disk).head()).isEqualTo(TreeHead.EMPTY);
    }

    /** It could hear an old cut from whoever kept one, and of no reopening: so a cut is nothing to it. */
    @Test
    void aCutFromThePastClosesNothing() throws MalformedException {
        Digest access = Statement.Target.subjectOf(Party.ACCESS);
        for (Statement cut : List.of(
                new Statement.Cut(Statement.Target.ALL, Digest.ZERO, 0, WHEN),
                new Statement.Cut(Statement.Target.TIER, access, 0, WHEN))) {
            SignedStatement signed =
                    SignedStatement.signed(hospital.founding.id(), cut, hospital.officers.subList(0, 1));
            assertRefused(caller.ask(new Request.Announce(signed.encode())), Code.NOT_SUPPORTED);
        }
        assertThat(witness.maySpeak(new PeerId(WitnessedHospital.digest("line of access"))))
                .isTrue();
        assertThat(add(0, five, hospital.note(five, Party.ACCESS, Party.DATA))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void itDoesNothingElse() throws MalformedException {
        assertRefused(caller.ask(new Request.FetchBlob(Digest.ZERO, 0)), Code.NOT_SUPPORTED);
        assertRefused(caller.ask(Bytes.ofText("nonsense")), Code.MALFORMED);
        assertThat(witness.maySpeak(new PeerId(WitnessedHospital.digest("anybody"))))
                .isFalse();
        assertThat(witness.maySpeak(new PeerId(WitnessedHospital.digest("console"))))
                .isTrue();
    }

    private Signer[] officers(int count) {
        return hospital.officers.subList(0, count).toArray(Signer[]::new);
    }

    private void change(Bytes statement) throws MalformedException {
        assertThat(caller.ask(new Request.ChangeEpoch(statement))).isEqualTo(Outcome.done(new Response.Done()));
    }

    private Outcome<Response> add(long oldSize, WitnessedHospital.Tree tree, Bytes note) throws MalformedException {
        return ask(oldSize, tree.since(oldSize), note);
    }

    private Outcome<Response> ask(long oldSize, List<Digest> proof, Bytes note) throws MalformedException {
        return caller.ask(new Request.AddCheckpoint(oldSize, proof, note));
    }

    private Quorum quorum() throws MalformedException {
        Registry registry = new Registry((Statement.Founding) hospital.founding.statement());
        return Quorum.of(registry, Quorum.ML_DSA_44_TYPE, NoteVerifiers.ML_DSA_44);
    }

    private void assertNothingSigned() {
        assertThat(witness.head()).isEqualTo(TreeHead.EMPTY);
        assertThat(disk.files).isEmpty();
    }

    private static Bytes cosigned(Outcome<Response> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Response.Cosigned) ((Outcome.Done<Response>) outcome).value()).cosignatureLines();
    }

    private static void assertRefused(Outcome<Response> outcome, Code code) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused<Response>) outcome).refusal().code()).isEqualTo(code);
    }

    private static Bytes joined(Bytes note, Bytes lines) {
        return new Writer().raw(note.unsafeArray()).raw(lines.unsafeArray()).toBytes();
    }

    private static Bytes flipped(Bytes bytes, int at) {
        byte[] copy = bytes.toArray();
        copy[at] ^= 1;
        return Bytes.of(copy);
    }
}
