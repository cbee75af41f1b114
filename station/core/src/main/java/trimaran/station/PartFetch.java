package trimaran.station;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.PartContent;
import trimaran.record.Place;
import trimaran.record.RecordLimits;
import trimaran.seal.CellKey;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;

/**
 * Brings one open cell up to date from one tier, and believes nothing of it: every part must follow the last by hash, open
 * under the key, and the last one's leaf must stand in the tree a quorum signed.
 */
final class PartFetch {

    /** What every fetch of a station shares. */
    record Tools(StationSetting setting, HeadWatch watch, LeafProofs proofs, Fetches fetches, CellKeys.Source keys) {}

    private final Tools tools;
    private final Digest origin;
    private final TierLine line;
    private final OpenCell cell;
    private final CoverWait cover;
    private final Runnable heard;
    private final Consumer<Outcome<OpenCell>> then;
    /**
     * Later keys asked for in one fetch: eight orders bring that many from one station. Else stations that fell could have whoever reads
     * a cell asked for without end.
     */
    static final int KEYS_MAX = 64;

    /** Later keys of parts of this run that are not here and were not asked for. */
    private final Set<CellId> unknown = new LinkedHashSet<>();

    private final Set<CellId> brought = new HashSet<>();
    private boolean asking;
    private boolean abandoned;
    private int asked;
    private int resets;
    private long lastIndex = -1;
    private Digest lastLeaf = Digest.ZERO;

    /**
     * @param cover how long it is waited for parts that are placed and covered by no quorum yet
     * @param heard runs with every answer of the tier, before anything is made of it
     */
    PartFetch(
            Tools tools,
            Digest origin,
            TierLine line,
            OpenCell cell,
            CoverWait cover,
            Runnable heard,
            Consumer<Outcome<OpenCell>> then) {
        this.tools = tools;
        this.origin = origin;
        this.line = line;
        this.cell = cell;
        this.cover = cover;
        this.heard = heard;
        this.then = then;
    }

    /** Whether it waits for the tier, and not for a quorum or a key. */
    boolean isAsking() {
        return asking;
    }

    /** Another brings the cell up: whatever comes of this any more changes nothing and is told nobody. */
    void abandon() {
        abandoned = true;
    }

    /** What becomes of a question that is being asked. */
    private <T> Consumer<Outcome<T>> asked(Consumer<Outcome<T>> answered) {
        asking = true;
        return outcome -> {
            asking = false;
            if (abandoned) {
                return;
            }
            if (outcome.isDone()) {
                heard.run();
            }
            answered.accept(outcome);
        };
    }

    void run() {
        long from = cell.head().parts();
        if (cell.resets() != resets) {
            // What named these is folded anew, and has to be proven anew; unless it was folded after that.
            if (from == 0) {
                unknown.clear();
            }
            resets = cell.resets();
        }
        Consumer<Outcome<Response.CellParts>> answered = outcome -> {
            switch (outcome) {
                case Outcome.Refused<Response.CellParts>(var refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Response.CellParts>(Response.CellParts got) -> {
                    if (cell.head().parts() != from) {
                        // Somebody else brought it up meanwhile: begin where it stands now.
                        run();
                    } else {
                        fold(
                                new ArrayDeque<>(got.parts()),
                                got.more() && !got.parts().isEmpty());
                    }
                }
            }
        };
        tools.fetches().ask(line, cell.id(), from, asked(answered));
    }

    private void fold(ArrayDeque<Response.SealedPart> parts, boolean more) {
        if (cell.isForgotten()) {
            // Its last lease ended while the parts were under way: without a key nothing can be said of them.
            then.accept(Outcome.refused(Code.UNAVAILABLE, "the cell was closed meanwhile"));
            return;
        }
        while (!parts.isEmpty()) {
            Response.SealedPart next = parts.element();
            Optional<Bytes> header = next.header().inline();
            Optional<Bytes> blob = next.blob().inline();
            if (header.isEmpty() || blob.isEmpty()) {
                long from = cell.head().parts();
                complete(next, whole -> {
                    if (cell.head().parts() != from) {
                        run();
                        return;
                    }
                    parts.remove();
                    parts.addFirst(whole);
                    fold(parts, more);
                });
                return;
            }
            if (isUncovered(next)) {
                uncovered(next);
                return;
            }
            parts.remove();
            Outcome<Boolean> folded = foldOne(next, header.get(), blob.get());
            if (folded instanceof Outcome.Refused<Boolean>(var refusal)) {
                then.accept(Outcome.refused(refusal));
                return;
            }
        }
        if (more) {
            run();
        } else if (cell.head().parts() < cell.partsKnown()) {
            then.accept(Outcome.refused(Code.STALE, "the tier left out parts another one told of"));
        } else {
            authenticate();
        }
    }

    /** Whether the part is placed beyond what a quorum covers: it does not count yet, and nothing behind it does. */
    private boolean isUncovered(Response.SealedPart part) {
        try {
            return Place.decode(part.place()).index() >= tools.watch().size();
        } catch (MalformedException malformed) {
            return false;
        }
    }

    private void uncovered(Response.SealedPart part) {
        if (cell.head().parts() >= cell.partsKnown()) {
            authenticate();
        } else if (cover.goesOn()) {
            // Placed a moment ago: the checkpoint that covers it is on its way.
            tools.setting().loop().after(CoverWait.STEP_MILLIS, () -> {
                if (abandoned) {
                    return;
                }
                if (isUncovered(part) && !cell.isForgotten()) {
                    uncovered(part);
                } else {
                    run();
                }
            });
        } else {
            then.accept(Outcome.refused(Code.STALE, "the rest is covered by no quorum yet"));
        }
    }

    private void complete(Response.SealedPart part, Consumer<Response.SealedPart> whole) {
        BlobFetch fetch = new BlobFetch(line);
        Consumer<Outcome<Response.SealedPart>> complete = both -> {
            switch (both) {
                case Outcome.Refused<Response.SealedPart>(var refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Response.SealedPart>(Response.SealedPart got) -> whole.accept(got);
            }
        };
        fetch.item(
                part.header(),
                asked(header -> fetch.item(
                        part.blob(),
                        asked(blob -> complete.accept(header.then(
                                headerBytes -> blob.map(blobBytes -> completed(part, headerBytes, blobBytes))))))));
    }

    private static Response.SealedPart completed(Response.SealedPart part, Bytes header, Bytes blob) {
        return new Response.SealedPart(
                new SealedEntry.Item(part.header().digest(), Optional.of(header)),
                part.place(),
                part.part(),
                new SealedEntry.Item(part.blob().digest(), Optional.of(blob)));
    }

    private Outcome<Boolean> foldOne(Response.SealedPart part, Bytes headerBytes, Bytes blob) {
        try {
            Header header = Reader.whole(headerBytes, Header::read);
            Place place = Place.decode(part.place());
            List<CellPart> parts = header.author().parts();
            boolean fits = header.author().origin().equals(origin)
                    && part.part() < parts.size()
                    && parts.get(part.part()).blob().equals(part.blob().digest());
            if (!fits) {
                return Outcome.refused(Code.BAD_PROOF, "a blob its header does not name");
            }
            Digest leaf = Place.leaf(header.author().nonce(), part.header().digest(), part.place());
            Digest told = tools.watch().leaf(place.index());
            if (told != null && !told.equals(leaf)) {
                return Outcome.refused(Code.BAD_PROOF, "a place that is not the one in the log");
            }
            Optional<CellKey> key = cell.keys().of(parts.get(part.part()));
            Outcome<PartContent> content = key.isEmpty()
                    ? Outcome.refused(Code.UNAVAILABLE, "the later key of this part is not here")
                    : content(key.get(), header, part.part(), blob);
            if (key.isPresent() && content instanceof Outcome.Refused<PartContent>(var refusal)) {
                return Outcome.refused(refusal);
            }
            lastIndex = place.index();
            lastLeaf = leaf;
            cell.markUnproven();
            return content instanceof Outcome.Done<PartContent>(PartContent plain)
                    ? cell.fold(header, place, part.part(), plain)
                    : unread(header, place, part.part());
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "a part that cannot be read");
        }
    }

    private Outcome<PartContent> content(CellKey key, Header header, int part, Bytes blob) throws MalformedException {
        PartPlace place = new PartPlace(origin, header.author().nonce(), part);
        return switch (PartSeal.open(key, place, blob, RecordLimits.BLOB_BYTES_MAX)) {
            case Outcome.Refused<Bytes>(var refusal) -> Outcome.refused(refusal);
            case Outcome.Done<Bytes>(Bytes plain) -> Outcome.done(PartContent.decode(plain));
        };
    }

    /** A key that is ill for good costs what is sealed with it and not the rest of the cell; for one that may come in a moment all wait. */
    private Outcome<Boolean> unread(Header header, Place place, int number) {
        CellPart part = header.author().parts().get(number);
        Optional<Code> why = cell.keys().why(part);
        if (why.filter(CellKeys::isLasting).isEmpty() && !brought.contains(part.under())) {
            unknown.add(part.under());
            return Unread.fold(cell, header, place, number, Code.UNAVAILABLE);
        }
        Code reason = why.orElse(Code.UNAVAILABLE);
        if (!CellKeys.isLasting(reason)) {
            // What may be had in a moment is waited for: what stood there before is not the present state. Nobody is at
            // fault.
            return Outcome.refused(Code.UNAVAILABLE, "the later key of a part is not to be had now");
        }
        tools.setting().events().accept(new StationEvent.PartUnread(cell.id(), header.digest(), reason));
        return Unread.fold(cell, header, place, number, reason);
    }

    /** The last part's place binds the whole chain; its leaf must be in the tree. */
    private void authenticate() {
        if (lastIndex < 0) {
            done();
            return;
        }
        Consumer<Outcome<Boolean>> proved = outcome -> {
            switch (outcome) {
                case Outcome.Refused<Boolean>(var refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Boolean> proven -> done();
            }
        };
        tools.proofs().prove(line, lastIndex, lastLeaf, asked(proved));
    }

    private void done() {
        if (cell.isForgotten()) {
            then.accept(Outcome.refused(Code.UNAVAILABLE, "the cell was closed meanwhile"));
            return;
        }
        if (cell.resets() != resets) {
            // What was folded was forgotten while it was proven: an empty cell is none that was read.
            run();
            return;
        }
        if (!unknown.isEmpty()) {
            bring();
            return;
        }
        cell.markReady();
        cell.used(tools.setting().loop().monotonicNanos());
        then.accept(Outcome.done(cell));
    }

    /**
     * Which keys the parts are sealed with is known only now that their headers are proven: any tier could write the name of another
     * patient's key into one, and whoever reads here would stand on two ledgers as having opened it.
     */
    private void bring() {
        List<CellId> wanted = List.copyOf(unknown);
        unknown.clear();
        brought.addAll(wanted);
        int most = Math.clamp(KEYS_MAX - asked, 0, wanted.size());
        wanted.subList(most, wanted.size()).forEach(key -> cell.keys().miss(key, Code.TOO_LARGE));
        asked += most;
        Runnable again = () -> {
            if (!abandoned) {
                cell.readAgain();
                run();
            }
        };
        if (most == 0) {
            again.run();
        } else {
            tools.keys().bring(cell, wanted.subList(0, most), again);
        }
    }
}
