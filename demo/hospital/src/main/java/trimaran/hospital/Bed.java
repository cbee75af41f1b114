package trimaran.hospital;

/**
 * A bed.
 *
 * @param code what it is found by in the record, as {@code MED-A-312F}
 * @param name what is written on its door, as {@code 312 fenêtre}
 */
record Bed(String code, String room, String name) {}
