package trimaran.station.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is missing is said, what is unknown is shown, what is dangerous does not look harmless. */
class ChartTest {

    private static String allergy(String code, String more) {
        return "{'resourceType':'AllergyIntolerance','code':" + code + more + "}";
    }

    private static Allergies.State allergies(String... resources) {
        return Folders.chart(resources).allergies().state();
    }

    @Test
    void aSilentRecordIsNotAPatientWithoutAllergies() {
        String none = allergy("{'coding':[{'system':'http://snomed.info/sct','code':'716186003'}]}", "");
        String drugs = allergy("{'coding':[{'system':'http://snomed.info/sct','code':'409137002'}]}", "");
        String known = allergy("{'text':'Latex'}", "");
        String refuted = allergy("{'text':'Iode'}", ",'verificationStatus':{'coding':[{'code':'refuted'}]}");
        String resolved = allergy("{'text':'Iode'}", ",'clinicalStatus':{'coding':[{'code':'resolved'}]}");
        String wrong = allergy("{'text':'Iode'}", ",'verificationStatus':{'coding':[{'code':'entered-in-error'}]}");

        assertThat(allergies()).isEqualTo(Allergies.State.NOT_RECORDED);
        assertThat(allergies(none)).isEqualTo(Allergies.State.NONE_KNOWN);
        assertThat(allergies(none, known)).isEqualTo(Allergies.State.KNOWN);
        assertThat(allergies(drugs))
                .as("none to drugs says nothing of the rest")
                .isEqualTo(Allergies.State.NOT_RECORDED);
        assertThat(allergies(refuted, resolved, wrong)).isEqualTo(Allergies.State.NOT_RECORDED);
        assertThat(Folders.chart(refuted, resolved).allergies().setAside()).hasSize(2);
        assertThat(Folders.chart(wrong).others()).hasSize(1);
    }

    @Test
    void anAllergyNobodyCanReadIsNotNone() {
        String none = allergy("{'coding':[{'system':'http://snomed.info/sct','code':'716186003'}]}", "");
        Chart chart = Folders.chart(none, "{'resourceType':'AllergyIntolerance','code':");

        assertThat(chart.allergies().state()).isEqualTo(Allergies.State.UNAVAILABLE);
        assertThat(chart.others()).singleElement().matches(one -> !one.readable());
    }

    @Test
    void aRecordThatCannotBeOpenedSaysSo() {
        Chart chart = ChartFold.unavailable(Folders.VIEW);

        assertThat(chart.available()).isFalse();
        assertThat(chart.allergies().state()).isEqualTo(Allergies.State.UNAVAILABLE);
        assertThat(chart.allergies().stateWords(Language.FRENCH)).isEqualTo("Allergies indisponibles");
        assertThat(chart.banner().nameWords(Language.FRENCH)).isEqualTo("Nom non renseigné");
    }

    @Test
    void dangerousAllergiesStandFirstAndAreNeverCutShort() {
        Chart chart = Folders.chart(
                allergy("{'text':'Arachide'}", ",'reaction':[{'manifestation':[{'text':'Urticaire'}]}]"),
                allergy("{'text':'Pénicilline'}", ",'criticality':'high'"));

        assertThat(chart.allergies().known())
                .extracting(one -> one.words(Language.FRENCH))
                .containsExactly("PÉNICILLINE", "ARACHIDE (urticaire)");
    }

    @Test
    void theNameInUseStandsBeforeTheOneAtBirth() {
        Banner banner = Folders.chart("{'resourceType':'Patient','name':[{'use':'official','family':'Dubreuil',"
                        + "'given':['Jeanne','Marie']},{'use':'usual','family':'Morel','given':['Jeanne']}],"
                        + "'birthDate':'1944-03-14','gender':'female'}")
                .banner();

        assertThat(banner.nameWords(Language.FRENCH)).isEqualTo("MOREL Jeanne");
        assertThat(banner.atBirth().orElseThrow().familyWords()).isEqualTo("DUBREUIL");
        assertThat(banner.birthWords(Folders.PARIS, Language.FRENCH)).isEqualTo("14/03/1944");
        assertThat(banner.ageWords(Language.FRENCH)).isEqualTo("82\u00a0ans");
    }

    @Test
    void aMaidenNameAnOldNameAndATextAloneAreUnderstood() {
        assertThat(Folders.chart("{'resourceType':'Patient','name':[{'use':'maiden','family':'Kuhn'},"
                                + "{'use':'official','family':'Hill','given':['Ann']}]}")
                        .banner()
                        .atBirth()
                        .orElseThrow()
                        .family())
                .isEqualTo("Kuhn");
        assertThat(Folders.chart("{'resourceType':'Patient','name':[{'use':'old','family':'A'},{'text':'Jo'}]}")
                        .banner()
                        .nameWords(Language.FRENCH))
                .isEqualTo("Jo");
    }

    @Test
    void theInsIsShownOfAQualifiedIdentityOnly() {
        String patient = "{'resourceType':'Patient','extension':[{'url':'urn:trimaran:identity-state',"
                + "'valueCode':'%s'}],'identifier':[{'system':'urn:oid:1.2.250.1.213.1.4.10','value':'244039999904227'}]}";

        assertThat(Folders.chart(patient.formatted("qualifiee")).banner().insWords(Language.FRENCH))
                .isEqualTo("2 44 03 99 999 042 27".replace(' ', '\u00a0'));
        for (String state : List.of("provisoire", "recuperee", "validee", "autre")) {
            assertThat(Folders.chart(patient.formatted(state)).banner().shownIns())
                    .isEmpty();
        }
    }

    @Test
    void anAgeIsAsExactAsTheBirthDate() {
        LocalDate today = LocalDate.of(2026, 11, 24);
        assertThat(age("2026-11-20", today)).isEqualTo("4 jours");
        assertThat(age("2026-09-25", today)).isEqualTo("1 mois");
        assertThat(age("2025-05-24", today)).isEqualTo("18 mois");
        assertThat(age("1950", today)).isEqualTo("75 ans à 76 ans");
        assertThat(age("1950-11", today)).isEqualTo("75 ans à 76 ans");
        assertThat(age("1950-03", today)).isEqualTo("76 ans");
        assertThat(Banner.age(FhirTime.of("2030-01-01"), today, Folders.PARIS)).isEmpty();
    }

    private static String age(String birth, LocalDate today) {
        return Banner.age(FhirTime.of(birth), today, Folders.PARIS)
                .orElseThrow()
                .words(Language.FRENCH)
                .replace('\u00a0', ' ');
    }

    @Test
    void anAlertThatIsOverOrInactiveIsNamedAmongTheOthers() {
        Chart chart = Folders.chart(
                "{'resourceType':'Flag','status':'active','code':{'coding':[{'system':'urn:trimaran:flag',"
                        + "'code':'isolation-contact','display':'Isolement contact'}]}}",
                "{'resourceType':'Flag','status':'inactive','code':{'text':'Chute'}}",
                "{'resourceType':'Flag','status':'active','period':{'end':'2026-11-01'},'code':{'text':'Air'}}",
                "{'resourceType':'Flag','status':'active','code':{'coding':[{'code':'XYZ'}]}}");

        assertThat(chart.alerts()).extracting(Alert::words).containsExactly("Isolement contact", "XYZ");
        assertThat(chart.alerts(Alert.Kind.ISOLATION)).hasSize(1);
        assertThat(chart.others()).hasSize(2);
    }

    @Test
    void aCorrectedResultSaysSoAndShowsWhatWasBefore() {
        String observation =
                "{'resourceType':'Observation','status':'%s','category':[{'coding':[{'code':'laboratory'}]}],"
                        + "'code':{'coding':[{'code':'2823-3','display':'Potassium'}]},'effectiveDateTime':'%s',"
                        + "'valueQuantity':{'value':%s,'unit':'mmol/L'},'interpretation':[{'coding':[{'code':'LL'}]}],"
                        + "'referenceRange':[{'low':{'value':3.5,'unit':'mmol/L'},'high':{'value':4.50,'unit':'mmol/L'}}]}";
        Chart chart = Folders.chart(
                observation.formatted("final", "2026-11-23T06:00:00+01:00", "3.10"),
                observation.formatted("corrected", "2026-11-24T06:00:00+01:00", "2.7"));

        Measure newest = chart.results().getFirst();
        assertThat(newest.valueWords(Language.FRENCH)).isEqualTo("2,7\u00a0mmol/L");
        assertThat(newest.state().words(Language.FRENCH)).isEqualTo("corrigé");
        assertThat(newest.flag().words(Language.FRENCH)).isEqualTo("critique, bas");
        assertThat(newest.range().words(Language.FRENCH)).isEqualTo("3,5 à 4,50\u00a0mmol/L");
        assertThat(newest.previous().orElseThrow().words(Language.FRENCH)).isEqualTo("3,10\u00a0mmol/L");
        assertThat(chart.critical()).hasSize(1);
    }

    @Test
    void aFlagNobodyKnowsShowsItsTextAndNoneIsWorkedOut() {
        String observation = "{'resourceType':'Observation','status':'final','code':{'text':'X'},"
                + "'valueQuantity':{'value':9,'unit':'u'},'referenceRange':[{'high':{'value':1,'unit':'u'}}]%s}";
        assertThat(Folders.chart(observation.formatted(",'interpretation':[{'text':'à revoir'}]"))
                        .results()
                        .getFirst()
                        .flag()
                        .words(Language.FRENCH))
                .isEqualTo("à revoir");
        Measure unflagged = Folders.chart(observation.formatted("")).results().getFirst();
        assertThat(unflagged.flag().words(Language.FRENCH)).isEmpty();
        assertThat(unflagged.range().words(Language.FRENCH)).isEqualTo("moins de 1\u00a0u");
    }

    @Test
    void aBloodPressureIsOneValue() {
        Chart chart = Folders.chart("{'resourceType':'Observation','status':'final',"
                + "'category':[{'coding':[{'code':'vital-signs'}]}],'code':{'coding':[{'code':'85354-9'}]},'component':["
                + "{'code':{'coding':[{'code':'8480-6'}]},'valueQuantity':{'value':132,'unit':'mmHg'}},"
                + "{'code':{'coding':[{'code':'8462-4'}]},'valueQuantity':{'value':74,'unit':'mmHg'}}]}");

        assertThat(chart.vitals().getFirst().latest().valueWords(Language.FRENCH))
                .isEqualTo("132/74\u00a0mmHg");
    }

    /** Other systems write the parts in another order, and units as codes. */
    @Test
    void aBloodPressureIsReadInAnyOrderAndUnitsAsPeopleSayThem() {
        Chart chart = Folders.chart(
                "{'resourceType':'Observation','status':'final',"
                        + "'category':[{'coding':[{'code':'vital-signs'}]}],'code':{'text':'Blood pressure'},'component':["
                        + "{'code':{'coding':[{'code':'8462-4'}]},'valueQuantity':{'value':77,'unit':'mm[Hg]'}},"
                        + "{'code':{'coding':[{'code':'8480-6'}]},'valueQuantity':{'value':116,'unit':'mm[Hg]'}}]}",
                "{'resourceType':'Observation','status':'final','code':{'text':'T'},"
                        + "'valueQuantity':{'value':37.4,'unit':'Cel'}}");

        assertThat(chart.vitals().getFirst().latest().valueWords(Language.FRENCH))
                .isEqualTo("116/77\u00a0mmHg");
        assertThat(chart.results().getFirst().valueWords(Language.FRENCH)).isEqualTo("37,4\u00a0°C");
    }

    @Test
    void aValueThatIsMissingSaysWhy() {
        Chart chart = Folders.chart(
                "{'resourceType':'Observation','status':'final','code':{'text':'A'},'dataAbsentReason':{'text':'hémolysé'}}",
                "{'resourceType':'Observation','status':'final','code':{'text':'B'}}");

        assertThat(chart.results())
                .extracting(one -> one.valueWords(Language.FRENCH))
                .containsExactlyInAnyOrder("hémolysé", "sans valeur");
    }

    @Test
    void anOrderIsAwaitedUntilAFinalReportNamesIt() {
        String order = "{'resourceType':'ServiceRequest','status':'active','code':{'text':'Hémocultures'}}";
        String report = "{'resourceType':'DiagnosticReport','status':'%s','code':{'text':'R'},"
                + "'basedOn':[{'reference':'ServiceRequest/" + Folders.id(1) + "'}]}";

        assertThat(Folders.chart(order).awaited()).hasSize(1);
        assertThat(Folders.chart(order, report.formatted("preliminary")).awaited())
                .hasSize(1);
        assertThat(Folders.chart(order, report.formatted("final")).awaited()).isEmpty();
        assertThat(Folders.chart(order, report.formatted("final")).orders()).hasSize(1);
    }

    @Test
    void whatTheChartHasNoPlaceForIsNamed() {
        Chart chart = Folders.chart(
                "{'resourceType':'Immunization','status':'completed','vaccineCode':{'coding':[{'code':'140'}]},"
                        + "'occurrenceDateTime':'2020-10-01'}",
                "{'resourceType':'Procedure','status':'completed','code':{'text':'Suture'}}",
                "{'resourceType':'Encounter','status':'entered-in-error'}",
                "{'resourceType':'Patient','name':[{'family':'A'}]}",
                "{'resourceType':'Patient','name':[{'family':'B'}]}");

        assertThat(chart.banner().nameWords(Language.FRENCH)).isEqualTo("A");
        assertThat(chart.others())
                .extracting(one -> one.source().type() + " " + one.words())
                .containsExactly("Encounter ", "Immunization 140", "Patient ", "Procedure Suture");
        assertThat(chart.shown()).hasSize(1);
    }

    @Test
    void aTextLongerThanTheChartShowsIsLeftToBeOpened() {
        String document = "{'resourceType':'DocumentReference','status':'current','content':[{'attachment':"
                + "{'contentType':'text/plain; charset=utf-8','title':'Lettre','data':'%s'}}]}";
        String fits = base64(PaperSection.TEXT_BYTES_MAX);
        String longer = base64(PaperSection.TEXT_BYTES_MAX + 3);

        assertThat(Folders.chart(document.formatted(fits))
                        .documents()
                        .getFirst()
                        .text())
                .isPresent();
        assertThat(Folders.chart(document.formatted(longer))
                        .documents()
                        .getFirst()
                        .text())
                .isEmpty();
    }

    private static String base64(int bytes) {
        return java.util.Base64.getEncoder()
                .encodeToString("a".repeat(bytes / 3 * 3).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
