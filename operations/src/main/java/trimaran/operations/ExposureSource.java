package trimaran.operations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import trimaran.exposure.Reckoning;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
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
 * tier and from the copies of it, line by line beside each other. What is missing or contradicts is told in sentences; nothing is
 * passed over.
 */
final class ExposureSource {

    private final List<Party> trusted;
    private final BiFunction<Party, Request, Outcome<Response>> asking;
    private final Consumer<String> progress;
    private final List<String> lacks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Party> silent = new HashSet<>();

    /**
     * @param trusted tiers that are believed: all but the fallen one
     * @param asking asks one of them for one thing
     */
    ExposureSource(
            List<Party> trusted, BiFunction<Party, Request, Outcome<Response>> asking, Consumer<String> progress) {
        this.trusted = List.copyOf(trusted);
        this.asking = asking;
        this.progress = progress;
    }

    /** What could not be read, a sentence each. */
    List<String> lacks() {
        return List.copyOf(lacks);
    }

    /** What a reader should know of where this comes from, and what takes nothing from it. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Tells the reckoning everything, the record before the ledgers. */
    void read(Reckoning reckoning) throws RefusedException {
        entries(reckoning);
        for (Party ledger : Party.TIERS) {
            // A fallen tier's own ledger says what it liked; what it was given stands on those of the others.
            if (trusted.contains(ledger)) {
                ledger(ledger, reckoning);
            }
        }
    }

    // ---- the record

    private void entries(Reckoning reckoning) throws RefusedException {
        List<PartyStatus> states = trusted.stream()
                .map(tier -> PartyStatus.of(tier, asking.apply(tier, new Request.Status())))
                .filter(PartyStatus::isUp)
                .toList();
        PartyStatus longest = states.stream()
                .max((one, other) -> Long.compare(one.size(), other.size()))
                .orElseThrow(() -> new RefusedException(
                        Code.UNAVAILABLE, "nobody answers who has the record; start a tier, then ask again"));
        Set<Digest> placed = placed(longest.party(), reckoning);
        held(states, placed, reckoning);
    }

    private Set<Digest> placed(Party tier, Reckoning reckoning) throws RefusedException {
        Set<Digest> placed = new HashSet<>();
        long size = 1;
        for (long index = 0; index < size; ) {
            Response answer =
                    demand(tier, new Request.FetchEntries(index, MessageLimits.CONTENT_BYTES_MAX), "its record");
            if (!(answer instanceof Response.Entries(long from, List<SealedEntry> entries, long reaches))
                    || from != index
                    || (entries.isEmpty() && reaches > index)) {
                throw new RefusedException(Code.BAD_PROOF, tier.word() + " answers with other entries than asked for");
            }
            for (SealedEntry entry : entries) {
                placed.add(placed(tier, entry, reckoning));
            }
            index += entries.size();
            size = reaches;
            progress.accept(String.format("%s: %,d of %,d entries", tier.word(), index, size));
        }
        return placed;
    }

    private Digest placed(Party tier, SealedEntry entry, Reckoning reckoning) throws RefusedException {
        try {
            Header header = header(tier, entry);
            Place place = Place.decode(entry.place());
            if (place.verdict() != Verdict.VOID) {
                reckoning.entry(header, place.effectiveTime());
            }
            return header.digest();
        } catch (MalformedException damaged) {
            throw new RefusedException(
                    Code.BAD_PROOF, "an entry " + tier.word() + " keeps cannot be read: " + damaged.getMessage());
        }
    }

    private Header header(Party tier, SealedEntry entry) throws RefusedException, MalformedException {
        Optional<Bytes> inline = entry.header().inline();
        Bytes bytes =
                inline.isPresent() ? inline.get() : staged(tier, entry.header().digest());
        return Reader.whole(bytes, Header::read);
    }

    private Bytes staged(Party tier, Digest digest) throws RefusedException {
        Writer got = new Writer(RecordLimits.CHUNK_BYTES);
        long total = 1;
        while (got.size() < total) {
            Response answer = demand(tier, new Request.FetchBlob(digest, got.size()), "a long entry");
            if (!(answer instanceof Response.Piece(Bytes piece, long length))
                    || piece.isEmpty()
                    || length > RecordLimits.HEADER_BYTES_MAX) {
                throw new RefusedException(Code.BAD_PROOF, tier.word() + " answers with another entry than asked for");
            }
            got.raw(piece.unsafeArray());
            total = length;
        }
        Bytes whole = got.toBytes();
        if (!Digest.sha256(whole).equals(digest)) {
            throw new RefusedException(Code.BAD_PROOF, tier.word() + " answers with another entry than asked for");
        }
        return whole;
    }

    /** What is held and not placed counts from when a tier first said that it has it. */
    private void held(List<PartyStatus> states, Set<Digest> placed, Reckoning reckoning) throws RefusedException {
        Map<Digest, SealedEntry> waiting = new LinkedHashMap<>();
        Map<Digest, RecordTime> since = new TreeMap<>();
        for (PartyStatus state : states) {
            Response answer = demand(state.party(), new Request.ListHeld(List.of()), "what it holds");
            if (answer instanceof Response.HeldEntries(List<SealedEntry> entries, List<Held> statements)) {
                statements.forEach(one ->
                        since.merge(one.entry(), one.time(), (first, other) -> first.isAfter(other) ? other : first));
                for (SealedEntry entry : entries) {
                    waiting.put(digest(state.party(), entry), entry);
                }
                long more = state.counter("held").orElse(0) - entries.size();
                if (more > 0) {
                    lacks.add(state.party().word() + " holds " + more
                            + " more entries that have no place yet; wait until status shows none, then ask again");
                }
            }
        }
        for (Map.Entry<Digest, SealedEntry> one : waiting.entrySet()) {
            RecordTime time = since.get(one.getKey());
            if (!placed.contains(one.getKey()) && time != null) {
                try {
                    reckoning.entry(header(states.getFirst().party(), one.getValue()), time);
                } catch (MalformedException damaged) {
                    throw new RefusedException(Code.BAD_PROOF, "a held entry cannot be read: " + damaged.getMessage());
                }
            }
        }
    }

    private Digest digest(Party tier, SealedEntry entry) throws RefusedException {
        try {
            return header(tier, entry).digest();
        } catch (MalformedException damaged) {
            throw new RefusedException(
                    Code.BAD_PROOF, "an entry " + tier.word() + " holds cannot be read: " + damaged.getMessage());
        }
    }

    private Response demand(Party tier, Request request, String what) throws RefusedException {
        return switch (asking.apply(tier, request)) {
            case Outcome.Done<Response>(Response response) -> response;
            case Outcome.Refused<Response>(Refusal refusal) ->
                throw new RefusedException(
                        refusal.code(), tier.word() + " did not give " + what + ": " + refusal.sentence());
        };
    }

    // ---- the ledgers

    /** All lines of one ledger, from whoever keeps it and is believed. */
    private void ledger(Party ledger, Reckoning reckoning) {
        List<Party> keepers = new ArrayList<>(List.of(ledger));
        trusted.stream().filter(tier -> tier != ledger).forEach(keepers::add);
        LedgerWalk walk = new LedgerWalk(ledger, keepers, this::page);
        walk.walk(line -> {
            reckoning.line(ledger, line);
            progress.accept(String.format("%s's ledger: %,d lines", ledger.word(), line.number() + 1));
        });
        lacks.addAll(walk.faults());
        notes.addAll(walk.notes());
    }

    /** Lines of a ledger from a number on; empty while its keeper is silent, and it is not asked again. */
    private Optional<List<LedgerLine>> page(Party keeper, Party ledger, long from) {
        if (silent.contains(keeper)) {
            return Optional.empty();
        }
        if (asking.apply(keeper, new Request.FetchLedger(ledger, from))
                instanceof Outcome.Done<Response>(Response.LedgerLines(List<LedgerLine> lines))) {
            return Optional.of(lines);
        }
        silent.add(keeper);
        return Optional.empty();
    }
}
