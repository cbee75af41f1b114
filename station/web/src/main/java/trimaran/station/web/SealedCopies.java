package trimaran.station.web;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.station.WardCopy;
import trimaran.station.chart.Language;

/**
 * The sealed copies of wards on this station's disk, for whoever brings the ward's badge: what is left to read when no hull answers
 * (DESIGN §11). No log-in is asked for, since none can be had then; what is in a copy was written down by the hulls when it was made.
 */
public interface SealedCopies {

    /** Of a station that keeps none. */
    SealedCopies NONE = new SealedCopies() {
        @Override
        public List<Copy> newest() {
            return List.of();
        }

        @Override
        public List<String> badges() {
            return List.of();
        }

        @Override
        public Outcome<Bytes> print(ResourceId ward, String badge, char[] pin, Language language) {
            return Outcome.refused(Code.NOT_FOUND, "this station keeps no copies");
        }

        @Override
        public Outcome<Opened> open(ResourceId ward, String badge, char[] pin) {
            return Outcome.refused(Code.NOT_FOUND, "this station keeps no copies");
        }
    };

    /** A copy that was opened, and which it is. */
    record Opened(WardCopy content, Copy copy) {}

    /**
     * The newest whole copy of a ward.
     *
     * @param made when it was sealed
     * @param station the other station that made it; empty for this one
     */
    record Copy(ResourceId ward, String name, WallTime made, Optional<String> station) {}

    /** Of each ward one, by name; one of this station's own goes before another's. */
    List<Copy> newest();

    /** Ward badges that are at this station now: none until one is brought. */
    List<String> badges();

    /**
     * The ward as PDF.
     *
     * @param badge one of {@link #badges()}
     * @param pin wiped by whoever passes it
     */
    Outcome<Bytes> print(ResourceId ward, String badge, char[] pin, Language language);

    /**
     * What is in the newest copy of a ward that is whole, and was sealed to this badge.
     *
     * @param badge one of {@link #badges()}
     * @param pin wiped by whoever passes it
     */
    Outcome<Opened> open(ResourceId ward, String badge, char[] pin);
}
