package trimaran.station.web;

import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;

/** What an operator should know of the web door. Never about a patient. */
public sealed interface WebEvent {

    /** A fault of this program, answered with its code alone. */
    record Broken(Throwable thrown) implements WebEvent {}

    /** Too many wrong PINs of one badge: it waits. */
    record BadgeWaits() implements WebEvent {}

    /**
     * A ward's sealed copy was opened with a ward badge.
     *
     * @param badge SHA-256 of what the badge's file is called
     */
    record CopyPrinted(ResourceId ward, Digest badge) implements WebEvent {}

    /**
     * Somebody had a message of another system dealt with once more.
     *
     * @param badge SHA-256 of the badge's name
     */
    record MessageAgain(Digest badge) implements WebEvent {}
}
