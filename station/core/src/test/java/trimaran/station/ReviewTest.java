package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.model.ContinuityReview;
import trimaran.model.Resource;
import trimaran.record.EntryKind;

/** What was written while application was silent stands on a list until it is reviewed, or judged in a later version. */
class ReviewTest extends StationBench {

    /** Written while application is away; it is back afterwards. */
    private ResourceId unapproved(OwnSession session, ResourceId patient) {
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        ResourceId id = create(session, observation(patient));
        hospital.up(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        return id;
    }

    private List<Unreviewed> list(OwnSession session, ResourceId patient) {
        return folder(session, patient.cell()).unreviewed();
    }

    private boolean isFlagged(OwnSession session, ResourceId patient, ResourceId id) {
        return folder(session, patient.cell()).resources().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow()
                .continuity();
    }

    private static Transaction review(ResourceId patient, String id, List<ContinuityReview.Target> targets) {
        return Transaction.of(new Transaction.Change.Create(reviewing(patient, targets, ""), "", List.of(), id));
    }

    private static Resource reviewing(ResourceId patient, List<ContinuityReview.Target> targets, String remark) {
        StringBuilder references = new StringBuilder("{'reference':'Patient/" + patient + "'}");
        targets.forEach(one ->
                references.append(",{'reference':'").append(one.reference()).append("'}"));
        String review = "{'resourceType':'Provenance','target':[" + references
                + "]," + (remark.isEmpty() ? "" : "'reason':[{'text':'" + remark + "'}],")
                + "'recorded':'2026-04-01T00:00:00Z','activity':{'coding':[{'system':'" + ContinuityReview.SYSTEM
                + "','code':'reviewed'}]},'agent':[{'who':{'display':'x'}}]}";
        return FakeHospital.resource(review.replace('\'', '"'));
    }

    private static Transaction review(ResourceId patient, Unreviewed entry) {
        return review(patient, entry.reviewId(), entry.targets());
    }

    @Test
    void theListEndsWithTheReviewAndTheFlagGoes() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId id = unapproved(session, patient);
        assertThat(isFlagged(session, patient, id)).isTrue();
        assertThat(station.state().toReview()).isEqualTo(1);
        Unreviewed entry = list(session, patient).getFirst();
        assertThat(entry.session()).isEqualTo(session.id());
        assertThat(entry.no()).isEmpty();

        write(session, review(patient, entry));

        assertThat(list(session, patient)).isEmpty();
        assertThat(isFlagged(session, patient, id)).isFalse();
        hospital.loops.runMillis(ReviewList.AGAIN_MILLIS);
        assertThat(station.state().toReview()).isZero();
    }

    @Test
    void pressedTwiceItIsReviewedOnce() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        unapproved(session, patient);
        Unreviewed entry = list(session, patient).getFirst();
        write(session, review(patient, entry));

        assertThat(result(session, review(patient, entry)))
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.DUPLICATE));
        assertThat(folder(session, patient.cell()).resources())
                .filteredOn(one -> one.type().equals(ContinuityReview.TYPE))
                .hasSize(1);
    }

    @Test
    void whatApplicationRefusesStaysOnTheList() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        unapproved(session, patient);
        Unreviewed entry = list(session, patient).getFirst();
        hospital.tier(Party.APPLICATION).denial = Code.ROLE_MISSING;

        assertThat(result(session, review(patient, entry))).isInstanceOf(WriteResult.Refused.class);
        assertThat(list(session, patient)).containsExactly(entry);
    }

    /** A review waits for application: nothing written without it counts as one. */
    @Test
    void whileApplicationIsAwayNothingIsReviewed() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        unapproved(session, patient);
        Unreviewed entry = list(session, patient).getFirst();
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        assertThat(result(session, review(patient, entry))).isInstanceOf(WriteResult.Waiting.class);
        assertThat(list(session, patient)).containsExactly(entry);
        hospital.up(Party.APPLICATION);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 60_000))
                .isTrue();
        assertThat(list(session, patient)).isEmpty();
    }

    /** Application would wait for such a version for ever, and the review in the outbox with it. */
    @Test
    void aReviewOfAnotherTypeOrVersionIsNotTakenIn() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId id = unapproved(session, patient);
        for (ContinuityReview.Target wrong : List.of(
                new ContinuityReview.Target("Communication", id, 1),
                new ContinuityReview.Target("Observation", id, 2),
                new ContinuityReview.Target("Observation", new ResourceId(id.cell(), id.local() + 1), 1))) {
            assertThat(result(session, review(patient, "a", List.of(wrong))))
                    .isInstanceOfSatisfying(
                            WriteResult.Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(Code.VERSION_CONFLICT));
        }
        assertThat(station.state().waiting()).isZero();
        assertThat(list(session, patient)).hasSize(1);
    }

    /** A fallen station, or one of before there were reviews, shows application none: its approval says of what it was. */
    @Test
    void aReviewThatApplicationWasNotShownCountsForNothing() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId id = unapproved(session, patient);
        Unreviewed entry = list(session, patient).getFirst();
        hospital.tier(Party.APPLICATION).blind = true;
        write(session, Transaction.of(new Transaction.Change.Create(reviewing(patient, entry.targets(), ""))));
        assertThat(list(session, patient)).containsExactly(entry);
        assertThat(isFlagged(session, patient, id)).isTrue();

        hospital.tier(Party.APPLICATION).blind = false;
        write(session, review(patient, entry));
        assertThat(list(session, patient)).isEmpty();
    }

    /** Application judges the type it is told; whoever told another, past this door, has reviewed nothing. */
    @Test
    void aReviewOfAnotherTypeCountsForNothing() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId id = unapproved(session, patient);
        String plain = "{'resourceType':'Provenance','target':[{'reference':'Patient/" + patient
                + "'}],'recorded':'2026-04-01T00:00:00Z','agent':[{'who':{'display':'x'}}]}";
        ResourceId provenance = create(session, plain.replace('\'', '"'));
        Resource wrong = reviewing(patient, List.of(new ContinuityReview.Target("Communication", id, 1)), "");
        write(session, Transaction.of(new Transaction.Change.Update(provenance, 1, wrong, "")));
        assertThat(list(session, patient)).hasSize(1);
    }

    @Test
    void theStayIsReadForItsReviewAndForOneWithASentenceNothing() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        String encounter = "{'resourceType':'Encounter','status':'in-progress','class':{'code':'IMP'},"
                + "'subject':{'reference':'Patient/" + patient + "'},'period':{'start':'2026-03-01T10:00:00Z'}}";
        ResourceId stay = create(session, encounter.replace('\'', '"'));
        hospital.up(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        List<ContinuityReview.Target> targets =
                list(session, patient).getFirst().targets();
        List<CellId> read = hospital.tier(Party.APPLICATION).read;
        read.clear();

        write(session, Transaction.of(new Transaction.Change.Create(reviewing(patient, targets, "Vu au lit"))));
        assertThat(read).isEmpty();
        write(session, review(patient, "a", targets));
        assertThat(read).containsExactly(stay.cell());
    }

    @Test
    void aLaterVersionThatWasJudgedTakesItOut() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId id = unapproved(session, patient);
        write(
                session,
                Transaction.of(new Transaction.Change.Update(id, 1, FakeHospital.resource(observation(patient)), "")));
        assertThat(list(session, patient)).isEmpty();
    }

    /** Beside an old system all is sent by a service: a ward's own work is counted without it. */
    @Test
    void whatAServiceSentIsCountedApart() {
        OwnSession session = ready();
        OwnSession machine = hospital.session(station, hospital.machine);
        ResourceId patient = create(session, PATIENT);
        unapproved(machine, patient);
        write(
                machine,
                new Transaction(
                        EntryKind.CONTINUITY, creation(observation(patient)).changes(), false));

        assertThat(list(session, patient)).hasSize(2).allMatch(Unreviewed::service);
        hospital.loops.runMillis(ReviewList.AGAIN_MILLIS);
        assertThat(station.state().toReview()).isZero();
        assertThat(station.state().unreviewed().services()).containsEntry(patient.cell(), 2);

        unapproved(session, patient);
        hospital.loops.runMillis(ReviewList.AGAIN_MILLIS);
        assertThat(station.state().toReview()).isEqualTo(1);
    }

    /** Two wrote over the same while data was away: both stand, so both are listed, and only the one on top can be judged. */
    @Test
    void whatLiesUnderAConflictStaysOnTheList() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId id = create(session, observation(patient));
        Station first = station;
        hospital.disk = new MemoryDisk();
        station = hospital.station("second station");
        OwnSession other = ready();
        folder(other, patient.cell());
        Transaction over = new Transaction(
                EntryKind.CLINICAL,
                List.of(new Transaction.Change.Update(id, 1, FakeHospital.resource(observation(patient)), "")),
                true);
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        hospital.down(Party.DATA);
        List<WriteResult> told = new ArrayList<>();
        first.write(session, over, told::add);
        station.write(other, over, told::add);
        assertThat(hospital.loops.runUntil(() -> told.size() == 2, 60_000)).isTrue();
        hospital.tier(Party.APPLICATION).denial = null;
        hospital.record.placesHeld = true;
        hospital.up(Party.DATA);
        assertThat(hospital.loops.runUntil(
                        () -> first.state().waiting() + station.state().waiting() == 0, 120_000))
                .isTrue();

        assertThat(list(other, patient)).extracting(Unreviewed::covered).containsExactlyInAnyOrder(true, false);
        assertThat(list(other, patient)).allMatch(one -> one.isReviewable() != one.covered());
        write(other, review(patient, reviewable(other, patient)));
        assertThat(list(other, patient)).singleElement().matches(Unreviewed::covered);
        write(
                other,
                Transaction.of(new Transaction.Change.Update(id, 3, FakeHospital.resource(observation(patient)), "")));
        assertThat(list(other, patient)).isEmpty();
    }

    private Unreviewed reviewable(OwnSession session, ResourceId patient) {
        return list(session, patient).stream()
                .filter(Unreviewed::isReviewable)
                .findFirst()
                .orElseThrow();
    }

    /** A kind is a station's word: it hides no person's work from the ward. */
    @Test
    void whatAPersonWroteIsAPersonsWhateverItsKind() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        write(
                session,
                new Transaction(
                        EntryKind.CONTINUITY, creation(observation(patient)).changes(), false));
        assertThat(list(session, patient)).singleElement().matches(one -> !one.service());
        hospital.loops.runMillis(ReviewList.AGAIN_MILLIS);
        assertThat(station.state().toReview()).isEqualTo(1);
    }

    @Test
    void whatItsAuthorInsistedOnIsListedWithTheNoItGot() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        write(
                session,
                new Transaction(
                        EntryKind.CLINICAL, creation(observation(patient)).changes(), true));
        assertThat(list(session, patient))
                .singleElement()
                .satisfies(entry -> assertThat(entry.no()).contains(Code.RULE));
    }
}
