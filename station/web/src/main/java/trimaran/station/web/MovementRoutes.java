package trimaran.station.web;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.ResourceId;

/** Where search, admission, movements and accesses with a reason stand. */
final class MovementRoutes {

    private final Inside inside;
    private final SearchPages search;
    private final AdmissionForms admission;
    private final MovementForms movement;
    private final AccessForms access;
    private final PairForms pairs;
    private final AttachForms attach;
    private final BedForms beds;

    MovementRoutes(Inside inside, PatientPages patients) {
        this.inside = inside;
        this.search = new SearchPages(inside);
        this.admission = new AdmissionForms(inside);
        this.movement = new MovementForms(inside, patients);
        this.access = new AccessForms(inside);
        this.pairs = new PairForms(inside);
        this.attach = new AttachForms(inside);
        this.beds = new BedForms(inside);
    }

    /** One of these pages; empty for any other address. */
    Optional<Reply> shown(Visit visit, Seat seat, List<String> steps) {
        return switch (visit.path()) {
            case "/recherche" -> Optional.of(search.show(visit, seat));
            case "/admettre" -> Optional.of(admission.show(visit, seat));
            case "/rapprocher" -> Optional.of(pairs.show(visit, seat));
            case "/rattacher" -> Optional.of(attach.show(visit, seat));
            default ->
                record(steps, "mouvement")
                        .map(patient ->
                                access.asked(visit, seat, patient).orElseGet(() -> movement.show(visit, seat, patient)))
                        .or(() -> below(steps, "services", "lit").map(ward -> beds.show(visit, seat, ward)));
        };
    }

    /** One of these forms; empty for any other address. */
    Optional<Reply> taken(Visit visit) {
        List<String> steps = List.of(visit.path().substring(1).split("/", -1));
        boolean admits = visit.path().equals("/admettre");
        boolean compares = visit.path().equals("/rapprocher");
        boolean attaches = visit.path().equals("/rattacher");
        Optional<ResourceId> moved = record(steps, "mouvement");
        Optional<ResourceId> opened = record(steps, "acces-motive");
        Optional<ResourceId> bedded = below(steps, "services", "lit");
        if (!admits && !compares && !attaches && bedded.isEmpty() && moved.isEmpty() && opened.isEmpty()) {
            return Optional.empty();
        }
        if (visit.seat().isEmpty()) {
            return Optional.of(Inside.toLogIn(visit));
        }
        Seat seat = visit.seat().get();
        seat.touch(inside.setting().nanos().getAsLong());
        if (admits) {
            return Optional.of(admission.taken(visit, seat));
        }
        if (compares) {
            return Optional.of(pairs.taken(visit, seat));
        }
        if (bedded.isPresent()) {
            return Optional.of(beds.taken(visit, seat, bedded.get()));
        }
        if (attaches) {
            return Optional.of(attach.taken(visit, seat));
        }
        return moved.isPresent()
                ? moved.map(patient ->
                        access.asked(visit, seat, patient).orElseGet(() -> movement.taken(visit, seat, patient)))
                : opened.map(patient -> access.taken(visit, seat, patient));
    }

    /** The patient of {@code /patients/…/word}. */
    private static Optional<ResourceId> record(List<String> steps, String word) {
        return below(steps, "patients", word);
    }

    private static Optional<ResourceId> below(List<String> steps, String first, String word) {
        return steps.size() == 3
                        && steps.getFirst().equals(first)
                        && steps.get(2).equals(word)
                ? Inside.id(steps.get(1))
                : Optional.empty();
    }
}
