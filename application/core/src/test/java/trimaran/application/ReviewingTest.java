package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
final class ReviewingTest extends OfficeBench {

    private final Session nurse = hospital.session("nurse", List.of("nurse"), List.of());
    private final Session clerk = hospital.session("clerk", List.of("clerk"), List.of());
    private final Session laboratory = hospital.session("laboratory", List.of("laboratory"), List.of());
    private final NewCell dossier = known(hospital.cell(CellKind.DOSSIER, quarter.subject()));
    private final NewCell stranger = known(hospital.cell(CellKind.QUARTER));

    /** The present version of something in a cell. */
    private ContinuityReview.Target written(
            NewCell cell, String type, Session author, long version, boolean continuity) {
        ResourceId id = ResourceId.random(cell.cell(), hospital.entropy);
        Draft.Action action = version == 1 ? Draft.Action.CREATE : Draft.Action.UPDATE;
        cells.written.put(id, new CellSource.Written(version, action, author.id(), continuity));
        return new ContinuityReview.Target(type, id, version);
    }

    private ContinuityReview.Target measured() {
        return written(dossier, "Observation", nurse, 1, true);
    }

    /** What only a physician may write, by a nurse. */
    private ContinuityReview.Target prescription() {
        return written(quarter, "MedicationRequest", nurse, 1, true);
    }

    private static String json(String remark, List<String> references) {
        List<String> targets = new ArrayList<>(List.of("{'reference':'Patient/p'}"));
        references.forEach(one -> targets.add("{'reference':'" + one + "'}"));
        String reason = remark.isEmpty() ? "" : "'reason':[{'text':'" + remark + "'}],";
        return ("{'resourceType':'Provenance','target':[" + String.join(",", targets) + "]," + reason
                        + "'activity':{'id':'" + "ab".repeat(16) + "','coding':[{'system':'" + ContinuityReview.SYSTEM
                        + "','code':'reviewed'}]}}")
                .replace('\'', '"');
    }

    private Outcome<Response> asked(Session reader, String name, Draft.Action action, String json) {
        Draft draft = new Draft(
                List.of(new Draft.Item(
                        ResourceId.random(quarter.cell(), hospital.entropy),
                        ContinuityReview.TYPE,
                        action,
                        action == Draft.Action.CREATE ? 0 : 1,
                        Bytes.ofText(json))),
                List.of());
        return ask(hospital.request(hospital.part(reader, List.of(), draft), Hospital.sessionKey(name), draft), yes);
    }

    private Outcome<Response> reviewed(Session reader, String name, String remark, ContinuityReview.Target... targets) {
        List<String> references = List.of(targets).stream()
                .map(ContinuityReview.Target::reference)
                .toList();
        return asked(reader, name, Draft.Action.CREATE, json(remark, references));
    }

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

    /** Else a fallen station could have this tier walk through cells for what is in none. */
    @Test
    void nothingIsLookedForThatIsNotThePresentVersion() {
        ContinuityReview.Target now = written(dossier, "Observation", nurse, 2, true);
        for (long version : List.of(1L, 3L)) {
            ContinuityReview.Target other = new ContinuityReview.Target("Observation", now.id(), version);
            assertThat(code(reviewed(physician, "physician", "", other)))
                    .isEqualTo(version == 1 ? Code.RULE : Code.UNAVAILABLE);
        }
        ContinuityReview.Target none = new ContinuityReview.Target("Observation", new ResourceId(dossier.cell(), 9), 1);
        assertThat(code(reviewed(physician, "physician", "", none))).isEqualTo(Code.UNAVAILABLE);
        assertThat(cells.walked).isZero();
        approval(reviewed(physician, "physician", "", now));
        assertThat(cells.walked).isPositive();
    }

    /** In steps, between which others are answered; beyond the bound nobody can tell who wrote it. */
    @Test
    void whatWasWrittenLongAgoIsFoundInStepsAndNotWithoutEnd() {
        ContinuityReview.Target old = measured();
        Office office = office(yes);
        cells.since = AuthorSearch.PARTS_AT_ONCE;
        List<Outcome<Response>> answer = new ArrayList<>();
        office.approve(request(review(old)), answer::add);
        assertThat(answer).isEmpty();
        assertThat(cells.walked).isEqualTo(AuthorSearch.PARTS_AT_ONCE);
        loop.turn();
        loop.turn();
        approval(answer.getFirst());

        cells.since = AuthorSearch.PARTS_MAX;
        office.approve(request(review(old)), answer::add);
        for (int i = 0; i <= AuthorSearch.PARTS_MAX / AuthorSearch.PARTS_AT_ONCE; i++) {
            loop.turn();
        }
        assertThat(code(answer.getLast())).isEqualTo(Code.UNREAD);
    }

    private Draft review(ContinuityReview.Target target) {
        return new Draft(
                List.of(new Draft.Item(
                        ResourceId.random(quarter.cell(), hospital.entropy),
                        ContinuityReview.TYPE,
                        Draft.Action.CREATE,
                        0,
                        Bytes.ofText(json("", List.of(target.reference()))))),
                List.of());
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

    /** Its hash stands in a header every keeper has: it must not be guessed. */
    @Test
    void aReviewWithoutChanceInItIsRefused() {
        String good = json("", List.of(measured().reference()));
        String id = "ab".repeat(ContinuityReview.CHANCE_HEX / 2);
        for (String bad : List.of(id.substring(1), id + "a", id.toUpperCase(Locale.ROOT), "")) {
            assertThat(code(asked(physician, "physician", Draft.Action.CREATE, good.replace(id, bad))))
                    .isEqualTo(Code.RULE);
        }
        approval(asked(physician, "physician", Draft.Action.CREATE, good));
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

    @Test
    void aReviewNamesAsManyVersionsAsItsLimitAndNoMore() {
        ContinuityReview.Target[] most = new ContinuityReview.Target[ContinuityReview.TARGETS_MAX];
        ContinuityReview.Target[] more = new ContinuityReview.Target[ContinuityReview.TARGETS_MAX + 1];
        for (int i = 0; i < more.length; i++) {
            more[i] = measured();
            most[Math.min(i, most.length - 1)] = more[i];
        }
        approval(reviewed(physician, "physician", "", most));
        assertThat(code(reviewed(physician, "physician", "", more))).isEqualTo(Code.RULE);
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
