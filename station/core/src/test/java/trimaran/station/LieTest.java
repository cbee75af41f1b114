package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.model.Trait;
import trimaran.record.Approval;
import trimaran.record.CellHead;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Judgement;
import trimaran.record.Place;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.Suite;
import trimaran.record.Verdict;

/** One tier lies; the station believes none of it, names it where it can, and goes on with the other two. */
class LieTest extends StationBench {

    /** Access is preferred for reading, so its lies are met first. */
    private final FakeTier liar = hospital.tier(Party.ACCESS);

    private ResourceId patientWith(int observations) {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        for (int i = 0; i < observations; i++) {
            create(session, observation(patient));
        }
        station.close(session);
        return patient;
    }

    private PatientFolder readBy(OwnSession session, ResourceId patient) {
        return folder(session, patient.cell());
    }

    private void lie(Class<? extends Response> kind, UnaryOperator<Response> lie) {
        liar.lie = response -> kind.isInstance(response) ? lie.apply(response) : response;
    }

    private OwnSession reader() {
        return hospital.session(station, hospital.machine);
    }

    @Test
    void aWrongShareIsFoundAndItsKeeperNamed() {
        ResourceId patient = patientWith(1);
        OwnSession reader = reader();
        lie(
                Response.Opened.class,
                response -> new Response.Opened(((Response.Opened) response)
                        .cells().stream().map(LieTest::withWrongShare).toList()));

        assertThat(readBy(reader, patient).resources()).hasSize(2);
        assertThat(heard(event ->
                        event instanceof StationEvent.BadShare(Party tier, CellId cell) && tier == Party.ACCESS))
                .isTrue();
        assertThat(hospital.tier(Party.APPLICATION).asked(Request.Open.class)).isPositive();
        assertThat(station.state().tiers().get(Party.ACCESS))
                .as("people are told who lies")
                .satisfies(tier -> assertThat(tier.ailment().map(StationState.Ailment::kind))
                        .contains(StationState.Ailment.Kind.LIES));
    }

    private static OpenedCell withWrongShare(OpenedCell cell) {
        List<OpenedCell.NumberedShare> shares = new ArrayList<>(cell.shares());
        OpenedCell.NumberedShare first = shares.getFirst();
        byte[] wrong = first.value().expose().clone();
        wrong[0] ^= 1;
        shares.set(0, new OpenedCell.NumberedShare(first.number(), first.generation(), SecretBytes.taking(wrong)));
        return new OpenedCell(cell.opening(), cell.openedAt(), cell.head(), shares);
    }

    @Test
    void anOlderHeadHidesNothing() {
        ResourceId patient = patientWith(3);
        OwnSession reader = reader();
        lie(
                Response.Opened.class,
                response -> new Response.Opened(((Response.Opened) response)
                        .cells().stream()
                                .map(cell -> new OpenedCell(
                                        cell.opening(),
                                        cell.openedAt(),
                                        CellHead.empty(cell.head().cell()),
                                        cell.shares()))
                                .toList()));
        liar.lie = liar.lie.andThen(LieTest::withoutLastPart)::apply;

        assertThat(readBy(reader, patient).resources()).hasSize(4);
        assertThat(heard(event ->
                        event instanceof StationEvent.TierBehind(Party tier, CellId cell) && tier == Party.ACCESS))
                .isTrue();
    }

    private static Response withoutLastPart(Response response) {
        return Bent.cells(
                response,
                cell -> cell.parts().size() < 2
                        ? cell
                        : new Response.CellParts(
                                cell.parts().subList(0, cell.parts().size() - 1), cell.head(), false));
    }

    @Test
    void aMissingPartInTheMiddleShows() {
        ResourceId patient = patientWith(3);
        OwnSession reader = reader();
        lie(
                Response.Parts.class,
                response -> Bent.parts(response, parts -> parts.size() < 2 ? parts : parts.subList(1, parts.size())));

        assertThat(readBy(reader, patient).resources()).hasSize(4);
        assertThat(heard(event -> event instanceof StationEvent.BadParts)).isTrue();
    }

    static Place place(Bytes bytes) {
        try {
            return Place.decode(bytes);
        } catch (MalformedException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void aBlobFromAnotherPartDoesNotOpen() {
        ResourceId patient = patientWith(2);
        OwnSession reader = reader();
        lie(
                Response.Parts.class,
                response -> Bent.parts(
                        response,
                        parts -> parts.stream()
                                .map(part -> new Response.SealedPart(
                                        part.header(),
                                        part.place(),
                                        part.part(),
                                        parts.getLast().blob()))
                                .toList()));

        assertThat(readBy(reader, patient).resources()).hasSize(3);
        assertThat(heard(event -> event instanceof StationEvent.BadParts)).isTrue();
    }

    @Test
    void aHeadThatCannotBeShownDoesNotBlockReading() {
        ResourceId patient = patientWith(1);
        OwnSession reader = reader();
        lie(
                Response.Opened.class,
                response -> new Response.Opened(((Response.Opened) response)
                        .cells().stream()
                                .map(cell -> new OpenedCell(
                                        cell.opening(),
                                        cell.openedAt(),
                                        new CellHead(
                                                cell.head().cell(), cell.head().parts() + 5, Digest.ZERO),
                                        cell.shares()))
                                .toList()));

        assertThat(readBy(reader, patient).resources()).hasSize(2);
    }

    @Test
    void aBeatThatGoesBackIsAnAlarm() {
        OwnSession session = ready();
        Bytes old = hospital.note;
        create(session, PATIENT);
        hospital.loops.runMillis(1_000);

        liar.push(new Push.Beat(old));
        hospital.loops.runMillis(100);

        assertThat(heard(event -> event instanceof StationEvent.FeedDropped(Party tier, Code code, long size)
                        && code == Code.EQUIVOCATION))
                .isTrue();
    }

    @Test
    void twoTreesOfOneSizeUnderQuorumAreAnAlarm() {
        ready();
        Bytes other = hospital.note(hospital.covered, Digest.sha256(Bytes.ofText("fork")), hospital.now());

        liar.push(new Push.Beat(other));
        hospital.loops.runMillis(100);

        assertThat(heard(event -> event instanceof StationEvent.FeedDropped(Party tier, Code code, long size)
                        && code == Code.EQUIVOCATION))
                .isTrue();
        assertThat(station.state().tiers().get(Party.ACCESS)).isNotNull();
        assertThat(Optional.ofNullable(station.state().tiers().get(Party.ACCESS))
                        .orElseThrow()
                        .followed())
                .isFalse();
    }

    @Test
    void oneNoteFromThreeTiersIsCheckedOnce() {
        ready();
        hospital.loops.runMillis(2_000);
        int before = hospital.standIns.verifications();

        hospital.loops.runMillis(1_000);

        // Two heartbeats, each with the log's signature and four cosignatures.
        assertThat(hospital.standIns.verifications() - before).isLessThanOrEqualTo(2 * 5);
    }

    @Test
    void aHeldStatementItsTierDidNotSignAcknowledgesNothing() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.quorum = false;
        lie(Response.HeldAnswer.class, response -> {
            Held held = ((Response.HeldAnswer) response).held();
            return new Response.HeldAnswer(new Held(
                    held.tier(), held.epoch(), held.entry(), held.time(), new Signature(Suite.STAND_IN, Bytes.EMPTY)));
        });
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);

        assertThat(result(session, creation(observation(patient)))).isInstanceOf(WriteResult.Waiting.class);
        assertThat(heard(event ->
                        event instanceof StationEvent.BadSignature(Party tier, Digest entry) && tier == Party.ACCESS))
                .isTrue();
    }

    @Test
    void aTierThatDoesNotAnswerLookupsTruthfullyIsMadeUpFor() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        OwnSession reader = afresh(session);
        lie(Response.PartialTokens.class, response -> {
            Response.PartialTokens told = (Response.PartialTokens) response;
            return new Response.PartialTokens(
                    told.firstNumber(),
                    told.secondNumber(),
                    told.first().stream().map(each -> Digest.ZERO).toList(),
                    told.second());
        });
        station = hospital.station("third station");
        OwnSession there = ready(hospital.machine);

        List<ResourceId> found = FakeHospital.done(hospital.<trimaran.kernel.Outcome<List<ResourceId>>>await(
                then -> station.find(there, "Patient", List.of(Trait.identifier("urn:ins", "1")), then)));

        assertThat(reader.granted()).isPresent();
        assertThat(found).containsExactly(patient);
        assertThat(heard(event -> event instanceof StationEvent.LookupSecretsDiffer))
                .isTrue();
    }

    /** Data placed it void for the approval a fallen application gave after it was held: no promise is given up for a lie of one tier. */
    @Test
    void whatWasAcknowledgedIsNotRefusedForAFalseApproval() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        FakeTier data = hospital.tier(Party.DATA);
        data.refuseAlways = Code.UNAVAILABLE;
        data.holdRefusal = Code.UNAVAILABLE;
        hospital.quorum = false;
        WriteResult.Recorded held = write(session, creation(procedure(patient)));
        assertThat(held.by()).isEqualTo(WriteResult.Acknowledgement.HELD);
        FakeRecord.Content content =
                Optional.ofNullable(liar.held.get(held.entry())).orElseThrow();
        FakeTier application = hospital.tier(Party.APPLICATION);
        application.lie = response -> response instanceof Response.Approved(Approval approval)
                ? new Response.Approved(new Approval(
                        Digest.ZERO,
                        approval.premises(),
                        approval.policyVersion(),
                        approval.expiry(),
                        approval.path(),
                        approval.signature()))
                : response;
        data.refuseAlways = null;
        data.deafToContent = true;
        station = restarted();
        hospital.record.add(
                content,
                hospital.now(),
                new Judgement(Verdict.VOID, Optional.empty(), List.of()),
                hospital.statementsOn(held.entry()));
        hospital.quorum = true;
        ready(hospital.machine);
        data.refuseAlways = Code.BAD_SIGNATURE;
        hospital.loops.runMillis(60_000);
        assertThat(heard(event -> event instanceof StationEvent.BadSignature(Party tier, Digest entry)
                        && tier == Party.APPLICATION
                        && entry.equals(held.entry())))
                .isTrue();
        assertThat(heard(StationEvent.EntryRefused.class::isInstance)).isFalse();
        assertThat(station.state().waiting()).isEqualTo(1);
        data.refuseAlways = null;
        data.deafToContent = false;
        application.lie = UnaryOperator.identity();
        station = restarted();
        hospital.loops.runMillis(60_000);
        assertThat(station.state().waiting()).isZero();
        assertThat(hospital.record.placedBefore(Long.MAX_VALUE, held.entry())).isTrue();
    }

    /** A fallen data places void, under a header it made, what two tiers hold in truth, and says no: its author is told nothing of it. */
    @Test
    void whatWasAcknowledgedIsNotRefusedForAVoidPlaceUnderAFalseHeader() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        FakeTier data = hospital.tier(Party.DATA);
        data.refuseAlways = Code.UNAVAILABLE;
        data.holdRefusal = Code.UNAVAILABLE;
        hospital.quorum = false;
        WriteResult.Recorded held = write(session, creation(observation(patient)));
        FakeRecord.Content content =
                Optional.ofNullable(liar.held.get(held.entry())).orElseThrow();
        Header without = content.header().with(new Sanction.OwnSignatures());
        hospital.record.add(
                new FakeRecord.Content(without, without.encode(), content.annex(), content.escrow(), content.blobs()),
                hospital.now(),
                new Judgement(Verdict.VOID, Optional.empty(), List.of()),
                hospital.statementsOn(held.entry()));
        data.refuseAlways = Code.CUT;
        hospital.quorum = true;
        hospital.loops.runMillis(60_000);
        assertThat(heard(StationEvent.EntryRefused.class::isInstance)).isFalse();
        assertThat(station.state().waiting()).isEqualTo(1);
        data.refuseAlways = null;
        hospital.loops.runMillis(60_000);
        assertThat(station.state().waiting()).isZero();
        assertThat(hospital.record.placedBefore(Long.MAX_VALUE, held.entry())).isTrue();
    }

    @Test
    void anotherHospitalsTierIsNotSpokenTo() {
        lie(Response.Welcome.class, response -> {
            Response.Welcome told = (Response.Welcome) response;
            return new Response.Welcome(
                    Party.WITNESS, told.epoch(), told.size(), told.version(), told.search(), told.lookup());
        });
        hospital.loops.runMillis(1_000);

        assertThat(heard(event ->
                        event instanceof StationEvent.WrongTier(Party tier, Code code) && tier == Party.ACCESS))
                .isTrue();
    }
}
