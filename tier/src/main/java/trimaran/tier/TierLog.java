package trimaran.tier;

import trimaran.keeper.KeeperEvent;
import trimaran.process.EventLog;
import trimaran.process.Field;

/** Writes a keeper's events to the log; what an event may hold cannot be about a patient. */
final class TierLog {

    /** The events' names in the log. */
    enum Event {
        STARTED,
        STOPPED,
        NO_STATUS_SOCKET,
        LINE_UP,
        LINE_DOWN,
        VOID_ENTRY,
        HELD_OVERDUE,
        PLACE_BEHIND,
        OLD_KEY,
        LEDGER_CONTRADICTED,
        LEDGER_PARTED,
        LEDGER_SET_ASIDE,
        PAIRS_REFUSED,
        DISAGREEMENT,
        OTHER_TREE,
        TAIL_TAKEN_BACK
    }

    /** The names of what an event holds. */
    enum Name {
        PARTY,
        REASON,
        INDEX,
        ENTRY,
        ENTRIES,
        MILLIS,
        PAIRS,
        LINE,
        LINES,
        CODE,
        SIZE
    }

    private final EventLog log;

    TierLog(EventLog log) {
        this.log = log;
    }

    void write(KeeperEvent event) {
        switch (event) {
            case KeeperEvent.LineUp up -> log.write(Event.LINE_UP, Field.of(Name.PARTY, up.party()));
            case KeeperEvent.LineDown down ->
                log.write(Event.LINE_DOWN, Field.of(Name.PARTY, down.party()), Field.of(Name.REASON, down.reason()));
            case KeeperEvent.VoidEntry entry ->
                log.write(Event.VOID_ENTRY, Field.of(Name.INDEX, entry.index()), Field.of(Name.ENTRY, entry.entry()));
            case KeeperEvent.HeldOverdue held ->
                log.write(
                        Event.HELD_OVERDUE,
                        Field.of(Name.ENTRIES, held.entries()),
                        Field.of(Name.MILLIS, held.millis()));
            case KeeperEvent.PlaceBehind place ->
                log.write(
                        Event.PLACE_BEHIND, Field.of(Name.INDEX, place.index()), Field.of(Name.MILLIS, place.millis()));
            case KeeperEvent.OldKey key -> log.write(Event.OLD_KEY, Field.of(Name.INDEX, key.index()));
            case KeeperEvent.LedgerContradicted ledger ->
                log.write(Event.LEDGER_CONTRADICTED, Field.of(Name.PARTY, ledger.ledger()));
            case KeeperEvent.LedgerParted ledger ->
                log.write(Event.LEDGER_PARTED, Field.of(Name.PARTY, ledger.ledger()));
            case KeeperEvent.LedgerSetAside aside ->
                log.write(
                        Event.LEDGER_SET_ASIDE,
                        Field.of(Name.PARTY, aside.ledger()),
                        Field.of(Name.LINE, aside.from()),
                        Field.of(Name.LINES, aside.lines()));
            case KeeperEvent.PairsRefused refused ->
                log.write(Event.PAIRS_REFUSED, Field.of(Name.PAIRS, refused.pairs()));
            case KeeperEvent.Disagreement disagreement ->
                log.write(
                        Event.DISAGREEMENT,
                        Field.of(Name.PARTY, disagreement.with()),
                        Field.of(Name.CODE, disagreement.code()));
            case KeeperEvent.OtherTree tree -> log.write(Event.OTHER_TREE, Field.of(Name.SIZE, tree.size()));
            case KeeperEvent.TailTakenBack tail ->
                log.write(
                        Event.TAIL_TAKEN_BACK,
                        Field.of(Name.SIZE, tail.size()),
                        Field.of(Name.ENTRIES, tail.entries()));
        }
    }
}
