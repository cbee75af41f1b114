package trimaran.keeper;

import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.CloseReason;

/** What a tier tells its operators. No event can carry anything about a patient: parties, positions, digests, numbers. */
public sealed interface KeeperEvent {

    record LineUp(Party party) implements KeeperEvent {}

    record LineDown(Party party, CloseReason reason) implements KeeperEvent {}

    /** An entry took its place and is void for every reader. Alarm. */
    record VoidEntry(long index, Digest entry) implements KeeperEvent {}

    /**
     * Entries have been held here for longer than they may while data gave others their places. Alarm, told once each time it
     * begins.
     *
     * @param entries how many of them there are
     * @param millis how long the eldest had been held when data last placed something
     */
    record HeldOverdue(long entries, long millis) implements KeeperEvent {}

    /**
     * A place says it was given so long before a quorum signed a tree without it: data had gone down with it, its clock is slow,
     * or it lies. Alarm.
     */
    record PlaceBehind(long index, long millis) implements KeeperEvent {}

    /** An entry lies under a key that was replaced before its author wrote, who had seen that. Alarm. */
    record OldKey(long index) implements KeeperEvent {}

    /** Lines of a tier's release ledger contradict those it had copied here before. Alarm. */
    record LedgerContradicted(Party ledger) implements KeeperEvent {}

    /** The copy kept here of a tier's release ledger and the one the third tier keeps are not of one ledger. Alarm. */
    record LedgerParted(Party ledger) implements KeeperEvent {}

    /**
     * A tier that was made anew gave numbers of its predecessor's release ledger to other lines. What the copy had there is kept beside
     * it. Alarm: its predecessor told two histories, or it lies.
     *
     * @param from the first such line
     * @param lines how many
     */
    record LedgerSetAside(Party ledger, long from, long lines) implements KeeperEvent {}

    /** Pairs of shares that do not fit what their authors committed to came in. Alarm. */
    record PairsRefused(long pairs) implements KeeperEvent {}

    /** What a party asked to be taken in or cosigned contradicts this tier's copy. Alarm. */
    record Disagreement(Party with, Code code) implements KeeperEvent {}

    /** A quorum signed another tree than this tier's copy. Alarm, told once each time it begins. */
    record OtherTree(long size) implements KeeperEvent {}

    /**
     * This tier takes back a tail that is another tree than the one a quorum signed, and begins anew. Alarm: data has signed two
     * trees.
     *
     * @param size what is left
     * @param entries how many go; those that counted are held from then on
     */
    record TailTakenBack(long size, long entries) implements KeeperEvent {}
}
