package trimaran.record;

/** What sort of entry a header announces. Order is the wire value. */
public enum EntryKind {
    /** Care: observations, allergies, orders, notes. */
    CLINICAL,
    /** Identity, movements, purchasing, payroll. */
    ADMINISTRATIVE,
    /** Written without application from the start: connector results, legacy facts, paper re-entry, crisis log. */
    CONTINUITY,
    /** People, services, stations, sessions, roles, policy, epochs: a clear statement that carries its own signatures. */
    REGISTRY,
    /** Takes something back: what it names stays in the record and is void from then on. */
    TOMBSTONE
}
