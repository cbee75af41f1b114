package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.record.PartyKeys;
import trimaran.record.Quorum;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;
import trimaran.record.Verifier;

/**
 * Who speaks for each party now. Follows the log, and runs ahead of it by the membership statements officers hand in directly,
 * because a fallen data cannot place the statement that replaces it. Lines, quorum and sealing keys follow the membership;
 * what an entry counts for follows the log alone, so every reader judges it the same.
 */
public final class Membership {

    private final Registry registry;
    private final KeeperSetting setting;
    private final Map<Party, PartyKeys> ahead = new EnumMap<>(Party.class);
    /** Log keys of each data that was replaced since this one began to follow: the log may not know of it yet. */
    private final Set<Bytes> replacedLogs = new LinkedHashSet<>();

    private long aheadEpoch;
    private long publishedEpoch;
    private long publishedChanges;

    /** Read by handshakes, from other threads than the keeper's: a whole set, never one that is being changed. */
    private volatile Set<Digest> lines = Set.of();

    Membership(KeeperSetting setting, Registry registry) {
        this.setting = setting;
        this.registry = registry;
        for (long epoch = registry.epoch() + 1; ; epoch++) {
            Optional<Bytes> kept = setting.store().get(Space.STATE, Key.epochStatement(epoch));
            if (kept.isEmpty() || !(accept(kept.get()) instanceof Outcome.Done<Boolean>)) {
                break;
            }
        }
        publishLines();
    }

    public long epoch() {
        return Math.max(registry.epoch(), aheadEpoch);
    }

    public PartyKeys keys(Party party) {
        PartyKeys newer = aheadEpoch > registry.epoch() ? ahead.get(party) : null;
        return newer != null ? newer : registry.party(party);
    }

    /** The key under which a party speaks now. */
    Digest line(Party party) {
        return keys(party).line();
    }

    /** Whether this tier speaks under other keys than the founding gave it: then it is the successor of one that fell. */
    boolean isRebuilt() {
        return setting.founding().statement() instanceof Statement.Founding founding
                // By the line: what authors seal to changes with every refresh of shares.
                && founding.parties().stream()
                        .noneMatch(first ->
                                first.line().equals(keys(setting.party()).line()));
    }

    /** Log keys of data so far, also of one that came and went before the log here told of it: what it signed last is still the latest. */
    List<Bytes> formerLogs() {
        Set<Bytes> logs = new LinkedHashSet<>(registry.formerLogs());
        logs.addAll(replacedLogs);
        logs.add(keys(Party.DATA).log());
        return List.copyOf(logs);
    }

    /** Membership statements that were handed in here, oldest first, from the one that began this epoch. */
    public List<Bytes> statements(long epoch) {
        List<Bytes> statements = new ArrayList<>();
        for (long next = epoch; next <= epoch(); next++) {
            setting.store().get(Space.STATE, Key.epochStatement(next)).ifPresent(statements::add);
        }
        return statements;
    }

    /** Those among them that have no place in the log yet. */
    public List<Bytes> ahead() {
        return epoch() > registry.epoch() ? statements(registry.epoch() + 1) : List.of();
    }

    /** The party that speaks under this TLS key, if one does now. */
    public Optional<Party> partyOf(Digest line) {
        for (Party party : Party.values()) {
            if (keys(party).line().equals(line)) {
                return Optional.of(party);
            }
        }
        return Optional.empty();
    }

    /** Whether this TLS key may speak to a tier at all, as last published. MAY be asked from any thread. */
    boolean maySpeak(Digest line) {
        return lines.contains(line);
    }

    /**
     * Says anew who may speak, if registry or membership changed. A replaced party's old key may not, whatever the log says so
     * far.
     *
     * @return true if somebody who might speak before may not any more
     */
    boolean publishLines() {
        if (registry.lineChanges() == publishedChanges && epoch() == publishedEpoch && !lines.isEmpty()) {
            return false;
        }
        Set<Digest> next = new HashSet<>(registry.lines());
        for (Party party : Party.values()) {
            next.remove(registry.party(party).line());
        }
        Set<Party> shut = registry.cutTiersOnSight();
        for (Party party : Party.values()) {
            if (!shut.contains(party)) {
                next.add(keys(party).line());
            }
        }
        boolean lost = !next.containsAll(lines);
        lines = Set.copyOf(next);
        publishedChanges = registry.lineChanges();
        publishedEpoch = epoch();
        return lost;
    }

    /** Takes a membership statement in: two officers signed it, and it follows the present epoch. True if it is news. */
    Outcome<Boolean> accept(Bytes bytes) {
        return accept(bytes, registry);
    }

    /** The same before this tier serves, when the log that names the officers may not be here yet; lines follow at once. */
    Outcome<Boolean> given(Bytes bytes, Registry officers) {
        Outcome<Boolean> news = accept(bytes, officers);
        publishLines();
        return news;
    }

    private Outcome<Boolean> accept(Bytes bytes, Registry officers) {
        try {
            SignedStatement signed = SignedStatement.decode(bytes);
            if (!(signed.statement() instanceof Statement.EpochChange change)) {
                return Outcome.refused(Code.MALFORMED, "this is not a membership statement");
            }
            if (change.epoch() <= epoch()) {
                boolean same = keys(change.replaced()).equals(change.keys());
                if (same && change.epoch() == epoch()) {
                    keepToo(signed, change.epoch(), bytes, officers);
                }
                return same
                        ? Outcome.done(false)
                        : Outcome.refused(Code.WRONG_ORIGIN, "this epoch is over, or was another");
            }
            Verifier verifier = setting.verifier();
            Optional<Refusal> refusal = StatementJudgement.judgeEpoch(signed, change, officers, epoch(), verifier);
            if (refusal.isPresent()) {
                return Outcome.refused(refusal.get());
            }
            // Keys no quorum can be made of would stop this tier at its next signature, and at every start.
            Quorum.of(
                    registry.origin(),
                    party -> party == change.replaced() ? change.keys() : keys(party),
                    formerLogs(),
                    setting.noteKeyType(),
                    setting.noteVerifiers());
            keep(change.epoch(), bytes);
            if (change.replaced() == Party.DATA) {
                replacedLogs.add(keys(Party.DATA).log());
            }
            aheadEpoch = change.epoch();
            ahead.put(change.replaced(), change.keys());
            return Outcome.done(true);
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "this statement cannot be read");
        }
    }

    /**
     * Kept although the log told it, too: readers that hear of it from here need not have the log as far. What is kept already stays, and
     * what nobody signed is not: handed on, or read at the next start, it would count for nothing, and the true one would be gone.
     */
    private void keepToo(SignedStatement signed, long epoch, Bytes statement, Registry officers) {
        if (setting.store().get(Space.STATE, Key.epochStatement(epoch)).isEmpty()
                && StatementJudgement.judgeEpochSigned(signed, officers, setting.verifier())
                        .isEmpty()) {
            keep(epoch, statement);
        }
    }

    private void keep(long epoch, Bytes statement) {
        setting.store().write(List.of(new Put(Space.STATE, Key.epochStatement(epoch), statement)));
    }
}
