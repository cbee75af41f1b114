package trimaran.hospital;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Reports and notes, in French. */
final class NotePages {

    private static final List<String> NIGHTS = List.of(
            "Nuit calme, a dormi par intervalles. Sonnette à portée.",
            "Deux réveils, boit bien, pas de plainte.",
            "Levé pour aller aux toilettes avec aide, pas de chute.",
            "Douleur évaluée, soulagée une heure après l'antalgique.",
            "Perfusion vérifiée, point de ponction propre.",
            "A demandé des nouvelles de sa sortie, médecin prévenu pour la visite.");

    private static final List<String> DAYS = List.of(
            "Vu à la visite, traitement expliqué, famille reçue à 16 h.",
            "Lever au fauteuil une heure, repas pris à moitié.",
            "Kinésithérapie faite, marche dans le couloir.",
            "Pansement refait, cicatrice propre et sèche.",
            "Bilan prélevé ce matin, résultats attendus.",
            "Assistante sociale passée, dossier de retour à domicile commencé.");

    private final Chart chart;
    private final Resident resident;
    private final Moments moments;

    NotePages(Chart chart) {
        this.chart = chart;
        this.resident = chart.resident();
        this.moments = chart.moments();
    }

    void write() {
        document("34117-2", "Observation d'entrée", resident.begin().plusMinutes(55), "interne", admission());
        note(-1, 20, NIGHTS);
        note(0, 6, NIGHTS);
        note(-1, 15, DAYS);
    }

    /** For somebody who has left. */
    void farewell() {
        LocalDateTime end = resident.end().orElseThrow();
        document(
                "18842-5",
                "Lettre de sortie",
                end.minusMinutes(40),
                "ph",
                "Cher confrère,\n\nVotre patient a été pris en charge du " + Moments.french(resident.begin()) + " au "
                        + Moments.french(end) + " dans le service "
                        + resident.ward().name() + " pour : "
                        + resident.reason().name() + ".\n\n" + resident.reason().story()
                        + "\n\nL'évolution a été favorable. Traitement de sortie : voir ordonnance. À revoir dans un mois."
                        + "\n\nDocument fictif, établissement de démonstration.");
    }

    private String admission() {
        String history = resident.problems().isEmpty()
                ? "aucun connu"
                : resident.problems().stream().map(Problem::name).collect(Collectors.joining(", "));
        return "Motif : " + resident.reason().name() + ".\nAntécédents : " + history + ".\nHistoire : "
                + resident.reason().story()
                + "\nConduite à tenir : traitement prescrit, bilan demandé, réévaluation à la"
                + " visite.\n\nDocument fictif, établissement de démonstration.";
    }

    private void note(int day, int hour, List<String> words) {
        LocalDateTime at = moments.at(day, hour, chart.chance().below(60));
        String text = chart.chance().pick(words);
        if (at.isAfter(resident.begin().plusHours(2)) && moments.hasCome(at)) {
            document("34746-8", "Transmission infirmière", at, "", text);
        }
    }

    /** @param author a function; empty for the nurse who had the patient */
    private void document(String code, String title, LocalDateTime at, String author, String text) {
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        chart.add(
                "DocumentReference",
                Fhir.text("status", "current"),
                Fhir.text("docStatus", "final"),
                Fhir.raw("type", Fhir.concept(Systems.LOINC, code, title)),
                chart.subject(),
                Fhir.text("date", Moments.text(at)),
                Fhir.list("author", author.isEmpty() ? chart.nurse(at) : chart.somebody(author)),
                Fhir.list(
                        "content",
                        Fhir.object(Fhir.raw(
                                "attachment",
                                Fhir.object(
                                        Fhir.text("contentType", "text/plain; charset=utf-8"),
                                        Fhir.text("language", "fr"),
                                        Fhir.text("data", data),
                                        Fhir.text("title", title))))),
                Fhir.raw("context", Fhir.object(Fhir.list("encounter", Fhir.reference(chart.encounter())))));
    }
}
