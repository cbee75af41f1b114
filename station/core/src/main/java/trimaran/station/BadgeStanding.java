package trimaran.station;

/**
 * What the registry says of a badge, before it asks for anything.
 *
 * @param officer whether it signs registry statements
 * @param granted whether it opens sessions: an officer of the founding does not
 */
public record BadgeStanding(boolean officer, boolean granted) {}
