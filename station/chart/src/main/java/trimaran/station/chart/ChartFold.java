package trimaran.station.chart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.station.PatientFolder;
import trimaran.station.ResourceVersion;

/**
 * Folds the resources of one patient into a {@link Chart}. The order they come in does not matter. Each is read, gives what its
 * section shows, and is let go: a record of a whole life is never in memory as trees.
 */
public final class ChartFold {

    private static final List<String> WORDS =
            List.of("code", "type", "vaccineCode", "medicationCodeableConcept", "category", "serviceType");

    private static final List<String> TIMES = List.of(
            "performedDateTime",
            "occurrenceDateTime",
            "effectiveDateTime",
            "authoredOn",
            "dateAsserted",
            "recorded",
            "recordedDate",
            "date",
            "created",
            "issued",
            "started",
            "sent",
            "dateTime");

    private final View view;
    private final IdentitySection identity;
    private final SafetySection safety;
    private final DrugSection drugs;
    private final MeasureSection measures;
    private final StaySection stays;
    private final PaperSection papers;
    private final Set<ResourceId> shown = new HashSet<>();
    private final Set<ResourceId> unreviewed = new HashSet<>();
    private final List<Other> others = new ArrayList<>();

    private ChartFold(View view) {
        this.view = view;
        identity = new IdentitySection(view);
        safety = new SafetySection(view);
        drugs = new DrugSection(view);
        measures = new MeasureSection(view);
        stays = new StaySection(view);
        papers = new PaperSection(view);
    }

    /** The chart of a patient whose folder is open. */
    public static Chart of(PatientFolder folder, View view) {
        return of(folder.resources(), view);
    }

    /** @param resources the latest version of each, in any order; those taken back count for nothing */
    public static Chart of(Collection<ResourceVersion> resources, View view) {
        ChartFold fold = new ChartFold(view);
        // In one order, so that whichever of two equals counts, it is the same one on every screen.
        resources.stream()
                .filter(one -> !one.isDeleted())
                .sorted(Comparator.comparing(ResourceVersion::id))
                .forEach(fold::take);
        return fold.chart(true);
    }

    /** The chart of somebody whose record cannot be opened: nothing is known, and it says so. */
    public static Chart unavailable(View view) {
        return new ChartFold(view).chart(false);
    }

    private void take(ResourceVersion version) {
        Source source = Source.of(version);
        if (version.continuity()) {
            unreviewed.add(version.id());
        }
        Optional<Map<String, Object>> json = JsonTree.glimpse(version.json());
        if (json.isEmpty()) {
            if (version.type().equals("AllergyIntolerance")) {
                safety.unreadableAllergy();
            }
            others.add(new Other(source, "", "", Optional.empty(), false));
            return;
        }
        Entry entry = new Entry(source, new Node(json.get()));
        boolean taken = false;
        for (Section section : List.of(identity, safety, drugs, measures, stays, papers)) {
            taken |= section.take(entry);
        }
        if (taken) {
            shown.add(version.id());
        } else {
            others.add(other(entry));
        }
    }

    private static Other other(Entry entry) {
        Node json = entry.json();
        String words = "";
        for (String name : WORDS) {
            words = words.isEmpty() ? json.concept(name).text() : words;
            words = words.isEmpty() ? Node.joined(", ", json.concepts(name), Coded::text) : words;
        }
        for (String name : List.of("title", "name", "description", "summary")) {
            words = words.isEmpty() ? json.text(name) : words;
        }
        Optional<FhirTime> at = json.firstTime(TIMES.toArray(String[]::new))
                .or(() -> json.item("performedPeriod").time("start"))
                .or(() -> json.item("period").time("start"))
                .or(() -> json.item("billablePeriod").time("start"));
        return new Other(entry.source(), words, entry.status(), at, true);
    }

    private Chart chart(boolean available) {
        for (Entry further : identity.furtherPatients()) {
            shown.remove(further.source().id());
            others.add(other(further));
        }
        List<Prescription> prescriptions = drugs.prescriptions();
        List<Administration> administrations = drugs.administrations();
        others.sort(Comparator.comparing((Other one) -> one.source().type())
                .thenComparing(Other::at, FhirTime.order(view.zone()).reversed())
                .thenComparing(one -> one.source().id()));
        return new Chart(
                view,
                available,
                identity.banner(),
                available ? safety.allergies() : Allergies.UNAVAILABLE,
                safety.alerts(),
                safety.problems(),
                prescriptions,
                administrations,
                DosePlan.of(view, prescriptions, administrations),
                measures.vitals(),
                measures.weight(),
                measures.results(),
                measures.findings(),
                measures.reports(),
                measures.orders(),
                measures.specimens(),
                papers.documents(),
                stays.stays(),
                papers.diets(),
                papers.tasks(),
                identity.contacts(),
                List.copyOf(others),
                Set.copyOf(shown),
                Set.copyOf(unreviewed));
    }
}
