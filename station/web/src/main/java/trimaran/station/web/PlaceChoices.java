package trimaran.station.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.station.BedPlace;
import trimaran.station.WardBoard;
import trimaran.station.chart.Places;

/** The places a form offers: each ward without a bed, and its beds somebody can be laid into. */
record PlaceChoices(List<WardBoard> boards, Words words) {

    PlaceChoices {
        boards = boards.stream()
                .sorted(Comparator.comparing((WardBoard board) -> board.ward().department())
                        .thenComparing(board -> board.ward().name()))
                .toList();
    }

    /** One ward of the list. */
    record Ward(String name, List<Choice> choices) {
        Ward {
            choices = List.copyOf(choices);
        }
    }

    /** One place of it, by its Location's id. */
    record Choice(String id, String words) {}

    /**
     * A place as a stay names it.
     *
     * @param id of its Location
     * @param words ward and bed
     */
    record Place(ResourceId id, String words, String ward, WardBoard board, Optional<WardBoard.Bed> bed) {
        String reference() {
            return "Location/" + id;
        }
    }

    /** Free beds, those kept for somebody said to be so; beds to clean and closed ones are not offered. */
    List<Ward> wards() {
        List<Ward> wards = new ArrayList<>();
        for (WardBoard board : boards) {
            List<Choice> choices = new ArrayList<>();
            for (WardBoard.Bed bed : board.beds()) {
                if (bed.lying().isEmpty() && bed.place().state() == BedPlace.State.READY) {
                    String name = words.say("bed.kept", Places.bedName(bed.place()));
                    choices.add(new Choice(
                            bed.place().id().toString(),
                            bed.reserved().isEmpty() ? name : words.say("place.reserved", name)));
                }
            }
            choices.add(new Choice(board.ward().id().toString(), words.say("place.nobed")));
            wards.add(new Ward(board.ward().name(), choices));
        }
        return wards;
    }

    /** The ward or the bed of this id. */
    Optional<Place> place(String id) {
        for (WardBoard board : boards) {
            String ward = board.ward().name();
            if (board.ward().id().toString().equals(id)) {
                return Optional.of(new Place(board.ward().id(), ward, ward, board, Optional.empty()));
            }
            for (WardBoard.Bed bed : board.beds()) {
                if (bed.place().id().toString().equals(id)) {
                    String name = ward + ", " + words.say("bed.kept", Places.bedName(bed.place()));
                    return Optional.of(new Place(bed.place().id(), name, ward, board, Optional.of(bed)));
                }
            }
        }
        return Optional.empty();
    }

    /** The first free bed of a ward, else the ward itself. */
    String first(String ward) {
        return boards.stream()
                .filter(board -> board.ward().id().toString().equals(ward))
                .findFirst()
                .flatMap(board -> board.beds().stream()
                        .filter(WardBoard.Bed::isFree)
                        .map(bed -> bed.place().id().toString())
                        .findFirst())
                .orElse(ward);
    }
}
