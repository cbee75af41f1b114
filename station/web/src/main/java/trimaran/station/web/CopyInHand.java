package trimaran.station.web;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.station.BedPlace;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.WardCopy;
import trimaran.station.WardStay;

/**
 * A ward's sealed copy that somebody logged in has opened with the ward's badge, to write of its patients while no hull answers. It is
 * in memory, of their log-in alone, and goes with it.
 *
 * @param name of the ward
 * @param made when it was sealed
 * @param station the other station that made it; empty for this one
 */
record CopyInHand(WardCopy copy, String name, WallTime made, Optional<String> station) {

    boolean has(ResourceId patient) {
        return copy.folders().containsKey(patient);
    }

    List<ResourceVersion> folder(ResourceId patient) {
        return copy.folders().getOrDefault(patient, List.of());
    }

    List<WardBoard> boards() {
        return List.of(copy.board());
    }

    /** Who is there, bed by bed, and then who is expected; also whose record the copy lacks. */
    List<WardStay> stays() {
        List<WardStay> all = new java.util.ArrayList<>(copy.board().present());
        all.addAll(copy.board().expected());
        return List.copyOf(all);
    }

    String bed(WardStay stay) {
        return stay.bed()
                .flatMap(copy.board()::bed)
                .map(WardBoard.Bed::place)
                .map(BedPlace::name)
                .orElse("");
    }
}
