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
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Judgement;
import trimaran.record.Session;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Validity;
import trimaran.record.Verdict;
import trimaran.shares.SharePackage;

/**
 * What this tier holds and data has not placed, with the held statements it knows of. An entry goes in once it is judged as far
 * as a tier can without its place, and is on disk before the statement is signed.
 */
final class HeldSet {

    /** Held entries one tier bears: an hour of a hospital without data. */
    static final int HELD_MAX = 100_000;

    /** The other tiers. */
    private static final int OTHERS = 2;

    private final KeeperSetting setting;
    private final Store store;
    private final Copy copy;
    private final Cosigner cosigner;
    private final Map<Digest, One> held = new LinkedHashMap<>();

    /** Who else holds what is not held here because the pair for this tier is good for nothing. */
    private final LinkedHashMap<Digest, Set<Party>> vouched = new LinkedHashMap<>();

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
            Optional<Bytes> bytes = item.inline().or(() -> copy.blobs().staged(item.digest()));
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

    private void forget(Digest entry) {
        annex(entry).tokens().forEach(token -> {
            Set<Digest> under = tokens.getOrDefault(token.value(), new LinkedHashSet<>());
            under.remove(entry);
            if (under.isEmpty()) {
                tokens.remove(token.value());
            }
        });
        held.remove(entry);
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
        return hold(content, transit, false);
    }

    /** @param pairless whether the pair for this tier may be good for nothing */
    private Outcome<Held> hold(EntryContent content, SealedEntry transit, boolean pairless) {
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
        Optional<Refusal> refusal = placed ? Optional.empty() : judge(content, now);
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
     * Holds what another tier holds. The pair for this tier may be good for nothing: it was sealed to keys that fell with this
     * tier's predecessor, or the author sealed rubbish. Once both others hold the entry it is acknowledged and must get its
     * place all the same; they have the shares, of which this tier gets its pair back.
     */
    Outcome<Held> holdCopied(EntryContent content, SealedEntry transit, Held word) {
        Digest digest = content.header().digest();
        Outcome<Held> outcome = hold(content, transit, false);
        boolean pairless = outcome instanceof Outcome.Refused<Held>(Refusal why) && why.code() == Code.BAD_SHARE;
        if (pairless && vouch(digest, word).size() == OTHERS) {
            outcome = hold(content, transit, true);
        }
        if (outcome.isDone()) {
            vouched.remove(digest);
            note(word);
        }
        return outcome;
    }

    /** The other tiers that say so far that they hold this entry. */
    private Set<Party> vouch(Digest entry, Held word) {
        Set<Party> tiers = vouched.computeIfAbsent(entry, none -> EnumSet.noneOf(Party.class));
        if (vouched.size() > HELD_MAX) {
            vouched.pollFirstEntry();
        }
        if (word.entry().equals(entry)
                && word.tier() != setting.party()
                && !tiers.contains(word.tier())
                && isSigned(word)) {
            tiers.add(word.tier());
        }
        return tiers;
    }

    private boolean isSigned(Held statement) {
        return copy.registry()
                .partyAt(statement.tier(), statement.epoch())
                .filter(keys -> setting.verifier()
                        .verify(
                                keys.statements(),
                                statement.signedBytes(copy.registry().origin()),
                                statement.signature()))
                .isPresent();
    }

    /** Notes another tier's statement about an entry held here as well. */
    boolean note(Held statement) {
        One known = held.get(statement.entry());
        if (known == null || known.by(statement.tier()).isPresent()) {
            return false;
        }
        boolean good = isSigned(statement);
        if (good) {
            One more = known.with(statement);
            held.put(statement.entry(), more);
            store.write(List.of(new Put(Space.HELD, Key.digest(statement.entry()), encoded(more))));
        }
        return good;
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
     * what is held here is all there is.
     */
    void settle() {
        if (held.isEmpty()) {
            return;
        }
        List<Digest> covered = held.keySet().stream().filter(this::covered).toList();
        List<Store.Change> removes = new ArrayList<>();
        for (Digest entry : covered) {
            forget(entry);
            removes.add(new Remove(Space.HELD, Key.digest(entry)));
        }
        if (!removes.isEmpty()) {
            store.write(removes);
        }
    }

    /** Whether an entry has a place that counts and that a quorum signed. */
    boolean covered(Digest entry) {
        OptionalLong position = copy.position(entry);
        return position.isPresent() && position.getAsLong() < cosigner.coveredSize();
    }

    /** Drops an entry that can never be placed and that nobody was told is recorded. */
    void drop(Digest entry) {
        if (held.containsKey(entry)) {
            forget(entry);
            store.write(List.of(new Remove(Space.HELD, Key.digest(entry))));
        }
    }

    /** What a tier can judge before there is a place: everything but premises, expiry and versions. */
    private Optional<Refusal> judge(EntryContent content, RecordTime now) {
        Judgement judgement = new Validity(copy.registry(), new HeldView(copy, held), setting.verifier(), this::session)
                .judge(content.header(), now, List.of());
        if (judgement.verdict() != Verdict.VOID) {
            return Optional.empty();
        }
        return judgement.reason().filter(refusal -> switch (refusal.code()) {
            case PREMISE_MOVED, APPROVAL_EXPIRED, VERSION_CONFLICT -> false;
            default -> true;
        });
    }

    /** A session of the record, or one whose opening is held here. */
    private Optional<Session> session(Digest id) {
        return copy.registry().session(id).or(() -> {
            for (One one : held.values()) {
                Optional<Session> session =
                        opening(one.header()).filter(found -> found.id().equals(id));
                if (session.isPresent()) {
                    return session;
                }
            }
            return Optional.empty();
        });
    }

    private Optional<Session> opening(Header header) {
        if (header.author().kind() != EntryKind.REGISTRY) {
            return Optional.empty();
        }
        try {
            return SignedStatement.decode(header.author().statement()).statement()
                            instanceof Statement.SessionOpening opening
                    ? copy.registry().session(opening)
                    : Optional.empty();
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }

    private void keep(One one, EntryContent content) {
        held.put(one.header().digest(), one);
        index(one.header().digest());
        List<Store.Change> batch = new ArrayList<>();
        for (int i = 0; i < content.blobs().size(); i++) {
            Digest blob = content.header().author().parts().get(i).blob();
            if (content.blobs().get(i).isEmpty()) {
                batch.addAll(copy.blobs().adopt(blob));
            }
        }
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
