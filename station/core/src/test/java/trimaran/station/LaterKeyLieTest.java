package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.NewCell;

/** Later keys, where a tier lies about which there are, or a cell is read once more while it is read. */
class LaterKeyLieTest extends StationBench {

    private OwnSession session = ready();
    private final ResourceId patient = create(session, PATIENT);
    private final ResourceId first = create(session, observation(patient));
    private final CellId cell = first.cell();

    private CellId keyOf(CellId owner) {
        return hospital.record.openings.values().stream()
                .filter(one -> one.kind() == CellKind.KEY && one.subject().equals(owner))
                .map(NewCell::cell)
                .findFirst()
                .orElseThrow();
    }

    /** As if all these parts were sealed under this key. */
    private static Response.SealedPart under(Response.SealedPart part, CellId key) {
        try {
            Header header = Reader.whole(part.header().inline().orElseThrow(), Header::read);
            AuthorPart author = header.author();
            AuthorPart forged = new AuthorPart(
                    author.origin(),
                    author.nonce(),
                    author.session(),
                    author.kind(),
                    author.authored(),
                    author.mayContinue(),
                    author.parts().stream()
                            .map(one -> new CellPart(one.cell(), one.blob(), one.blobSize(), one.changes(), key))
                            .toList(),
                    author.newCells(),
                    author.statement(),
                    author.annex(),
                    author.escrow(),
                    author.checkpointSeen());
            Header told = Header.of(forged, header.signature(), header.sanction());
            return new Response.SealedPart(
                    SealedEntry.Item.inline(told.encode()), part.place(), part.part(), part.blob());
        } catch (MalformedException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Two tiers that are honest would write into their ledgers that whoever reads here opened another patient. */
    @Test
    void oneTierDoesNotHaveAnotherPatientsKeyOpenedInTheReadersName() {
        ResourceId other = create(session, PATIENT.replace("\"1\"", "\"2\"").replace("Dupont", "Martin"));
        create(session, observation(other));
        CellId theirs = create(session, observation(other)).cell();
        hospital.record.toRoll.add(theirs);
        order();
        create(session, observation(other));
        CellId key = keyOf(theirs);
        hospital.record.bringsKeys = false;
        for (Party tier : Party.TIERS) {
            hospital.tier(tier).lie = parts -> Bent.eachPart(parts, part -> under(part, key));
            session = afresh(session);
            hospital.record.opens.clear();
            int asked = keysAsked();
            hospital.<Outcome<PatientFolder>>await(
                    then -> station.patient(session, patient.cell(), Request.Purpose.CARE, then));
            assertThat(hospital.record.opens)
                    .as("%s lies", tier)
                    .noneMatch(open -> open.cells().contains(key));
            assertThat(keysAsked()).as("%s lies", tier).isEqualTo(asked);
            hospital.tier(tier).lie = parts -> parts;
        }
    }

    /** It is said what is missing, and the tiers are not asked again with each answer. */
    @Test
    void whatIsHeldUnderAKeyThatIsNotToBeHadIsShownAsUnreadAndItsKeyAskedForOnce() {
        hospital.record.toRoll.add(cell);
        order();
        folder(session, patient.cell());
        Station author = station;
        hospital.disk = new MemoryDisk();
        Station second = hospital.station("second station");
        station = second;
        OwnSession reader = ready(hospital.machine);
        folder(reader, patient.cell());

        station = author;
        hospital.quorum = false;
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        write(session, creation(observation(patient)));
        station = second;
        hospital.loops.runMillis(15_000);

        PatientFolder folder = folder(reader, patient.cell());
        assertThat(folder.latest(first)).isPresent();
        assertThat(folder.unread()).hasSize(1).containsValue(Code.NOT_FOUND);
        assertThat(folder.resources())
                .filteredOn(one -> one.type().equals("Basic"))
                .extracting(ResourceVersion::standing)
                .containsExactly(ResourceVersion.Standing.PROVISIONAL);
        int asked = keysAsked();
        assertThat(asked).isPositive();
        for (int i = 0; i < 3; i++) {
            assertThat(folder(reader, patient.cell()).unread()).hasSize(1);
        }
        assertThat(keysAsked()).isEqualTo(asked);

        hospital.quorum = true;
        hospital.up(Party.DATA);
        hospital.loops.runMillis(15_000);
        folder = folder(reader, patient.cell());
        assertThat(folder.unread()).as("its entry has its place").isEmpty();
        assertThat(folder.resources()).hasSize(3);
    }

    /** Its key came for somebody else meanwhile, and only part of what was read before counts. */
    @Test
    void aKeyThatComesWhileTheCellIsFetchedLeavesNothingUnread() {
        hospital.record.toRoll.add(cell);
        order();
        folder(session, patient.cell());
        create(session, observation(patient));
        hospital.record.bringsKeys = false;
        session = afresh(session);
        List<Outcome<PatientFolder>> folders = new ArrayList<>();
        station.patient(session, patient.cell(), Request.Purpose.CARE, folders::add);
        assertThat(hospital.loops.runUntil(() -> station.cells().get(cell).isPresent(), 20_000))
                .isTrue();
        station.cells().get(cell).orElseThrow().readAgain();
        assertThat(hospital.loops.runUntil(() -> !folders.isEmpty(), 20_000)).isTrue();
        PatientFolder folder = FakeHospital.done(folders.getFirst());
        assertThat(folder.unread()).isEmpty();
        assertThat(folder.resources()).hasSize(3);
    }

    private int keysAsked() {
        return hospital.tiers.values().stream()
                .mapToInt(tier -> tier.asked(Request.OpenKeys.class))
                .sum();
    }

    /** A later key that comes in the background has its cell read once more. */
    @Test
    void aCellThatIsForgottenWhileItIsProvenIsNotHandedOutEmpty() {
        station.stop();
        hospital.network.crash(SimulatedNetwork.peer("station"));
        station = hospital.station("second station");
        session = ready(hospital.machine);
        List<Outcome<PatientFolder>> folders = new ArrayList<>();
        station.patient(session, patient.cell(), Request.Purpose.CARE, folders::add);
        assertThat(hospital.loops.runUntil(
                        () -> station.cells()
                                .get(cell)
                                .filter(one -> one.head().parts() > 0 && !one.isProven())
                                .isPresent(),
                        20_000))
                .isTrue();
        station.cells().get(cell).orElseThrow().readAgain();
        assertThat(hospital.loops.runUntil(() -> !folders.isEmpty(), 20_000)).isTrue();
        PatientFolder folder = FakeHospital.done(folders.getFirst());
        assertThat(folder.latest(first)).isPresent();
        assertThat(folder.resources()).hasSize(2);
    }
}
