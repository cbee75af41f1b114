package trimaran.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Whom the witness takes for an officer: it reads no record, and is told. */
class WitnessOfficersTest {

    private static final RecordTime WHEN = new RecordTime(WitnessedHospital.NOW.millis());

    private static final Duration START_MAX = Duration.ofSeconds(30);

    private final WitnessedHospital hospital = new WitnessedHospital();
    private final FaultyDisk disk = new FaultyDisk();
    private final Signer first = hospital.officers.getFirst();
    private final Signer second = hospital.officers.get(1);
    private final Signer later = WitnessedHospital.officer("later");
    private Caller caller;
    private Caller fallen;

    @BeforeEach
    void start() throws MalformedException {
        Witness witness = hospital.witness(disk);
        caller = new Caller(witness, "console");
        fallen = new Caller(witness);
    }

    @Test
    void whoWasMadeAnOfficerSinceTheFoundingSignsAMembershipAndWhoIsNoneAnyMoreDoesNot() throws MalformedException {
        Bytes change =
                hospital.epoch(2, Party.ACCESS, "new access", first, later).encode();
        assertRefused(caller.ask(new Request.ChangeEpoch(change)), Code.OFFICERS_MISSING);
        tell(granted(later), first, second);
        tell(granted(later), first, second);
        change(change);
        tell(new Statement.Revocation(second.publicKey().id(), WHEN), first, later);
        assertRefused(
                caller.ask(new Request.ChangeEpoch(
                        hospital.epoch(3, Party.DATA, "new data", second, later).encode())),
                Code.OFFICERS_MISSING);
        // As it came about, also from the disk: the first change was signed before the second officer left.
        assertThat(hospital.witness(disk).epoch()).isEqualTo(2);
        Caller again = new Caller(hospital.witness(disk));
        assertRefused(
                again.ask(new Request.ChangeEpoch(
                        hospital.epoch(3, Party.DATA, "new data", second, later).encode())),
                Code.OFFICERS_MISSING);
        assertThat(again.ask(new Request.ChangeEpoch(
                        hospital.epoch(3, Party.DATA, "new data", first, later).encode())))
                .isEqualTo(Outcome.done(new Response.Done()));
    }

    @Test
    void aChangeOfKeysIsRecalledBeforeTheOfficerWhoSignedItLeft() throws MalformedException {
        tell(granted(later), first, second);
        change(hospital.epoch(2, Party.ACCESS, "new access", second, later).encode());
        tell(new Statement.Revocation(later.publicKey().id(), WHEN), first, second);
        assertThat(hospital.witness(disk).epoch()).isEqualTo(2);
    }

    @Test
    void nobodyIsMadeAnOfficerByOneOrByWhoIsNoneAndNobodyComesBackByAnOldWord() throws MalformedException {
        Signer stranger = WitnessedHospital.officer("stranger");
        Bytes grant = signed(granted(later), first, second);
        for (Bytes bad : List.of(
                signed(granted(later), first),
                signed(granted(later), first, stranger),
                signed(granted(later), first, first))) {
            assertRefused(caller.ask(new Request.Announce(bad)), Code.OFFICERS_MISSING);
        }
        Bytes unknown = signed(new Statement.Revocation(stranger.publicKey().id(), WHEN), first, second);
        assertRefused(caller.ask(new Request.Announce(unknown)), Code.NOT_SUPPORTED);
        assertThat(disk.files).isEmpty();
        assertThat(caller.ask(new Request.Announce(grant))).isEqualTo(Outcome.done(new Response.Done()));
        tell(new Statement.Revocation(later.publicKey().id(), WHEN), first, second);
        // The very word it was made an officer by counts once.
        assertThat(caller.ask(new Request.Announce(grant))).isEqualTo(Outcome.done(new Response.Done()));
        assertRefused(
                caller.ask(new Request.ChangeEpoch(hospital.epoch(2, Party.ACCESS, "new access", first, later)
                        .encode())),
                Code.OFFICERS_MISSING);
        assertRefused(
                caller.ask(new Request.Announce(
                        signed(new Statement.Revocation(first.publicKey().id(), WHEN), first, second))),
                Code.NOT_ALLOWED);
    }

    @Test
    void aStatementThatLiesOnDiskTwiceHoldsUpNoStart() throws MalformedException {
        tell(granted(later), first, second);
        disk.replace("officer-2", signed(granted(later), first, second));
        assertTimeoutPreemptively(START_MAX, () -> hospital.witness(disk));
    }

    /** Told before its time, it would keep those between from ever counting. */
    @Test
    void aPartyTellsItOfNoOfficer() throws MalformedException {
        Bytes grant = signed(granted(later), first, second);
        assertRefused(fallen.ask(new Request.Announce(grant)), Code.NOT_SUPPORTED);
        assertThat(disk.files).isEmpty();
        tell(granted(later), first, second);
    }

    private static Statement granted(Signer badge) {
        return new Statement.Grant(
                badge.publicKey(), Statement.BadgeKind.OFFICER, List.of(), List.of(), List.of(), WHEN);
    }

    private Bytes signed(Statement statement, Signer... by) {
        return SignedStatement.signed(hospital.founding.id(), statement, List.of(by))
                .encode();
    }

    private void tell(Statement statement, Signer... by) throws MalformedException {
        assertThat(caller.ask(new Request.Announce(signed(statement, by))))
                .isEqualTo(Outcome.done(new Response.Done()));
    }

    private void change(Bytes statement) throws MalformedException {
        assertThat(caller.ask(new Request.ChangeEpoch(statement))).isEqualTo(Outcome.done(new Response.Done()));
    }

    private static void assertRefused(Outcome<Response> outcome, Code code) {
        assertThat(outcome instanceof Outcome.Refused<Response>(var refusal) ? refusal.code() : Code.BROKEN)
                .as(outcome.toString())
                .isEqualTo(code);
    }
}
