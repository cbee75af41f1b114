package trimaran.station.web;

/** What an operator should know of the web door. Never about a patient. */
public sealed interface WebEvent {

    /** A fault of this program, answered with its code alone. */
    record Broken(Throwable thrown) implements WebEvent {}

    /** Too many wrong PINs of one badge: it waits. */
    record BadgeWaits() implements WebEvent {}
}
