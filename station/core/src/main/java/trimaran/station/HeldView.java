package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
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
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.seal.CellKey;
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
    /** How long an answer waits for what is held and not fetched yet. */
    static final long WHOLE_MILLIS = 2_000;
    /** A header is some four kilobytes: about what a frame takes. */
    static final int WANTED_AT_ONCE = 128;

    private final StationSetting setting;
    private final Supplier<List<TierLine>> tiers;
    private final Registry registry;
    private final Cells cells;
    private final Function<Digest, Optional<Own>> own;
    private final BiPredicate<Party, Digest> names;
    private final Consumer<NewCell> appeared;
    /** Whoever opens cells brings their later keys, and puts itself here. */
    CellKeys.Source keys = (cell, key, then) -> then.run();

    private final Map<Digest, HeldEntry> entries = new HashMap<>();
    private final Map<CellId, Set<Digest>> byCell = new HashMap<>();

    /** Not fetched yet, in the order they are asked for; what did not fit an answer goes to the end. */
    private final Set<Digest> fresh = new LinkedHashSet<>();

    /** Those that whoever names them was asked for in vain: no answer waits for them any more. */
    private final Set<Digest> missed = new LinkedHashSet<>();

    /** Own ones no tier names now, until they leave the outbox. */
    private final Set<Digest> unnamed = new HashSet<>();

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean listing;

    /**
     * @param own what lies in this station's outbox, so that no tier is asked for it
     * @param names whether a tier's held set names an entry
     * @param appeared hears of each cell such an entry opens and this station has not open
     */
    HeldView(
            StationSetting setting,
            Supplier<List<TierLine>> tiers,
            Registry registry,
            Cells cells,
            Function<Digest, Optional<Own>> own,
            BiPredicate<Party, Digest> names,
            Consumer<NewCell> appeared) {
        this.names = names;
        this.appeared = appeared;
        this.setting = setting;
        this.tiers = tiers;
        this.registry = registry;
        this.cells = cells;
        this.own = own;
    }

    void changed(Set<Digest> more, Set<Digest> gone) {
        for (Digest entry : gone) {
            // What lies in this station's outbox is shown for as long, though every tier be cut off.
            if (entries.containsKey(entry) && own.apply(entry).isPresent()) {
                unnamed.add(entry);
            } else {
                forget(entry);
            }
        }
        unnamed.removeAll(more);
        for (Digest entry : more) {
            if (!entries.containsKey(entry)) {
                own.apply(entry).ifPresentOrElse(this::own, () -> fresh.add(entry));
            }
        }
        if (!fresh.isEmpty() && !listing) {
            listing = true;
            setting.loop().after(LIST_MILLIS, this::list);
        }
    }

    /** It was shown where it was written; whoever opens the cell anew finds it here. */
    private void own(Own held) {
        Digest digest = held.header().digest();
        List<TierLine> lines = tiers.get();
        if (lines.isEmpty()) {
            fresh.add(digest);
        } else {
            know(new HeldEntry(
                    lines.getFirst(),
                    held.header(),
                    held.blobs().stream().map(SealedEntry.Item::inline).toList(),
                    new RecordTime(held.header().author().authored().millis())));
        }
    }

    /** A patient's folder that was opened whole before lacks the cells such an entry opens. */
    private void know(HeldEntry entry) {
        Digest digest = entry.header().digest();
        found(digest);
        entries.put(digest, entry);
        for (CellPart part : entry.header().author().parts()) {
            byCell.computeIfAbsent(part.cell(), none -> new LinkedHashSet<>()).add(digest);
        }
        for (NewCell cell : entry.header().author().newCells()) {
            if (cells.get(cell.cell()).isEmpty()) {
                cells.grew(cell);
                appeared.accept(cell);
            }
        }
    }

    private void forget(Digest digest) {
        unnamed.remove(digest);
        found(digest);
        HeldEntry entry = entries.remove(digest);
        if (entry == null) {
            return;
        }
        for (CellPart part : entry.header().author().parts()) {
            Set<Digest> there = byCell.getOrDefault(part.cell(), new HashSet<>());
            there.remove(digest);
            if (there.isEmpty()) {
                byCell.remove(part.cell());
            }
            cells.get(part.cell()).ifPresent(cell -> cell.forgetProvisional(digest));
        }
    }

    private void found(Digest digest) {
        fresh.remove(digest);
        missed.remove(digest);
    }

    private boolean isUnknown(Digest digest) {
        return fresh.contains(digest) || missed.contains(digest);
    }

    /** Cells that entries open which no tier has placed yet. */
    List<NewCell> openings() {
        return entries.values().stream()
                .flatMap(entry -> entry.header().author().newCells().stream())
                .toList();
    }

    private void list() {
        listing = false;
        List<TierLine> lines = tiers.get();
        if ((fresh.isEmpty() && missed.isEmpty()) || lines.isEmpty()) {
            goOn();
            return;
        }
        int[] left = {lines.size()};
        Set<Digest> inVain = new LinkedHashSet<>();
        Set<Digest> perhapsNext = new LinkedHashSet<>();
        listing = true;
        for (TierLine line : lines) {
            List<Digest> wanted = wanted(line.tier());
            Runnable answered = () -> {
                // A frame takes some hundred: whoever gave some may have more of what it was asked for.
                boolean gave = wanted.stream().anyMatch(digest -> !isUnknown(digest));
                (gave ? perhapsNext : inVain).addAll(wanted);
                if (--left[0] == 0) {
                    inVain.removeAll(perhapsNext);
                    listed(inVain, perhapsNext);
                } else if (fresh.isEmpty()) {
                    goOn();
                }
            };
            if (wanted.isEmpty()) {
                setting.loop().run(answered);
            } else {
                ask(line, wanted, answered);
            }
        }
    }

    /** Each tier is asked for what it names itself: one that names what nobody has hides nothing of the others'. */
    private List<Digest> wanted(Party tier) {
        return Stream.concat(fresh.stream(), missed.stream())
                .filter(digest -> names.test(tier, digest))
                .limit(WANTED_AT_ONCE)
                .toList();
    }

    private void ask(TierLine line, List<Digest> wanted, Runnable answered) {
        line.ask(new Request.ListHeld(wanted), Response.HeldEntries.class, outcome -> {
            if (outcome instanceof Outcome.Done<Response.HeldEntries>(Response.HeldEntries got)) {
                take(line, got);
                cells.all().forEach(cell -> show(List.of(cell), () -> {}));
            }
            answered.run();
        });
    }

    private void listed(Set<Digest> inVain, Set<Digest> perhapsNext) {
        for (Digest digest : perhapsNext) {
            if (fresh.remove(digest)) {
                fresh.add(digest);
            }
        }
        for (Digest digest : inVain) {
            if (fresh.remove(digest) || missed.remove(digest)) {
                missed.add(digest);
            }
        }
        if (fresh.isEmpty()) {
            goOn();
        }
        setting.loop().after(fresh.isEmpty() ? StationLimits.RETRY_MAX_MILLIS : LIST_MILLIS, this::list);
    }

    private void take(TierLine line, Response.HeldEntries got) {
        for (SealedEntry entry : got.entries()) {
            Optional<Bytes> headerBytes = entry.header().inline();
            if (headerBytes.isEmpty()) {
                continue;
            }
            try {
                Header header = Reader.whole(headerBytes.get(), Header::read);
                Optional<RecordTime> time = HeldTime.of(header, got.statements(), registry, setting.verifier());
                boolean wanted = isUnknown(header.digest())
                        && header.author().origin().equals(registry.origin())
                        && entry.blobs().size() == header.author().parts().size();
                if (wanted && time.isPresent()) {
                    know(new HeldEntry(line, header, entry.blobs(), time.get()));
                }
            } catch (MalformedException malformed) {
                setting.events().accept(new StationEvent.BadSignature(line.tier(), Digest.ZERO));
            }
        }
    }

    /** Whoever waited for what the held sets name is answered. */
    private void goOn() {
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    /**
     * Shows every held entry in these cells once all that are named were asked for; what cannot be had is left out, and after a
     * while what could not be had yet: a tier that goes on naming entries nobody has MUST NOT keep anybody from reading.
     */
    void whole(List<OpenCell> shown, Runnable then) {
        if (!listing || fresh.isEmpty()) {
            show(shown, then);
            return;
        }
        Runnable[] once = {() -> show(shown, then)};
        Runnable go = () -> {
            Runnable first = once[0];
            once[0] = () -> {};
            first.run();
        };
        waiting.add(go);
        setting.loop().after(WHOLE_MILLIS, () -> {
            waiting.remove(go);
            go.run();
        });
    }

    /** Shows every held entry that is here in these cells, then goes on. */
    private void show(List<OpenCell> shown, Runnable then) {
        List.copyOf(unnamed).stream()
                .filter(digest -> own.apply(digest).isEmpty())
                .forEach(this::forget);
        List<Runnable> missing = new ArrayList<>();
        int[] open = {1};
        Map<OpenCell, Integer> resets = new LinkedHashMap<>();
        shown.forEach(cell -> resets.put(cell, cell.resets()));
        Runnable end = () -> {
            if (--open[0] == 0) {
                resets.forEach(OpenCell::heldShown);
                then.run();
            }
        };
        for (OpenCell cell : shown) {
            for (Digest digest : byCell.getOrDefault(cell.id(), Set.of())) {
                HeldEntry entry = entries.get(digest);
                if (entry != null && !cell.shows(digest)) {
                    open[0]++;
                    missing.add(() -> show(cell, entry, end));
                }
            }
        }
        missing.forEach(Runnable::run);
        end.run();
    }

    private void show(OpenCell cell, HeldEntry entry, Runnable end) {
        AuthorPart author = entry.header().author();
        int number = author.partIn(cell.id());
        CellPart part = author.parts().get(number);
        if (cell.keys().has(part)) {
            show(cell, entry, number, end);
        } else if (cell.keys().why(part).isPresent()) {
            unread(cell, entry, number, end);
        } else {
            keys.bring(cell, List.of(part.under()), () -> {
                if (cell.keys().has(part)) {
                    show(cell, entry, number, end);
                } else {
                    unread(cell, entry, number, end);
                }
            });
        }
    }

    /** The key was asked for in vain: whoever reads is told, and nobody asks for it again with each answer. */
    private void unread(OpenCell cell, HeldEntry entry, int number, Runnable end) {
        CellPart part = entry.header().author().parts().get(number);
        if (entries.containsKey(entry.header().digest()) && !cell.isForgotten()) {
            Unread.show(cell, entry.header(), number, entry.time(), cell.keys().why(part));
        }
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
            Optional<CellKey> key = cell.keys().of(author.parts().get(part));
            if (key.isEmpty() || !author.parts().get(part).blob().equals(Digest.sha256(blob))) {
                return Optional.empty();
            }
            Outcome<Bytes> plain = PartSeal.open(key.get(), place, blob, RecordLimits.BLOB_BYTES_MAX);
            return plain instanceof Outcome.Done<Bytes>(Bytes bytes)
                    ? Optional.of(PartContent.decode(bytes))
                    : Optional.empty();
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }
}
