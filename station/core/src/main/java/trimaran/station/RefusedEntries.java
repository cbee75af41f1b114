package trimaran.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.seal.CellKey;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;

/** What was promised at this station and refused since, for a person who looks. On the loop. */
final class RefusedEntries {

    private final StationSetting setting;
    private final Outbox outbox;
    private final Cells cells;
    private final Registry registry;

    RefusedEntries(StationSetting setting, Outbox outbox, Cells cells, Registry registry) {
        this.setting = setting;
        this.outbox = outbox;
        this.cells = cells;
        this.registry = registry;
    }

    /** Oldest first; nothing of what is in them. */
    List<RefusedEntry> all() {
        return outbox.refused().entrySet().stream()
                .map(one -> told(one.getKey(), one.getValue()))
                .toList();
    }

    private RefusedEntry told(Digest digest, Outbox.Refused refused) {
        AuthorPart author = author(refused);
        List<CellId> cells = author.parts().stream().map(CellPart::cell).toList();
        return new RefusedEntry(
                digest,
                author.authored(),
                author.session(),
                badge(author.session(), refused).map(badge -> LedgerFold.badge(badge, registry)),
                refused.at(),
                refused.code(),
                cells,
                owner(author));
    }

    /** Whose the session was: of one that never came into the record only what lay here with it tells. */
    private Optional<Digest> badge(Digest session, Outbox.Refused refused) {
        return registry.session(session)
                .map(Session::badge)
                .or(() -> Optional.of(refused.badge()).filter(badge -> !badge.equals(Digest.ZERO)));
    }

    /**
     * A cell by which its patient's record opens; empty where it would have opened the first itself. Whose a new cell is comes before what
     * else was written into: with a movement that is a ward's board, which everybody there has open.
     */
    private static Optional<CellId> owner(AuthorPart author) {
        if (author.newCells().stream().anyMatch(cell -> cell.kind() == CellKind.IDENTITY)) {
            return Optional.empty();
        }
        Set<CellId> fresh = fresh(author);
        List<CellId> owners = new ArrayList<>(author.newCells().stream()
                // A later key may be the board's.
                .filter(cell -> cell.kind() != CellKind.KEY)
                .map(NewCell::subject)
                .toList());
        author.parts().stream().map(CellPart::cell).forEach(owners::add);
        return owners.stream().filter(cell -> !fresh.contains(cell)).findFirst();
    }

    /** Whether what the station kept of a cell that never came to be is shown: to whoever has its patient open, as what lies in a cell is. */
    private boolean isShown(AuthorPart author, CellId cell, OwnSession session) {
        return author.newCells().stream()
                .filter(one -> one.cell().equals(cell))
                .anyMatch(one -> cells.current(one.subject(), session.id()).isPresent());
    }

    /** What was in one, as far as the session has the cells open it was written into; {@code NOT_FOUND} if it was put away. */
    Outcome<RefusedEntry.Content> content(OwnSession session, Digest entry) {
        Outbox.Refused refused = outbox.refused().get(entry);
        if (refused == null) {
            return Outcome.refused(Code.NOT_FOUND, "nothing of this kind was refused here");
        }
        AuthorPart author = author(refused);
        Set<CellId> fresh = fresh(author);
        List<ResourceVersion> versions = new ArrayList<>();
        int closed = 0;
        int lost = 0;
        for (int part = 0; part < author.parts().size(); part++) {
            CellId cell = author.parts().get(part).cell();
            int at = part;
            Optional<OpenCell> open = cells.current(cell, session.id());
            Optional<PartContent> kept = fresh.contains(cell)
                    ? owner(author).flatMap(_ -> outbox.contents().of(entry, cell))
                    : Optional.empty();
            Optional<PartContent> content = kept.isPresent()
                    ? kept.filter(_ -> isShown(author, cell, session))
                    : open.flatMap(
                            one -> content(one, author, at, refused.entry().blobs()));
            content.ifPresent(plain -> versions.addAll(versions(author, at, plain, entry)));
            boolean isLost = kept.isEmpty()
                    && (fresh.contains(cell)
                            || open.filter(one -> isKeyless(one, author.parts().get(at)))
                                    .isPresent());
            closed += content.isEmpty() && !isLost ? 1 : 0;
            lost += content.isEmpty() && isLost ? 1 : 0;
        }
        return Outcome.done(new RefusedEntry.Content(versions, closed, lost));
    }

    /** The entry that was to draw its key was refused, and what this station had of it ended with the cell's lease. */
    private static boolean isKeyless(OpenCell cell, CellPart part) {
        return !cell.keys().has(part) && !cell.keys().mayCome(part);
    }

    private static Set<CellId> fresh(AuthorPart author) {
        return author.newCells().stream().map(NewCell::cell).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<PartContent> content(OpenCell cell, AuthorPart author, int part, List<Bytes> blobs) {
        PartPlace place = new PartPlace(registry.origin(), author.nonce(), part);
        Optional<CellKey> key = cell.keys().of(author.parts().get(part));
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return PartSeal.open(key.get(), place, blobs.get(part), RecordLimits.BLOB_BYTES_MAX)
                            instanceof Outcome.Done<Bytes>(Bytes plain)
                    ? Optional.of(PartContent.decode(plain))
                    : Optional.empty();
        } catch (MalformedException altered) {
            return Optional.empty();
        }
    }

    private static List<ResourceVersion> versions(AuthorPart author, int part, PartContent content, Digest entry) {
        CellPart target = author.parts().get(part);
        List<ResourceVersion> versions = new ArrayList<>();
        for (int i = 0; i < Math.min(content.items().size(), target.changes().size()); i++) {
            PartContent.Item item = content.items().get(i);
            versions.add(new ResourceVersion(
                    new ResourceId(target.cell(), target.changes().get(i).local()),
                    item.type(),
                    target.changes().get(i).replaces() + 1,
                    new RecordTime(author.authored().millis()),
                    item.json(),
                    ResourceVersion.Standing.PROVISIONAL,
                    false,
                    entry,
                    author.session()));
        }
        return versions;
    }

    /** A person has seen all of it that can be read: told once it would survive a power cut, and whether it was there. */
    void putAway(OwnSession session, Digest entry, Consumer<Outcome<Boolean>> then) {
        if (session.isClosed()) {
            then.accept(Outcome.refused(Code.SESSION_ENDED, "this session has ended"));
            return;
        }
        if (content(session, entry) instanceof Outcome.Done<RefusedEntry.Content>(RefusedEntry.Content content)
                && content.closed() > 0) {
            then.accept(Outcome.refused(Code.NOT_ALLOWED, "what was not read is not put away"));
            return;
        }
        outbox.putAway(entry, there -> {
            if (there) {
                setting.events().accept(new StationEvent.RefusedPutAway(entry, session.id()));
            }
            then.accept(Outcome.done(there));
        });
    }

    private static AuthorPart author(Outbox.Refused refused) {
        try {
            return AuthorPart.decode(refused.entry().author());
        } catch (MalformedException broken) {
            throw new IllegalStateException("an entry of the outbox cannot be read", broken);
        }
    }
}
