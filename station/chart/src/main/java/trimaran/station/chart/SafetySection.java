package trimaran.station.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Allergies, alerts and problems. */
final class SafetySection implements Section {

    private static final String SNOMED = "http://snomed.info/sct";
    private static final String NO_ALLERGY = "716186003";

    /** The International Patient Summary's own code for the same. */
    private static final String NO_ALLERGY_IPS = "no-allergy-info";

    private static final String NONE_KNOWN_IPS = "no-known-allergies";

    /** No known allergy to drugs, to food, to surroundings, to animals, to insects' venom: each says nothing of the rest. */
    private static final List<String> NONE_OF_A_KIND =
            List.of("409137002", "429625007", "428607008", "428197003", "716184000", "716220001", "1003774007");

    private final View view;
    private final List<Allergies.Allergy> known = new ArrayList<>();
    private final List<Allergies.Allergy> setAside = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean noneKnown;
    private boolean unreadable;

    SafetySection(View view) {
        this.view = view;
    }

    /** An allergy is there that cannot be read: nobody may say that there is none. */
    void unreadableAllergy() {
        unreadable = true;
    }

    @Override
    public boolean take(Entry entry) {
        if (entry.isVoid()) {
            return false;
        }
        return switch (entry.type()) {
            case "AllergyIntolerance" -> allergy(entry);
            case "Flag" -> alert(entry);
            case "Condition" -> problems.add(problem(entry));
            default -> false;
        };
    }

    private boolean allergy(Entry entry) {
        Node json = entry.json();
        Coded substance = substance(json);
        String status = status(json);
        Allergies.Allergy allergy = new Allergies.Allergy(
                entry.source(),
                substance,
                json.text("criticality"),
                json.items("reaction").stream()
                        .map(one -> Node.joined(", ", one.concepts("manifestation"), Coded::text))
                        .filter(words -> !words.isEmpty())
                        .toList(),
                json.firstTime("recordedDate", "onsetDateTime"),
                status);
        boolean over = List.of("inactive", "resolved", "refuted").contains(status);
        boolean none = substance.hasOf(SNOMED, NO_ALLERGY) || substance.has(NONE_KNOWN_IPS);
        boolean partial =
                substance.has(NO_ALLERGY_IPS) || NONE_OF_A_KIND.stream().anyMatch(substance::has);
        if (over || none || partial) {
            noneKnown |= none && !over;
            setAside.add(allergy);
        } else {
            known.add(allergy);
        }
        return true;
    }

    /** What is not borne: the code, or where there is none the substance of a reaction. */
    private static Coded substance(Node json) {
        Coded code = json.concept("code");
        if (!code.isEmpty()) {
            return code;
        }
        return json.items("reaction").stream()
                .map(one -> one.concept("substance"))
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse(Coded.NONE);
    }

    private static String status(Node json) {
        if (json.concept("verificationStatus").has("refuted")) {
            return "refuted";
        }
        Coded clinical = json.concept("clinicalStatus");
        return clinical.codes().isEmpty()
                ? clinical.text()
                : clinical.codes().getFirst().code();
    }

    private boolean alert(Entry entry) {
        Node json = entry.json();
        boolean over = json.item("period")
                .time("end")
                .filter(end -> end.earliest(view.zone()).isBefore(view.now()))
                .isPresent();
        if (!entry.status().equals("active") || over) {
            return false;
        }
        Coded what = json.concept("code");
        return alerts.add(new Alert(
                entry.source(),
                Alert.Kind.of(what),
                what,
                Node.joined(", ", json.concepts("category"), Coded::text),
                json.item("period").time("start")));
    }

    private static Problem problem(Entry entry) {
        Node json = entry.json();
        String status = status(json);
        boolean over = List.of("inactive", "remission", "resolved", "refuted").contains(status)
                || json.has("abatementDateTime")
                || json.has("abatementString")
                || json.has("abatementAge");
        return new Problem(
                entry.source(),
                json.concept("code"),
                !over,
                json.concepts("category").stream().anyMatch(one -> one.has("encounter-diagnosis")),
                json.firstTime("onsetDateTime", "recordedDate"),
                status);
    }

    Allergies allergies() {
        Comparator<Allergies.Allergy> order = Comparator.comparing((Allergies.Allergy one) -> !one.isDangerous())
                .thenComparing(one -> one.substance().text())
                .thenComparing(one -> one.source().id());
        Allergies.State state = unreadable
                ? Allergies.State.UNAVAILABLE
                : !known.isEmpty()
                        ? Allergies.State.KNOWN
                        : noneKnown ? Allergies.State.NONE_KNOWN : Allergies.State.NOT_RECORDED;
        return new Allergies(
                state,
                known.stream().sorted(order).toList(),
                setAside.stream().sorted(order).toList());
    }

    List<Alert> alerts() {
        return alerts.stream()
                .sorted(Comparator.comparing(Alert::kind)
                        .thenComparing(Alert::words)
                        .thenComparing(one -> one.source().id()))
                .toList();
    }

    /** Why somebody is here first, then the youngest. */
    List<Problem> problems() {
        Comparator<Problem> age = Comparator.comparing(
                one -> Optional.of(one)
                        .flatMap(Problem::since)
                        .map(time -> time.earliest(view.zone()))
                        .orElse(Instant.MIN),
                Comparator.reverseOrder());
        return problems.stream()
                .sorted(Comparator.comparing((Problem one) -> !one.active())
                        .thenComparing(one -> !one.ofStay())
                        .thenComparing(age)
                        .thenComparing(one -> one.source().id()))
                .toList();
    }
}
