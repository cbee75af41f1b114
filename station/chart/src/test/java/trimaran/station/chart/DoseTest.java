package trimaran.station.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Doses: planned where times are named, matched to what became of them, in words nobody misreads. */
class DoseTest {

    /** It is 08:12 in Paris. */
    private static final String REQUEST = "{'resourceType':'MedicationRequest','status':'%s','intent':'order',"
            + "'medicationCodeableConcept':{'text':'furosémide'},'authoredOn':'2026-11-22T06:00:00+01:00',"
            + "'dosageInstruction':[{'timing':{'repeat':{%s}},'route':{'text':'voie orale'},"
            + "'doseAndRate':[{'doseQuantity':{'value':40.0,'unit':'mg'}}]}]}";

    private static final String TWICE = "'frequency':2,'period':1,'periodUnit':'d','timeOfDay':['16:00:00','08:00:00']";

    private static String request(String rhythm) {
        return REQUEST.formatted("active", rhythm);
    }

    private static String given(String status, String at, String more) {
        return "{'resourceType':'MedicationAdministration','status':'" + status + "','effectiveDateTime':'" + at
                + "','request':{'reference':'MedicationRequest/" + Folders.id(1) + "'}" + more + "}";
    }

    private static String planned(String at) {
        return ",'extension':[{'url':'urn:trimaran:planned-at','valueDateTime':'" + at + "'}]";
    }

    private static List<String> slots(Chart chart) {
        return chart.slots().stream()
                .map(slot -> FhirTime.at(slot.moment().orElseThrow())
                                .shortWords(Folders.PARIS)
                                .replace('\u00a0', ' ') + " " + slot.state())
                .toList();
    }

    @Test
    void aDoseNobodyWroteDownIsDueThenLateThenWithoutTrace() {
        assertThat(slots(Folders.chart(request(TWICE))))
                .containsExactly(
                        "23/11 16:00 MISSED",
                        "24/11 08:00 DUE",
                        "24/11 16:00 PLANNED",
                        "25/11 08:00 PLANNED",
                        "25/11 16:00 PLANNED",
                        "26/11 08:00 PLANNED");
        assertThat(state(Folders.NOW.plus(Duration.ofMinutes(48)))).isEqualTo(Slot.State.DUE);
        assertThat(state(Folders.NOW.plus(Duration.ofMinutes(49)))).isEqualTo(Slot.State.LATE);
        assertThat(state(Folders.NOW.plus(Duration.ofHours(6)))).isEqualTo(Slot.State.MISSED);
    }

    /** Of the dose of 08:00 on the 24th. */
    private static Slot.State state(Instant now) {
        return Folders.chart(new View(now, Folders.PARIS, Places.NONE), request(TWICE)).slots().stream()
                .filter(slot -> slot.planned().equals(java.util.Optional.of(Instant.parse("2026-11-24T07:00:00Z"))))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void whatBecameOfADoseStandsAtItsPlannedTime() {
        Chart chart = Folders.chart(
                request(TWICE),
                given("completed", "2026-11-23T18:30:00+01:00", planned("2026-11-23T16:00:00+01:00")),
                given(
                        "not-done",
                        "2026-11-24T08:04:00+01:00",
                        planned("2026-11-24T08:00:00+01:00") + ",'statusReason':[{'text':'refus'}]"));

        assertThat(slots(chart)).startsWith("23/11 16:00 GIVEN_LATE", "24/11 08:00 NOT_GIVEN", "24/11 16:00 PLANNED");
        assertThat(chart.slots().get(1).administration().orElseThrow().reason()).isEqualTo("refus");
        assertThat(chart.slots().getFirst().lateness(Folders.NOW)).contains(Duration.ofMinutes(150));
        assertThat(chart.prescriptions().getFirst().lastGiven()).contains(Instant.parse("2026-11-23T17:30:00Z"));
    }

    /** Else a dose that was given would look forgotten, and be given twice. */
    @Test
    void whatWasGivenWithoutAPlannedTimeIsTheDosePlannedNearest() {
        Chart chart = Folders.chart(request(TWICE), given("completed", "2026-11-24T08:05:00+01:00", ""));

        assertThat(slots(chart)).contains("24/11 08:00 GIVEN").doesNotContain("24/11 08:00 DUE");
        assertThat(chart.slots(Slot.State.GIVEN)).singleElement().matches(Slot::byHour);
    }

    @Test
    void whatWasGivenFarFromAnyPlannedTimeStandsByItself() {
        Chart chart = Folders.chart(request(TWICE), given("completed", "2026-11-24T03:00:00+01:00", ""));

        assertThat(slots(chart)).contains("24/11 03:00 GIVEN", "24/11 08:00 DUE");
    }

    @Test
    void twoWordsAboutOneDoseAreBothShown() {
        String at = planned("2026-11-24T08:00:00+01:00");
        Chart chart = Folders.chart(
                request(TWICE),
                given("completed", "2026-11-24T08:01:00+01:00", at),
                given("completed", "2026-11-24T08:06:00+01:00", at));

        assertThat(chart.slots(Slot.State.GIVEN)).hasSize(2);
        assertThat(chart.shown()).hasSize(3);
    }

    @Test
    void whatWasGivenWithoutAPrescriptionTheRecordKnowsIsShown() {
        Chart chart = Folders.chart("{'resourceType':'MedicationAdministration','status':'completed',"
                + "'medicationCodeableConcept':{'text':'adrénaline'},'effectiveDateTime':'2026-11-24T07:44:00+01:00'}");

        assertThat(chart.slots())
                .singleElement()
                .matches(slot -> slot.prescription().isEmpty()
                        && slot.drug().text().equals("adrénaline")
                        && slot.state() == Slot.State.GIVEN);
    }

    @Test
    void aPrescriptionThatIsStoppedHeldOrProposedPlansNothing() {
        for (String status : List.of("stopped", "on-hold", "completed", "cancelled", "draft", "unknown")) {
            assertThat(Folders.chart(REQUEST.formatted(status, TWICE)).slots())
                    .as(status)
                    .isEmpty();
        }
        assertThat(Folders.chart(request(TWICE).replace("'order'", "'proposal'"))
                        .slots())
                .isEmpty();
        assertThat(Folders.chart(REQUEST.formatted("stopped", TWICE))
                        .prescriptions()
                        .getFirst()
                        .status())
                .isEqualTo(Prescription.Status.STOPPED);
    }

    @Test
    void withoutNamedTimesNothingIsPlanned() {
        for (String rhythm : List.of(
                "'frequency':2,'period':1,'periodUnit':'d'",
                "'frequency':1,'period':6,'periodUnit':'h'",
                "'period':2,'periodUnit':'d','timeOfDay':['08:00:00']",
                "'when':['MORN']")) {
            assertThat(Folders.chart(request(rhythm)).slots()).as(rhythm).isEmpty();
        }
    }

    /** Nothing can have been forgotten before anybody prescribed it. */
    @Test
    void noDoseIsPlannedBeforeItWasPrescribed() {
        String late = request(TWICE).replace("2026-11-22T06", "2026-11-24T07");
        assertThat(slots(Folders.chart(late))).startsWith("24/11 08:00 DUE");
        String undated = request(TWICE).replace("'authoredOn':'2026-11-22T06:00:00+01:00',", "");
        assertThat(slots(Folders.chart(undated))).startsWith("24/11 16:00 PLANNED");
    }

    @Test
    void daysOfTheWeekAndBoundsAreKept() {
        String days = "'frequency':1,'period':1,'periodUnit':'wk','dayOfWeek':['wed'],'timeOfDay':['08:00:00']";
        assertThat(slots(Folders.chart(request(days)))).containsExactly("25/11 08:00 PLANNED");
        String until = TWICE + ",'boundsPeriod':{'end':'2026-11-24'}";
        assertThat(slots(Folders.chart(request(until))))
                .containsExactly("23/11 16:00 MISSED", "24/11 08:00 DUE", "24/11 16:00 PLANNED");
    }

    /** On the day clocks go back eight in the morning is still eight. */
    @Test
    void aTimeOfDayIsTheHospitals() {
        View view = new View(Instant.parse("2026-10-24T12:00:00Z"), ZoneId.of("Europe/Paris"), Places.NONE);
        String request = request("'timeOfDay':['08:00:00']").replace("2026-11-22", "2026-10-22");
        assertThat(Folders.chart(view, request).slots())
                .extracting(slot -> slot.planned().orElseThrow().toString())
                .containsExactly("2026-10-24T06:00:00Z", "2026-10-25T07:00:00Z", "2026-10-26T07:00:00Z");
    }

    @Test
    void moreTimesThanAnybodyCanFollowAreNoPlan() {
        assertThat(Folders.chart(request(times(DosePlan.TIMES_MAX))).slots()).isNotEmpty();
        assertThat(Folders.chart(request(times(DosePlan.TIMES_MAX + 1))).slots())
                .isEmpty();
    }

    private static String times(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "'%02d:%02d:00'".formatted(i / 60, i % 60))
                .collect(Collectors.joining(",", "'timeOfDay':[", "]"));
    }

    @Test
    void onDemandSaysFromWhenItIsPossible() {
        String demand = "{'resourceType':'MedicationRequest','status':'active','intent':'order',"
                + "'medicationCodeableConcept':{'text':'paracétamol'},'dosageInstruction':[{'timing':{'repeat':"
                + "{'frequency':1,'period':6,'periodUnit':'h'}},'asNeededCodeableConcept':{'text':'douleur'},"
                + "'doseAndRate':[{'doseQuantity':{'value':1,'unit':'g'}}],"
                + "'maxDosePerPeriod':{'numerator':{'value':3,'unit':'g'},'denominator':{'value':1,'unit':'jour'}}}]}";
        Chart chart = Folders.chart(demand, given("completed", "2026-11-24T03:10:00+01:00", ""));

        Prescription one = chart.prescriptions().getFirst();
        assertThat(one.isOnDemand()).isTrue();
        assertThat(one.possibleFrom()).contains(Instant.parse("2026-11-24T08:10:00Z"));
        assertThat(words(one))
                .isEqualTo("1 g | voie non précisée | si besoin : douleur, 6 h au moins entre deux prises,"
                        + " au plus 3 g en 1 jour");
    }

    private static String words(Prescription one) {
        return (one.doseWords(Language.FRENCH) + " | " + one.routeWords(Language.FRENCH) + " | "
                        + one.rhythmWords(Folders.PARIS, Language.FRENCH))
                .replace('\u00a0', ' ');
    }

    @Test
    void dosesBearNoNeedlessZeroAndWhatIsMissingIsSaid() {
        assertThat(words(Folders.chart(request(TWICE)).prescriptions().getFirst()))
                .isEqualTo("40 mg | voie orale | 2 fois par jour, à 08 h et 16 h");
        assertThat(words(Folders.chart("{'resourceType':'MedicationRequest','status':'active','intent':'order'}")
                        .prescriptions()
                        .getFirst()))
                .isEqualTo("dose non précisée | voie non précisée | rythme non précisé");
        assertThat(new Quantity("", "4000", "unités").dose(Language.FRENCH)).isEqualTo("4\u00a0000\u00a0unités");
        assertThat(new Quantity("<", "0.50", "mg").dose(Language.FRENCH)).isEqualTo("<\u00a00,5\u00a0mg");
        assertThat(new Quantity("", "37.0", "°C").words(Language.FRENCH)).isEqualTo("37,0\u00a0°C");
        assertThat(new Quantity("", "1e3", "x").words(Language.FRENCH)).isEqualTo("1e3\u00a0x");
    }

    @Test
    void rhythmsAreWordedInBothLanguages() {
        List<String> all = new ArrayList<>();
        for (String rhythm : List.of(
                "'frequency':1,'period':6,'periodUnit':'h'",
                "'frequency':1,'period':1,'periodUnit':'h'",
                "'frequency':1,'frequencyMax':2,'period':3,'periodUnit':'d'",
                "'frequency':3,'period':1,'periodUnit':'wk','dayOfWeek':['mon','wed','fri']",
                "'when':['AC','HS','ZZZ']",
                "'count':3")) {
            Prescription one = Folders.chart(request(rhythm)).prescriptions().getFirst();
            all.add(one.rhythmWords(Folders.PARIS, Language.FRENCH));
            all.add(one.rhythmWords(Folders.PARIS, Language.ENGLISH));
        }
        assertThat(all)
                .containsExactly(
                        "toutes les 6 heures",
                        "every 6 hours",
                        "toutes les heures",
                        "once an hour",
                        "1 à 2 fois tous les 3 jours",
                        "1 to 2 times every 3 days",
                        "3 fois par semaine, le lundi, mercredi et vendredi",
                        "3 times a week, on Monday, Wednesday and Friday",
                        "avant les repas, au coucher et ZZZ",
                        "before meals, at bedtime and ZZZ",
                        "3 fois en tout",
                        "3 times in all");
    }

    @Test
    void aDrugIsFoundInsideTheResourceOrInOneOfItsOwn() {
        String reference = "{'resourceType':'MedicationRequest','status':'active','intent':'order',"
                + "'medicationReference':{'reference':'%s'}%s}";
        assertThat(Folders.chart(reference.formatted(
                                "#m", ",'contained':[{'resourceType':'Medication','id':'m','code':{'text':'A'}}]"))
                        .prescriptions()
                        .getFirst()
                        .drug()
                        .text())
                .isEqualTo("A");
        assertThat(Folders.chart(
                                reference.formatted("Medication/" + Folders.id(2), ""),
                                "{'resourceType':'Medication','code':{'text':'B'}}")
                        .prescriptions()
                        .getFirst()
                        .drug()
                        .text())
                .isEqualTo("B");
        assertThat(Folders.chart(reference.formatted("Medication/x", ""))
                        .prescriptions()
                        .getFirst()
                        .drugWords(Language.FRENCH))
                .isEqualTo("médicament non précisé");
    }

    @Test
    void anInfusionRunsUntilSomebodyEndsIt() {
        String request = "{'resourceType':'MedicationRequest','status':'active','intent':'order',"
                + "'medicationCodeableConcept':{'text':'glucose 5 %'},'dosageInstruction':[{'doseAndRate':[{'rateRatio':"
                + "{'numerator':{'value':60,'unit':'mL'},'denominator':{'value':1,'unit':'h'}}}]}]}";
        String running = "{'resourceType':'MedicationAdministration','status':'in-progress','effectivePeriod':"
                + "{'start':'2026-11-20T08:00:00+01:00'},'request':{'reference':'MedicationRequest/" + Folders.id(1)
                + "'}}";
        Chart chart = Folders.chart(request, running);

        assertThat(chart.prescriptions().getFirst().isContinuous()).isTrue();
        assertThat(words(chart.prescriptions().getFirst()))
                .isEqualTo("60 mL par heure | voie non précisée | en continu");
        assertThat(chart.slots(Slot.State.RUNNING)).hasSize(1);
    }

    @Test
    void aNightBelongsToTheDayItBeginsOn() {
        Shift shift = Shift.at(Instant.parse("2026-11-24T01:00:00Z"), Folders.PARIS);
        assertThat(shift.kind()).isEqualTo(Shift.Kind.NIGHT);
        assertThat(shift.day()).isEqualTo("2026-11-23");
        assertThat(Shift.following(Folders.NOW, 4, Folders.PARIS))
                .extracting(one -> one.day() + " " + one.kind())
                .containsExactly(
                        "2026-11-24 MORNING", "2026-11-24 AFTERNOON", "2026-11-24 NIGHT", "2026-11-25 MORNING");
    }
}
