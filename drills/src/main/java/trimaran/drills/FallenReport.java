package trimaran.drills;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.Sanction;
import trimaran.record.Verdict;

/**
 * The exposure report of a hull that fell in any other way than by a theft. Access, data and witness are handed nothing: the report is
 * whole, and names nobody. That of application is held against the record, which is another source than the ledgers it is made of: whom
 * a ledger forgets the headers still name. Whoever stands in an entry it said yes or no to is reported, since it saw a draft of that; and
 * nobody is of whom nothing was written, nor certain of whom nothing was while it fell. A draft that came to nothing would be both on a
 * ledger and in no entry: no ward of a drill makes one, and where somebody does, the drill says so by failing.
 */
final class FallenReport {

    /** What application was shown may have been in its memory so long (DESIGN §6, lease). */
    private static final long REMEMBERED_MILLIS = 15 * 60_000L;

    private static final int CERTAINTY = 2;

    /**
     * An entry about a patient.
     *
     * @param patient the handle of their identity
     * @param wasAsked whether application said yes or no to it
     */
    record Writing(String patient, RecordTime placed, boolean wasAsked) {}

    private FallenReport() {}

    /**
     * Settled before; says of the scene whether the report is exact.
     *
     * @param begun when the drill did: everybody was well, and so was application
     */
    static void judge(Scene scene, Party fallen, Instant begun) throws IOException {
        boolean isApplication = fallen == Party.APPLICATION;
        Optional<List<List<String>>> rows = TheftDrills.whole(
                scene, List.of(fallen.word()), isApplication ? begun : scene.founded(), Instant.now());
        if (rows.isEmpty()) {
            return;
        }
        List<String> wrong;
        if (isApplication) {
            List<Writing> writings = writings(scene);
            wrong = wrong(rows.get(), writings, begun);
            int asked = asked(writings, begun).size();
            scene.say("  the report names " + rows.get().size() + " patients; application was asked about " + asked);
            if (asked == 0 && wrong.isEmpty()) {
                return;
            }
        } else {
            wrong = rows.get().stream()
                    .map(row -> row.getFirst() + " is reported of a party that is shown nobody")
                    .toList();
        }
        wrong.forEach(one -> scene.breach(Breach.Kind.UNREPORTED, one));
        scene.exposure(wrong.isEmpty());
    }

    /** Patients it said yes or no about. A draft is filed before its entry has a place, and one of before is remembered. */
    private static Set<String> asked(List<Writing> writings, Instant begun) {
        return patients(writings, begun, true);
    }

    /** What is wrong with the rows of a report of application, a sentence each. */
    static List<String> wrong(List<List<String>> rows, List<Writing> writings, Instant begun) {
        Set<String> reported = rows.stream().map(List::getFirst).collect(Collectors.toSet());
        Set<String> certain = rows.stream()
                .filter(row -> row.get(CERTAINTY).equals("certain"))
                .map(List::getFirst)
                .collect(Collectors.toSet());
        Instant meanwhile = begun.minusMillis(TheftDrills.CLOCKS_APART_MILLIS);
        List<String> wrong = new ArrayList<>();
        missing(asked(writings, begun), reported)
                .forEach(one -> wrong.add(one + " was told of" + TheftDrills.NOT_REPORTED));
        missing(reported, patients(writings, meanwhile.minusMillis(REMEMBERED_MILLIS), false))
                .forEach(one -> wrong.add(one + " is reported, and nothing was written of them"));
        missing(certain, patients(writings, meanwhile, false))
                .forEach(one -> wrong.add(one + " is certain, and nothing was written of them meanwhile"));
        return wrong;
    }

    private static Set<String> missing(Set<String> of, Set<String> in) {
        Set<String> missing = new HashSet<>(of);
        missing.removeAll(in);
        return missing;
    }

    private static Set<String> patients(List<Writing> all, Instant from, boolean onlyAsked) {
        return all.stream()
                .filter(one -> one.wasAsked() || !onlyAsked)
                .filter(one -> !one.placed().instant().isBefore(from))
                .map(Writing::patient)
                .collect(Collectors.toSet());
    }

    private static List<Writing> writings(Scene scene) {
        Map<CellId, NewCell> opened = new HashMap<>();
        List<Writing> writings = new ArrayList<>();
        for (SealedEntry entry : PeerDrills.shown(scene, Party.DATA, 0)) {
            Optional<Header> header = PeerDrills.header(entry);
            Place place = place(entry);
            if (header.isEmpty() || place.verdict() == Verdict.VOID) {
                continue;
            }
            header.get().author().newCells().forEach(cell -> opened.put(cell.cell(), cell));
            boolean wasAsked = switch (header.get().sanction()) {
                case Sanction.Approved _, Sanction.Overruled _ -> true;
                case Sanction.Unanswered _, Sanction.OwnSignatures _ -> false;
            };
            header.get().author().parts().stream()
                    .map(part -> opened.get(part.cell()))
                    .filter(cell -> cell != null && cell.kind().ofPatient())
                    .forEach(cell ->
                            writings.add(new Writing(cell.subject().handle(), place.effectiveTime(), wasAsked)));
        }
        return writings;
    }

    private static Place place(SealedEntry entry) {
        try {
            return Place.decode(entry.place());
        } catch (MalformedException foreign) {
            throw new IllegalStateException("data shows an entry with a place that is none", foreign);
        }
    }
}
