package trimaran.station;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.AuthorPart;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;

/**
 * Entries that tiers hold and data has not placed: fetched when a held set names one, checked, and shown in the cells they
 * touch as provisional versions. Nothing is taken from here into the record; that only a place does.
 */
final class HeldView {

    /** One entry that is only held. */
    private record HeldEntry(TierLine from, Header header, List<SealedEntry.Item> blobs, RecordTime time) {}

    /** An entry of this station's own, as it was last submitted. */
    record Own(Header header, List<Bytes> blobs) {}

    /** Held sets change in bursts when data falls silent. */
    private static final long LIST_MILLIS = 50;
    /** A header is some four kilobytes: about what a frame takes. */
    private static final int WANTED_AT_ONCE = 128;

    private final StationSetting setting;
    private final Supplier<List<TierLine>> tiers;
    private final Registry registry;
    private final Cells cells;
    private final Function<Digest, Optional<Own>> own;
    private final Consumer<NewCell> appeared;
    private final Map<Digest, HeldEntry> entries = new HashMap<>();
    private final Set<Digest> unknown = new HashSet<>();
    /** Unknown ones every tier that is reached was asked for in vain: no answer waits for them any more. */
    private final Set<Digest> missed = new HashSet<>();

    /** Own ones no tier names now, until they leave the outbox. */
    private final Set<Digest> unnamed = new HashSet<>();

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean listing;

    /**
     * @param own what lies in this station's outbox, so that no tier is asked for it
     * @param appeared hears of each cell such an entry opens and this station has not open
     */
    HeldView(
            StationSetting setting,
            Supplier<List<TierLine>> tiers,
            Registry registry,
            Cells cells,
            Function<Digest, Optional<Own>> own,
            Consumer<NewCell> appeared) {
        this.appeared = appeared;
        this.setting = setting;
        this.tiers = tiers;
        this.registry = registry;
        this.cells = cells;
        this.own = own;
    }

    void changed(Set<Digest> held) {
        Set<Digest> gone = new HashSet<>(entries.keySet());
        gone.removeAll(held);
        for (Digest entry : gone) {
            // What lies in this station's outbox is shown for as long, though every tier be cut off.
            if (own.apply(entry).isPresent()) {
                unnamed.add(entry);
            } else {
                forget(entry);
            }
        }
        unnamed.removeAll(held);
        unknown.retainAll(held);
        missed.retainAll(unknown);
        for (Digest entry : held) {
            if (!entries.containsKey(entry)) {
                own.apply(entry).ifPresentOrElse(this::own, () -> unknown.add(entry));
            }
        }
        if (!unknown.isEmpty() && !listing) {
            listing = true;
            setting.loop().after(LIST_MILLIS, this::list);
        }
    }

    private void forget(Digest entry) {
        unnamed.remove(entry);
        entries.remove(entry);
        cells.all().forEach(cell -> cell.forgetProvisional(entry));
    }

    /** It was shown where it was written; whoever opens the cell anew finds it here. */
    private void own(Own held) {
        Digest digest = held.header().digest();
        List<TierLine> lines = tiers.get();
        if (!lines.isEmpty()) {
            unknown.remove(digest);
            add(
                    digest,
                    new HeldEntry(
                            lines.getFirst(),
                            held.header(),
                            held.blobs().stream().map(SealedEntry.Item::inline).toList(),
                            new RecordTime(held.header().author().authored().millis())));
        }
    }

    /** A patient's folder that was opened whole before lacks the cells such an entry opens. */
    private void add(Digest digest, HeldEntry entry) {
        entries.put(digest, entry);
        for (NewCell cell : entry.header().author().newCells()) {
            if (cells.get(cell.cell()).isEmpty()) {
                cells.grew(cell.subject());
                appeared.accept(cell);
            }
        }
    }

    /** Cells that entries open which no tier has placed yet. */
    List<NewCell> openings() {
        return entries.values().stream()
                .flatMap(entry -> entry.header().author().newCells().stream())
                .toList();
    }

    private void list() {
        listing = false;
        // What was asked for in vain comes last, or it would keep the rest from being asked for at all.
        List<Digest> wanted = unknown.stream()
                .sorted(Comparator.<Digest, Boolean>comparing(missed::contains)
                        .thenComparing(Comparator.naturalOrder()))
                .limit(WANTED_AT_ONCE)
                .toList();
        List<TierLine> lines = tiers.get();
        if (wanted.isEmpty() || lines.isEmpty()) {
            goOn();
            return;
        }
        int[] left = {lines.size()};
        int before = unknown.size();
        listing = true;
        for (TierLine line : lines) {
            line.ask(new Request.ListHeld(wanted), Response.HeldEntries.class, outcome -> {
                if (outcome instanceof Outcome.Done<Response.HeldEntries>(Response.HeldEntries got)) {
                    take(line, got);
                    cells.all().forEach(cell -> show(List.of(cell), () -> {}));
                }
                left[0]--;
                if (left[0] == 0 && unknown.size() >= before) {
                    wanted.stream().filter(unknown::contains).forEach(missed::add);
                }
                if (missed.containsAll(unknown)) {
                    goOn();
                }
                if (left[0] == 0) {
                    // A frame takes some hundred; while data is away for long, many more are held.
                    long wait = unknown.size() < before ? LIST_MILLIS : StationLimits.RETRY_MAX_MILLIS;
                    setting.loop().after(wait, this::list);
                }
            });
        }
    }

    private void take(TierLine line, Response.HeldEntries got) {
        for (SealedEntry entry : got.entries()) {
            Optional<Bytes> headerBytes = entry.header().inline();
            if (headerBytes.isEmpty()) {
                continue;
            }
            try {
                Header header = Reader.whole(headerBytes.get(), Header::read);
                Optional<RecordTime> time = verified(header, got.statements());
                boolean wanted = unknown.contains(header.digest())
                        && header.author().origin().equals(registry.origin())
                        && entry.blobs().size() == header.author().parts().size();
                if (wanted && time.isPresent()) {
                    unknown.remove(header.digest());
                    add(header.digest(), new HeldEntry(line, header, entry.blobs(), time.get()));
                }
            } catch (MalformedException malformed) {
                setting.events().accept(new StationEvent.BadSignature(line.tier(), Digest.ZERO));
            }
        }
    }

    /** When it was held: its author's session signed it, or two tiers that judged it say so. */
    private Optional<RecordTime> verified(Header header, List<Held> statements) {
        Map<Party, RecordTime> by = new HashMap<>();
        for (Held held : statements) {
            boolean good = held.entry().equals(header.digest())
                    && held.tier().isTier()
                    && registry.partyAt(held.tier(), held.epoch())
                            .filter(keys -> setting.verifier()
                                    .verify(keys.statements(), held.signedBytes(registry.origin()), held.signature()))
                            .isPresent();
            if (good) {
                by.put(held.tier(), held.time());
            }
        }
        Optional<Session> session = registry.session(header.author().session());
        boolean signed = session.isPresent()
                && setting.verifier()
                        .verify(session.get().key(), AuthorPart.signedBytes(header.digest()), header.signature());
        return signed || by.size() >= 2
                ? Optional.of(by.values().stream()
                        .max(RecordTime::compareTo)
                        .orElse(new RecordTime(header.author().authored().millis())))
                : Optional.empty();
    }

    /** Whoever waited for what the held sets name is answered. */
    private void goOn() {
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    /** Shows every held entry in these cells once all that are named were asked for; what cannot be had is left out. */
    void whole(List<OpenCell> shown, Runnable then) {
        if (listing && !missed.containsAll(unknown)) {
            waiting.add(() -> show(shown, then));
        } else {
            show(shown, then);
        }
    }

    /** Shows every held entry that is here in these cells, then goes on. */
    private void show(List<OpenCell> shown, Runnable then) {
        List.copyOf(unnamed).stream()
                .filter(digest -> own.apply(digest).isEmpty())
                .forEach(this::forget);
        List<Runnable> missing = new ArrayList<>();
        int[] open = {1};
        Runnable end = () -> {
            if (--open[0] == 0) {
                then.run();
            }
        };
        for (HeldEntry entry : entries.values()) {
            List<CellPart> parts = entry.header().author().parts();
            for (int i = 0; i < parts.size(); i++) {
                int part = i;
                for (OpenCell cell : shown) {
                    if (cell.id().equals(parts.get(i).cell())
                            && !cell.shows(entry.header().digest())) {
                        open[0]++;
                        missing.add(() -> show(cell, entry, part, end));
                    }
                }
            }
        }
        missing.forEach(Runnable::run);
        end.run();
    }

    private void show(OpenCell cell, HeldEntry entry, int part, Runnable end) {
        new BlobFetch(entry.from()).item(entry.blobs().get(part), outcome -> {
            if (outcome instanceof Outcome.Done<Bytes>(Bytes blob)
                    && entries.containsKey(entry.header().digest())) {
                content(cell, entry, part, blob)
                        .ifPresent(content -> cell.showProvisional(entry.header(), part, content, entry.time()));
            }
            end.run();
        });
    }

    private Optional<PartContent> content(OpenCell cell, HeldEntry entry, int part, Bytes blob) {
        AuthorPart author = entry.header().author();
        PartPlace place = new PartPlace(registry.origin(), author.nonce(), part);
        try {
            boolean good = author.parts().get(part).blob().equals(Digest.sha256(blob));
            Outcome<Bytes> plain = PartSeal.open(cell.key(), place, blob, RecordLimits.BLOB_BYTES_MAX);
            return good && plain instanceof Outcome.Done<Bytes>(Bytes bytes)
                    ? Optional.of(PartContent.decode(bytes))
                    : Optional.empty();
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }
}
