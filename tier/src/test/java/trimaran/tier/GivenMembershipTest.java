package trimaran.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.record.PartyKeys;
import trimaran.record.Policy;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;
import trimaran.record.Suite;
import trimaran.record.Verifier;

/** By whom the memberships count that a rebuilt tier is given before it has a record. */
class GivenMembershipTest {

    private static final RecordTime WHEN = new RecordTime(1_800_000_000_000L);
    private static final Verifier VERIFIER =
            (key, message, signature) -> signature.value().equals(hash(key, message));

    private final Signer first = officer("1");
    private final Signer second = officer("2");
    private final Signer third = officer("3");
    private final Signer later = officer("later");
    private final Statement.Founding founding = new Statement.Founding(
            "Hôpital d'essai",
            WHEN,
            Stream.of(Party.values()).map(party -> keys(party, 1)).toList(),
            Stream.of(first, second, third).map(Signer::publicKey).toList(),
            Policy.DEFAULT,
            Digest.ZERO);
    private final Bytes grant = signed(
            new Statement.Grant(later.publicKey(), Statement.BadgeKind.OFFICER, List.of(), List.of(), List.of(), WHEN),
            first,
            second);
    private final Bytes revocation =
            signed(new Statement.Revocation(later.publicKey().id(), WHEN), first, second);
    private final List<Long> taken = new ArrayList<>();

    @Test
    void whoSignedOneAndWasUnmadeSinceWasAnOfficerThen() {
        Bytes two = epoch(2, Party.ACCESS, first, later);
        Bytes three = epoch(3, Party.WITNESS, second, later);
        Bytes own = epoch(4, Party.DATA, first, second);
        assertThat(given(List.of(grant, revocation), List.of(two, three, own), own))
                .isEmpty();
        assertThat(taken).containsExactly(2L, 3L, 4L);
    }

    @Test
    void whoWasUnmadeBeforeSignsNone() {
        Bytes two = epoch(2, Party.ACCESS, first, third);
        Bytes gone = signed(new Statement.Revocation(third.publicKey().id(), WHEN), first, later);
        Bytes own = epoch(3, Party.DATA, first, third);
        assertThat(given(List.of(grant, gone), List.of(two, own), own)).isEmpty();
        assertThat(taken).as("both of its day").containsExactly(2L, 3L);
        taken.clear();
        Bytes laterOwn = epoch(3, Party.DATA, later, third);
        assertThat(given(List.of(gone, grant), List.of(two, laterOwn), laterOwn))
                .as("a revocation by who is no officer yet counts for nothing")
                .isEmpty();
    }

    @Test
    void whoseKeysNobodyGaveDoesNotServe() {
        Bytes own = epoch(2, Party.DATA, first, later);
        assertThat(given(List.of(), List.of(own), own))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(Code.OFFICERS_MISSING));
        assertThat(given(List.of(Bytes.ofText("damaged"), signed(later.publicKey())), List.of(own), own))
                .isPresent();
        assertThat(taken).isEmpty();
        assertThat(given(List.of(), List.of(), Bytes.EMPTY))
                .as("of the founding")
                .isEmpty();
    }

    /** A grant one officer signed alone. */
    private Bytes signed(PublicKey badge) {
        return signed(
                new Statement.Grant(badge, Statement.BadgeKind.OFFICER, List.of(), List.of(), List.of(), WHEN), first);
    }

    private Optional<Refusal> given(List<Bytes> officers, List<Bytes> memberships, Bytes own) {
        Optional<Bytes> file = own.isEmpty() ? Optional.empty() : Optional.of(own);
        return new GivenMembership(founding, VERIFIER, officers, memberships, file).into(this::take);
    }

    /** What a keeper does with one. */
    private Outcome<Boolean> take(Bytes membership, Registry officers) {
        try {
            SignedStatement signed = SignedStatement.decode(membership);
            Statement.EpochChange change = (Statement.EpochChange) signed.statement();
            long present = taken.isEmpty() ? 1 : taken.getLast();
            Optional<Refusal> refusal = StatementJudgement.judgeEpoch(signed, change, officers, present, VERIFIER);
            if (refusal.isPresent()) {
                return Outcome.refused(refusal.get());
            }
            taken.add(change.epoch());
            return Outcome.done(true);
        } catch (MalformedException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private Bytes epoch(long epoch, Party replaced, Signer... by) {
        return signed(new Statement.EpochChange(epoch, replaced, keys(replaced, epoch), WHEN), by);
    }

    private Bytes signed(Statement statement, Signer... by) {
        return SignedStatement.signed(SignedStatement.id(founding), statement, List.of(by))
                .encode();
    }

    private static PartyKeys keys(Party party, long epoch) {
        Bytes key = Bytes.ofText(party.word() + " " + epoch);
        return new PartyKeys(
                party,
                key,
                party == Party.DATA ? key : Bytes.EMPTY,
                new PublicKey(Suite.STAND_IN, key),
                Digest.sha256(key),
                Bytes.EMPTY,
                1);
    }

    private static Signer officer(String name) {
        PublicKey key = new PublicKey(Suite.STAND_IN, Bytes.ofText("officer " + name));
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Signature sign(byte[] message) {
                return new Signature(Suite.STAND_IN, hash(key, message));
            }
        };
    }

    private static Bytes hash(PublicKey key, byte[] message) {
        return Bytes.wrap(Digest.sha256(key.key().unsafeArray(), message).toArray());
    }
}
