package trimaran.record;

/**
 * What an entry counts for at its place. A pure function of the log before it, the entry and its place; data writes it into
 * the place, and a tier cosigns only what it judges the same. So a quorum checkpoint certifies the verdict too, and a
 * reader need not fold the whole log to know it. Order is the wire value.
 */
public enum Verdict {
    /** It stands. */
    VALID,
    /** It was acknowledged as held, and what it replaces was no longer current: it stands, and a person sees both. */
    CONFLICT,
    /** It keeps its place and counts for nothing; its digest may still be placed validly. */
    VOID
}
