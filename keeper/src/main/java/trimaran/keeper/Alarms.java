package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Response;
import trimaran.record.Verdict;

/**
 * What a person has to be told of. Looks at what this tier takes in, and every second at what it holds; counts, and tells
 * whoever listens. It decides nothing: a tier with an alarm goes on.
 */
final class Alarms {

    /** How long an entry may be held while data places others (DESIGN §5, held set). */
    static final long HELD_MILLIS_MAX = 10_000;

    /** How much earlier than a quorum without it an entry's place may say it is: as much as it may be ahead. */
    static final long BEHIND_MILLIS_MAX = 10_000;

    static final long LOOK_MILLIS = 1000;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Cosigner cosigner;
    private final HeldSet held;
    private final Map<Alarm, Long> counts = new EnumMap<>(Alarm.class);
    private final OldKeys oldKeys;
    private long refusedBefore;
    private Consumer<KeeperEvent> listener = event -> {};
    private Optional<Loop.Timer> timer = Optional.empty();

    Alarms(KeeperSetting setting, Copy copy, Cosigner cosigner, HeldSet held) {
        this.setting = setting;
        this.copy = copy;
        this.cosigner = cosigner;
        this.held = held;
        this.oldKeys = new OldKeys(setting.store(), copy);
    }

    /** Has somebody told, on the loop. */
    void tell(Consumer<KeeperEvent> who) {
        listener = who;
    }

    void event(KeeperEvent event) {
        listener.accept(event);
    }

    void start() {
        timer = Optional.of(setting.loop().after(LOOK_MILLIS, () -> {
            look();
            start();
        }));
    }

    void stop() {
        timer.ifPresent(Loop.Timer::cancel);
    }

    long count(Alarm alarm) {
        return counts.getOrDefault(alarm, 0L);
    }

    /** A report with a counter for each alarm besides, and what the tier's role says of itself. */
    Response.Report onto(Response.Report report, List<String> faults) {
        List<Response.Counter> counters = new ArrayList<>(report.counters());
        for (Alarm alarm : Alarm.values()) {
            counters.add(new Response.Counter(alarm.counter(), count(alarm)));
        }
        counters.add(new Response.Counter("roll.late", oldKeys.count()));
        List<String> all = new ArrayList<>(report.faults());
        all.addAll(faults);
        return new Response.Report(report.time(), counters, all);
    }

    /** Entries became part of this copy. The quorum's note is still the one from before them. */
    void committed(CopyGroup group) {
        for (CopyGroup.Added added : group.added()) {
            long index = added.place().index();
            if (added.place().verdict() == Verdict.VOID) {
                raise(
                        Alarm.VOID,
                        new KeeperEvent.VoidEntry(
                                index, added.content().header().digest()));
            }
            long behind = cosigner.freshSeconds() * 1000 - added.place().time().millis();
            if (cosigner.note().isPresent() && cosigner.noteSize() <= index && behind > BEHIND_MILLIS_MAX) {
                raise(Alarm.BEHIND, new KeeperEvent.PlaceBehind(index, behind));
            }
            if (oldKeys.look(added.content().header(), added.place()) == OldKeys.Late.KNOWN) {
                raise(Alarm.KEYS, new KeeperEvent.OldKey(index));
            }
        }
    }

    /** The answer to a tier whose lines were taken here, or were not: lines that contradict those it had copied before are for a person. */
    Outcome<Response> copied(Party ledger, Outcome<Response> taken) {
        if (taken instanceof Outcome.Refused<Response>(var refusal) && refusal.code() == Code.EQUIVOCATION) {
            raise(Alarm.LEDGER, new KeeperEvent.LedgerContradicted(ledger));
        }
        return taken;
    }

    /** A tier's ledger is one here and another at the third tier. */
    void parted(Party ledger) {
        raise(Alarm.LEDGER, new KeeperEvent.LedgerParted(ledger));
    }

    /** A tier that was made anew gave numbers of its ledger to other lines. */
    void setAside(KeeperEvent.LedgerSetAside aside) {
        raise(Alarm.LEDGER, aside);
    }

    /** A party was answered: that its tree or its judgement is another one than this tier's is for a person to look at. */
    <T> Outcome<T> answered(Party party, Outcome<T> outcome) {
        if (outcome instanceof Outcome.Refused<T>(var refusal) && refusal.code() == Code.EQUIVOCATION) {
            raise(Alarm.DISAGREEMENT, new KeeperEvent.Disagreement(party, refusal.code()));
        }
        return outcome;
    }

    void look() {
        lookAtHeld();
        long refused = copy.shares().refusedPairs();
        if (refused > refusedBefore) {
            refusedBefore = refused;
            event(new KeeperEvent.PairsRefused(refused));
        }
        // A rebuilt tier refuses every envelope made for its old keys; what the others gave back is nobody's business.
        counts.put(Alarm.PAIRS, (long)
                copy.shares().lacking(Shares.Lacking::brought).size());
        boolean fork = cosigner.noteSize() <= copy.size() && cosigner.noteSize() > cosigner.coveredSize();
        if (fork && count(Alarm.FORK) == 0) {
            event(new KeeperEvent.OtherTree(cosigner.noteSize()));
        }
        counts.put(Alarm.FORK, fork ? 1L : 0L);
    }

    /** By the time of data's last place, not by this clock: while data places nothing nobody is passed over. */
    private void lookAtHeld() {
        long overdue = 0;
        long longest = 0;
        for (Map.Entry<Digest, HeldIndex.Mark> one : held.index().marks().entrySet()) {
            long since = one.getValue().sinceMillis();
            long millis = since < 0 ? 0 : copy.lastTime().millis() - since;
            boolean mayWait = millis <= HELD_MILLIS_MAX + HeldJudgement.REOPENING_MILLIS;
            if (millis > HELD_MILLIS_MAX
                    && !copy.placed(one.getKey())
                    && !(mayWait && held.waitsForReopening(one.getKey()))) {
                overdue++;
                longest = Math.max(longest, millis);
            }
        }
        if (overdue > 0 && count(Alarm.OVERDUE) == 0) {
            event(new KeeperEvent.HeldOverdue(overdue, longest));
        }
        counts.put(Alarm.OVERDUE, overdue);
    }

    private void raise(Alarm alarm, KeeperEvent event) {
        counts.merge(alarm, 1L, Long::sum);
        event(event);
    }
}
