package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.model.ContinuityReview;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.station.Desk;
import trimaran.station.OwnSession;
import trimaran.station.PatientFolder;
import trimaran.station.Transaction;
import trimaran.station.Unreviewed;
import trimaran.station.WriteResult;

/** What a ward wrote while application was dead is judged by application's own rules once it is back, in a whole hospital. */
final class LateReviewTest {

    private static final long WHILE_MILLIS = 60_000;

    /** For an application that has just begun to answer: what is written before is written without it. */
    private static final long BEGUN_MILLIS = 3_000;

    private static final long SESSION_MILLIS = 8 * 3_600_000L;

    private final Hospital hospital = new Hospital(5, Suites.standIn(), new Plants());
    private RealStation station;
    private OwnSession nurse;
    private OwnSession physician;
    private ResourceId patient;

    private <T> T done(Function<Desk, CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        station.ask(question, answer::complete);
        assertThat(hospital.runUntil(answer::isDone, WHILE_MILLIS)).isTrue();
        return answer.join();
    }

    @BeforeEach
    void aWard() {
        Console console = hospital.start(List.of());
        station = hospital.enrol("ward", console);
        Signer nursing = granted(console, "nurse");
        Signer medical = granted(console, "physician");
        station.start();
        assertThat(hospital.runUntil(() -> console.isDone() && station.isReady(), WHILE_MILLIS))
                .isTrue();
        nurse = opened(nursing);
        physician = opened(medical);
        hospital.runMillis(BEGUN_MILLIS);
        patient = recorded(write(nurse, create("{'resourceType':'Patient','name':[{'family':'Quatrevent'}]}")));
    }

    private Signer granted(Console console, String role) {
        Signer badge = hospital.suites().badge(hospital.loops().entropy());
        console.state(new Statement.Grant(
                badge.publicKey(),
                Statement.BadgeKind.PERSON,
                List.of(role),
                List.of(),
                List.of(),
                new RecordTime(hospital.loops().trueTime().millis())));
        return badge;
    }

    private OwnSession opened(Signer badge) {
        return ((Outcome.Done<OwnSession>) done(desk -> desk.open(badge, SESSION_MILLIS))).value();
    }

    private static Transaction create(String json) {
        return Transaction.of(new Transaction.Change.Create(resource(json)));
    }

    private static Resource resource(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return switch (StrictParser.parse(bytes)) {
            case Outcome.Done<Resource>(Resource resource) -> resource;
            case Outcome.Refused<Resource>(Refusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    private WriteResult write(OwnSession session, Transaction transaction) {
        return done(desk -> desk.write(session, transaction));
    }

    private static ResourceId recorded(WriteResult result) {
        assertThat(result).isInstanceOf(WriteResult.Recorded.class);
        return ((WriteResult.Recorded) result).versions().getFirst().id();
    }

    private List<Unreviewed> list() {
        return ((Outcome.Done<PatientFolder>)
                        done(desk -> desk.patient(physician, patient.cell(), Request.Purpose.CARE)))
                .value()
                .unreviewed();
    }

    private Unreviewed of(String type) {
        return list().stream()
                .filter(one -> one.versions().getFirst().type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private WriteResult review(Unreviewed entry, String remark) {
        StringBuilder targets = new StringBuilder("{'reference':'Patient/" + patient + "'}");
        entry.targets()
                .forEach(one -> targets.append(",{'reference':'")
                        .append(one.reference())
                        .append("'}"));
        String reason = remark.isEmpty() ? "" : "'reason':[{'text':'" + remark + "'}],";
        Resource review = resource("{'resourceType':'Provenance','target':[" + targets
                + "],'recorded':'2026-04-01T00:00:00Z'," + reason + "'activity':{'id':'" + "0a".repeat(16)
                + "','coding':[{'system':'"
                + ContinuityReview.SYSTEM + "','code':'reviewed'}]},'agent':[{'who':{'display':'x'}}]}");
        return write(physician, Transaction.of(new Transaction.Change.Create(review, "", List.of(), entry.reviewId())));
    }

    private String about() {
        return "'subject':{'reference':'Patient/" + patient + "'}";
    }

    @Test
    void whatTheRulesAcceptIsConfirmedAndWhatTheyRefuseWaitsForASentence() {
        hospital.crash(Party.APPLICATION);
        recorded(write(
                nurse,
                create("{'resourceType':'Observation','status':'final','code':{'text':'pulse'}," + about()
                        + ",'effectiveDateTime':'2026-03-01T10:00:00Z'}")));
        recorded(write(
                nurse,
                create("{'resourceType':'MedicationRequest','status':'active','intent':'order',"
                        + "'medicationCodeableConcept':{'text':'x'}," + about() + "}")));
        recorded(write(
                nurse,
                create("{'resourceType':'Encounter','status':'in-progress','class':{'code':'IMP'}," + about()
                        + ",'period':{'start':'2026-03-01T08:00:00Z'}}")));
        assertThat(list()).hasSize(3).allMatch(one -> one.no().isEmpty());
        hospital.restart(Party.APPLICATION);
        hospital.runMillis(WHILE_MILLIS);

        recorded(review(of("Observation"), ""));
        recorded(review(of("Encounter"), ""));
        assertThat(review(of("MedicationRequest"), ""))
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.ROLE_MISSING));
        assertThat(list()).hasSize(1);
        recorded(review(of("MedicationRequest"), "Urgence vitale"));

        assertThat(list()).isEmpty();
        assertThat(hospital.oracle().broken()).isEmpty();
    }

    /** The dates nobody looked at when they were written: the rule reads the stay, and says so. */
    @Test
    void aStayThatEndsBeforeItBeginsIsShownToAPerson() {
        hospital.crash(Party.APPLICATION);
        recorded(write(
                nurse,
                create("{'resourceType':'Encounter','status':'finished','class':{'code':'IMP'}," + about()
                        + ",'period':{'start':'2026-03-02T08:00:00Z','end':'2026-03-01T08:00:00Z'}}")));
        hospital.restart(Party.APPLICATION);
        hospital.runMillis(WHILE_MILLIS);

        assertThat(review(of("Encounter"), ""))
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.RULE));
        recorded(review(of("Encounter"), "Dates inversées à la saisie, corrigées sur papier"));
        assertThat(list()).isEmpty();
    }
}
