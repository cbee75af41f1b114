package trimaran.keeper;

import java.util.Locale;

/** What a tier counts for its operators because a person has to look. Each is a counter {@code alarm.<word>} of its status. */
public enum Alarm {
    /** Entries placed since the start that are void. */
    VOID,
    /** Entries held longer than {@link Alarms#HELD_MILLIS_MAX} now while data placed others. */
    OVERDUE,
    /** Entries placed since the start whose place was given earlier than a quorum says it can have been. */
    BEHIND,
    /** Times since the start that a tier's ledger contradicted its copy, two copies of it one another, or a successor's lines what it kept. */
    LEDGER,
    /** Cells whose pair this tier was sent, refused, and has not got back from the two others. */
    PAIRS,
    /** Times since the start that a party wanted what contradicts this copy. */
    DISAGREEMENT,
    /** Entries placed since the start under a key whose author had seen a newer one: the old one may be stolen. */
    KEYS,
    /** 1 while a quorum has signed another tree than this copy. */
    FORK;

    /** The counter's name. */
    public String counter() {
        return "alarm." + name().toLowerCase(Locale.ROOT);
    }
}
