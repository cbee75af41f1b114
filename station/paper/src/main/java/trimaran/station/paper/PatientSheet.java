package trimaran.station.paper;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trimaran.station.chart.Alert;
import trimaran.station.chart.Chart;
import trimaran.station.chart.Contact;
import trimaran.station.chart.FhirTime;
import trimaran.station.chart.Language;
import trimaran.station.chart.Measure;
import trimaran.station.chart.Order;
import trimaran.station.chart.Prescription;
import trimaran.station.chart.Problem;
import trimaran.station.chart.Series;
import trimaran.station.chart.Stay;

/** What is to be known of one patient, on one sheet or as many as it takes. */
final class PatientSheet {

    /** Results older than this are in the record and not on the sheet, which says from when it tells. */
    private static final Duration RESULTS_BACK = Duration.ofDays(7);

    /** Vital signs older than this are not the last ones any more. */
    private static final Duration VITALS_BACK = Duration.ofDays(2);

    private final Pack pack;
    private final Chart chart;
    private final Language language;
    private final ZoneId zone;

    PatientSheet(Pack pack, Chart chart) {
        this.pack = pack;
        this.chart = chart;
        this.language = pack.language();
        this.zone = pack.view().zone();
    }

    void write(Html html) {
        if (!chart.available()) {
            html.tag("h2", language.of("Ce dossier n’a pas pu être ouvert", "This record could not be opened"));
            html.tag(
                    "p",
                    language.of(
                            "Rien ci-dessous n’est connu. Demandez au patient, à ses proches et au médecin ; écrivez ici ce"
                                    + " que vous apprenez.",
                            "Nothing is known below. Ask the patient, the family and the physician; write down here what you"
                                    + " learn."));
        }
        alerts(html);
        html.raw("<table class=\"two\"><tr><td>");
        problems(html);
        html.raw("</td><td>");
        contacts(html);
        html.raw("</td></tr></table>");
        prescriptions(html);
        html.raw("<table class=\"two\"><tr><td>");
        vitals(html);
        html.raw("</td><td>");
        awaited(html);
        html.raw("</td></tr></table>");
        results(html);
        care(html);
    }

    private void alerts(Html html) {
        List<String> parts = new ArrayList<>();
        html.raw("<p class=\"facts\">");
        for (Alert one : chart.alerts()) {
            boolean loud = one.kind() == Alert.Kind.ISOLATION || one.kind() == Alert.Kind.LIMIT;
            html.raw(loud ? "<b class=\"frame\">" : "<b>")
                    .text(loud ? one.words().toUpperCase(java.util.Locale.FRENCH) : one.words())
                    .raw("</b>");
            one.since()
                    .ifPresent(since -> html.text(" " + language.of("depuis le ", "since ") + since.shortWords(zone)));
            html.raw("&#160;&#160;&#160; ");
        }
        html.text(language.of("Poids ", "Weight "));
        chart.weight()
                .ifPresentOrElse(
                        one -> html.tag("b", one.valueWords(language))
                                .text(one.at()
                                        .map(at -> language.of(" le ", " on ") + at.shortWords(zone))
                                        .orElse("")),
                        () -> html.tag("b", language.of("non renseigné", "not recorded")));
        html.raw("&#160;&#160;&#160; ").text(language.of("Régime ", "Diet "));
        chart.diets()
                .forEach(
                        one -> parts.add(one.words().isEmpty() ? language.of("non précisé", "not said") : one.words()));
        html.tag("b", parts.isEmpty() ? language.of("non renseigné", "not recorded") : String.join(" ; ", parts));
        chart.stay()
                .filter(stay -> !stay.doctor().isEmpty())
                .ifPresent(stay -> html.raw("&#160;&#160;&#160; ")
                        .text(language.of("Médecin ", "Physician "))
                        .tag("b", stay.doctor()));
        html.raw("</p>");
    }

    private void problems(Html html) {
        html.tag("h2", language.of("Motif et problèmes", "Reason and problems"));
        Optional<Stay> stay = chart.stay();
        List<String> lines = new ArrayList<>();
        stay.ifPresent(one -> lines.add(
                (one.reason().isEmpty() ? language.of("Motif non renseigné", "Reason not recorded") : one.reason())
                        + one.start()
                                .map(start -> language.of(", entrée le ", ", since ") + start.words(zone))
                                .orElse("")));
        String reason = stay.map(Stay::reason).orElse("");
        for (Problem one : chart.problems()) {
            if (one.active() && !one.what().text().equals(reason)) {
                lines.add(one.what().text()
                        + one.since()
                                .map(since -> " (" + since.words(zone) + ")")
                                .orElse(""));
            }
        }
        html.tag(
                "p",
                lines.isEmpty() ? language.of("Non renseignés.", "Not recorded.") : String.join(". ", lines) + ".");
    }

    private void contacts(Html html) {
        html.tag("h2", language.of("Personnes à prévenir", "Whom to call"));
        if (chart.contacts().isEmpty()) {
            html.tag("p", language.of("Non renseignées.", "Not recorded."));
        }
        for (Contact one : chart.contacts()) {
            html.tag("p", one.words(language));
        }
    }

    private void prescriptions(Html html) {
        List<Prescription> active = chart.active();
        html.tag("h2", language.of("Prescriptions actives : ", "Active prescriptions: ") + active.size());
        if (!chart.available()) {
            html.tag("p", language.of("Indisponibles.", "Not available."));
            return;
        }
        if (!active.isEmpty()) {
            html.raw("<table class=\"grid\">")
                    .heads(
                            language.of("Médicament", "Drug"),
                            "Dose",
                            language.of("Voie", "Route"),
                            language.of("Rythme", "Rhythm"),
                            language.of("Dernière prise", "Last given"))
                    .raw("<tbody>");
            for (Prescription one : active) {
                html.raw("<tr>")
                        .tag("td", "strong", one.drugWords(language))
                        .tag("td", "strong", one.doseWords(language))
                        .cell(route(one))
                        .cell(one.rhythmWords(zone, language))
                        .cell(one.lastGiven().map(this::moment).orElse(language.of("aucune connue", "none known")))
                        .raw("</tr>");
            }
            html.raw("</tbody></table>");
        }
        List<String> others = chart.prescriptions().stream()
                .filter(one -> one.status() == Prescription.Status.HELD || one.status() == Prescription.Status.STOPPED)
                .map(one -> one.drugWords(language) + " " + one.doseWords(language) + " : "
                        + one.status().words(language)
                        + (one.statusReason().isEmpty() ? "" : " (" + one.statusReason() + ")"))
                .toList();
        if (!others.isEmpty()) {
            html.raw("<p>").tag("b", language.of("Ne plus donner : ", "Not to be given: "));
            html.text(String.join(" ; ", others) + ".").raw("</p>");
        }
    }

    /** Below the heading that says so, "voie" need not be said again in every line. */
    private String route(Prescription one) {
        return one.routeWords(language).replace("voie ", "");
    }

    private String moment(Instant at) {
        return FhirTime.at(at).shortWords(zone);
    }

    private void vitals(Html html) {
        html.tag("h2", language.of("Dernières constantes", "Last vital signs"));
        List<Series> recent = chart.vitals().stream()
                .filter(one -> isRecent(one.latest(), VITALS_BACK))
                .filter(one -> !chart.weight().equals(Optional.of(one.latest())))
                .toList();
        if (recent.isEmpty()) {
            html.tag("p", language.of("Aucune depuis 48 heures.", "None for 48 hours."));
        }
        Map<String, List<String>> byTime = new LinkedHashMap<>();
        for (Series one : recent) {
            String at = one.latest().at().map(time -> time.shortWords(zone)).orElse("");
            byTime.computeIfAbsent(at, none -> new ArrayList<>())
                    .add(one.what().text() + " " + one.latest().valueWords(language));
        }
        byTime.forEach((at, values) -> html.raw("<p>")
                .tag("b", at)
                .text(language.of("\u00a0: ", ": ") + String.join(", ", values))
                .raw("</p>"));
    }

    private boolean isRecent(Measure one, Duration back) {
        return one.at()
                .flatMap(FhirTime::instant)
                .filter(at -> at.isAfter(pack.view().now().minus(back)))
                .isPresent();
    }

    private void awaited(Html html) {
        html.tag("h2", language.of("Attendus", "Awaited"));
        List<Order> awaited = chart.awaited();
        if (awaited.isEmpty()) {
            html.tag("p", chart.available() ? language.of("Rien de connu.", "Nothing known.") : "");
        }
        for (Order one : awaited) {
            Function<List<FhirTime>, String> drawn = times -> times.isEmpty()
                    ? ""
                    : language.of(", prélevé le ", ", drawn ") + times.getLast().shortWords(zone);
            html.tag(
                    "p",
                    one.what().text()
                            + (one.urgent() ? language.of(", URGENT", ", URGENT") : "")
                            + one.asked()
                                    .map(at -> language.of(", demandé le ", ", asked ") + at.shortWords(zone))
                                    .orElse("")
                            + drawn.apply(one.drawn())
                            + (one.number().isEmpty() ? "" : language.of(", n° ", ", no. ") + one.number()));
        }
    }

    private void results(Html html) {
        Instant from = pack.view().now().minus(RESULTS_BACK);
        html.tag(
                "h2",
                language.of("Derniers résultats depuis le ", "Last results since ") + FhirTime.shortDay(from, zone));
        List<Measure> recent = chart.latestResults().stream()
                .filter(one -> isRecent(one, RESULTS_BACK))
                .sorted(java.util.Comparator.comparing(
                                (Measure one) -> one.flag().level())
                        .reversed())
                .toList();
        if (recent.isEmpty()) {
            html.tag("p", language.of("Aucun.", "None."));
            return;
        }
        html.raw("<table class=\"grid\">")
                .heads(
                        language.of("Analyse", "Analysis"),
                        language.of("Résultat", "Result"),
                        language.of("Référence", "Reference"),
                        language.of("Avant", "Before"),
                        language.of("Prélevé", "Drawn"))
                .raw("<tbody>");
        for (Measure one : recent) {
            String flag = one.flag().words(language).toUpperCase(java.util.Locale.FRENCH);
            String state = one.state().words(language);
            html.raw("<tr>").tag("td", "strong", one.what().text());
            html.cell(
                    one.flag().isCritical() ? "black" : flag.isEmpty() ? "" : "strong",
                    (one.valueWords(language) + " " + flag + (state.isEmpty() ? "" : " " + state)).strip());
            html.cell(one.range().words(language));
            html.cell(one.previous().map(each -> each.words(language)).orElse(""));
            html.cell(one.at().map(at -> at.shortWords(zone)).orElse("")).raw("</tr>");
        }
        html.raw("</tbody></table>");
    }

    private void care(Html html) {
        if (!chart.care().isEmpty()) {
            html.tag("h2", language.of("Soins", "Care"));
            html.tag(
                    "p",
                    String.join(
                                    " ; ",
                                    chart.care().stream()
                                            .map(one -> one.words())
                                            .filter(words -> !words.isEmpty())
                                            .toList())
                            + ".");
        }
    }
}
