package trimaran.station.web.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Language;
import trimaran.station.chart.Places;
import trimaran.station.chart.View;

class PrescriptionCheckTest {

    private static final View VIEW =
            new View(Instant.parse("2026-11-24T07:12:00Z"), ZoneId.of("Europe/Paris"), Places.NONE);

    private final List<ResourceVersion> record = new ArrayList<>();

    private void add(String json) {
        String text = json.replace('\'', '"');
        Matcher type = Pattern.compile("\"resourceType\":\"([A-Za-z]+)\"").matcher(text);
        assertThat(type.find()).isTrue();
        record.add(new ResourceVersion(
                new ResourceId(new CellId(0, 1), record.size() + 1),
                Objects.requireNonNull(type.group(1)),
                1,
                new RecordTime(1),
                Bytes.ofText(text),
                ResourceVersion.Standing.RECORDED,
                false,
                Digest.ZERO));
    }

    private void allergy(String words) {
        add("{'resourceType':'AllergyIntolerance','code':{'text':'" + words + "'}}");
    }

    private List<Finding.Kind> found(String drug) {
        Chart chart = ChartFold.of(record, VIEW);
        return PrescriptionCheck.of(chart, Formulary.here().drug(drug).orElseThrow(), Language.FRENCH).stream()
                .map(Finding::kind)
                .toList();
    }

    @Test
    void anAllergySpeaksAgainstItsFamilyAndWarnsOfRelatedOnes() {
        allergy("Pénicilline");
        assertThat(found("amoxclav")).containsExactly(Finding.Kind.ALLERGY);
        assertThat(found("piptazo")).containsExactly(Finding.Kind.ALLERGY);
        assertThat(found("ceftriaxone")).containsExactly(Finding.Kind.CROSS);
        assertThat(found("paracetamol")).isEmpty();
    }

    @Test
    void aDrugNamedAsAnAllergyIsFoundByItsNameAlone() {
        allergy("néfopam");
        assertThat(found("nefopam")).containsExactly(Finding.Kind.ALLERGY);
    }

    @Test
    void whatTheTableDoesNotKnowIsLeftToAPerson() {
        allergy("Latex");
        assertThat(found("paracetamol")).containsExactly(Finding.Kind.NOT_COMPARED);
    }

    @Test
    void silenceOfTheRecordIsSaid() {
        assertThat(found("paracetamol")).containsExactly(Finding.Kind.NOT_RECORDED);
        add("{'resourceType':'AllergyIntolerance','broken");
        assertThat(found("paracetamol")).containsExactly(Finding.Kind.UNAVAILABLE);
    }

    @Test
    void theSameDrugAndItsFamilyAreFoundIfTheyAreActive() {
        add(
                "{'resourceType':'AllergyIntolerance','code':{'coding':[{'system':'http://snomed.info/sct','code':'716186003'}]}}");
        add("{'resourceType':'MedicationRequest','status':'active','intent':'order','medicationCodeableConcept':"
                + "{'coding':[{'system':'http://www.whocc.no/atc','code':'N02BE01'}],'text':'paracétamol'}}");
        add("{'resourceType':'MedicationRequest','status':'stopped','intent':'order','medicationCodeableConcept':"
                + "{'coding':[{'system':'http://www.whocc.no/atc','code':'C03CA01'}],'text':'furosémide'}}");
        add("{'resourceType':'MedicationRequest','status':'active','intent':'order','medicationCodeableConcept':"
                + "{'coding':[{'system':'http://www.whocc.no/atc','code':'C09AA02'}],'text':'énalapril'}}");
        assertThat(found("paracetamol-iv")).containsExactly(Finding.Kind.SAME_DRUG);
        assertThat(found("furosemide")).isEmpty();
        assertThat(found("ramipril")).containsExactly(Finding.Kind.SAME_GROUP);
    }

    @Test
    void theListHasTheWordsAndCodesOfTheInventedHospital() throws IOException {
        String table = Files.readString(Path.of("../../demo/hospital/src/main/java/trimaran/hospital/DrugTable.java"));
        Set<String> here = new HashSet<>();
        Formulary.here().all().forEach(drug -> here.add(drug.key() + " " + drug.dci() + " " + drug.atc()));
        Matcher row = Pattern.compile(
                        "(?:daily|perKilogram|onDemand)\\(\\s*\"([^\"]+)\",\\s*\"([^\"]+)\",\\s*\"([A-Z0-9]{7})\"")
                .matcher(table);
        int rows = 0;
        while (row.find()) {
            rows++;
            assertThat(here).contains(row.group(1) + " " + row.group(2) + " " + row.group(3));
        }
        assertThat(rows).isGreaterThan(70);
        assertThat(Formulary.here().named("PARACETAMOL")).hasSizeGreaterThan(2);
    }
}
