package trimaran.hospital;

/** Whether somebody lies here, will come, or has left. */
enum Presence {
    PRESENT,
    EXPECTED,
    LEFT
}
