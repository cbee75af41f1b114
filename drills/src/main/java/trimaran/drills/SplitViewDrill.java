package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.ledger.Note;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Data under two heads: its program runs twice, both times with its true keys and from its true disk, and places what stations send in
 * two records. Access is led to the one and application to the other; both reach the witness. Whoever signs for both branches is data
 * alone.
 */
final class SplitViewDrill {

    /** How long both branches grow. */
    private static final int WRITES_MIN = 20;

    /** How far apart the two are looked for. */
    private static final long APART_SECONDS_MAX = 180;

    private static final long NOTICED_SECONDS_MAX = 20;

    private static final long QUIET_MILLIS = 1_500;

    private static final long LOOK_MILLIS = 50;

    /** Nobody listens there (IANA: discard). */
    private static final int NOWHERE = 9;

    /** Words of the breach that is expected where the defence is missing. */
    static final String TWO_RECORDS = "a quorum signed two records of ";

    private SplitViewDrill() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "split-view",
                "23",
                "the keys and disk of data, whose program runs twice and signs two records of one size: one is shown to access and the"
                        + " stations, the other to application",
                "one of the two gets three signatures and the other never; somebody sees it; all that was acknowledged stays",
                SplitViewDrill::split));
    }

    private static void split(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        Digest application = PartyLine.of(Party.APPLICATION, scene.folder(Party.APPLICATION))
                .peerId()
                .keyDigest();
        Path twin = scene.scratch().resolve("data");
        List<String> command = Twin.command(scene, Party.DATA);
        // A quiet moment: whoever begins anew takes in first what others have, so both begin before anything new is
        // placed.
        scene.gaps().stationFalls();
        hospital.kill(TrialHospital.STATION);
        Waiting.pause(QUIET_MILLIS);
        scene.end(Party.DATA);
        Folders.copy(scene.folder(Party.DATA), twin);
        int other = TrialHospital.freePort();
        Path own = twin.resolve("party.conf");
        Files.writeString(own, AlteredTier.listening(without(Files.readString(own), Party.ACCESS), other));
        long fork = PeerDrills.shown(scene, Party.ACCESS, 0).size();
        Notes notes = new Notes();
        try (Copied copied = new Copied(scene, other);
                AlteredTier altered = AlteredTier.of(
                        scene,
                        Party.DATA,
                        conf -> without(conf, Party.APPLICATION),
                        port -> caller -> caller.equals(application) ? other : port,
                        copied)) {
            try (Twin second = Twin.begun(scene, command, twin)) {
                awaitPlacing(scene, hospital.port(Party.DATA.word()));
                awaitPlacing(scene, other);
                hospital.start(TrialHospital.STATION);
                scene.strike();
                apart(scene, fork, notes, copied);
                scene.gaps().stationIsBack();
                scene.require(
                        scene.isNoticedWithin(NOTICED_SECONDS_MAX),
                        Breach.Kind.UNDEFENDED,
                        "nobody sees the two branches");
                scene.evidence(
                        second.isAlive() && altered.broken().isEmpty(),
                        "both branches were served to the end " + altered.broken());
            }
        }
        int past = notes.past(fork);
        scene.evidence(
                past > 0, past + " checkpoints with a quorum were seen past the fork, while data served two records");
        OptionalLong two = notes.two();
        if (two.isPresent()) {
            scene.breach(Breach.Kind.FORGED, TWO_RECORDS + two.getAsLong() + " entries");
            // Nothing tells any more which of them is the true one, and nobody is rebuilt out of both.
            scene.spoilt();
            return;
        }
        scene.rebuild(Party.DATA);
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        notes.look(scene);
        notes.judge(scene, PeerDrills.shown(scene, Party.ACCESS, 0));
    }

    /** The line to this party leads nowhere. */
    private static String without(String configuration, Party party) {
        return Pattern.compile("(?m)^" + party.word() + " = .*$")
                .matcher(configuration)
                .replaceFirst(party.word() + " = 127.0.0.1:" + NOWHERE);
    }

    /** One that has caught up says of a message that is none what it is; before, that it is not there yet. */
    private static void awaitPlacing(Scene scene, int port) {
        Path home = scene.hospital().home();
        Request none = new Request.Append(new SealedEntry(
                SealedEntry.Item.inline(Bytes.ofText("none")),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(),
                Bytes.EMPTY));
        Waiting.until(APART_SECONDS_MAX, "the data at port " + port + " places", () -> {
            if (PartyLine.open(PartyLine.console(home), Membership.of(home), Party.DATA, port)
                    instanceof Outcome.Done<PartyLine>(PartyLine line)) {
                try (line) {
                    return line.ask(none) instanceof Outcome.Refused<Response>(var refusal)
                            && refusal.code() != Code.UNAVAILABLE;
                }
            }
            return false;
        });
    }

    /** Waits until the two hold different entries at one place, and the ward has written while they did. */
    private static void apart(Scene scene, long fork, Notes notes, Copied copied) {
        int before = scene.probe().writes().doneSince();
        int[] apart = {0};
        Waiting.until(
                APART_SECONDS_MAX, "access and application are shown different records, and the ward writes on", () -> {
                    notes.look(scene);
                    apart[0] += areApart(scene, fork) ? 1 : 0;
                    scene.probe().hurry();
                    Waiting.pause(LOOK_MILLIS);
                    return apart[0] > 0 && scene.probe().writes().doneSince() >= before + WRITES_MIN;
                });
        scene.evidence(
                apart[0] > 0 && copied.taken() > 0,
                "seen " + apart[0] + " times: at one place access holds one entry of data and application another; "
                        + copied.taken() + " entries were placed in both");
    }

    /** Whether the two hold something else at a place behind the last one they were shown together. */
    private static boolean areApart(Scene scene, long fork) {
        List<SealedEntry> one = now(scene, Party.ACCESS, fork);
        List<SealedEntry> other = now(scene, Party.APPLICATION, fork);
        return IntStream.range(0, Math.min(one.size(), other.size()))
                .anyMatch(i -> !leaf(one.get(i)).equals(leaf(other.get(i))));
    }

    /** What a party shows; nothing while it begins anew, as one does that takes a tail back. */
    private static List<SealedEntry> now(Scene scene, Party party, long from) {
        if (operator(scene, party) instanceof Outcome.Done<PartyLine>(PartyLine line)) {
            try (line) {
                return PeerDrills.entries(line, from, Integer.MAX_VALUE);
            }
        }
        return List.of();
    }

    private static Outcome<PartyLine> operator(Scene scene, Party party) {
        Path home = scene.hospital().home();
        return PartyLine.open(
                PartyLine.console(home),
                Membership.of(home),
                party,
                scene.hospital().port(party.word()));
    }

    private static Digest leaf(SealedEntry entry) {
        Header header = PeerDrills.header(entry).orElseThrow();
        return Place.leaf(header.author().nonce(), entry.header().digest(), entry.place());
    }

    /** Checkpoints with a quorum, as the two honest tiers have them. */
    private static final class Notes {
        private final Map<Long, List<Digest>> roots = new TreeMap<>();

        void look(Scene scene) {
            for (Party party : List.of(Party.ACCESS, Party.APPLICATION)) {
                if (operator(scene, party) instanceof Outcome.Done<PartyLine>(PartyLine line)) {
                    try (line) {
                        note(party, line);
                    }
                }
            }
        }

        private void note(Party party, PartyLine line) {
            try {
                if (line.ask(new Request.Highest()) instanceof Outcome.Done<Response>(Response.Note(Bytes note))
                        && !note.isEmpty()) {
                    Checkpoint checkpoint = Checkpoint.parse(Note.parse(note).text());
                    List<Digest> known = roots.computeIfAbsent(checkpoint.size(), size -> new ArrayList<>());
                    if (!known.contains(checkpoint.root())) {
                        known.add(checkpoint.root());
                    }
                }
            } catch (MalformedException foreign) {
                throw new IllegalStateException(party.word() + " has a note nobody can read", foreign);
            }
        }

        /** How many were seen that are larger than what both branches begin with. */
        int past(long fork) {
            return roots.entrySet().stream()
                    .filter(one -> one.getKey() > fork)
                    .mapToInt(one -> one.getValue().size())
                    .sum();
        }

        /** A size for which two trees were signed. */
        OptionalLong two() {
            return roots.entrySet().stream()
                    .filter(one -> one.getValue().size() > 1)
                    .mapToLong(Map.Entry::getKey)
                    .findFirst();
        }

        /** All of them are of one record: the one that is left. */
        void judge(Scene scene, List<SealedEntry> entries) {
            Frontier frontier = Frontier.EMPTY;
            int compared = 0;
            for (SealedEntry entry : entries) {
                frontier = frontier.append(Merkle.leaf(Bytes.of(leaf(entry).toArray())));
                List<Digest> known = roots.getOrDefault(frontier.size(), List.of());
                compared += known.size();
                for (Digest root : known) {
                    scene.require(
                            root.equals(frontier.root()),
                            Breach.Kind.FORGED,
                            "a quorum signed at " + frontier.size() + " what is not in the record that is left");
                }
            }
            long left = frontier.size();
            scene.require(
                    roots.keySet().stream().allMatch(size -> size <= left),
                    Breach.Kind.LOST,
                    "a quorum signed more than the " + left + " entries that are left");
            scene.evidence(
                    compared > 1,
                    compared + " checkpoints with a quorum, seen at access and application, lie on one record");
        }
    }

    /** Has every entry that stations send to data placed by the second one as well. */
    private static final class Copied implements Impostor.Lies, AutoCloseable {
        private final Scene scene;
        private final int port;
        private final ExecutorService sender = Executors.newSingleThreadExecutor();
        private final AtomicInteger taken = new AtomicInteger();
        private @org.jspecify.annotations.Nullable PartyLine line;

        Copied(Scene scene, int port) {
            this.scene = scene;
            this.port = port;
        }

        int taken() {
            return taken.get();
        }

        @Override
        public void asked(Digest caller, Request request, Bytes encoded) {
            if (request instanceof Request.Append) {
                sender.execute(() -> send(request));
            }
        }

        private void send(Request request) {
            PartyLine to = line;
            if (to == null || to.isClosed()) {
                Path home = scene.hospital().home();
                if (!(PartyLine.open(AlteredTier.station(home), Membership.of(home), Party.DATA, port)
                        instanceof Outcome.Done<PartyLine>(PartyLine open))) {
                    return;
                }
                to = open;
                line = open;
            }
            if (to.ask(request) instanceof Outcome.Done<Response>(Response.Placed placed)) {
                taken.incrementAndGet();
            }
        }

        @Override
        public void close() {
            sender.shutdownNow();
            PartyLine last = line;
            if (last != null) {
                last.close();
            }
        }
    }
}
