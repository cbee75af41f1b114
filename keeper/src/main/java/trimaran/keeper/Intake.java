package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.line.message.SealedEntry;
import trimaran.record.Annex;
import trimaran.record.CellPart;
import trimaran.record.Escrow;
import trimaran.record.Header;

/**
 * Turns an entry in transit into one whose every piece is here and is what its author signed. Names what is missing, so that
 * a tier can fetch it.
 */
final class Intake {

    private final Blobs blobs;
    private final Packed packed;
    private final Staging staging;

    Intake(Copy copy) {
        this.blobs = copy.blobs();
        this.packed = copy.blobs().packed();
        this.staging = copy.staging();
    }

    /** Digests of this entry's pieces that are neither inline nor staged nor kept here. */
    List<Digest> missing(SealedEntry entry) {
        List<Digest> missing = new ArrayList<>();
        for (SealedEntry.Item item : List.of(entry.header(), entry.annex(), entry.escrow())) {
            if (isElsewhere(item) && !packed.has(item.digest())) {
                missing.add(item.digest());
            }
        }
        entry.blobs().stream().filter(this::isElsewhere).forEach(item -> missing.add(item.digest()));
        return missing;
    }

    private boolean isElsewhere(SealedEntry.Item item) {
        return !item.isNothing()
                && !item.erased()
                && item.inline().isEmpty()
                && !blobs.has(item.digest())
                && !staging.isWhole(item.digest());
    }

    /** The header of an entry on its way; empty while it is not here, or where it cannot be read. */
    Optional<Header> header(SealedEntry entry) {
        try {
            Optional<Bytes> bytes = content(entry.header());
            return bytes.isEmpty() ? Optional.empty() : Optional.of(Reader.whole(bytes.get(), Header::read));
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }

    /** An entry on its way to a place: all of it has to be here. */
    Outcome<EntryContent> complete(SealedEntry entry) {
        return complete(entry, false);
    }

    /**
     * An entry a quorum's checkpoint covers: its envelopes may be gone since their keepers confirmed, and blobs and annex by
     * erasure. Whether an erasure stands in the record shows when all of it is here; until then this tier cosigns nothing.
     */
    Outcome<EntryContent> covered(SealedEntry entry) {
        return complete(entry, true);
    }

    /** An entry placed void: its header is all that is kept of it, and all a reader judges. */
    Outcome<EntryContent> bare(SealedEntry entry) {
        Optional<Bytes> headerBytes = content(entry.header());
        if (headerBytes.isEmpty()) {
            return Outcome.refused(Code.NOT_HELD, "a staged piece of this entry is not here");
        }
        try {
            return Outcome.done(new EntryContent(
                    Reader.whole(headerBytes.get(), Header::read),
                    headerBytes.get(),
                    Bytes.EMPTY,
                    Annex.EMPTY,
                    Bytes.EMPTY,
                    Escrow.NONE,
                    List.of(),
                    Set.of()));
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "this entry cannot be read: " + malformed.getMessage());
        }
    }

    private Outcome<EntryContent> complete(SealedEntry entry, boolean covered) {
        Set<Digest> erased = new HashSet<>();
        entry.blobs().stream().filter(SealedEntry.Item::erased).forEach(item -> erased.add(item.digest()));
        if (entry.annex().erased()) {
            erased.add(entry.annex().digest());
        }
        boolean annexAlone = entry.annex().erased() && entry.blobs().stream().noneMatch(SealedEntry.Item::erased);
        if (annexAlone || (!erased.isEmpty() && !covered)) {
            return Outcome.refused(Code.NOT_FOUND, "nothing of an entry is erased before a quorum has it");
        }
        Optional<Bytes> headerBytes = content(entry.header());
        Optional<Bytes> annexBytes = content(entry.annex());
        Optional<Bytes> escrowBytes = content(entry.escrow());
        if (headerBytes.isEmpty() || annexBytes.isEmpty() || escrowBytes.isEmpty()) {
            return Outcome.refused(Code.NOT_HELD, "a staged piece of this entry is not here");
        }
        try {
            Header header = Reader.whole(headerBytes.get(), Header::read);
            Annex annex = annexBytes.get().isEmpty() ? Annex.EMPTY : Annex.decode(annexBytes.get());
            Escrow escrow = escrowBytes.get().isEmpty() ? Escrow.NONE : Escrow.decode(escrowBytes.get());
            Digest annexDigest = entry.annex().erased() ? entry.annex().digest() : annex.digest();
            boolean confirmed = covered && escrowBytes.get().isEmpty();
            if (!annexDigest.equals(header.author().annex())
                    || (!confirmed && !escrow.digest().equals(header.author().escrow()))) {
                return Outcome.refused(Code.MALFORMED, "annex or shares are not those the author signed");
            }
            if (!confirmed
                    && header.author().newCells().isEmpty()
                            != escrow.envelopes().isEmpty()) {
                return Outcome.refused(Code.BAD_SHARE, "new cells and their shares do not come together");
            }
            return blobs(entry, header)
                    .map(found -> new EntryContent(
                            header,
                            headerBytes.get(),
                            annexBytes.get(),
                            annex,
                            escrowBytes.get(),
                            escrow,
                            found,
                            erased));
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "this entry cannot be read: " + malformed.getMessage());
        }
    }

    private Outcome<List<Optional<Bytes>>> blobs(SealedEntry entry, Header header) {
        List<CellPart> parts = header.author().parts();
        if (parts.size() != entry.blobs().size()) {
            return Outcome.refused(Code.MALFORMED, "an entry brings one blob for each part");
        }
        List<Optional<Bytes>> found = new ArrayList<>();
        Set<Digest> brought = new HashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            SealedEntry.Item item = entry.blobs().get(i);
            if (!item.digest().equals(parts.get(i).blob())) {
                return Outcome.refused(Code.MALFORMED, "a blob is not the one the author signed");
            }
            if (!brought.add(item.digest())) {
                // Erased with the one it would be lost to the other. No two seals are alike.
                return Outcome.refused(Code.MALFORMED, "two parts of an entry bring the same sealed bytes");
            }
            OptionalLong size = size(item);
            if (size.isEmpty() && !item.erased()) {
                return Outcome.refused(Code.NOT_HELD, "a staged blob of this entry is not here");
            }
            if (size.isPresent() && size.getAsLong() != parts.get(i).blobSize()) {
                return Outcome.refused(Code.MALFORMED, "a blob has another size than the author signed");
            }
            found.add(item.inline());
        }
        return Outcome.done(found);
    }

    /** The size of a blob as it is here: inline, kept, or staged whole. */
    private OptionalLong size(SealedEntry.Item item) {
        if (item.inline().isPresent()) {
            return OptionalLong.of(item.inlineSize());
        }
        OptionalLong kept = item.erased() ? OptionalLong.empty() : blobs.total(item.digest());
        return kept.isPresent() || item.erased() ? kept : staging.size(item.digest());
    }

    /** Inline bytes, or what is staged, packed or kept under the digest; empty bytes for nothing. */
    private Optional<Bytes> content(SealedEntry.Item item) {
        if (item.isNothing() || item.erased()) {
            return Optional.of(Bytes.EMPTY);
        }
        if (item.inline().isPresent()) {
            return item.inline();
        }
        return staging.content(item.digest())
                .or(() -> packed.whole(item.digest()))
                .or(() -> blobs.whole(item.digest()));
    }
}
