package trimaran.exposure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.record.RecordLimits;
import trimaran.record.Verdict;

/**
 * Reads record and ledgers for an exposure report, from those alone that are not said to have fallen: each tier's ledger from the
 * tier and from the copies of it, line by line beside each other. What is missing is told; nothing is passed over.
 */
public final class ExposureSource {

    private final List<Party> trusted;
    private final BiFunction<Party, Request, Outcome<Response>> asking;
    private final Consumer<Remark> progress;
    private final long entriesMax;
    private final List<Remark> lacks = new ArrayList<>();
    private final List<Remark> notes = new ArrayList<>();
    private final Set<Party> silent = new HashSet<>();
    private final List<Present> states;

    /** A tier that answers, with what it says of itself. */
    private record Present(Party party, Response.Report report) {

        long counter(String name) {
            return report.counters().stream()
                    .filter(one -> one.name().equals(name))
                    .mapToLong(Response.Counter::value)
                    .findFirst()
                    .orElse(0);
        }

        long size() {
            return counter("size");
        }
    }

    /** An entry that has no place yet. */
    private record Waiting(Header header, Optional<RecordTime> since) {}

    /**
     * @param trusted tiers that are believed: all but the fallen one
     * @param asking asks one of them for one thing
     * @param entriesMax a record of more is not read: whoever reads has no room for it, whatever a tier says of its size
     */
    public ExposureSource(
            List<Party> trusted,
            BiFunction<Party, Request, Outcome<Response>> asking,
            Consumer<Remark> progress,
            long entriesMax) {
        this.trusted = List.copyOf(trusted);
        this.asking = asking;
        this.progress = progress;
        this.entriesMax = entriesMax;
        this.states = trusted.stream()
                .flatMap(tier -> present(tier, asking.apply(tier, new Request.Status())).stream())
                .toList();
    }

    private static Optional<Present> present(Party tier, Outcome<Response> answer) {
        return answer instanceof Outcome.Done<Response>(Response.Report report)
                ? Optional.of(new Present(tier, report))
                : Optional.empty();
    }

    /** What could not be read. */
    public List<Remark> lacks() {
        return List.copyOf(lacks);
    }

    /** What a reader should know of where this comes from, and what takes nothing from it. */
    public List<Remark> notes() {
        return List.copyOf(notes);
    }

    /** The latest time any of them has: a console whose clock is slow would else leave out the last minutes. */
    public RecordTime latest(RecordTime own) {
        return times().stream()
                .filter(time -> time.isAfter(own))
                .max(RecordTime::compareTo)
                .orElse(own);
    }

    private List<RecordTime> times() {
        return states.stream()
                .map(state -> new RecordTime(state.report().time().millis()))
                .toList();
    }

    /** Tells the reckoning everything, the record before the ledgers. */
    public void read(Reckoning reckoning, Window window) throws UnreadableException {
        Present longest = states.stream()
                .max((one, other) -> Long.compare(one.size(), other.size()))
                .orElseThrow(() -> new UnreadableException(Code.UNAVAILABLE, Remark.of("nobody")));
        judgeClocks();
        // First what waits: an entry that gets its place meanwhile is then read there.
        Map<Digest, Waiting> waiting = waiting();
        placed(longest.party(), waiting, reckoning);
        held(waiting, reckoning, window);
        for (Party ledger : Party.TIERS) {
            // A fallen tier's own ledger says what it liked; what it was given stands on those of the others.
            if (trusted.contains(ledger)) {
                ledger(ledger, reckoning, window);
            }
        }
    }

    /** Lines bear the time of their tier's clock: one that is far off puts them outside the window. */
    private void judgeClocks() {
        List<RecordTime> times = times();
        long first = times.stream().mapToLong(RecordTime::millis).min().orElse(0);
        long last = times.stream().mapToLong(RecordTime::millis).max().orElse(0);
        if (last - first > Window.CLOCKS_APART_MILLIS) {
            lacks.add(Remark.of("clocks", (last - first) / 1000));
        }
    }

    // ---- the record

    private void placed(Party tier, Map<Digest, Waiting> waiting, Reckoning reckoning) throws UnreadableException {
        long size = 1;
        for (long index = 0; index < size; ) {
            Response answer =
                    demand(tier, new Request.FetchEntries(index, MessageLimits.CONTENT_BYTES_MAX), "what.record");
            if (!(answer instanceof Response.Entries(long from, List<SealedEntry> entries, long reaches))
                    || from != index
                    || (entries.isEmpty() && reaches > index)) {
                throw new UnreadableException(Code.BAD_PROOF, Remark.of("other", tier));
            }
            for (SealedEntry entry : entries) {
                waiting.remove(placed(tier, entry, reckoning));
            }
            index += entries.size();
            size = reaches;
            if (Math.max(index, size) > entriesMax) {
                throw new UnreadableException(Code.TOO_LARGE, Remark.of("large", entriesMax));
            }
            progress.accept(Remark.of("progress.entries", tier, index, size));
        }
    }

    private Digest placed(Party tier, SealedEntry entry, Reckoning reckoning) throws UnreadableException {
        Header header = header(tier, entry);
        try {
            Place place = Place.decode(entry.place());
            if (place.verdict() != Verdict.VOID) {
                reckoning.entry(header, place.effectiveTime());
            }
            return header.digest();
        } catch (MalformedException damaged) {
            throw unreadable(tier, damaged);
        }
    }

    private Header header(Party tier, SealedEntry entry) throws UnreadableException {
        Optional<Bytes> inline = entry.header().inline();
        Bytes bytes =
                inline.isPresent() ? inline.get() : staged(tier, entry.header().digest());
        try {
            return Reader.whole(bytes, Header::read);
        } catch (MalformedException damaged) {
            throw unreadable(tier, damaged);
        }
    }

    private static UnreadableException unreadable(Party tier, MalformedException damaged) {
        return new UnreadableException(
                Code.BAD_PROOF, Remark.of("unreadable", tier, String.valueOf(damaged.getMessage())));
    }

    private Bytes staged(Party tier, Digest digest) throws UnreadableException {
        Writer got = new Writer(RecordLimits.CHUNK_BYTES);
        long total = 1;
        while (got.size() < total) {
            Response answer = demand(tier, new Request.FetchBlob(digest, got.size()), "what.entry");
            if (!(answer instanceof Response.Piece(Bytes piece, long length))
                    || piece.isEmpty()
                    || length > RecordLimits.HEADER_BYTES_MAX) {
                throw new UnreadableException(Code.BAD_PROOF, Remark.of("other", tier));
            }
            got.raw(piece.unsafeArray());
            total = length;
        }
        Bytes whole = got.toBytes();
        if (!Digest.sha256(whole).equals(digest)) {
            throw new UnreadableException(Code.BAD_PROOF, Remark.of("other", tier));
        }
        return whole;
    }

    // ---- what is held

    private Map<Digest, Waiting> waiting() throws UnreadableException {
        Map<Digest, Waiting> waiting = new LinkedHashMap<>();
        for (Present state : states) {
            Party tier = state.party();
            Response answer = demand(tier, new Request.ListHeld(List.of()), "what.held");
            if (!(answer instanceof Response.HeldEntries(List<SealedEntry> entries, List<Held> statements))) {
                throw new UnreadableException(Code.BAD_PROOF, Remark.of("other", tier));
            }
            for (SealedEntry entry : entries) {
                Header header = header(tier, entry);
                waiting.merge(header.digest(), new Waiting(header, since(header, statements)), ExposureSource::earlier);
            }
            long more = state.counter("held") - entries.size();
            if (more > 0) {
                lacks.add(Remark.of("held.more", tier, more));
            }
        }
        if (states.size() < 2) {
            lacks.add(Remark.of("held.one", states.getFirst().party()));
        }
        return waiting;
    }

    private static Optional<RecordTime> since(Header header, List<Held> statements) {
        return statements.stream()
                .filter(one -> one.entry().equals(header.digest()))
                .map(Held::time)
                .min(RecordTime::compareTo);
    }

    private static Waiting earlier(Waiting one, Waiting other) {
        boolean first = other.since().isEmpty()
                || one.since()
                        .filter(time -> !time.isAfter(other.since().get()))
                        .isPresent();
        return first ? one : other;
    }

    /** Sessions first, since what is held lies in no order. One of which nobody says since when counts in the window. */
    private void held(Map<Digest, Waiting> waiting, Reckoning reckoning, Window window) throws UnreadableException {
        List<Waiting> inOrder = new ArrayList<>();
        waiting.values().stream().filter(ExposureSource::isStatement).forEach(inOrder::add);
        waiting.values().stream().filter(one -> !isStatement(one)).forEach(inOrder::add);
        for (Waiting one : inOrder) {
            try {
                reckoning.entry(one.header(), one.since().orElse(window.from()));
            } catch (MalformedException damaged) {
                throw new UnreadableException(
                        Code.BAD_PROOF, Remark.of("held.unreadable", String.valueOf(damaged.getMessage())));
            }
        }
    }

    private static boolean isStatement(Waiting one) {
        return !one.header().author().statement().isEmpty();
    }

    private Response demand(Party tier, Request request, String what) throws UnreadableException {
        return switch (asking.apply(tier, request)) {
            case Outcome.Done<Response>(Response response) -> response;
            case Outcome.Refused<Response>(trimaran.kernel.Refusal refusal) ->
                throw new UnreadableException(
                        refusal.code(), Remark.of("ungiven", tier, Remark.of(what), refusal.sentence()));
        };
    }

    // ---- the ledgers

    /** All lines of one ledger, from whoever keeps it and is believed. */
    private void ledger(Party ledger, Reckoning reckoning, Window window) {
        List<Party> keepers = new ArrayList<>(trusted);
        keepers.remove(ledger);
        keepers.add(ledger);
        LedgerWalk walk = new LedgerWalk(ledger, keepers, this::page);
        walk.walk(line -> {
            reckoning.line(ledger, line);
            progress.accept(Remark.of("progress.lines", ledger, line.number() + 1));
        });
        lacks.addAll(walk.faults());
        notes.addAll(walk.notes());
        if (walk.faults().isEmpty() && !walk.isToldByItsTier()) {
            copied(ledger, walk.last(), window);
        }
    }

    /** A copy says nothing of what was not sent to it: it is whole up to a little before its last line. */
    private void copied(Party ledger, RecordTime last, Window window) {
        if (window.isOver(last)) {
            notes.add(Remark.of("copied", ledger, last));
        } else {
            lacks.add(Remark.of("copied.short", ledger, last, Window.CLOCKS_APART_MILLIS / 1000));
        }
    }

    /** Lines of a ledger from a number on; empty while its keeper is silent, and it is not asked again. */
    private Optional<List<LedgerLine>> page(Party keeper, Party ledger, long from) {
        if (silent.contains(keeper)) {
            return Optional.empty();
        }
        Outcome<Response> told = asking.apply(keeper, new Request.FetchLedger(ledger, from));
        if (told instanceof Outcome.Done<Response>(Response.LedgerLines(List<LedgerLine> lines))) {
            return Optional.of(lines);
        }
        if (told instanceof Outcome.Refused<Response>(trimaran.kernel.Refusal refusal)
                && refusal.code() != Code.UNAVAILABLE) {
            notes.add(Remark.of("refused", keeper, refusal.code()));
        }
        silent.add(keeper);
        return Optional.empty();
    }
}
