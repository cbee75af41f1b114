package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
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

    /** Held entries one tier bears: an hour of a hospital without data. */
    static final int HELD_MAX = 100_000;

    /**
     * How long a held entry waits for the badge, session or cell it leans on, once nothing held here brings it: two tiers that hold
     * the entry held that, too, and offer it every second they reach one another.
     */
    static final long LEANING_MILLIS = 600_000;

    private final KeeperSetting setting;
    private final Store store;
    private final Copy copy;
    private final Cosigner cosigner;
    private final LinkedHashMap<Digest, One> held = new LinkedHashMap<>();

    private final HeldJudgement judgement;
    private final HeldWords heard = new HeldWords();

    /** Since when an entry lacks what it leans on, by this machine's monotonic clock. */
    private final Map<Digest, Long> leaning = new HashMap<>();

    /** Who will not hold, for good, what is held here alone. */
    private final Map<Digest, Set<Party>> refusedBy = new HashMap<>();

    /** Entries held here by the lookup tokens they bring, so that a patient is found whose entry has no place yet. */
    private final Map<Digest, Set<Digest>> tokens = new HashMap<>();

    /** One held entry and the statements that say so. */
    record One(Header header, SealedEntry entry, List<Held> statements) {

        One {
            statements = List.copyOf(statements);
        }

        Optional<Held> by(Party tier) {
            return statements.stream().filter(one -> one.tier() == tier).findFirst();
        }

        One with(Held statement) {
            if (by(statement.tier()).isPresent()) {
                return this;
            }
            List<Held> more = new ArrayList<>(statements);
            more.add(statement);
            return new One(header, entry, more);
        }
    }

    HeldSet(KeeperSetting setting, Copy copy, Cosigner cosigner) {
        this.cosigner = cosigner;
        this.setting = setting;
        this.store = setting.store();
        this.copy = copy;
        this.judgement = new HeldJudgement(copy, setting.verifier(), held);
        store.scan(Space.HELD, Bytes.EMPTY, Key.after(Bytes.of((byte) 0xff)), (key, value) -> {
            One one = Copy.own(value, reader -> {
                SealedEntry entry = SealedEntry.read(reader);
                List<Held> statements = reader.list(3, Held::read);
                Bytes header = entry.header()
                        .inline()
                        .or(() -> copy.blobs().whole(entry.header().digest()))
                        .orElseThrow();
                return new One(Copy.own(header, Header::read), entry, statements);
            });
            held.put(one.header().digest(), one);
            index(one.header().digest());
            return true;
        });
    }

    int size() {
        return held.size();
    }

    /** The resources under a token of an entry that is held and has no place here yet. */
    Set<ResourceId> hits(Digest token) {
        Set<ResourceId> hits = new LinkedHashSet<>();
        for (Digest entry : tokens.getOrDefault(token, Set.of())) {
            if (!copy.placed(entry)) {
                annex(entry).tokens().stream()
                        .filter(one -> one.value().equals(token))
                        .forEach(one -> hits.add(one.resource()));
            }
        }
        return hits;
    }

    private Annex annex(Digest entry) {
        One one = held.get(entry);
        if (one == null || one.entry().annex().isNothing()) {
            return Annex.EMPTY;
        }
        SealedEntry.Item item = one.entry().annex();
        try {
            Optional<Bytes> bytes = item.inline().or(() -> copy.blobs().whole(item.digest()));
            return bytes.isEmpty() ? Annex.EMPTY : Annex.decode(bytes.get());
        } catch (MalformedException broken) {
            throw new IllegalStateException("the annex of a held entry cannot be read", broken);
        }
    }

    private void index(Digest entry) {
        annex(entry)
                .tokens()
                .forEach(token -> tokens.computeIfAbsent(token.value(), none -> new LinkedHashSet<>())
                        .add(entry));
    }

    private List<Store.Change> forget(Digest entry) {
        annex(entry).tokens().forEach(token -> {
            Set<Digest> under = tokens.getOrDefault(token.value(), new LinkedHashSet<>());
            under.remove(entry);
            if (under.isEmpty()) {
                tokens.remove(token.value());
            }
        });
        held.remove(entry);
        leaning.remove(entry);
        refusedBy.remove(entry);
        return List.of(new Remove(Space.HELD, Key.digest(entry)), new Remove(Space.STATE, Key.voided(entry)));
    }

    List<Digest> digests() {
        return List.copyOf(held.keySet());
    }

    List<One> all() {
        return List.copyOf(held.values());
    }

    Optional<One> of(Digest entry) {
        return Optional.ofNullable(held.get(entry));
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
        One known = held.get(digest);
        if (known != null && known.by(setting.party()).isPresent()) {
            return Outcome.done(known.by(setting.party()).get());
        }
        if (held.size() >= HELD_MAX) {
            return Outcome.refused(Code.BUSY, "this tier holds as many unplaced entries as it can");
        }
        RecordTime now = setting.now();
        boolean placed = copy.placed(digest);
        if (placed && covered(digest)) {
            return Outcome.refused(Code.DUPLICATE, "this entry has its place already");
        }
        // What has a place here that no quorum signed was judged when it was placed, and is held all the same.
        Optional<Refusal> refusal = placed ? Optional.empty() : judgement.refusal(content.header(), asOf, List.of());
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        if (!pairless
                && !content.header().author().newCells().isEmpty()
                && copy.shares().open(content.header().author(), content.escrow())
                        instanceof Outcome.Refused<SharePackage>(Refusal bad)) {
            return Outcome.refused(bad);
        }
        long epoch = copy.registry().epoch();
        byte[] message = Held.signedBytes(copy.registry().origin(), setting.party(), epoch, digest, now);
        Held statement = new Held(
                setting.party(), epoch, digest, now, setting.keys().statements().sign(message));
        One one = known == null ? new One(content.header(), transit, List.of(statement)) : known.with(statement);
        keep(one, content);
        return Outcome.done(statement);
    }

    /**
     * Takes in what another tier holds, on its word: since that word's time, or what was held before a cut and met it on the way
     * would be lost. Where this tier would not say so itself, a second tier's word is enough to keep it: then it is acknowledged,
     * and whoever places the union needs all of it to say what it counts for.
     *
     * @return this tier's own word, if it gives it
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
        if (held.containsKey(word.entry())) {
            note(word);
            return Outcome.done(Optional.empty());
        }
        if (words.size() < 2 || refusal.code() == Code.BUSY) {
            return Outcome.refused(refusal);
        }
        keep(new One(content.header(), transit, words), content);
        heard.forget(word.entry());
        return Outcome.done(Optional.empty());
    }

    /** Notes another tier's statement about an entry held here as well. */
    boolean note(Held statement) {
        One known = held.get(statement.entry());
        if (known == null || known.by(statement.tier()).isPresent()) {
            return false;
        }
        boolean good = signed(statement);
        if (good) {
            One more = known.with(statement);
            held.put(statement.entry(), more);
            store.write(List.of(new Put(Space.HELD, Key.digest(statement.entry()), encoded(more))));
        }
        return good;
    }

    private boolean signed(Held statement) {
        return copy.registry()
                .partyAt(statement.tier(), statement.epoch())
                .filter(keys -> setting.verifier()
                        .verify(
                                keys.statements(),
                                statement.signedBytes(copy.registry().origin()),
                                statement.signature()))
                .isPresent();
    }

    /** Two tiers' statements, the two earliest, if there are two. */
    static List<Held> acknowledgement(One one) {
        if (one.statements().size() < 2) {
            return List.of();
        }
        return one.statements().stream()
                .sorted((a, b) -> a.time().compareTo(b.time()))
                .limit(2)
                .toList();
    }

    /**
     * Forgets what has a place under a quorum. A place alone is not enough: data may fall before anybody else has it, and then
     * what is held here is all there is. A void place is enough only where nothing could make it a valid one: data may have been
     * hasty, or may lie, and place an entry before the one it leans on.
     */
    void settle() {
        if (held.isEmpty()) {
            return;
        }
        List<Store.Change> removes = new ArrayList<>();
        for (One one : all()) {
            Digest entry = one.header().digest();
            boolean isVoid = coveredBy(copy.voided(entry)) && lost(one).isPresent();
            if (covered(entry) || isVoid) {
                removes.addAll(forget(entry));
            }
        }
        if (!removes.isEmpty()) {
            store.write(removes);
        }
    }

    /** Whether an entry has a place that counts and that a quorum signed. */
    boolean covered(Digest entry) {
        return coveredBy(copy.position(entry));
    }

    private boolean coveredBy(OptionalLong position) {
        return position.isPresent() && position.getAsLong() < cosigner.coveredSize();
    }

    /** Why a held entry can count for nothing, now or later; empty while something may still come that heals it. */
    Optional<Refusal> lost(One one) {
        Optional<Refusal> refusal = judgement.refusal(one.header(), setting.now(), acknowledgement(one));
        if (refusal.isEmpty()) {
            leaning.remove(one.header().digest());
        }
        return refusal.filter(reason -> HeldJudgement.isForGood(reason.code())
                || (HeldJudgement.isLeaning(reason.code())
                        && hasLeantFor(one.header().digest())));
    }

    private boolean hasLeantFor(Digest entry) {
        long now = setting.loop().monotonicNanos();
        return now - leaning.computeIfAbsent(entry, none -> now) >= LEANING_MILLIS * 1_000_000;
    }

    /**
     * Another tier does not hold an entry this one holds alone. Once both others will not for good, it was never acknowledged and
     * never will be: it goes. Its author hears why from data, of whom it asks a place.
     */
    void refused(Digest entry, Party by, Refusal reason) {
        One one = held.get(entry);
        if (one == null || one.statements().size() > 1) {
            return;
        }
        boolean forGood = HeldJudgement.isForGood(reason.code())
                || (HeldJudgement.isLeaning(reason.code()) && hasLeantFor(entry));
        Set<Party> refusers = refusedBy.computeIfAbsent(entry, none -> EnumSet.noneOf(Party.class));
        if (!forGood) {
            refusers.remove(by);
        } else if (refusers.add(by) && refusers.size() == 2) {
            store.write(forget(entry));
        }
    }

    /** Drops an entry that can never be placed and that nobody was told is recorded. */
    void drop(Digest entry) {
        if (held.containsKey(entry)) {
            store.write(forget(entry));
        }
    }

    private void keep(One one, EntryContent content) {
        held.put(one.header().digest(), one);
        index(one.header().digest());
        List<Store.Change> batch = new ArrayList<>();
        for (int i = 0; i < content.blobs().size(); i++) {
            Digest blob = content.header().author().parts().get(i).blob();
            if (content.blobs().get(i).isEmpty()) {
                batch.addAll(copy.staging().adopt(blob));
            }
        }
        for (SealedEntry.Item item :
                List.of(one.entry().header(), one.entry().annex(), one.entry().escrow())) {
            if (!item.isNothing() && item.inline().isEmpty()) {
                batch.addAll(copy.staging().adopt(item.digest()));
            }
        }
        // Held anew, it begins anew: a void place of before says nothing of it any more.
        batch.add(new Remove(Space.STATE, Key.voided(one.header().digest())));
        batch.add(new Put(Space.HELD, Key.digest(one.header().digest()), encoded(one)));
        store.write(batch);
    }

    private static Bytes encoded(One one) {
        Writer writer = new Writer(8192);
        one.entry().write(writer);
        return writer.list(one.statements(), (w, statement) -> statement.write(w))
                .toBytes();
    }
}
