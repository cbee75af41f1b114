package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;

/**
 * Cuts and reopenings accepted on sight, before the log has them (DESIGN §10). Each is on disk before it acts, so that no restart
 * lets in again whom an officer shut out, and stays until it has its place or never will have one. What has its place is passed on until a
 * quorum signed that: a fallen data may give it one at this tier alone, and whoever was away then would never hear of it.
 */
final class Announcements {

    /** Announced and not placed at once: what officers sign in a bad night, and no more, since each is looked through often. */
    static final int PENDING_MAX = 1024;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Registry registry;
    private final TreeMap<Long, Announced> pending = new TreeMap<>();

    /** Cuts and reopenings that have their place here, where not everybody learns it from the log, by place. */
    private final TreeMap<Long, Bytes> placedAlone = new TreeMap<>();

    private long looked;
    private long passedOn;

    private record Announced(Digest id, SignedStatement signed, Bytes bytes) {}

    Announcements(KeeperSetting setting, Copy copy) {
        this.setting = setting;
        this.copy = copy;
        this.registry = copy.registry();
        setting.store().scan(Space.STATE, Key.ANNOUNCED, Key.after(Key.ANNOUNCED), (key, value) -> {
            long number = Copy.own(Bytes.ofRange(key.unsafeArray(), 8, 16), trimaran.kernel.Reader::count);
            try {
                SignedStatement signed = SignedStatement.decode(value);
                pending.put(number, new Announced(signed.id(), signed, value));
            } catch (MalformedException broken) {
                throw new UnreadableCopyException("an announced statement of this copy cannot be read", broken);
            }
            return true;
        });
        settle();
    }

    /** Takes a statement in, if it counts on sight. True if it is news: then it acts, and is passed on. */
    Outcome<Boolean> accept(Bytes bytes) {
        SignedStatement signed;
        try {
            signed = SignedStatement.decode(bytes);
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "this statement cannot be read");
        }
        Digest id = signed.id();
        if (registry.said(id)
                || pending.values().stream().anyMatch(one -> one.id().equals(id))) {
            return Outcome.done(false);
        }
        Optional<Refusal> refusal = judge(signed);
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        if (pending.size() >= PENDING_MAX) {
            return Outcome.refused(Code.BUSY, "too much is announced here and has no place yet");
        }
        long number = pending.isEmpty() ? 0 : pending.lastKey() + 1;
        setting.store().write(List.of(new Put(Space.STATE, Key.announced(number), bytes)));
        pending.put(number, new Announced(id, signed, bytes));
        registry.announce(signed.statement());
        return Outcome.done(true);
    }

    /** What still waits for its place, in the order it was accepted. */
    List<Bytes> pending() {
        return pending.values().stream().map(Announced::bytes).toList();
    }

    /**
     * What whoever is reached now is told: what has its place in this copy and may have it here alone, however it came here, and what
     * waits for one.
     *
     * @param learnt up to where everybody learns it from the log
     */
    List<Bytes> told(long learnt) {
        look(learnt);
        List<Bytes> all = new ArrayList<>(placedAlone.values());
        all.addAll(pending());
        return all;
    }

    /** What came to stand in this copy alone since this was asked last; nothing where a quorum signs soon after each place. */
    List<Bytes> news(long learnt) {
        look(learnt);
        List<Bytes> news = List.copyOf(placedAlone.tailMap(passedOn).values());
        passedOn = looked;
        return news;
    }

    private void look(long learnt) {
        for (looked = Math.max(looked, learnt); looked < copy.size(); looked++) {
            Bytes statement = copy.entry(looked).orElseThrow().header().author().statement();
            if (!statement.isEmpty() && countsOnSight(statement)) {
                placedAlone.put(looked, statement);
            }
        }
        placedAlone.headMap(learnt).clear();
    }

    private static boolean countsOnSight(Bytes statement) {
        try {
            Statement said = SignedStatement.decode(statement).statement();
            return said instanceof Statement.Cut || said instanceof Statement.Reopening;
        } catch (MalformedException none) {
            return false;
        }
    }

    /** The log went on: what has its place, or counts no more by what has, is forgotten, and what is left acts alone. */
    void settle() {
        registry.forgetAnnounced();
        List<Store.Change> removes = new ArrayList<>();
        for (Map.Entry<Long, Announced> one : List.copyOf(pending.entrySet())) {
            SignedStatement signed = one.getValue().signed();
            if (judge(signed).isPresent()) {
                pending.remove(one.getKey());
                removes.add(new Remove(Space.STATE, Key.announced(one.getKey())));
            } else {
                registry.announce(signed.statement());
            }
        }
        if (!removes.isEmpty()) {
            setting.store().write(removes);
        }
    }

    private Optional<Refusal> judge(SignedStatement signed) {
        return StatementJudgement.judgeOnSight(signed, registry, setting.now(), setting.verifier());
    }
}
