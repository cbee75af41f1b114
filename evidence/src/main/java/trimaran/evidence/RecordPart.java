package trimaran.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.ledger.TreeHead;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;

/**
 * The file {@code record}: every position up to the checkpoint in order. Entries of the window, those a hull held in it, one on
 * either side and all registry statements stand there with header and place, from which the leaf follows; of all others the leaf alone. So the whole
 * file gives the root that was signed, and no byte of it can be another.
 */
final class RecordPart {

    private static final int LEAF = 0;
    private static final int ENTRY = 1;

    private final Lines lines;
    private final Party source;
    private final Window window;
    private Frontier tree = Frontier.EMPTY;
    private Optional<Placed> before = Optional.empty();
    private boolean after;
    private long entries;

    /** An entry as it comes from a copy. */
    private record Placed(Bytes header, Bytes place, Digest leaf, EntryKind kind, RecordTime time, List<Held> held) {}

    RecordPart(Lines lines, Party source, Window window) {
        this.lines = lines;
        this.source = source;
        this.window = window;
    }

    /** Entries of the window. */
    long entries() {
        return entries;
    }

    /** Writes it all; refused if this copy does not give the root that was signed. */
    Outcome<TreeHead> write(OutputStream out, TreeHead signed) throws IOException {
        while (tree.size() < signed.size()) {
            Outcome<Response> answer =
                    lines.ask(source, new Request.FetchEntries(tree.size(), MessageLimits.CONTENT_BYTES_MAX));
            Outcome<List<Placed>> page = answer.then(this::page);
            if (page instanceof Outcome.Refused<List<Placed>>(trimaran.kernel.Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            take(out, ((Outcome.Done<List<Placed>>) page).value(), signed.size());
            lines.progress(
                    String.format("record: %,d of %,d entries, from %s", tree.size(), signed.size(), source.word()));
        }
        if (before.isPresent()) {
            // Nothing came after it that says when it was.
            before(out, true);
        }
        return tree.head().equals(signed)
                ? Outcome.done(signed)
                : Outcome.refused(
                        Code.BAD_PROOF,
                        source.word()
                                + "'s copy of the record does not give the root three parties signed; see: trimaran"
                                + " verify");
    }

    private Outcome<List<Placed>> page(Response answer) {
        if (!(answer instanceof Response.Entries(long from, List<SealedEntry> sent, long size))
                || from != tree.size()
                || sent.isEmpty()) {
            return Outcome.refused(Code.MALFORMED, source.word() + " answered something else than entries");
        }
        List<Placed> page = new ArrayList<>();
        try {
            for (SealedEntry one : sent) {
                Outcome<Bytes> header = header(one.header());
                if (header instanceof Outcome.Refused<Bytes>(trimaran.kernel.Refusal refusal)) {
                    return Outcome.refused(refusal);
                }
                page.add(placed(((Outcome.Done<Bytes>) header).value(), one.place()));
            }
        } catch (MalformedException damaged) {
            return Outcome.refused(
                    Code.MALFORMED, source.word() + " answered an entry that cannot be read; see: trimaran verify");
        }
        return Outcome.done(page);
    }

    private static Placed placed(Bytes header, Bytes place) throws MalformedException {
        Header read = Reader.whole(header, Header::read);
        Place put = Place.decode(place);
        return new Placed(
                header,
                place,
                Place.leaf(read.author().nonce(), header, place),
                read.author().kind(),
                put.time(),
                put.held());
    }

    /** A long header is named by its digest and fetched in pieces. */
    private Outcome<Bytes> header(SealedEntry.Item item) {
        if (item.inline().isPresent()) {
            return Outcome.done(item.inline().get());
        }
        Writer whole = new Writer(1 << 17);
        long total = 1;
        while (whole.size() < total) {
            Outcome<Response> answer = lines.ask(source, new Request.FetchBlob(item.digest(), whole.size()));
            if (answer instanceof Outcome.Refused<Response>(trimaran.kernel.Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            if (!(answer instanceof Outcome.Done<Response>(Response.Piece(Bytes piece, long size)))
                    || piece.isEmpty()
                    || size > trimaran.record.RecordLimits.HEADER_BYTES_MAX * 2L) {
                return Outcome.refused(Code.MALFORMED, source.word() + " answered something else than a header");
            }
            whole.raw(piece.toArray());
            total = size;
        }
        return Digest.sha256(whole.toBytes()).equals(item.digest())
                ? Outcome.done(whole.toBytes())
                : Outcome.refused(Code.BAD_PROOF, source.word() + " answered another header");
    }

    private void take(OutputStream out, List<Placed> page, long size) throws IOException {
        List<Digest> leaves = new ArrayList<>();
        for (Placed one : page) {
            if (tree.size() + leaves.size() == size) {
                break;
            }
            leaves.add(Merkle.leaf(Bytes.wrap(one.leaf().toArray())));
            put(out, one);
        }
        tree = tree.append(leaves).frontier();
    }

    /** The last entry before the window is known as such only when the next one comes. */
    private void put(OutputStream out, Placed one) throws IOException {
        boolean registry = one.kind() == EntryKind.REGISTRY;
        boolean early = window.from().isAfter(one.time());
        if (before.isPresent()) {
            before(out, !early);
        }
        if (early && !registry) {
            before = Optional.of(one);
        } else if (window.has(one.time())) {
            entries++;
            whole(out, one);
        } else if (registry || !after || isHeldIn(one)) {
            after |= !early;
            whole(out, one);
        } else {
            leaf(out, one);
        }
    }

    /** Acknowledged in the window by a hull that held it, and placed only after. */
    private boolean isHeldIn(Placed one) {
        return one.held().stream().anyMatch(held -> window.has(held.time()));
    }

    private void before(OutputStream out, boolean last) throws IOException {
        Placed one = before.orElseThrow();
        before = Optional.empty();
        if (last) {
            whole(out, one);
        } else {
            leaf(out, one);
        }
    }

    private static void leaf(OutputStream out, Placed one) throws IOException {
        out.write(new Writer(33).u8(LEAF).digest(one.leaf()).toArray());
    }

    private static void whole(OutputStream out, Placed one) throws IOException {
        out.write(new Writer(one.header().size() + one.place().size() + 9)
                .u8(ENTRY)
                .bytes(one.header())
                .bytes(one.place())
                .toArray());
    }
}
