package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.Answer;
import trimaran.line.message.BuddyCodec;
import trimaran.line.message.BuddyRequest;
import trimaran.line.message.BuddyResponse;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.PublicKey;
import trimaran.record.RecordLimits;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.shares.SealingKeyPair;

/** A buddy takes of another station's copies what it asked for, so much and no more, and lets go of none for want of a list. */
class BuddyShelfTest extends StationBench {

    private final SealingKeyPair badge = SealingKeyPair.generate(hospital.loops.entropy());
    private final VirtualLoop loop = hospital.loops.loop("shelf", 0);
    private Signer speaking = hospital.stationBadge;
    private final MemoryDisk disk = new MemoryDisk();
    private final BreakableDisk breakable = new BreakableDisk(disk);
    private final BuddyShelf shelf = new BuddyShelf(hospital.setting("shelf", loop, breakable), "station");

    private WardCopyFile copy(int ward, long made) {
        WardPlace place = new WardPlace(ward(ward), List.of("S" + ward), "Service " + ward, "", "", "", List.of());
        WardBoard board = new WardBoard(place, List.of(), List.of(), List.of(), 0, 0);
        WardCopy copy = new WardCopy("Hôpital", new WallTime(made), board, List.of(), Map.of());
        return FakeHospital.done(
                WardCopyFile.seal(copy, new WallTime(made), badge.publicKey(), speaking, hospital.loops.entropy()));
    }

    private static ResourceId ward(int number) {
        return new ResourceId(new CellId(0, number), 1);
    }

    private static BuddyRequest.Copy named(int ward, long made) {
        return new BuddyRequest.Copy(ward(ward), new WallTime(made));
    }

    private long now() {
        return loop.wallTime().millis();
    }

    /** What the shelf answers. */
    private Outcome<Bytes> answer(java.util.function.Consumer<Answer> question) {
        List<Outcome<Bytes>> answers = new ArrayList<>();
        loop.run(() -> question.accept(new Answer() {
            @Override
            public void done(Bytes payload) {
                answers.add(Outcome.done(payload));
            }

            @Override
            public void refuse(Refusal refusal) {
                answers.add(Outcome.refused(refusal));
            }
        }));
        assertThat(hospital.loops.runUntil(() -> !answers.isEmpty(), 5_000)).isTrue();
        return answers.getFirst();
    }

    private Outcome<Bytes> compare(BuddyRequest.Copy... copies) {
        var request = new BuddyRequest.Copies(speaking.publicKey(), List.of(copies));
        return answer(answer -> shelf.compare(request, station.inside().registry(), answer));
    }

    private List<BuddyRequest.Copy> lacking(BuddyRequest.Copy... copies) throws Exception {
        return ((BuddyResponse.Lacking) BuddyCodec.decodeResponse(FakeHospital.done(compare(copies)))).copies();
    }

    private Outcome<Bytes> keep(WardCopyFile file) {
        Bytes whole = file.encode();
        assertThat(whole.size()).isLessThan(RecordLimits.CHUNK_BYTES);
        var copy = new BuddyRequest.Copy(file.ward(), file.made());
        var piece = new BuddyRequest.KeepCopy(copy, Digest.sha256(whole), whole.size(), 0, whole);
        return answer(answer -> shelf.keep(piece, answer));
    }

    private List<WallTime> there() {
        return new WardCopies(new DiskFolder(disk, BuddyShelf.folder("station")))
                .all().stream().map(WardCopies.Place::made).toList();
    }

    @Test
    void onlyWhatWasAskedForIsTakenAndOnce() throws Exception {
        ready();
        long now = now();
        assertThat(code(keep(copy(1, now)))).as("nothing was compared").isEqualTo(Code.NOT_ALLOWED);
        assertThat(lacking(named(1, now))).containsExactly(named(1, now));

        assertThat(code(keep(copy(2, now)))).isEqualTo(Code.NOT_ALLOWED);
        assertThat(code(keep(copy(1, now - 1)))).isEqualTo(Code.NOT_ALLOWED);
        assertThat(keep(copy(1, now)).isDone()).isTrue();
        assertThat(code(keep(copy(1, now)))).as("once more").isEqualTo(Code.NOT_ALLOWED);
        assertThat(there()).containsExactly(new WallTime(now));
    }

    @Test
    void noCopyOverItsSize() throws Exception {
        ready();
        BuddyRequest.Copy copy = named(1, now());
        assertThat(lacking(copy)).hasSize(1);
        Digest whole = Digest.sha256(Bytes.ofText("whole"));
        Bytes piece = Bytes.ofText("begun");

        var over = new BuddyRequest.KeepCopy(copy, whole, BuddyLimits.COPY_BYTES_MAX + 1, 0, piece);
        assertThat(code(answer(answer -> shelf.keep(over, answer)))).isEqualTo(Code.TOO_LARGE);
        var most = new BuddyRequest.KeepCopy(copy, whole, BuddyLimits.COPY_BYTES_MAX, 0, piece);
        assertThat(answer(answer -> shelf.keep(most, answer)).isDone()).isTrue();
    }

    @Test
    void aCopyOfATimeThatCannotBeIsNotAskedForNorTaken() throws Exception {
        ready();
        long most = now() + BuddyLimits.COPY_AHEAD_MILLIS;
        // Asking takes no time in this world, and little in any.
        assertThat(lacking(named(1, most))).hasSize(1);
        assertThat(lacking(named(1, -1), named(2, Long.MIN_VALUE), named(3, Long.MAX_VALUE), named(4, most + 60_000)))
                .isEmpty();
        assertThat(code(keep(copy(1, -1)))).isEqualTo(Code.NOT_ALLOWED);
        assertThat(code(keep(copy(4, most + 60_000)))).isEqualTo(Code.NOT_ALLOWED);
    }

    @Test
    void anEmptyListForgetsNothingAndAgeDoes() throws Exception {
        ready();
        long old = now() - BuddyLimits.COPY_AGE_MILLIS + 60_000;
        lacking(named(1, old));
        assertThat(keep(copy(1, old)).isDone()).isTrue();

        assertThat(lacking()).isEmpty();
        assertThat(there()).as("of another machine of that name").containsExactly(new WallTime(old));

        hospital.loops.runMillis(61_000);
        assertThat(lacking(named(1, old))).as("as long as it is named").isEmpty();
        assertThat(there()).containsExactly(new WallTime(old));
        assertThat(lacking()).isEmpty();
        assertThat(there()).isEmpty();
    }

    @Test
    void aListThatCannotBeReadIsNotCompared() {
        new WardCopies(breakable).keep(copy(1, 1_000));
        List<BuddyRequest> asked = new ArrayList<>();
        BuddyCopies copies =
                new BuddyCopies(hospital.setting("copies", loop, breakable), (request, then) -> asked.add(request));
        breakable.broken = true;

        loop.run(copies::look);
        hospital.loops.runMillis(2 * BuddyLimits.COPIES_MILLIS);
        assertThat(asked).isEmpty();

        breakable.broken = false;
        hospital.loops.runMillis(2 * BuddyLimits.COPIES_MILLIS);
        assertThat(asked)
                .first()
                .isEqualTo(new BuddyRequest.Copies(hospital.stationBadge.publicKey(), List.of(named(1, 1_000))));
    }

    @Test
    void aBadgeTheDiskDidNotTakeIsNotTakenForKnown() throws Exception {
        ready();
        long now = now();
        lacking(named(1, now), named(2, now));
        breakable.broken = true;
        assertThat(code(keep(copy(1, now)))).isEqualTo(Code.DISK_FULL);
        breakable.broken = false;

        assertThat(keep(copy(2, now)).isDone()).isTrue();

        assertThat(badges()).containsExactly(hospital.stationBadge.publicKey());
    }

    private List<PublicKey> badges() {
        return BuddyShelf.badges(new DiskFolder(disk, BuddyShelf.folder("station")));
    }

    private boolean opens(int ward, long made) {
        WardCopies copies = new WardCopies(new DiskFolder(disk, BuddyShelf.folder("station")));
        WardCopyFile file = copies.read(new WardCopies.Place(ward(ward), new WallTime(made)))
                .orElseThrow();
        return badges().stream()
                .anyMatch(
                        station -> file.open(badge, station, hospital.standIns).isDone());
    }

    @Test
    void aMachineThatReplacesAnotherLeavesItsWardWhatTheOtherCopied() throws Exception {
        ready();
        long now = now();
        lacking(named(1, now));
        keep(copy(1, now));
        for (int i = 1; i < BuddyLimits.BADGES_MAX; i++) {
            anotherMachine(i);
            assertThat(lacking()).isEmpty();
            assertThat(opens(1, now)).as("before it has made one").isTrue();
            assertThat(lacking(named(2, now + i))).hasSize(1);
            assertThat(keep(copy(2, now + i)).isDone()).isTrue();
            assertThat(opens(1, now)).isTrue();
            assertThat(opens(2, now + i)).isTrue();
        }
        anotherMachine(BuddyLimits.BADGES_MAX);
        lacking(named(3, now));
        keep(copy(3, now));
        assertThat(badges()).hasSize(BuddyLimits.BADGES_MAX);
        assertThat(opens(1, now)).as("so many and no more").isFalse();
    }

    private void anotherMachine(int number) {
        speaking = hospital.standIns.signer("badge of machine " + number);
        hospital.grant(speaking, Statement.BadgeKind.STATION, List.of());
        hospital.placedSoon();
        hospital.loops.runMillis(2_000);
    }

    @Test
    void asManyCopiesAsItMayAndTheEldestThatIsNotNamedGoesFirst() {
        long now = now();
        BuddyStock stock = new BuddyStock(disk);
        for (int i = 0; i < BuddyLimits.COPIES_MAX; i++) {
            assertThat(stock.keep(copy(i, now + i), 1)).isTrue();
        }
        stock.lacking(List.of(named(0, now)), new WallTime(now));

        assertThat(stock.keep(copy(500, now), 1)).isTrue();

        List<ResourceId> wards =
                new WardCopies(disk).all().stream().map(WardCopies.Place::ward).toList();
        assertThat(wards)
                .hasSize(BuddyLimits.COPIES_MAX)
                .contains(ward(0), ward(500), ward(2))
                .doesNotContain(ward(1));
    }

    @Test
    void asManyBytesAsItMay() {
        long now = now();
        List<BuddyRequest.Copy> named = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            named.add(named(i, now));
        }
        BuddyStock stock = new BuddyStock(disk);
        stock.lacking(named, new WallTime(now));
        for (int i = 0; i < 8; i++) {
            assertThat(stock.keep(copy(i, now), BuddyLimits.COPIES_BYTES_MAX / 8))
                    .isTrue();
        }

        assertThat(stock.keep(copy(9, now), 1)).as("one byte over").isFalse();
        assertThat(new WardCopies(disk).all()).hasSize(8);
    }
}
