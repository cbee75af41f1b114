package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.record.Signer;
import trimaran.shares.SealingKeyPair;

/** A ward's sealed copies lie at the buddy, too, and the ward's badge opens them there. */
class BuddyCopyTest extends BuddyBench {

    private final SealingKeyPair badge = SealingKeyPair.generate(hospital.loops.entropy());

    private WardCopyFile copy(int ward, long made, Signer station) {
        WardPlace place = new WardPlace(
                new ResourceId(new CellId(0, ward), 1), List.of("S" + ward), "Service " + ward, "", "", "", List.of());
        WardBoard board = new WardBoard(place, List.of(), List.of(), List.of(), 0, 0);
        WardCopy copy = new WardCopy("Hôpital", new WallTime(made), board, List.of(), Map.of());
        return FakeHospital.done(
                WardCopyFile.seal(copy, new WallTime(made), badge.publicKey(), station, hospital.loops.entropy()));
    }

    private void keepHere(WardCopyFile file) {
        new WardCopies(hospital.disk).keep(file);
    }

    private WardCopies there() {
        return new WardCopies(new DiskFolder(buddyDisk, "buddy-station"));
    }

    private List<WallTime> madeThere() {
        return there().all().stream().map(WardCopies.Place::made).toList();
    }

    @Test
    void theNewestOfEachWardIsBroughtAndTheWardsBadgeOpensItThere() {
        keepHere(copy(1, 1_000, hospital.stationBadge));
        keepHere(copy(1, 2_000, hospital.stationBadge));
        keepHere(copy(2, 1_500, hospital.stationBadge));

        until(() -> there().all().size() == 2);

        assertThat(madeThere()).containsExactlyInAnyOrder(new WallTime(2_000), new WallTime(1_500));
        WardCopyFile file = there().read(there().all().getFirst()).orElseThrow();
        var station =
                BuddyShelf.badges(new DiskFolder(buddyDisk, "buddy-station")).getFirst();
        assertThat(station).isEqualTo(hospital.stationBadge.publicKey());
        assertThat(file.open(badge, station, hospital.standIns).isDone()).isTrue();
        Outcome<WardCopy> other =
                file.open(SealingKeyPair.generate(hospital.loops.entropy()), station, hospital.standIns);
        assertThat(code(other)).isEqualTo(Code.NOT_ALLOWED);
    }

    @Test
    void aNewerOneFollowsAndAWardThatIsGivenUpGoes() {
        keepHere(copy(1, 1_000, hospital.stationBadge));
        keepHere(copy(2, 1_500, hospital.stationBadge));
        until(() -> there().all().size() == 2);

        keepHere(copy(1, 3_000, hospital.stationBadge));
        new WardCopies(hospital.disk).forget(new ResourceId(new CellId(0, 2), 1));

        until(() -> madeThere().equals(List.of(new WallTime(3_000), new WallTime(1_000))));
    }

    @Test
    void aCopyAnotherStationSignedIsNotTaken() {
        keepHere(copy(1, 1_000, hospital.standIns.signer("badge of a stranger")));
        keepHere(copy(2, 1_500, hospital.stationBadge));

        until(() -> !there().all().isEmpty());
        hospital.loops.runMillis(3 * BuddyLimits.COPIES_MILLIS);

        assertThat(madeThere()).containsExactly(new WallTime(1_500));
    }

    @Test
    void theyAreThereWhenTheWardsDiskIsGone() {
        keepHere(copy(1, 1_000, hospital.stationBadge));
        until(() -> !there().all().isEmpty());

        crashWard();
        hospital.network.crash(BUDDY);
        begin("station");
        hospital.loops.runMillis(2 * BuddyLimits.SILENT_MILLIS);

        Optional<Bytes> whole = there().read(there().all().getFirst()).map(WardCopyFile::encode);
        assertThat(whole).isPresent();
    }
}
