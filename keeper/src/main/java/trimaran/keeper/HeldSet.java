package trimaran.keeper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.SealedEntry;
import trimaran.record.Annex;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.shares.SharePackage;

/**
 * What this tier holds and data has not placed, with the held statements it knows of. An entry goes in once it is judged as far
 * as a tier can without its place, and is on disk before the statement is signed.
 */
final class HeldSet {

    /** Held entries one tier bears: an hour of a hospital without data, at ten a second and more. */
    static final int HELD_MAX = 40_000;

    /** What they may take in memory: beside it a tier has to live in a heap of 80 MiB. */
    static final long HELD_BYTES_MAX = 16L << 20;

    /** Entries let go in one turn: each is read once more, for what it is known by. */
    static final int STEP = 256;

    /** Void ones judged again in one turn. */
    static final int JUDGED_STEP = 32;

    private final KeeperSetting setting;
    private final Store store;
    private final Copy copy;
    private final Cosigner cosigner;
    private final HeldIndex index;
    private final HeldJudgement judgement;
    private final HeldWords heard = new HeldWords();

    private final HeldPatience leaning;

    private final HeldRefusers refusers;

    /** Held entries that have a place here, which no quorum may have signed yet; of a void one the last. */
    private final LinkedHashMap<Digest, Long> places = new LinkedHashMap<>();

    HeldSet(KeeperSetting setting, Copy copy, Cosigner cosigner) {
        this.cosigner = cosigner;
        this.setting = setting;
        this.store = setting.store();
        this.copy = copy;
        this.index = new HeldIndex(setting.party());
        this.leaning = new HeldPatience(setting.loop());
        this.refusers = new HeldRefusers(setting.loop());
        this.judgement = new HeldJudgement(copy, setting.verifier(), this);
        store.scan(Space.HELD, Bytes.EMPTY, Key.after(Bytes.of((byte) 0xff)), (key, value) -> {
            HeldEntry one = HeldEntry.decode(value, copy.blobs());
            index.add(one, one.annex(copy.blobs()));
            placed(one.digest());
            return true;
        });
    }

    int size() {
        return index.marks().size();
    }

    /** What is known of the held entries without reading them. */
    HeldIndex index() {
        return index;
    }

    private List<Store.Change> forget(Digest entry) {
        List<Store.Change> batch = new ArrayList<>();
        of(entry).ifPresent(one -> {
            index.remove(one, one.annex(copy.blobs()));
            batch.addAll(copy.blobs().packed().gone(one.entry(), entry));
        });
        places.remove(entry);
        leaning.forget(entry);
        refusers.forget(entry);
        batch.addAll(List.of(new Remove(Space.HELD, Key.digest(entry)), new Remove(Space.STATE, Key.voided(entry))));
        return batch;
    }

    List<Digest> digests() {
        return List.copyOf(index.marks().keySet());
    }

    /** Held entries that have no place here that counts: statements of people and sessions first, since others lean on them. */
    List<Digest> unplaced() {
        List<Digest> unplaced = new ArrayList<>();
        for (boolean registry : new boolean[] {true, false}) {
            index.marks().forEach((entry, mark) -> {
                if (mark.registry() == registry && (!places.containsKey(entry) || !copy.placed(entry))) {
                    unplaced.add(entry);
                }
            });
        }
        return unplaced;
    }

    Optional<HeldEntry> of(Digest entry) {
        return index.marks().containsKey(entry)
                ? store.get(Space.HELD, Key.digest(entry)).map(row -> HeldEntry.decode(row, copy.blobs()))
                : Optional.empty();
    }

    /** Entries took their places: those that are held wait for a quorum now. */
    void committed(CopyGroup group) {
        for (CopyGroup.Added added : group.added()) {
            Digest entry = added.content().header().digest();
            if (index.marks().containsKey(entry)) {
                places.put(entry, added.place().index());
            }
        }
    }

    private void placed(Digest entry) {
        OptionalLong place = copy.position(entry);
        OptionalLong last = place.isPresent() ? place : copy.voided(entry);
        last.ifPresent(at -> places.put(entry, at));
    }

    /** Holds an entry and says so, or says why not. Asked again, it gives the same statement. */
    Outcome<Held> hold(EntryContent content, SealedEntry transit) {
        return hold(content, transit, setting.now(), false);
    }

    /**
     * @param asOf when it was held first: what Validity counts by once two tiers said so
     * @param pairless whether the pair for this tier may be good for nothing
     */
    private Outcome<Held> hold(EntryContent content, SealedEntry transit, RecordTime asOf, boolean pairless) {
        Digest digest = content.header().digest();
        Optional<HeldEntry> known = of(digest);
        Optional<Held> said = known.flatMap(one -> one.by(setting.party()));
        if (said.isPresent()) {
            refusers.forget(digest);
            return Outcome.done(said.get());
        }
        if (known.isEmpty() && isFull(new HeldEntry(content.header(), transit, List.of()), content.annex())) {
            return Outcome.refused(Code.BUSY, "this tier holds as many unplaced entries as it can");
        }
        RecordTime now = setting.now();
        boolean placed = copy.placed(digest);
        if (placed && covered(digest)) {
            return Outcome.refused(Code.DUPLICATE, "this entry has its place already");
        }
        if (!placed && copy.blobs().keepsAnothers(content.header())) {
            return Outcome.refused(
                    Code.MALFORMED, "a part of this entry brings sealed bytes another entry has brought");
        }
        // What has a place here that no quorum signed was judged when it was placed, and is held as it was placed.
        Optional<Refusal> refusal = placed ? Optional.empty() : judgement.refusal(content.header(), asOf, List.of());
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        Optional<Refusal> stale =
                placed || pairless ? Optional.empty() : new LateKeys(copy.registry()).staleSoon(content, now);
        if (stale.isPresent()) {
            return Outcome.refused(stale.get());
        }
        if (!pairless
                && !content.header().author().newCells().isEmpty()
                && copy.shares().open(content.header().author(), content.escrow())
                        instanceof Outcome.Refused<SharePackage>(Refusal bad)) {
            return Outcome.refused(bad);
        }
        long epoch = cosigner.epoch();
        byte[] message = Held.signedBytes(copy.registry().origin(), setting.party(), epoch, digest, now);
        Held statement = new Held(
                setting.party(), epoch, digest, now, setting.keys().statements().sign(message));
        // What is known is kept on others' words, whatever it came under; this is what was judged.
        EntryContent kept = placed ? content.under(placedHeader(digest)) : content;
        List<Held> words = known.map(HeldEntry::statements).orElse(List.of());
        keep(HeldEntry.of(kept, transit, words).with(statement), kept);
        return Outcome.done(statement);
    }

    private Bytes placedHeader(Digest entry) {
        return copy.entry(copy.position(entry).orElseThrow()).orElseThrow().headerBytes();
    }

    private boolean isFull(HeldEntry more, Annex annex) {
        return size() >= HELD_MAX || index.bytes() + HeldIndex.bytes(more, annex) > HELD_BYTES_MAX;
    }

    /**
     * Takes in what another tier holds, on its word: since that word's time, or what was held before a cut and met it on the way
     * would be lost. Where this tier would not say so itself, a second tier's word is enough to keep it: then it is acknowledged,
     * and whoever places the union needs all of it to say what it counts for. Returns this tier's own word, if it gives it.
     */
    Outcome<Optional<Held>> copied(EntryContent content, SealedEntry transit, Held word) {
        if (!signed(word) || !word.entry().equals(content.header().digest())) {
            // Nobody's word: then this tier is asked for its own, as an author asks.
            return hold(content, transit).map(Optional::of);
        }
        RecordTime asOf = word.time().isAfter(setting.now()) ? setting.now() : word.time();
        Outcome<Held> own = hold(content, transit, asOf, false);
        List<Held> words = own.isDone() ? List.of(word) : heard.with(word);
        if (words.size() > 1 && own instanceof Outcome.Refused<Held>(Refusal why) && why.code() == Code.BAD_SHARE) {
            // Sealed to keys that fell with this tier's predecessor, or rubbish: the two others have the shares.
            own = hold(content, transit, asOf, true);
        }
        if (own instanceof Outcome.Done<Held>(Held statement)) {
            words.forEach(this::note);
            heard.forget(word.entry());
            return Outcome.done(Optional.of(statement));
        }
        Refusal refusal = ((Outcome.Refused<Held>) own).refusal();
        if (index.marks().containsKey(word.entry())) {
            note(word);
            return Outcome.done(Optional.empty());
        }
        if (words.size() < 2 || refusal.code() == Code.BUSY || judgement.isUntrue(content.header())) {
            return Outcome.refused(refusal);
        }
        keep(new HeldEntry(content.header(), transit, words), content);
        heard.forget(word.entry());
        return Outcome.done(Optional.empty());
    }

    /** Notes another tier's statement about an entry held here as well. */
    boolean note(Held statement) {
        HeldIndex.Mark mark = index.marks().get(statement.entry());
        if (mark == null || mark.by(statement.tier()) || !signed(statement)) {
            return false;
        }
        HeldEntry more = of(statement.entry()).orElseThrow().with(statement);
        store.write(List.of(more.put()));
        index.add(more, Annex.EMPTY);
        return true;
    }

    /** Whether this is the word of the tier it names. */
    boolean signed(Held statement) {
        return copy.registry()
                .partyAt(statement.tier(), statement.epoch())
                .filter(keys -> setting.verifier()
                        .verify(
                                keys.statements(),
                                statement.signedBytes(copy.registry().origin()),
                                statement.signature()))
                .isPresent();
    }

    /**
     * Forgets what has a place under a quorum, some at a time. A place alone is not enough: data may fall before anybody else has
     * it, and then what is held here is all there is. A void place is enough only where nothing could make it a valid one: data
     * may have been hasty, or may lie, and place an entry before the one it leans on. Where it is void for good, its void place
     * is remembered, or the words it names would have it held, and placed void, again and again.
     */
    void settle() {
        long covered = places.isEmpty() ? 0 : cosigner.coveredSize();
        List<Digest> settled = new ArrayList<>();
        List<Digest> kept = new ArrayList<>();
        List<Store.Change> changes = new ArrayList<>();
        for (Map.Entry<Digest, Long> place : places.entrySet()) {
            if (settled.size() == STEP || kept.size() == JUDGED_STEP) {
                break;
            }
            if (place.getValue() < covered) {
                Digest entry = place.getKey();
                Optional<Refusal> lost =
                        covered(entry) ? Optional.empty() : lost(of(entry).orElseThrow());
                if (lost.isEmpty() && !covered(entry)) {
                    kept.add(entry);
                } else {
                    settled.add(entry);
                    if (lost.filter(reason -> HeldJudgement.isForGood(reason.code()))
                            .isPresent()) {
                        changes.add(new Put(Space.STATE, Key.voided(entry), Key.number(place.getValue())));
                    }
                }
            }
        }
        // Those that may be healed yet let others have their turn.
        kept.forEach(entry -> places.putLast(entry, Objects.requireNonNull(places.get(entry))));
        if (!settled.isEmpty()) {
            List<Store.Change> batch = new ArrayList<>();
            settled.forEach(entry -> batch.addAll(forget(entry)));
            batch.addAll(changes);
            store.write(batch);
        }
    }

    /**
     * Whether an entry that is not held has a void place under a quorum, and this word beside those the place names could not
     * make it count.
     *
     * @param header under which it is offered, which may be another than the one it was placed with
     */
    boolean isVoidForGood(Held word, Header header) {
        OptionalLong at = index.marks().containsKey(word.entry()) ? OptionalLong.empty() : copy.voided(word.entry());
        if (!coveredBy(at)) {
            return false;
        }
        Copy.Stored stored = copy.entry(at.getAsLong()).orElseThrow();
        List<Held> words = new ArrayList<>(stored.place().held());
        if (words.stream().allMatch(known -> known.time().isAfter(word.time())) && signed(word)) {
            words.removeIf(known -> known.tier() == word.tier());
            words.addFirst(word);
        }
        return words.size() >= 2
                && judgement
                        .refusal(header, setting.now(), words.subList(0, 2))
                        .filter(reason -> HeldJudgement.isForGood(reason.code()))
                        .isPresent();
    }

    /** Whether an entry has a place that counts and that a quorum signed. */
    boolean covered(Digest entry) {
        return coveredBy(copy.position(entry));
    }

    private boolean coveredBy(OptionalLong position) {
        return position.isPresent() && position.getAsLong() < cosigner.coveredSize();
    }

    /** Why a held entry can count for nothing, now or later; empty while something may still come that heals it. */
    Optional<Refusal> lost(HeldEntry one) {
        Optional<Refusal> refusal = judgement.refusal(one.header(), setting.now(), one.acknowledgement());
        if (refusal.isEmpty()) {
            leaning.forget(one.header().digest());
        }
        return refusal.filter(
                reason -> leaning.isOver(one.header().digest(), judgement.patienceMillis(one.header(), reason)));
    }

    /** Whether it waits for its author's cut to end, which is no fault of data's. */
    boolean waitsForReopening(Digest entry) {
        return !copy.registry().cuts().isEmpty()
                && of(entry)
                        .filter(one -> judgement.waitsForReopening(one, setting.now()))
                        .isPresent();
    }

    /**
     * Another tier does not hold an entry this one holds alone. Once both others will not for good, it was never acknowledged and
     * never will be: it goes. Its author hears why from data, of whom it asks a place.
     */
    void refused(Digest entry, Party by, Refusal reason) {
        HeldIndex.Mark one = index.marks().get(entry);
        if (one == null || one.words() > 1) {
            return;
        }
        if (refusers.isByBoth(entry, by, reason.code())) {
            store.write(forget(entry));
        }
    }

    /** Whether nobody can have held it under the header it has here, now that its session may be known. */
    boolean isUntrue(Digest entry) {
        return of(entry).filter(one -> judgement.isUntrue(one.header())).isPresent();
    }

    /** Drops an entry that can never be placed and that nobody was told is recorded. */
    void drop(Digest entry) {
        if (index.marks().containsKey(entry)) {
            store.write(forget(entry));
        }
    }

    private void keep(HeldEntry one, EntryContent content) {
        // Held anew, it begins anew: under another header, and a void place of before says nothing any more.
        List<Store.Change> batch = new ArrayList<>(forget(one.digest()));
        for (int i = 0; i < content.blobs().size(); i++) {
            Digest blob = content.header().author().parts().get(i).blob();
            if (content.blobs().get(i).isEmpty()) {
                batch.addAll(copy.staging().adopt(blob));
            }
        }
        batch.addAll(copy.blobs().packed().held(one.entry(), content));
        copy.staging().used(content);
        batch.add(one.put());
        store.write(batch);
        index.add(one, content.annex());
        placed(one.digest());
    }
}
