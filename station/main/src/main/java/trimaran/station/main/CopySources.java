package trimaran.station.main;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.WardCopies;
import trimaran.station.WardCopyFile;

/**
 * Which sealed copy of a ward is read where several folders may have one. A station's own copy goes before one another station
 * brought, also where that says it is newer: who has fallen signs what it likes, and would have a foreign ward's paper forged.
 *
 * @param all the station's own first
 */
record CopySources(List<CopySource> all) {

    CopySources {
        all = List.copyOf(all);
    }

    /** A whole copy, and where it lies. */
    record Found(WardCopyFile file, CopySource source) {}

    /** Reads a copy's head, or remembers it. */
    interface Reading {
        Optional<WardCopyFile> read(CopySource source, WardCopies.Place place);
    }

    /** Where the newest copy of each ward lies that can be read. */
    List<Found> newest(Reading reading) {
        List<Found> newest = new ArrayList<>();
        Set<ResourceId> wards = new HashSet<>();
        for (CopySource source : all) {
            for (WardCopies.Place place : source.copies().all()) {
                if (!wards.contains(place.ward())) {
                    reading.read(source, place).ifPresent(file -> {
                        wards.add(place.ward());
                        newest.add(new Found(file, source));
                    });
                }
            }
        }
        return newest;
    }

    /** The copies of the ward that is called so, newest first; what is damaged is not among them. */
    Outcome<List<Found>> called(String ward) {
        List<Found> found = new ArrayList<>();
        SortedSet<String> others = new TreeSet<>();
        for (CopySource source : all) {
            if (found.isEmpty()) {
                from(source, ward, found, others);
            }
        }
        found.sort(Comparator.comparing((Found one) -> one.file().made()).reversed());
        if (found.stream().map(one -> one.file().ward()).distinct().count() > 1) {
            return Outcome.refused(Code.BAD_PARAMETER, "more than one ward is called so; name its code");
        }
        return found.isEmpty()
                ? Outcome.refused(
                        Code.NOT_FOUND,
                        "this station has no whole copy of that ward"
                                + (others.isEmpty() ? "" : "; it has " + String.join(", ", others)))
                : Outcome.done(found);
    }

    private static void from(CopySource source, String ward, List<Found> found, SortedSet<String> others) {
        // By its id a ward is known before its copies are read: those of the others stay where they are.
        List<WardCopies.Place> all = source.copies().all();
        List<WardCopies.Place> named = all.stream()
                .filter(place -> place.ward().toString().equals(ward))
                .toList();
        for (WardCopies.Place place : named.isEmpty() ? all : named) {
            Optional<WardCopyFile> file = whole(source, place);
            if (file.filter(one -> one.isCalled(ward)).isPresent()) {
                found.add(new Found(file.get(), source));
            } else {
                file.ifPresent(one -> others.add(
                        one.codes().isEmpty() ? one.name() : one.codes().getFirst()));
            }
        }
    }

    /** One that cannot be read costs its own ward the newest copy, and no other ward anything. */
    static Optional<WardCopyFile> whole(CopySource source, WardCopies.Place place) {
        try {
            return source.copies().read(place);
        } catch (UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }
}
