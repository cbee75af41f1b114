package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.record.Annex;
import trimaran.record.CellKind;
import trimaran.record.PartyKeys;
import trimaran.record.Policy;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** How much of a budget is free, what a refusal costs, and how much is counted at once. */
class BudgetBoundsTest {

    private static final Set<CellKind> KINDS = Set.of(CellKind.IDENTITY, CellKind.DOSSIER);
    private static final RecordTime NOW = new RecordTime(1_800_000_000_000L);
    private static final CellId WARD = new CellId(0, 3);

    private final MemoryStore store = new MemoryStore();
    private final WardBudget budget = new WardBudget(store, new Registry(founding()));
    private final Session nurse = session("nurse", Statement.BadgeKind.PERSON, List.of());

    @Test
    void aRefusalSpendsNothingAndGivesNothingBack() {
        delays(nurse, 0, 40);
        List<CellId> oldAndNew = subjects(0, 41);
        for (int i = 0; i < 3; i++) {
            assertThat(budget.open(nurse, oldAndNew, KINDS, false, NOW).isDone())
                    .isFalse();
            assertThat(code(nurse, 50 + i)).as("what was opened stays counted").isEqualTo(Code.OVER_BUDGET);
        }
    }

    @Test
    void patientsPresentInTheWardAreFreeUpToAThirdMoreThanItsBeds() {
        int most = WardBudget.WARD_BEDS * 130 / 100;
        place(0, most + 1, Annex.Placement.State.PRESENT);
        assertThat(delays(nurse, 0, most)).containsOnly(0L);
        delays(nurse, 500, 520);
        assertThat(delays(nurse, most - 1, most)).as("one of the ward").containsExactly(0L);
        assertThat(delays(nurse, most, most + 1))
                .as("one too many for the ward")
                .containsExactly(5_000L);
    }

    @Test
    void aDayLaterTheWardBeginsAnew() {
        int most = WardBudget.WARD_BEDS * 130 / 100;
        place(0, 2 * most, Annex.Placement.State.PRESENT);
        delays(nurse, 0, most);
        RecordTime tomorrow = NOW.plusMillis(24 * 3_600_000L + 1);
        for (int i = most; i < 2 * most; i++) {
            assertThat(delay(budget.open(nurse, subjects(i, i + 1), KINDS, false, tomorrow)))
                    .isZero();
        }
    }

    @Test
    void whoIsExpectedIsFreeAndWhoLeftIsNot() {
        place(0, 100, Annex.Placement.State.EXPECTED);
        assertThat(delays(nurse, 0, 100)).containsOnly(0L);
        place(0, 100, Annex.Placement.State.LEFT);
        assertThat(delays(nurse, 0, 21).getLast()).isEqualTo(5_000L);
    }

    @Test
    void aServiceWithASystemScopeIsCappedByItsScope() {
        Session machine = session("machine", Statement.BadgeKind.SERVICE, List.of("system/*.rs"));
        assertThat(delays(machine, 0, 1000)).containsOnly(0L);
        Session person = session("person", Statement.BadgeKind.PERSON, List.of("system/*.rs"));
        assertThat(delays(person, 0, 21).getLast())
                .as("a person's is no system")
                .isEqualTo(5_000L);
    }

    @Test
    void aSystemScopeReachesTheCellsOfWhatItNames() {
        List<CellId> many = subjects(0, 50);
        Session practitioners = session("directory", Statement.BadgeKind.SERVICE, List.of("system/Practitioner.r"));
        assertThat(budget.open(practitioners, many, KINDS, false, NOW).isDone()).isFalse();
        Session patients = session("index", Statement.BadgeKind.SERVICE, List.of("system/Patient.rs"));
        assertThat(budget.open(patients, many, Set.of(CellKind.IDENTITY), false, NOW)
                        .isDone())
                .isTrue();
        assertThat(budget.open(patients, many, KINDS, false, NOW).isDone())
                .as("no dossier is a patient's identity")
                .isFalse();
        Session laboratory = session("laboratory", Statement.BadgeKind.SERVICE, List.of("system/Observation.cu"));
        assertThat(budget.open(laboratory, many, KINDS, false, NOW).isDone()).isTrue();
    }

    @Test
    void aScopeThatIsNoneReachesNothing() {
        for (String scope : List.of("system/", "system/*", "system/*.", "system/*.x", "system/.r", "user/*.rs")) {
            Session none = session(scope, Statement.BadgeKind.SERVICE, List.of(scope));
            assertThat(budget.open(none, subjects(0, 50), KINDS, false, NOW).isDone())
                    .as(scope)
                    .isFalse();
        }
    }

    @Test
    void whatATokenLeadsToCountsByTheHourApartFromTokensMade() {
        int most = Policy.DEFAULT.lookupsPerHour();
        assertThat(budget.lookUp(nurse, most, NOW).isDone()).isTrue();
        assertThat(budget.find(nurse, most, NOW).isDone()).isTrue();
        assertThat(budget.find(nurse, 1, NOW).isDone()).isFalse();
        assertThat(budget.find(nurse, 1, NOW.plusMillis(3_600_001)).isDone()).isTrue();
        Session machine = session("machine", Statement.BadgeKind.SERVICE, List.of("system/*.cruds"));
        assertThat(budget.find(machine, 10 * most, NOW).isDone())
                .as("an import looks up what it writes")
                .isTrue();
    }

    @Test
    void countingIsBounded() {
        delays(nurse, 0, 40);
        for (int i = 0; i < WardBudget.BADGES_MAX - 1; i++) {
            Session other = session("other " + i, Statement.BadgeKind.PERSON, List.of());
            assertThat(budget.lookUp(other, 1, NOW).isDone()).isTrue();
        }
        assertThat(code(nurse, 41)).as("as many as are counted").isEqualTo(Code.OVER_BUDGET);
        budget.lookUp(session("one more", Statement.BadgeKind.PERSON, List.of()), 1, NOW);
        assertThat(delays(nurse, 41, 42)).as("the oldest is forgotten").containsExactly(0L);
    }

    private List<Long> delays(Session session, int from, int to) {
        List<Long> delays = new ArrayList<>();
        for (int i = from; i < to; i++) {
            delays.add(delay(budget.open(session, subjects(i, i + 1), KINDS, false, NOW)));
        }
        return delays;
    }

    private static long delay(Outcome<Budget.Grace> outcome) {
        return outcome instanceof Outcome.Done<Budget.Grace>(Budget.Grace grace) ? grace.delayMillis() : -1;
    }

    private Code code(Session session, int subject) {
        if (budget.open(session, subjects(subject, subject + 1), KINDS, false, NOW)
                instanceof Outcome.Refused<Budget.Grace>(Refusal refusal)) {
            return refusal.code();
        }
        throw new AssertionError("not refused");
    }

    private static List<CellId> subjects(int from, int to) {
        List<CellId> subjects = new ArrayList<>();
        for (int i = from; i < to; i++) {
            subjects.add(new CellId(0, 10_000 + i));
        }
        return subjects;
    }

    private void place(int from, int to, Annex.Placement.State state) {
        for (CellId subject : subjects(from, to)) {
            Bytes value = new Writer(9).u8(state.ordinal()).i64(NOW.millis()).toBytes();
            store.write(List.of(new Store.Change.Put(Space.STATE, Key.placement(WARD, subject), value)));
        }
    }

    private static Session session(String name, Statement.BadgeKind kind, List<String> scopes) {
        Digest badge = digest(name);
        PublicKey key = new PublicKey(Suite.STAND_IN, Bytes.ofText(name));
        return new Session(
                digest("session of " + name),
                key,
                badge,
                digest("station"),
                kind,
                List.of(),
                scopes,
                List.of(WARD),
                NOW,
                NOW.plusMillis(3_600_000));
    }

    private static Statement.Founding founding() {
        PublicKey key = new PublicKey(Suite.STAND_IN, Bytes.ofText("anybody"));
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            parties.add(new PartyKeys(party, Bytes.EMPTY, Bytes.EMPTY, key, digest(party.word()), Bytes.EMPTY, 1));
        }
        return new Statement.Founding("essai", NOW, parties, List.of(key), Policy.DEFAULT, digest("console"));
    }

    private static Digest digest(String text) {
        return Digest.sha256(Bytes.ofText(text));
    }
}
