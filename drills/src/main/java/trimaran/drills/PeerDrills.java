package trimaran.drills;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.process.SystemEntropy;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.Verdict;
import trimaran.trial.Waiting;

/** Attacks over the house's own protocol under the stolen keys of a fallen tier. */
final class PeerDrills {

    /** Cells asked for at a time. */
    private static final int CELLS = 64;

    /** Requests spoilt at random places, for each of the other parties. */
    private static final int SPOILT = 400;

    private static final long ENDS_MILLIS = 3_000;

    private static final int REPLAYED_MAX = 60;

    private static final int WRITTEN_MIN = 8;

    private static final int FRAME_BYTES = 512 << 10;

    private static final long EXPIRY_MILLIS = 30_000;

    // Words of breaches that are expected where a defence is missing.
    static final String HANDS_OUT = " hands ";
    static final String TWO_PLACES = "an entry has two valid places after it was replayed";
    static final String STOPPED = " stopped after ";

    private PeerDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        for (Party party : Party.TIERS) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "scrape-" + word,
                    "12",
                    "the keys of " + word + ", to ask the other tiers for every cell there is",
                    "nothing is handed out that it did not have; the wards notice nothing",
                    scene -> scraped(scene, party)));
            drills.add(Drill.withstood(
                    "replay-" + word,
                    "15",
                    "the keys of " + word + " and everything it ever heard, said again",
                    "nothing counts twice",
                    scene -> replayed(scene, party)));
            drills.add(Drill.withstood(
                    "spoil-" + word,
                    "48",
                    "the keys of " + word + ", to send the others what is no message or a mad one",
                    "refused; nobody stops, nothing changes",
                    scene -> spoilt(scene, party)));
        }
        drills.add(Drill.withstood(
                "forge-entry",
                "20",
                "the keys of application, to approve what nobody signed, in the name of a session that is open",
                "data refuses it or it counts for nothing; nobody is shown it",
                ForgeDrill::forged));
        return drills;
    }

    /** A line under the stolen key of one tier to another party. */
    static PartyLine line(Scene scene, Party as, Party to) {
        return PartyLine.got(opened(scene, as, to));
    }

    private static Outcome<PartyLine> opened(Scene scene, Party as, Party to) {
        return PartyLine.open(
                PartyLine.of(as, scene.folder(as)),
                Membership.of(scene.hospital().home()),
                to,
                scene.hospital().port(to.word()));
    }

    /** The operator's own line to a party. */
    static PartyLine operator(Scene scene, Party to) {
        Path home = scene.hospital().home();
        return PartyLine.got(PartyLine.open(
                PartyLine.console(home),
                Membership.of(home),
                to,
                scene.hospital().port(to.word())));
    }

    /** What a party has placed, from a position on, as the operator is shown it. */
    static List<SealedEntry> shown(Scene scene, Party party, long from) {
        try (PartyLine line = operator(scene, party)) {
            return entries(line, from, Integer.MAX_VALUE);
        }
    }

    private static List<Party> others(Party party) {
        return Party.TIERS.stream().filter(other -> other != party).toList();
    }

    /** Whole entries as one tier gives them to another. */
    static List<SealedEntry> entries(PartyLine line, long from, int most) {
        List<SealedEntry> all = new ArrayList<>();
        long next = from;
        while (all.size() < most
                && line.ask(new Request.FetchEntries(next, FRAME_BYTES))
                        instanceof Outcome.Done<Response>(Response.Entries(long first, var some, long size))
                && !some.isEmpty()) {
            all.addAll(some);
            next = first + some.size();
            if (next >= size) {
                break;
            }
        }
        return all.subList(0, Math.min(most, all.size()));
    }

    static Optional<Header> header(SealedEntry entry) {
        try {
            return entry.header().inline().isPresent()
                    ? Optional.of(
                            trimaran.kernel.Reader.whole(entry.header().inline().get(), Header::read))
                    : Optional.empty();
        } catch (MalformedException foreign) {
            return Optional.empty();
        }
    }

    private static void scraped(Scene scene, Party party) {
        int asked = 0;
        int refused = 0;
        int given = 0;
        for (Party other : others(party)) {
            try (PartyLine line = line(scene, party, other)) {
                List<SealedEntry> entries = entries(line, 0, Integer.MAX_VALUE);
                List<CellId> cells = new ArrayList<>();
                entries.forEach(entry -> header(entry)
                        .ifPresent(header -> header.author().newCells().forEach(cell -> cells.add(cell.cell()))));
                Digest known = header(entries.getLast()).orElseThrow().digest();
                for (int at = 0; at < cells.size(); at += CELLS) {
                    List<CellId> some = cells.subList(at, Math.min(cells.size(), at + CELLS));
                    Bytes open = RequestCodec.encode(new Request.Open(some, false, Request.Purpose.CARE));
                    for (Request request : List.of(
                            new Request.OpenForDraft(known, some),
                            new Request.OpenForDraft(new SystemEntropy().nonce(), some),
                            new Request.Open(some, false, Request.Purpose.BREAK_GLASS),
                            new Request.AsSession(
                                    header(entries.getLast())
                                            .orElseThrow()
                                            .author()
                                            .session(),
                                    new SystemEntropy().nonce(),
                                    new WallTime(System.currentTimeMillis() + EXPIRY_MILLIS),
                                    new SystemEntropy().nonce(),
                                    open))) {
                        asked++;
                        switch (line.ask(request)) {
                            case Outcome.Refused<Response>(var refusal) -> {
                                // Whoever was not reached, or was busy, refused nothing.
                                scene.require(
                                        PartyLine.JUDGED.contains(refusal.code()),
                                        Breach.Kind.BROKEN_OFF,
                                        other.word() + " did not judge the request: " + refusal);
                                refused++;
                            }
                            case Outcome.Done<Response>(Response.Opened opened) -> {
                                given += opened.cells().size();
                                scene.breach(
                                        Breach.Kind.READABLE,
                                        other.word() + HANDS_OUT
                                                + opened.cells().size() + " cells to " + party.word());
                            }
                            case Outcome.Done<Response>(Response answer) ->
                                scene.breach(Breach.Kind.UNDEFENDED, other.word() + " answers " + answer);
                        }
                    }
                }
                scene.evidence(
                        cells.size() > DrillRun.PATIENTS,
                        other.word() + " was asked for " + cells.size() + " cells, every one there is");
            }
        }
        scene.evidence(asked > 0 && refused + given >= asked, asked + " requests, " + refused + " refused");
    }

    private static void replayed(Scene scene, Party party) {
        scene.awaitWrites(WRITTEN_MIN, "the ward has written");
        for (Party other : others(party)) {
            try (PartyLine line = line(scene, party, other)) {
                // One that opened a cell lost its envelopes once all keepers had confirmed, and can be said again by
                // nobody.
                List<SealedEntry> whole = entries(line, 1, Integer.MAX_VALUE).stream()
                        .filter(entry -> header(entry)
                                .filter(header -> header.author().newCells().isEmpty())
                                .isPresent())
                        .toList();
                List<SealedEntry> old = whole.subList(Math.max(0, whole.size() - REPLAYED_MAX), whole.size());
                Map<String, Integer> answers = new TreeMap<>();
                for (SealedEntry entry : old) {
                    SealedEntry again =
                            new SealedEntry(entry.header(), entry.annex(), entry.escrow(), entry.blobs(), Bytes.EMPTY);
                    Request request = other == Party.DATA ? new Request.Append(again) : new Request.Hold(again);
                    String said = switch (line.ask(request)) {
                        case Outcome.Done<Response>(Response answer) ->
                            "as " + answer.getClass().getSimpleName();
                        case Outcome.Refused<Response>(var refusal) -> "with " + refusal.code();
                    };
                    answers.merge(said, 1, Integer::sum);
                }
                scene.evidence(
                        old.size() > WRITTEN_MIN && !answers.containsKey("with " + Code.MALFORMED),
                        old.size() + " old entries are sent to " + other.word() + " once more, answered " + answers);
                if (twice(line).isPresent()) {
                    scene.breach(Breach.Kind.FORGED, TWO_PLACES);
                    scene.spoilt();
                    return;
                }
            }
        }
    }

    /** An entry that counts at two places. */
    private static Optional<SealedEntry> twice(PartyLine line) {
        Set<Digest> valid = new HashSet<>();
        return entries(line, 0, Integer.MAX_VALUE).stream()
                .filter(entry -> isValid(entry)
                        && !header(entry).map(one -> valid.add(one.digest())).orElse(true))
                .findFirst();
    }

    private static boolean isValid(SealedEntry entry) {
        try {
            return Place.decode(entry.place()).verdict() != Verdict.VOID;
        } catch (MalformedException none) {
            return false;
        }
    }

    private static void spoilt(Scene scene, Party party) {
        List<Party> targets = new ArrayList<>(others(party));
        targets.add(Party.WITNESS);
        for (Party other : targets) {
            long pid = scene.hospital().pid(other.word());
            int said = 0;
            int refused = 0;
            int lines = 0;
            PartyLine line = line(scene, party, other);
            try {
                for (Bytes message : mad(scene.random())) {
                    if (line.isClosed()) {
                        line.close();
                        Outcome<PartyLine> again = opened(scene, party, other);
                        if (!(again instanceof Outcome.Done<PartyLine>(PartyLine open))) {
                            // Whoever ends has hung up before its process is gone.
                            Waiting.pause(ENDS_MILLIS);
                            break;
                        }
                        line = open;
                        lines++;
                    }
                    said++;
                    refused += line.say(message).isDone() ? 0 : 1;
                }
            } finally {
                line.close();
            }
            boolean stopped =
                    !scene.hospital().isAlive(other.word()) || scene.hospital().pid(other.word()) != pid;
            // Nobody says anything more to one that has stopped: there the attack did what it is for.
            scene.evidence(
                    stopped || (said >= SPOILT && refused > said / 2),
                    said + " spoilt messages to " + other.word() + ", " + refused + " refused, hung up " + lines
                            + " times");
            if (stopped) {
                scene.breach(Breach.Kind.UNDEFENDED, other.word() + STOPPED + said + " spoilt messages");
                scene.spoilt();
                return;
            }
        }
    }

    /** Messages that are cut short, changed at a place, or say sizes and places nothing has. */
    private static List<Bytes> mad(Random random) {
        Digest digest = Digest.sha256(Bytes.ofText("nothing"));
        Bytes junk = Bytes.wrap(new byte[1000]);
        SealedEntry empty = new SealedEntry(
                SealedEntry.Item.inline(junk),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(SealedEntry.Item.inline(junk)),
                junk);
        List<Request> mad = List.of(
                new Request.Replicate(Long.MAX_VALUE, List.of(empty), junk),
                new Request.Cosign(junk),
                new Request.Publish(junk),
                new Request.AddCheckpoint(Long.MAX_VALUE, List.of(digest), junk),
                new Request.Append(empty),
                new Request.Hold(empty),
                new Request.FetchBlob(digest, Long.MAX_VALUE),
                new Request.ProveInclusion(Long.MAX_VALUE, Long.MAX_VALUE),
                new Request.ProveConsistency(1, Long.MAX_VALUE),
                new Request.ChangeEpoch(junk),
                new Request.Announce(junk),
                new Request.ConfirmShares(0),
                new Request.Stage(digest, Long.MAX_VALUE, Long.MAX_VALUE, junk),
                new Request.OpenForDraft(digest, List.of(CellId.NONE)),
                new Request.JoinSession(digest, junk));
        List<Bytes> messages =
                new ArrayList<>(mad.stream().map(RequestCodec::encode).toList());
        while (messages.size() < SPOILT) {
            byte[] one =
                    RequestCodec.encode(mad.get(random.nextInt(mad.size()))).toArray();
            if (random.nextBoolean()) {
                one = java.util.Arrays.copyOf(one, random.nextInt(one.length) + 1);
            }
            one[random.nextInt(one.length)] = (byte) random.nextInt(256);
            one[0] = (byte) random.nextInt(64);
            messages.add(Bytes.wrap(one));
        }
        return messages;
    }
}
