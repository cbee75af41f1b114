package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.Request;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.seal.CellKey;
import trimaran.shares.SharePair;

/** Writing into a cell whose keys a party that fell was handed, and reading it afterwards. */
class RollingTest extends StationBench {

    private OwnSession session = ready();
    private final ResourceId patient = create(session, PATIENT);
    private final ResourceId first = create(session, observation(patient));
    private final CellId cell = first.cell();

    /** The part of the last entry in the cell. */
    private CellPart written() {
        return header().author().parts().stream()
                .filter(part -> part.cell().equals(cell))
                .findFirst()
                .orElseThrow();
    }

    private Header header() {
        return hospital.record.entries.getLast().header();
    }

    private List<NewCell> keys() {
        return hospital.record.openings.values().stream()
                .filter(one -> one.kind() == CellKind.KEY)
                .toList();
    }

    @Test
    void theNextWriterDrawsANewKeyAndThoseAfterUseIt() {
        assertThat(written().isRolled()).isFalse();
        hospital.record.toRoll.add(cell);
        order();
        folder(session, patient.cell());
        create(session, observation(patient));
        assertThat(keys()).hasSize(1);
        NewCell key = keys().getFirst();
        assertThat(key.subject()).isEqualTo(cell);
        assertThat(header().author().newCells()).containsExactly(key);
        assertThat(written().under()).isEqualTo(key.cell());
        create(session, observation(patient));
        assertThat(keys()).containsExactly(key);
        assertThat(written().under()).isEqualTo(key.cell());
    }

    @Test
    void whatIsSealedUnderBothKeysIsReadTogether() {
        hospital.record.toRoll.add(cell);
        order();
        folder(session, patient.cell());
        ResourceId second = create(session, observation(patient));
        session = afresh(session);
        assertThat(folder(session, patient.cell()).resources()).hasSize(3);
        assertThat(versions(session, first)).hasSize(1);
        assertThat(versions(session, second)).hasSize(1);
    }

    /** Somebody else may roll a cell that is open here. */
    @Test
    void aKeyDrawnSinceTheCellWasOpenedIsAskedFor() {
        hospital.record.toRoll.add(cell);
        order();
        folder(session, patient.cell());
        ResourceId second = create(session, observation(patient));
        hospital.record.bringsKeys = false;
        session = afresh(session);
        assertThat(versions(session, second)).hasSize(1);
        create(session, observation(patient));
        assertThat(written().under()).isEqualTo(keys().getFirst().cell());
    }

    /** A tier that lies about it has a key drawn once for each order, and none before there is one. */
    @Test
    void aTierAloneCannotHaveACellRolledAgainAndAgain() {
        hospital.record.toRoll.add(cell);
        session = afresh(session);
        folder(session, patient.cell());
        create(session, observation(patient));
        assertThat(keys()).isEmpty();
        order();
        for (int i = 0; i < 3; i++) {
            session = afresh(session);
            folder(session, patient.cell());
            create(session, observation(patient));
        }
        assertThat(keys()).hasSize(1);
        order();
        folder(session, patient.cell());
        create(session, observation(patient));
        assertThat(keys()).hasSize(2);
        assertThat(written().under()).isEqualTo(keys().getLast().cell());
        session = afresh(session);
        assertThat(folder(session, patient.cell()).resources()).hasSize(7);
    }

    @Test
    void anOrderAboutOthersChangesNothingOnceTheTiersSaidSo() {
        folder(session, patient.cell());
        order();
        hospital.loops.runMillis(5_000);
        create(session, observation(patient));
        assertThat(keys()).isEmpty();
        assertThat(written().isRolled()).isFalse();
    }

    /** A moment in which a stolen key would be written under again is one too many. */
    @Test
    void whoWritesBeforeTheTiersSaidDrawsAKey() {
        folder(session, patient.cell());
        order();
        create(session, observation(patient));
        assertThat(written().isRolled()).isTrue();
    }

    /** Every station hears of an order at the same moment, and each has hundreds of cells open. */
    @Test
    void anOrderClosesNothingAndAFewQuestionsAreAskedBehindIt() {
        folder(session, patient.cell());
        order();
        int before = hospital.record.opens.size();
        assertThat(folder(session, patient.cell()).resources()).hasSize(2);
        assertThat(hospital.record.opens).hasSize(before);
        hospital.loops.runMillis(5_000);
        assertThat(hospital.record.opens).as("nobody opened anything").hasSize(before);
        assertThat(hospital.tiers.values().stream()
                        .mapToInt(tier -> tier.asked(Request.FindToRoll.class))
                        .sum())
                .isBetween(1, 6);
    }

    /** What breaks the glass is a person's gesture, and is not made again by a machine. */
    @Test
    void noGlassIsBrokenAgainForAnOrder() {
        session = afresh(session);
        FakeHospital.done(hospital.<Outcome<PatientFolder>>await(
                then -> station.patient(session, patient.cell(), Request.Purpose.BREAK_GLASS, then)));
        order();
        hospital.record.opens.clear();
        hospital.loops.runMillis(5_000);
        assertThat(hospital.record.opens).noneMatch(open -> open.purpose() == Request.Purpose.BREAK_GLASS);
    }

    @Test
    void aLaterKeyIsAskedForAsItsCellWas() {
        hospital.record.toRoll.add(cell);
        order();
        create(session, observation(patient));
        hospital.record.bringsKeys = false;
        session = afresh(session);
        hospital.record.opens.clear();
        FakeHospital.done(hospital.<Outcome<PatientFolder>>await(
                then -> station.patient(session, patient.cell(), Request.Purpose.BREAK_GLASS, then)));
        assertThat(hospital.record.opens)
                .filteredOn(open -> open.cells().contains(keys().getFirst().cell()))
                .isNotEmpty()
                .allMatch(open -> open.purpose() == Request.Purpose.BREAK_GLASS);
    }

    /** Else the outbox of a ward that is cut off for a day would be full of keys. */
    @Test
    void aStationThatIsCutOffDrawsOneKeyAndKeepsIt() {
        folder(session, patient.cell());
        order();
        Party.TIERS.forEach(hospital::down);
        for (int i = 0; i < 3; i++) {
            assertThat(result(session, creation(observation(patient)))).isInstanceOf(WriteResult.Waiting.class);
        }
        Party.TIERS.forEach(hospital::up);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 120_000))
                .isTrue();
        assertThat(keys()).hasSize(1);
        assertThat(written().under()).isEqualTo(keys().getFirst().cell());
        session = afresh(session);
        assertThat(folder(session, patient.cell()).resources()).hasSize(5);
    }

    /** Seals rubbish as the shares of a key; what was there before is given back. */
    private Map<Party, SharePair> spoil(CellId key) {
        Map<Party, SharePair> good = new EnumMap<>(Party.class);
        for (Party tier : Party.TIERS) {
            Map<CellId, SharePair> pairs = hospital.record.of(tier);
            good.put(tier, Objects.requireNonNull(pairs.get(key)));
            pairs.put(key, Objects.requireNonNull(pairs.get(cell)));
        }
        return good;
    }

    /** Keepers take the cell as rolled: it has a key drawn after the order, and they cannot see that it is none. */
    @Test
    void anIllKeyDoesNotBringTheStolenOneBack() {
        hospital.record.toRoll.add(cell);
        order();
        create(session, observation(patient));
        CellId ill = keys().getFirst().cell();
        spoil(ill);
        hospital.record.toRoll.clear();
        session = afresh(session);
        folder(session, patient.cell());
        create(session, observation(patient));
        assertThat(keys()).hasSize(2);
        assertThat(written().under()).isEqualTo(keys().getLast().cell());
        create(session, observation(patient));
        assertThat(keys()).hasSize(2);
        assertThat(written().under()).isEqualTo(keys().getLast().cell());
    }

    /** Whoever draws a key may seal rubbish as its shares. */
    @Test
    void oneIllKeyCostsWhatIsSealedWithItAndNobodyTheRest() {
        hospital.record.toRoll.add(cell);
        order();
        ResourceId second = create(session, observation(patient));
        CellId key = keys().getFirst().cell();
        Map<Party, SharePair> good = spoil(key);
        session = afresh(session);
        PatientFolder folder = folder(session, patient.cell());
        assertThat(folder.latest(first)).isPresent();
        assertThat(folder.resources()).extracting(ResourceVersion::id).doesNotContain(second);
        assertThat(folder.unread()).hasSize(1).containsValue(Code.BAD_SHARE);
        assertThat(folder.resources())
                .filteredOn(one -> one.type().equals("Basic"))
                .singleElement()
                .satisfies(one -> assertThat(new String(one.supplied(), StandardCharsets.UTF_8))
                        .contains("illisible", Code.BAD_SHARE.tag()));
        assertThat(heard(event -> event instanceof StationEvent.PartUnread unread
                        && unread.cell().equals(cell)))
                .isTrue();
        create(session, observation(patient));
        good.forEach((tier, pair) -> hospital.record.of(tier).put(key, pair));
        session = afresh(session);
        folder = folder(session, patient.cell());
        assertThat(folder.unread()).isEmpty();
        assertThat(folder.resources()).hasSize(4);
    }

    /** What stood there before is not the present state, and whoever writes on top of it would undo what nobody here has read. */
    @Test
    void whatAnUnreadEntryChangedIsNotWrittenOver() {
        hospital.record.toRoll.add(cell);
        order();
        long version = versions(session, first).getLast().version();
        write(session, update(first, version));
        spoil(keys().getFirst().cell());
        session = afresh(session);
        PatientFolder folder = folder(session, patient.cell());
        assertThat(folder.unread()).hasSize(1).containsValue(Code.BAD_SHARE);
        WriteResult result = result(session, update(first, version + 1));
        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.UNREAD));
        assertThat(versions(session, patient)).hasSize(1);
    }

    private Transaction update(ResourceId id, long version) {
        return Transaction.of(new Transaction.Change.Update(
                id, version, FakeHospital.resource(observation(patient, "2026-03-01T11:00:00Z")), ""));
    }

    /** It comes in a moment: what stood there before is not shown as the present meanwhile. */
    @Test
    void aKeyThatIsNotToBeHadNowIsWaitedFor() {
        hospital.record.toRoll.add(cell);
        order();
        ResourceId second = create(session, observation(patient));
        hospital.record.bringsKeys = false;
        for (Code why : List.of(Code.UNAVAILABLE, Code.NOT_FOUND, Code.OVER_BUDGET, Code.SESSION_ENDED)) {
            session = afresh(session);
            Party.TIERS.forEach(tier -> {
                hospital.tier(tier).silentTo = Request.OpenKeys.class;
                hospital.tier(tier).silentWith = why;
            });
            assertThat(code(tried(session, first))).isEqualTo(Code.UNAVAILABLE);
            Party.TIERS.forEach(tier -> hospital.tier(tier).silentTo = null);
            assertThat(versions(session, second)).hasSize(1);
        }
    }

    @Test
    void soManyKeysAreAskedForInOneReadingAndTheRestIsLeftUnread() {
        hospital.record.toRoll.add(cell);
        for (int i = 0; i <= PartFetch.KEYS_MAX; i++) {
            order();
            create(session, observation(patient));
        }
        assertThat(keys()).hasSize(PartFetch.KEYS_MAX + 1);
        hospital.record.bringsKeys = false;
        session = afresh(session);
        PatientFolder folder = folder(session, patient.cell());
        assertThat(folder.unread()).hasSize(1).containsValue(Code.TOO_LARGE);
        assertThat(folder.latest(first)).isPresent();
    }

    // ---- what a header says before it is proven

    private final CellKeys ofCell = new CellKeys(key(1));
    private final NewCell later = new NewCell(
            new CellId(5, 5),
            CellKind.KEY,
            new CellId(5, 1),
            Digest.ZERO,
            List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO));

    private static CellKey key(int number) {
        byte[] bytes = new byte[SharePair.SHARE_BYTES];
        bytes[0] = (byte) number;
        return new CellKey(new CellId(5, 1), SecretBytes.taking(bytes));
    }

    /** One tier that lies would keep the station from rolling. */
    @Test
    void aKeyCountsAsDrawnOnceItsEntryIsProven() {
        long ordered = 50;
        ofCell.learn(later, key(2));
        ofCell.told(true, ordered);
        ofCell.placed(List.of(later), 70, Digest.ZERO);
        assertThat(ofCell.isToRoll()).isTrue();
        ofCell.reset();
        ofCell.proven();
        assertThat(ofCell.isToRoll()).as("the tier could not prove it").isTrue();
        ofCell.placed(List.of(later), 70, Digest.ZERO);
        ofCell.proven();
        assertThat(ofCell.isToRoll()).isFalse();
        assertThat(ofCell.newest()).isEqualTo(later.cell());
    }

    @Test
    void aKeyOfNoNameIsNone() {
        NewCell nameless = new NewCell(
                CellId.NONE,
                CellKind.KEY,
                new CellId(5, 1),
                Digest.ZERO,
                List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO));
        ofCell.told(true, 50);
        ofCell.placed(List.of(nameless), 70, Digest.ZERO);
        ofCell.proven();
        assertThat(ofCell.isToRoll()).isTrue();
    }
}
