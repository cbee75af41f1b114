package trimaran.drills;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * A disk that says a write is on it while it is not, until the power goes: the end of the store's journal is gone, in the middle of a
 * record, and everything else is as it was. A snapshot put back is another thing ({@link DiskDrills}): there all of it is of one moment,
 * here the tiles beside the store, the events and the others know of entries the store never heard of.
 */
final class LostWriteDrills {

    /** For the ward to write what is lost then. */
    private static final int WRITES_LOST_MIN = 12;

    /** Bytes of the first lost record that did reach the disk. */
    private static final int TORN_BYTES = 9;

    /** How often a tier that came back is looked at while it catches up. */
    private static final long LOOK_MILLIS = 20;

    private static final long CATCH_UP_SECONDS_MAX = 120;

    /** What a line begins with in which {@code verify} names a fault. */
    private static final String FAULT = "FAULT ";

    /** Words of the breach that is expected where the defence is missing. */
    static final String HAS_AGAIN = " has again ";

    private LostWriteDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        for (Party party : Party.TIERS) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "lost-writes-" + word,
                    "27",
                    "a disk under " + word
                            + " that lies: the end of its journal never reached it, and the power goes; tiles, events"
                            + " and everything else on the disk stay, so store and surroundings tell of two different moments",
                    "all that was acknowledged comes back from the others; " + word
                            + " says nothing else about a place than what the others saw there",
                    scene -> lost(scene, party)));
        }
        return drills;
    }

    private static void lost(Scene scene, Party party) throws IOException {
        TrialHospital hospital = scene.hospital();
        String word = party.word();
        // A start writes the journal into tables: from here on all that comes lies in the journal alone.
        hospital.kill(word);
        hospital.start(word);
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        Path store = scene.folder(party).resolve("store");
        Map<Path, Long> reached = journals(store);
        scene.strike();
        int before = scene.probe().writes().doneSince();
        scene.awaitWrites(WRITES_LOST_MIN, "the ward has written what will be lost");
        int acknowledged = scene.probe().writes().doneSince() - before;
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        hospital.kill(word);
        long size = Snapshots.size(scene.folder(party), scene.scratch());
        long bytes = cutBack(store, reached);
        long left = Snapshots.size(scene.folder(party), scene.scratch());
        scene.evidence(
                bytes > 0 && left < size && acknowledged >= WRITES_LOST_MIN,
                bytes + " bytes at the end of the journal of " + word + " are gone: " + left + " entries of " + size
                        + ", " + acknowledged + " writes acknowledged meanwhile");
        scene.requireNoticed(word + " is down");
        scene.awaitCare("without " + word);
        List<SealedEntry> seen = seen(scene, party, left);
        // One that data had placed and told nobody of when the power went was acknowledged to nobody, either.
        scene.evidence(
                seen.size() >= acknowledged, "the others saw " + seen.size() + " entries that " + word + " forgot");
        hospital.start(word);
        if (!watchPlaces(scene, party, left, seen)) {
            scene.spoilt();
            return;
        }
        scene.awaitCare("beside a " + word + " that lost its last writes");
        scene.forgetAtTheStation();
        scene.reread();
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        // Ledger lines it lost are known to the others alone, and contradict what it writes under their numbers.
        Said verified = scene.verified();
        if (!verified.isWell()) {
            List<String> others = beyondLedger(party, verified);
            scene.require(
                    others.isEmpty(),
                    Breach.Kind.UNDEFENDED,
                    "more than lines of its ledger did not come back: " + others);
            scene.rebuild(party);
        }
    }

    /**
     * What a check that failed says of anything but the lines of this tier's release ledger. Those are written nowhere but at the tier
     * itself, so it may have lost them for good; all else the others have, and give back. All it said where it named no fault.
     */
    static List<String> beyondLedger(Party party, Said verified) {
        List<String> faults =
                verified.out().lines().filter(line -> line.startsWith(FAULT)).toList();
        if (faults.isEmpty()) {
            return List.of("no fault is named: " + verified);
        }
        return faults.stream()
                .filter(line -> !line.contains(" " + party.word() + "'s release ledger"))
                .toList();
    }

    /** Every journal of the store with its length now. */
    private static Map<Path, Long> journals(Path store) throws IOException {
        Map<Path, Long> lengths = new HashMap<>();
        for (Path file : Folders.files(store)) {
            if (isJournal(file)) {
                lengths.put(file, Files.size(file));
            }
        }
        return lengths;
    }

    private static boolean isJournal(Path file) {
        return Objects.toString(file.getFileName()).endsWith(".log");
    }

    /** Cuts the journals to what had reached the disk, and a torn piece of what came next. Returns how many bytes went. */
    private static long cutBack(Path store, Map<Path, Long> reached) throws IOException {
        long gone = 0;
        for (Path file : journals(store).keySet()) {
            Long known = reached.get(file);
            if (known == null) {
                throw new IllegalStateException("the store began another journal meanwhile: " + file.getFileName());
            }
            long kept = Math.min(Files.size(file), known + TORN_BYTES);
            gone += Files.size(file) - kept;
            try (FileChannel journal = FileChannel.open(file, StandardOpenOption.WRITE)) {
                journal.truncate(kept);
            }
        }
        return gone;
    }

    /** What another saw from this place on. */
    private static List<SealedEntry> seen(Scene scene, Party fallen, long from) {
        Party other = fallen == Party.ACCESS ? Party.APPLICATION : Party.ACCESS;
        return PeerDrills.shown(scene, other, from);
    }

    /**
     * While the tier comes back nobody may be told by it of another entry in a place the others saw taken. Returns whether it has again
     * what they saw; a breach if it has not.
     */
    private static boolean watchPlaces(Scene scene, Party party, long from, List<SealedEntry> seen) {
        long end = System.nanoTime() + CATCH_UP_SECONDS_MAX * 1_000_000_000L;
        List<SealedEntry> told = List.of();
        int looks = 0;
        try (PartyLine line = PeerDrills.operator(scene, party)) {
            while (told.size() < seen.size() && System.nanoTime() < end) {
                looks++;
                told = told(line, from);
                for (int i = 0; i < Math.min(told.size(), seen.size()); i++) {
                    scene.require(
                            isSame(told.get(i), seen.get(i)),
                            Breach.Kind.FORGED,
                            party.word() + " says another entry stands at " + (from + i)
                                    + " than the others saw there");
                }
                Waiting.pause(LOOK_MILLIS);
            }
        }
        scene.say("  " + party.word() + " was looked at " + looks + " times while it caught up");
        boolean whole = told.size() >= seen.size();
        scene.require(
                whole,
                Breach.Kind.LOST,
                party.word() + HAS_AGAIN + told.size() + " of the " + seen.size() + " entries the others saw, after "
                        + CATCH_UP_SECONDS_MAX + " s");
        return whole;
    }

    private static List<SealedEntry> told(PartyLine line, long from) {
        return line.ask(new Request.FetchEntries(from, 1)) instanceof Outcome.Done<Response>(Response.Entries some)
                        && some.from() == from
                ? PeerDrills.entries(line, from, Integer.MAX_VALUE)
                : List.of();
    }

    /** The same bytes in the same place: the leaf follows from both. */
    private static boolean isSame(SealedEntry one, SealedEntry other) {
        return one.place().equals(other.place())
                && one.header().digest().equals(other.header().digest());
    }
}
