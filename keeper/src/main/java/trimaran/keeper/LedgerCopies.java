package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * The copies this tier keeps of the two other tiers' release ledgers. Each is one chain from its first line and only grows
 * along it, so a tier that later rewrites its own is found out.
 */
final class LedgerCopies {

    private final Store store;
    private final LedgerIndex index;
    private final Function<Party, Digest> speakers;
    private final Map<Party, Head> heads = new EnumMap<>(Party.class);
    private final Map<Party, Alike> alike = new EnumMap<>(Party.class);
    private final Map<Party, Long> contradicted = new EnumMap<>(Party.class);
    private Consumer<KeeperEvent.LedgerSetAside> told = aside -> {};
    private long contradictions;

    /** How far a copy reaches: lines kept, and the hash the next one names. */
    record Head(long lines, Digest chain) {
        private static final Head EMPTY = new Head(0, Digest.ZERO);

        static Head read(Bytes bytes) {
            return Copy.own(bytes, reader -> new Head(reader.count(), reader.digest()));
        }

        Bytes encode() {
            return new Writer(40).i64(lines).digest(chain).toBytes();
        }
    }

    /** How many lines the third tier's copy has as well, by what it says under this key: who takes its place has a copy of its own. */
    private record Alike(long lines, Party third, Digest speaker) {}

    /** @param speakers the key a tier speaks under now */
    LedgerCopies(Store store, LedgerIndex index, Function<Party, Digest> speakers) {
        this.store = store;
        this.index = index;
        this.speakers = speakers;
    }

    /** Has somebody told whenever lines take the place of others. */
    void tell(Consumer<KeeperEvent.LedgerSetAside> who) {
        told = who;
    }

    Head head(Party party) {
        return heads.computeIfAbsent(
                party,
                one -> store.get(Space.STATE, Key.ledgerCopyHead(one))
                        .map(Head::read)
                        .orElse(Head.EMPTY));
    }

    /** Lines kept of another tier's ledger, from a number on, as many as a frame takes. */
    List<LedgerLine> from(Party party, long number) {
        return ReleaseLedger.page(
                store,
                Space.LEDGER_COPIES,
                Key.ledgerCopy(party, number),
                Key.ledgerCopy(party, head(party).lines()));
    }

    /** A tier has lines of its own copied, or asks how far the copy of the third tier's reaches. */
    Outcome<Response> asked(Party by, Request.CopyLedger copied) {
        if (by == copied.ledger()) {
            return take(by, copied.lines());
        }
        if (!copied.ledger().isTier() || !copied.lines().isEmpty()) {
            return Outcome.refused(Code.NOT_ALLOWED, "a tier has its own release ledger copied and no other's");
        }
        return Outcome.done(kept(head(copied.ledger())));
    }

    private static Response.LedgerKept kept(Head head) {
        return new Response.LedgerKept(head.lines(), head.chain());
    }

    /**
     * Whether a ledger the third tier has a copy of, of so many lines and this chain, can be the one copied here; one that is longer can
     * be. What both have alike is remembered: no successor's line takes the place of one of those.
     */
    boolean compare(Party party, Party third, long lines, Digest chain) {
        boolean agrees = agrees(party, lines, chain);
        if (agrees && lines <= head(party).lines()) {
            alike.put(party, new Alike(lines, third, speakers.apply(third)));
        }
        return agrees;
    }

    /** Up to which number the two copies have been found alike, by the tier that is the third one now. */
    private long alike(Party party) {
        Alike found = alike.get(party);
        return found == null || !found.speaker().equals(speakers.apply(found.third())) ? 0 : found.lines();
    }

    private boolean agrees(Party party, long lines, Digest chain) {
        Head head = head(party);
        if (lines >= head.lines()) {
            return lines > head.lines() || chain.equals(head.chain());
        }
        return line(party, lines).filter(next -> next.previous().equals(chain)).isPresent();
    }

    /**
     * Takes lines of another tier's ledger in, all or none, and answers how far the copy reaches. Lines that leave a gap are
     * refused as unknown; lines that contradict the copy, or the chain it ends in, as equivocation: their tier rewrote what it
     * once said, and the copy stays as it is. The first lines of a tier's successor are taken all the same, from where the third tier's
     * copy may be another one: its predecessor told two histories, and the successor lays both together ({@link LedgerReturn}). Nobody
     * is a successor but by two officers' word, and with its first lines that reach the end of the copy, the same ones too, that is over.
     */
    Outcome<Response> take(Party party, List<LedgerLine> news) {
        Head before = head(party);
        Head kept = before;
        List<Store.Change> batch = new ArrayList<>();
        Optional<LedgerLine> other = isSuccessor(party) ? firstOther(party, kept, news) : Optional.empty();
        if (other.isPresent()) {
            kept = new Head(other.get().number(), other.get().previous());
            setAside(batch, party, kept.lines());
        }
        Head head = kept;
        for (LedgerLine line : news) {
            if (line.number() < kept.lines()) {
                if (!isKept(party, line)) {
                    return contradiction(party, line);
                }
                continue;
            }
            if (line.number() != head.lines()) {
                return Outcome.refused(Code.UNKNOWN_ENTRY, "the lines before these are not kept here");
            }
            if (!line.previous().equals(head.chain())) {
                return contradiction(party, line);
            }
            batch.add(new Put(Space.LEDGER_COPIES, Key.ledgerCopy(party, line.number()), line.encode()));
            index.add(batch, party, line);
            head = new Head(line.number() + 1, line.chain());
        }
        // The same lines that do not reach it end nothing: of a long ledger other ones may be a page further.
        boolean isHeardOut =
                !batch.isEmpty() || (!news.isEmpty() && news.getLast().number() + 1 == head.lines());
        write(batch, party, head, isHeardOut);
        if (!news.isEmpty()) {
            contradicted.remove(party);
        }
        other.ifPresent(line ->
                told.accept(new KeeperEvent.LedgerSetAside(party, line.number(), before.lines() - line.number())));
        return Outcome.done(kept(head));
    }

    private void write(List<Store.Change> batch, Party party, Head head, boolean isHeardOut) {
        if (!batch.isEmpty()) {
            batch.add(new Put(Space.STATE, Key.ledgerCopyHead(party), head.encode()));
        }
        Bytes speaker = Key.digest(speakers.apply(party));
        if (isHeardOut
                && store.get(Space.STATE, Key.ledgerCopySpeaker(party))
                        .filter(speaker::equals)
                        .isEmpty()) {
            batch.add(new Put(Space.STATE, Key.ledgerCopySpeaker(party), speaker));
        }
        if (!batch.isEmpty()) {
            store.write(batch);
            heads.put(party, head);
        }
    }

    /** Whether a tier speaks under another key than when lines of its ledger last reached the end of the copy. */
    private boolean isSuccessor(Party party) {
        return store.get(Space.STATE, Key.ledgerCopySpeaker(party))
                .filter(speaker -> !speaker.equals(Key.digest(speakers.apply(party))))
                .isPresent();
    }

    /** The first of these lines that is another one here, if all before it are the same and the third tier's is not known to be. */
    private Optional<LedgerLine> firstOther(Party party, Head kept, List<LedgerLine> news) {
        return news.stream()
                .filter(line -> line.number() < kept.lines() && !isKept(party, line))
                .findFirst()
                .filter(line -> line.number() >= alike(party))
                .filter(line -> chainBefore(party, line.number()).equals(line.previous()));
    }

    private Digest chainBefore(Party party, long number) {
        return number == 0 ? Digest.ZERO : line(party, number - 1).orElseThrow().chain();
    }

    /** Lines that others take the numbers of stay beside the copy; their rows in the index stay, too ({@link LedgerIndexCheck}). */
    private void setAside(List<Store.Change> batch, Party party, long from) {
        for (long number = from; number < head(party).lines(); number++) {
            LedgerLine line = line(party, number).orElseThrow();
            batch.add(new Put(Space.LEDGER_COPIES, Key.ledgerAside(party, number, line.chain()), line.encode()));
        }
    }

    /** Lines that once had this number in the copy of a tier's ledger. */
    List<LedgerLine> aside(Party party, long number) {
        List<LedgerLine> lines = new ArrayList<>();
        Bytes from = Key.ledgerAside(party, number, Digest.ZERO);
        store.scan(Space.LEDGER_COPIES, from, Key.ledgerAside(party, number + 1, Digest.ZERO), (key, value) -> {
            lines.add(Copy.own(value, LedgerLine::read));
            return true;
        });
        return lines;
    }

    private boolean isKept(Party party, LedgerLine line) {
        return line(party, line.number()).filter(line::equals).isPresent();
    }

    /** A line kept of another tier's ledger. */
    Optional<LedgerLine> line(Party party, long number) {
        return store.get(Space.LEDGER_COPIES, Key.ledgerCopy(party, number))
                .map(bytes -> Copy.own(bytes, LedgerLine::read));
    }

    private Outcome<Response> contradiction(Party party, LedgerLine line) {
        contradictions++;
        contradicted.put(party, line.number());
        return Outcome.refused(Code.EQUIVOCATION, "these lines contradict the copy of this ledger kept here");
    }

    /** Messages refused since the start because they contradict a copy. */
    long contradictions() {
        return contradictions;
    }

    /** The tiers whose last lines contradict their copy, in words. */
    List<String> alarms() {
        return contradicted.entrySet().stream()
                .map(one -> "the release ledger of " + one.getKey().word() + " contradicts the copy kept here at line "
                        + one.getValue())
                .toList();
    }
}
