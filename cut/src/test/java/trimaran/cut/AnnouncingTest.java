package trimaran.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.JdkKeys;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** One officer's signature, and three tiers that say what they like. */
class AnnouncingTest {

    private static final Digest ORIGIN = Digest.sha256(Bytes.ofText("origin"));
    private static final Outcome<Response> DONE = Outcome.done(new Response.Done());
    private static final Outcome<Response> SILENT = Outcome.refused(Code.UNAVAILABLE, "no answer");
    private static final Outcome<Response> OLDER = Outcome.refused(Code.CUT, "older than the last reopening");
    private static final CutTarget DATA = CutTarget.tier(Party.DATA);

    private final Signer officer =
            JdkKeys.generate(Suite.P256, new SecureRandom()).signer();
    private final Map<Party, Outcome<Response>> reports = new EnumMap<>(Party.class);
    private final Map<Party, Outcome<Response>> answers = new EnumMap<>(Party.class);
    private final List<Bytes> heard = new ArrayList<>();

    private OptionalLong known = OptionalLong.empty();
    private Set<Party> hanging = Set.of();
    private long clockMillis = 1;

    @Test
    void noTierAloneSaysHowManyReopeningsThereWere() {
        OptionalLong unknown = OptionalLong.empty();
        assertThat(Announcing.agreed(List.of(3L, 1_000_000_000_000L, 3L), unknown))
                .isEqualTo(3);
        assertThat(Announcing.agreed(List.of(0L, 3L, 3L), unknown)).isEqualTo(3);
        assertThat(Announcing.agreed(List.of(1_000_000_000_000L, 2L), unknown)).isEqualTo(2);
        assertThat(Announcing.agreed(List.of(5L), unknown)).isEqualTo(5);
    }

    @Test
    void whatTheRecordSaysIsNeitherUndercutByALiarNorExceededByOneAlone() {
        OptionalLong three = OptionalLong.of(3);
        assertThat(Announcing.agreed(List.of(Long.MAX_VALUE), three)).isEqualTo(3);
        assertThat(Announcing.agreed(List.of(0L), three)).isEqualTo(3);
        assertThat(Announcing.agreed(List.of(0L, 3L), three)).isEqualTo(3);
        assertThat(Announcing.agreed(List.of(Long.MAX_VALUE, 3L), three)).isEqualTo(3);
        assertThat(Announcing.agreed(List.of(4L, 4L), three)).isEqualTo(4);
        assertThat(Announcing.agreed(List.of(), three)).isEqualTo(3);
    }

    @Test
    void allTiersHearTheSameWithTheReasonAndTheReopeningsTwoAgreeOn() throws MalformedException {
        report(7, 2, 2);
        answer(DONE, DONE, DONE);
        Announcing.Announced announced = made(cut(DATA, "écrans chiffrés"));
        assertThat(announced.refusal()).isEmpty();
        assertThat(heard).hasSize(3);
        for (Bytes bytes : heard) {
            SignedStatement signed = SignedStatement.decode(bytes);
            assertThat(signed).isEqualTo(announced.signed());
            assertThat(signed.statement())
                    .isEqualTo(new Statement.Cut(
                            Statement.Target.TIER,
                            Statement.Target.subjectOf(Party.DATA),
                            2,
                            new RecordTime(9),
                            "écrans chiffrés"));
            assertThat(signed.signatures()).hasSize(1);
        }
    }

    @Test
    void theWordOfTheTierThatIsCutIsNotEnough() {
        report(0, 0, 0);
        answer(DONE, SILENT, OLDER);
        assertThat(made(cut(DATA, "")).refusal()).isEmpty();
        answer(SILENT, SILENT, DONE);
        assertThat(made(cut(DATA, "")).refusal().map(Refusal::code)).contains(Code.UNAVAILABLE);
        answer(DONE, OLDER, DONE);
        assertThat(made(cut(DATA, "")).refusal().map(Refusal::code)).contains(Code.CUT);
    }

    @Test
    void theTierThatIsCutHasNoSayInHowManyReopeningsThereWereAndNoneSaysFewerThanNone() {
        known = OptionalLong.of(3);
        answer(DONE, DONE, DONE);
        // Access, application, data: data is cut and says more with access's help, or alone.
        report(9, 3, 9);
        assertThat(reopenings(made(cut(DATA, "")))).isEqualTo(3);
        report(-5, 3, Long.MAX_VALUE);
        assertThat(reopenings(made(cut(DATA, "")))).isEqualTo(3);
        known = OptionalLong.empty();
        report(-5, 2, 7);
        assertThat(reopenings(made(cut(DATA, "")))).isEqualTo(2);
    }

    /** The two that are well would go on with what is cut for as long as the third is waited for. */
    @Test
    void aTierThatHangsKeepsNobodyFromHearingAtOnce() {
        hanging = Set.of(Party.ACCESS);
        report(0, 2, 2);
        answer(DONE, DONE, DONE);
        start(CutTarget.everything(), "");
        assertThat(heard).hasSize(2);
        heard.clear();
        report(0, 2, 3);
        start(CutTarget.everything(), "");
        assertThat(heard).as("two that differ want the third's word").isEmpty();
        report(0, 2, 2);
        start(DATA, "");
        assertThat(heard).as("what is cut has no say").isEmpty();
    }

    /** Signed years ahead it would shut out nobody until then. */
    @Test
    void nothingIsSignedByAClockTwoTiersSayIsWrong() {
        answer(DONE, DONE, DONE);
        clockMillis = 2 * OfficerClock.APART_MILLIS_MAX;
        report(0, 0, 0);
        assertThat(cut(DATA, "") instanceof Outcome.Refused<Announcing.Announced>(Refusal refusal)
                        && refusal.code() == Code.BAD_VALUE)
                .isTrue();
        assertThat(heard).isEmpty();
    }

    /** A liar that answers first, with the right number and another century, would leave two clocks that do not agree. */
    @Test
    void twoThatDoNotTellTheSameTimeWantTheThirdsWord() {
        answer(DONE, DONE, DONE);
        hanging = Set.of(Party.DATA);
        report(0, 0, 0);
        reports.put(Party.ACCESS, report(0, 1_000 * OfficerClock.APART_MILLIS_MAX));
        assertThat(start(CutTarget.everything(), "")).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void whatIsToBeCutHasNoSayInWhatTimeItIs() {
        answer(DONE, DONE, DONE);
        report(0, 0, 0);
        long wrong = 2 * OfficerClock.APART_MILLIS_MAX;
        reports.put(Party.ACCESS, report(0, wrong));
        reports.put(Party.DATA, report(0, wrong));
        assertThat(made(cut(DATA, "")).refusal()).isEmpty();
    }

    /** One of the three may lie: what two act by counts, and one against one does not. */
    @Test
    void whatTwoActByCounts() {
        report(0, 0, 0);
        answer(DONE, OLDER, DONE);
        assertThat(made(cut(CutTarget.everything(), "")).refusal()).isEmpty();
        answer(DONE, OLDER, SILENT);
        assertThat(made(cut(CutTarget.everything(), "")).refusal().map(Refusal::code))
                .contains(Code.CUT);
    }

    private static Outcome<Response> report(long reopenings, long clock) {
        return Outcome.done(new Response.Report(
                new WallTime(clock), List.of(new Response.Counter("reopenings", reopenings)), List.of()));
    }

    private static long reopenings(Announcing.Announced announced) {
        return ((Statement.Cut) announced.signed().statement()).reopeningsSeen();
    }

    @Test
    void whereNobodyAnswersNothingIsSigned() {
        reports.clear();
        assertThat(cut(CutTarget.everything(), "") instanceof Outcome.Refused<Announcing.Announced>(Refusal refusal)
                        && refusal.code() == Code.UNAVAILABLE)
                .isTrue();
        assertThat(heard).isEmpty();
    }

    @Test
    void aReopeningAsksNobodyFirst() {
        answer(DONE, DONE, SILENT);
        AtomicReference<Optional<Outcome<Announcing.Announced>>> answered = new AtomicReference<>(Optional.empty());
        announcing()
                .reopen(
                        ORIGIN,
                        DATA,
                        new RecordTime(9),
                        List.of(officer, officer),
                        outcome -> answered.set(Optional.of(outcome)));
        Announcing.Announced announced = made(answered.get().orElseThrow());
        assertThat(announced.signed().statement())
                .isEqualTo(new Statement.Reopening(
                        Statement.Target.TIER, Statement.Target.subjectOf(Party.DATA), new RecordTime(9)));
        assertThat(announced.told().get(Party.DATA)).isEqualTo(new Announcing.Told(SILENT, 0));
    }

    private Outcome<Announcing.Announced> cut(CutTarget target, String why) {
        return start(target, why).orElseThrow();
    }

    /** Empty while somebody is waited for. */
    private Optional<Outcome<Announcing.Announced>> start(CutTarget target, String why) {
        AtomicReference<Optional<Outcome<Announcing.Announced>>> answered = new AtomicReference<>(Optional.empty());
        announcing()
                .cut(
                        ORIGIN,
                        target,
                        why,
                        new RecordTime(9),
                        known,
                        List.of(officer),
                        outcome -> answered.set(Optional.of(outcome)));
        return answered.get();
    }

    private static Announcing.Announced made(Outcome<Announcing.Announced> outcome) {
        return ((Outcome.Done<Announcing.Announced>) outcome).value();
    }

    private Announcing announcing() {
        return new Announcing(this::ask, () -> 0, Announcing.Patience.PAGE);
    }

    private void ask(Party tier, Request request, long millis, Consumer<Outcome<Response>> then) {
        if (hanging.contains(tier)) {
            return;
        }
        switch (request) {
            case Request.Status _ -> then.accept(reports.getOrDefault(tier, SILENT));
            case Request.Announce(Bytes statement) -> {
                heard.add(statement);
                then.accept(Objects.requireNonNull(answers.get(tier)));
            }
            default -> throw new IllegalStateException("asked for " + request);
        }
    }

    private void report(long access, long application, long data) {
        List<Long> all = List.of(access, application, data);
        for (int i = 0; i < Party.TIERS.size(); i++) {
            reports.put(Party.TIERS.get(i), report(all.get(i), clockMillis));
        }
    }

    private void answer(Outcome<Response> access, Outcome<Response> application, Outcome<Response> data) {
        answers.put(Party.ACCESS, access);
        answers.put(Party.APPLICATION, application);
        answers.put(Party.DATA, data);
    }
}
