package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.kernel.Party;
import trimaran.line.PeerId;

/** A data that forgot what it had given one tier, as after a disk put back: it places anew, and the tier comes over. */
final class ForkTest {

    private static final long WHILE_MILLIS = 30_000;

    private final Hospital hospital = new Hospital(1, Suites.standIn(), new Plants());
    private final Invariants invariants = new Invariants(hospital);

    @Test
    void aTierThatOnlyAFallenDataFedComesOverToTheQuorumsTree() {
        // Data may sign two trees here; nobody else may.
        hospital.oracle().liar(Party.DATA);
        hospital.start(List.of("ward"));
        Station ward = hospital.stations().getFirst();
        assertThat(hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS)).isTrue();
        assertThat(hospital.runUntil(invariants::honestAgree, WHILE_MILLIS)).isTrue();
        hospital.runMillis(3_000);
        MemoryStore before = hospital.tier(Party.DATA).disk().snapshotDurable();
        long shared = hospital.tier(Party.ACCESS).size();

        // Access alone hears of these, and signs with data: no quorum.
        apart(Set.of(Founded.line(Party.APPLICATION), Founded.line(Party.WITNESS)), ward, Party.ACCESS, Party.DATA);
        Entry first = HospitalTest.newPatient(ward);
        Entry second = HospitalTest.newPatient(ward);
        assertThat(hospital.runUntil(() -> hospital.tier(Party.ACCESS).size() >= shared + 2, WHILE_MILLIS))
                .isTrue();
        assertThat(first.isCovered() || second.isCovered()).isFalse();
        invariants.step();

        // Data's disk is put back; access cannot say what it has.
        hospital.crash(Party.DATA);
        hospital.tier(Party.DATA).disk(before);
        hospital.network().heal();
        apart(Set.of(Founded.line(Party.ACCESS)), ward, Party.APPLICATION, Party.DATA, Party.WITNESS);
        hospital.restart(Party.DATA);
        Entry third = HospitalTest.newPatient(ward);
        assertThat(hospital.runUntil(third::isCovered, WHILE_MILLIS)).isTrue();
        invariants.step();

        hospital.network().heal();
        List<Entry> all = List.of(first, second, third);
        assertThat(hospital.runUntil(
                        () -> all.stream().allMatch(Entry::isCovered) && invariants.honestAgree(), WHILE_MILLIS))
                .isTrue();
        invariants.step();
        invariants.all();
        invariants.forksHeal();
        assertThat(hospital.tier(Party.ACCESS).tailsTakenBack()).isEqualTo(1);
        assertThat(hospital.tier(Party.APPLICATION).tailsTakenBack()).isZero();
        assertThat(hospital.oracle().broken()).isEmpty();
    }

    /** Data publishes to whom it likes, and whoever hears it leads no beat: one it leaves out has to ask. */
    @Test
    void aTierThatDataDoesNotTellHearsOfTheQuorumFromTheOthers() {
        hospital.start(List.of("ward"));
        Station ward = hospital.stations().getFirst();
        assertThat(hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS)).isTrue();
        hospital.network().partition(Set.of(Founded.line(Party.DATA)), Set.of(Founded.line(Party.ACCESS)));
        Entry entry = HospitalTest.newPatient(ward);
        assertThat(hospital.runUntil(entry::isCovered, WHILE_MILLIS)).isTrue();
        long covered = ward.covered();
        assertThat(hospital.runUntil(() -> hospital.tier(Party.ACCESS).size() >= covered, WHILE_MILLIS))
                .isTrue();
        hospital.network().heal();
        assertThat(hospital.runUntil(invariants::honestAgree, WHILE_MILLIS)).isTrue();
        invariants.all();
    }

    private void apart(Set<PeerId> some, Station ward, Party... others) {
        Set<PeerId> rest = new HashSet<>(Set.of(ward.self()));
        for (Party party : others) {
            rest.add(Founded.line(party));
        }
        hospital.network().partition(some, rest);
    }
}
