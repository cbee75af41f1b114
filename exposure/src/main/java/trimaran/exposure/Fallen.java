package trimaran.exposure;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;

/** Whose fall is looked at. */
public sealed interface Fallen {

    /** A tier or the witness. Of these, only application is ever shown anything. */
    record Tier(Party party) implements Fallen {

        /** By this name ledgers tell of what the tier was given. */
        Digest recipient() {
            return Digest.sha256(Bytes.ofText(party.word()));
        }
    }

    /**
     * A station: everything in the sessions that lived there passed through it in clear.
     *
     * @param name as officers enrolled it, under whatever key: one that was enrolled anew had another before
     */
    record Station(String name) implements Fallen {}

    /** A connected system, or a person, by the badge their sessions are opened with. */
    record Badge(Digest badge) implements Fallen {}
}
