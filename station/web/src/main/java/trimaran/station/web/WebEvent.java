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
     * A ward's sealed copy was printed with a ward badge.
     *
     * @param badge SHA-256 of what the badge's file is called
     */
    record CopyPrinted(ResourceId ward, Digest badge) implements WebEvent {}

    /**
     * Somebody logged in opened a ward's sealed copy with a ward badge, to read and write of its patients.
     *
     * @param badge SHA-256 of what the ward badge's file is called
     * @param reader SHA-256 of the name of the badge they logged in with
     */
    record CopyOpened(ResourceId ward, Digest badge, Digest reader) implements WebEvent {}

    /**
     * Somebody had a message of another system dealt with once more.
     *
     * @param badge SHA-256 of the badge's name
     */
    record MessageAgain(Digest badge) implements WebEvent {}
}
