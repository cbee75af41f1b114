package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.line.message.Response;
import trimaran.model.ContinuityReview;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.Session;
import trimaran.record.Statement;

/** What was written while application was silent is judged when somebody has it reviewed. */
final class ReviewingTest extends ReviewingBench {

    @Test
    void whatItsAuthorMightWriteIsConfirmedAndNoCellIsOpened() {
        approval(reviewed(physician, "physician", "", measured()));
        assertThat(cells.asked).isEmpty();
    }

    @Test
    void whatItsAuthorMightNotWriteIsRefusedAsItWouldHaveBeen() {
        assertThat(code(reviewed(physician, "physician", "", prescription()))).isEqualTo(Code.ROLE_MISSING);
    }

    @Test
    void whoeverMayWriteItConfirmsItAllTheSameWithASentenceAndNobodyElse() {
        approval(reviewed(physician, "physician", "Urgence vitale, vu au lit", prescription()));
        assertThat(code(reviewed(nurse, "nurse", "Urgence vitale", prescription())))
                .isEqualTo(Code.ROLE_MISSING);
        assertThat(code(reviewed(physician, "physician", " ", prescription()))).isEqualTo(Code.ROLE_MISSING);
    }

    @Test
    void whoMayWriteNoReviewReviewsNothing() {
        assertThat(code(reviewed(laboratory, "laboratory", "", measured()))).isEqualTo(Code.ROLE_MISSING);
    }

    /** The memory of sessions ends before the list does; identities are a clerk's to confirm. */
    @Test
    void whatASessionWroteThatNobodyRemembersIsConfirmedByWhoMayWriteIt() {
        for (String type : List.of("Patient", "Person")) {
            ResourceId id = ResourceId.random(dossier.cell(), hospital.entropy);
            cells.written.put(id, new CellSource.Written(2, Draft.Action.UPDATE, Digest.ZERO, true));
            ContinuityReview.Target old = new ContinuityReview.Target(type, id, 2);
            assertThat(code(reviewed(clerk, "clerk", "", old))).isEqualTo(Code.SESSION_UNKNOWN);
            approval(reviewed(clerk, "clerk", "Identité vérifiée", old));
            assertThat(code(reviewed(nurse, "nurse", "Identité vérifiée", old))).isEqualTo(Code.ROLE_MISSING);
        }
    }

    @Test
    void nobodyConfirmsAgainstTheRulesWhatTheyWroteThemselves() {
        ContinuityReview.Target own = written(quarter, "MedicationRequest", physician, 1, true);
        assertThat(code(reviewed(physician, "physician", "Urgence", own))).isEqualTo(Code.NOT_ALLOWED);
        Session later = hospital.session("colleague", List.of("physician"), List.of());
        approval(reviewed(later, "colleague", "Urgence", own));
        approval(reviewed(physician, "physician", "", own));
    }

    /** A registry forgets a session; the ledgers name its badge still. */
    @Test
    void norWhenTheirSessionIsNotRememberedAnyMore() {
        Digest forgotten = hospital.entropy.nonce();
        cells.badges.put(forgotten, physician.badge());
        ResourceId id = ResourceId.random(quarter.cell(), hospital.entropy);
        cells.written.put(id, new CellSource.Written(1, Draft.Action.CREATE, forgotten, true));
        ContinuityReview.Target own = new ContinuityReview.Target("MedicationRequest", id, 1);
        assertThat(code(reviewed(physician, "physician", "Urgence", own))).isEqualTo(Code.NOT_ALLOWED);
        Session later = hospital.session("colleague", List.of("physician"), List.of());
        approval(reviewed(later, "colleague", "Urgence", own));
    }

    @Test
    void whatWasApprovedOrChangedSinceIsNotReviewed() {
        ContinuityReview.Target approved = written(dossier, "Observation", nurse, 1, false);
        assertThat(code(reviewed(physician, "physician", "", approved))).isEqualTo(Code.RULE);
        ContinuityReview.Target now = written(dossier, "Observation", nurse, 2, true);
        ContinuityReview.Target before = new ContinuityReview.Target("Observation", now.id(), 1);
        assertThat(code(reviewed(physician, "physician", "", before))).isEqualTo(Code.RULE);
        approval(reviewed(physician, "physician", "", now));
    }

    /** It may have been merged into another record, which nobody sees here. */
    @Test
    void aPatientThatWasTakenBackIsNotConfirmedByOnePress() {
        ResourceId id = ResourceId.random(dossier.cell(), hospital.entropy);
        cells.written.put(id, new CellSource.Written(2, Draft.Action.DELETE, clerk.id(), true));
        ContinuityReview.Target gone = new ContinuityReview.Target("Patient", id, 2);
        assertThat(code(reviewed(clerk, "clerk", "", gone))).isEqualTo(Code.UNREAD);
        Session colleague = hospital.session("colleague", List.of("clerk"), List.of());
        approval(reviewed(colleague, "colleague", "Doublon vérifié", gone));
    }

    /** A tier that comes back is behind for a moment: nobody is told no for that. */
    @Test
    void whatApplicationDoesNotKnowYetIsAskedAgain() {
        ContinuityReview.Target now = measured();
        ContinuityReview.Target ahead = new ContinuityReview.Target("Observation", now.id(), 2);
        assertThat(reviewed(physician, "physician", "", ahead)).isInstanceOf(Outcome.Refused.class);
        assertThat(code(reviewed(physician, "physician", "", ahead))).isEqualTo(Code.UNAVAILABLE);
        NewCell unknown = hospital.cell(CellKind.STAY, quarter.subject());
        ContinuityReview.Target elsewhere =
                new ContinuityReview.Target("Observation", new ResourceId(unknown.cell(), 1), 1);
        assertThat(code(reviewed(physician, "physician", "", elsewhere))).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aReviewSpeaksOfOnePatientAndOfNoWard() {
        ContinuityReview.Target other = written(stranger, "Observation", nurse, 1, true);
        assertThat(code(reviewed(physician, "physician", "", measured(), other)))
                .isEqualTo(Code.RULE);
        NewCell ward = known(hospital.cell(CellKind.WARD, quarter.subject()));
        ContinuityReview.Target bed = written(ward, "Trimaran.Bed", nurse, 1, true);
        assertThat(code(reviewed(physician, "physician", "", bed))).isEqualTo(Code.RULE);
    }

    @Test
    void oneRefusedVersionRefusesTheReview() {
        assertThat(code(reviewed(physician, "physician", "", measured(), prescription())))
                .isEqualTo(Code.ROLE_MISSING);
    }

    @Test
    void aReviewNamesVersionsAndIsNotChanged() {
        String none = json("", List.of());
        String unversioned = json("", List.of("Observation/" + measured().id()));
        String good = json("", List.of(measured().reference()));
        for (String bad : List.of(none, unversioned)) {
            assertThat(code(asked(physician, "physician", Draft.Action.CREATE, bad)))
                    .isEqualTo(Code.RULE);
        }
        assertThat(code(asked(physician, "physician", Draft.Action.UPDATE, good)))
                .isEqualTo(Code.RULE);
        approval(asked(physician, "physician", Draft.Action.CREATE, good));
    }

    /** Each has this tier look through cells on its loop. */
    @Test
    void anEntryIsOneReviewAndNoMore() {
        List<Draft.Item> items = new ArrayList<>();
        for (int i = 0; i <= 1; i++) {
            items.add(new Draft.Item(
                    ResourceId.random(quarter.cell(), hospital.entropy),
                    ContinuityReview.TYPE,
                    Draft.Action.CREATE,
                    0,
                    Bytes.ofText(json("", List.of(measured().reference())))));
        }
        Draft most = new Draft(items.subList(0, 1), List.of());
        Draft more = new Draft(items, List.of());
        approval(ask(request(most), yes));
        assertThat(code(ask(request(more), yes))).isEqualTo(Code.RULE);
    }

    /** It is judged by nobody, so nothing is shown for it. */
    @Test
    void aConfirmationWithASentenceOpensNothing() {
        NewCell stay = known(hospital.cell(CellKind.STAY, quarter.subject()));
        ContinuityReview.Target encounter = written(stay, "Encounter", nurse, 1, true);
        Draft draft = new Draft(
                List.of(new Draft.Item(
                        ResourceId.random(quarter.cell(), hospital.entropy),
                        ContinuityReview.TYPE,
                        Draft.Action.CREATE,
                        0,
                        Bytes.ofText(json("Vu au lit", List.of(encounter.reference()))))),
                List.of(stay.cell()));
        List<Outcome<Response>> answer = new ArrayList<>();
        office(reading(Set.of(CellKind.STAY), (shown, state) -> Decision.accepted()))
                .approve(request(draft), answer::add);
        cells.answer();
        loop.turn();
        assertThat(cells.asked).isEmpty();
        assertThat(code(answer.getFirst())).isEqualTo(Code.NOT_ALLOWED);
    }

    @Test
    void theSentenceHasALimit() {
        approval(reviewed(physician, "physician", "x".repeat(ContinuityReview.REMARK_MAX), prescription()));
        assertThat(code(reviewed(physician, "physician", "x".repeat(ContinuityReview.REMARK_MAX + 1), prescription())))
                .isEqualTo(Code.RULE);
    }

    @Test
    void whatACutBadgeWroteWaitsForAPersonsSentence() {
        ContinuityReview.Target written = measured();
        hospital.registry.apply(
                new Statement.Cut(Statement.Target.CLIENT, nurse.badge(), 0, Hospital.OPENED), Hospital.OPENED);
        assertThat(code(reviewed(physician, "physician", "", written))).isEqualTo(Code.CUT);
    }

    /** What officers closed says nothing of who wrote it: no type is named. */
    @Test
    void aClosedApplicationIsNotHeldAgainstAnAuthor() {
        Application notes = new FakeApplication(
                "notes",
                item -> !item.type().equals(ContinuityReview.TYPE),
                Set.of(),
                (draft, state) -> Decision.accepted());
        ContinuityReview.Target written = measured();
        hospital.registry.apply(
                new Statement.Cut(
                        Statement.Target.APPLICATION,
                        Statement.Target.subjectOfApplication("notes"),
                        0,
                        Hospital.OPENED),
                Hospital.OPENED);
        Draft draft = new Draft(
                List.of(new Draft.Item(
                        ResourceId.random(quarter.cell(), hospital.entropy),
                        ContinuityReview.TYPE,
                        Draft.Action.CREATE,
                        0,
                        Bytes.ofText(json("", List.of(written.reference()))))),
                List.of());
        Application provenances = new FakeApplication(
                "provenances",
                item -> item.type().equals(ContinuityReview.TYPE),
                Set.of(),
                (shown, state) -> Decision.accepted());
        Response answer = response(ask(request(draft), notes, provenances));
        assertThat(answer).isInstanceOfSatisfying(Response.Denied.class, denied -> {
            assertThat(denied.code()).isEqualTo(Code.CUT);
            assertThat(denied.place()).isEmpty();
        });
    }

    /** Of the Provenances application is shown reviews alone. */
    @Test
    void anotherProvenanceIsNotShown() {
        String plain = "{\"resourceType\":\"Provenance\",\"target\":[{\"reference\":\"Patient/p\"}]}";
        assertThat(code(asked(physician, "physician", Draft.Action.CREATE, plain)))
                .isEqualTo(Code.MALFORMED);
        approval(asked(physician, "physician", Draft.Action.CREATE, ""));
    }

    /** A station that files a review and shows none has it approved as any Provenance, and nobody takes that for a review. */
    @Test
    void onlyTheApprovalOfAReviewThatWasShownSaysSo() {
        String review = json("", List.of(measured().reference()));
        Bytes text = Bytes.ofText(review);
        assertThat(approval(asked(physician, "physician", Draft.Action.CREATE, review))
                        .saw(text))
                .isTrue();
        assertThat(approval(asked(physician, "physician", Draft.Action.CREATE, ""))
                        .saw(text))
                .isFalse();
    }

    @Test
    void onlyAReviewOfAMovementReadsAnything() {
        NewCell stay = known(hospital.cell(CellKind.STAY, quarter.subject()));
        List<CellId> reads = new ArrayList<>();
        ContinuityReview.Target encounter = written(stay, "Encounter", nurse, 1, true);
        for (ContinuityReview.Target target : List.of(encounter, measured())) {
            Draft draft = new Draft(
                    List.of(new Draft.Item(
                            ResourceId.random(quarter.cell(), hospital.entropy),
                            ContinuityReview.TYPE,
                            Draft.Action.CREATE,
                            0,
                            Bytes.ofText(json("", List.of(target.reference()))))),
                    List.of(stay.cell()));
            List<Outcome<Response>> answer = new ArrayList<>();
            office(reading(Set.of(CellKind.STAY), (shown, state) -> {
                        state.cells().forEach(cell -> reads.add(cell.cell()));
                        return Decision.accepted();
                    }))
                    .approve(
                            hospital.request(
                                    hospital.part(physician, List.of(), draft),
                                    Hospital.sessionKey("physician"),
                                    draft),
                            answer::add);
            cells.answer();
            loop.turn();
            if (target.equals(encounter)) {
                approval(answer.getFirst());
            } else {
                assertThat(code(answer.getFirst())).isEqualTo(Code.NOT_ALLOWED);
            }
        }
        assertThat(reads).containsExactly(stay.cell());
    }
}
