package trimaran.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether what is written of a stay could have been. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CourseTest {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 24, 8, 12);

    private final List<List<Written>> present = new ArrayList<>();
    private final Map<Integer, List<Written>> byNumber = new HashMap<>();
    private DemoHospital hospital = new DemoHospital(new Setting(7, 300, NOW));

    @BeforeAll
    void write() {
        hospital = new DemoHospital(new Setting(7, 300, NOW));
        for (Resident one : hospital.roster().residents()) {
            List<Written> written = Written.of(hospital.patient(one.number()));
            byNumber.put(one.number(), written);
            if (one.presence() == Presence.PRESENT) {
                present.add(written);
            }
        }
    }

    private List<Written> all(String type) {
        return present.stream()
                .flatMap(List::stream)
                .filter(one -> one.type().equals(type))
                .toList();
    }

    private static OffsetDateTime time(String text) {
        return OffsetDateTime.parse(text);
    }

    @Test
    void aPresentPatientHasAboutSixtyResources() {
        double mean = present.stream().mapToInt(List::size).average().orElseThrow();
        assertThat(mean).isBetween(50.0, 72.0);
        assertThat(present).allMatch(written -> written.size() >= 25 && written.size() <= 140);
    }

    @Test
    void vitalSignsStayWhereSomebodyCanLive() {
        Map<String, double[]> bounds = Map.of(
                "8310-5", new double[] {33, 42},
                "8867-4", new double[] {30, 220},
                "2708-6", new double[] {70, 100},
                "9279-1", new double[] {6, 80},
                "72514-3", new double[] {0, 10},
                "29463-7", new double[] {1, 160},
                "14743-9", new double[] {2, 30});
        Set<String> seen = new HashSet<>();
        for (Written one : all("Observation")) {
            String code = one.texts("code").get(2);
            if (bounds.containsKey(code)) {
                seen.add(code);
                double[] range = bounds.get(code);
                assertThat(one.values().getFirst()).as(code).isBetween(range[0], range[1]);
            }
            if (code.equals("85354-9")) {
                assertThat(one.values()).hasSize(2);
                assertThat(one.values().get(0)).isGreaterThan(one.values().get(1));
            }
        }
        assertThat(seen).containsAll(bounds.keySet());
    }

    @Test
    void aFeverFallsUnderTreatment() {
        int fallen = 0;
        int fevers = 0;
        for (Resident one : hospital.roster().residents()) {
            boolean fever = one.presence() == Presence.PRESENT
                    && one.reason().course().equals(Course.FEVER)
                    && one.begin().isAfter(NOW.minusHours(40));
            if (!fever) {
                continue;
            }
            List<Double> run = byNumber.getOrDefault(one.number(), List.of()).stream()
                    .filter(written -> written.has("\"8310-5\""))
                    .map(written -> written.values().getFirst())
                    .toList();
            fevers++;
            fallen += run.stream().mapToDouble(Double::doubleValue).max().orElseThrow() > run.getLast() ? 1 : 0;
            assertThat(run.stream().mapToDouble(Double::doubleValue).max().orElseThrow())
                    .isGreaterThan(37.5);
        }
        assertThat(fevers).isGreaterThan(2);
        assertThat(fallen).isGreaterThan(fevers / 2);
    }

    @Test
    void noResultIsWithoutUnitAndRangeAndItsFlagIsTrue() {
        Set<String> flags = new HashSet<>();
        for (Written one : all("Observation")) {
            assertThat(one.has("\"unit\":\"")).as(one.json()).isTrue();
            if (one.has("\"laboratory\"")) {
                assertThat(one.has("\"referenceRange\"")).isTrue();
                double value = one.values().getFirst();
                double high = one.values().getLast();
                boolean flaggedHigh = one.has("\"code\":\"H\"") || one.has("\"code\":\"HH\"");
                assertThat(flaggedHigh).as(one.json()).isEqualTo(value > high);
                flags.addAll(one.texts("code"));
            }
        }
        assertThat(flags).contains("L", "H", "HH");
    }

    @Test
    void someResultsAreAwaitedAndEveryFinishedOrderHasItsReport() {
        List<Written> orders = all("ServiceRequest");
        assertThat(orders).anyMatch(one -> one.has("\"status\":\"active\""));
        long done = orders.stream()
                .filter(one -> one.has("\"status\":\"completed\""))
                .count();
        long reports = all("DiagnosticReport").stream()
                .filter(one -> one.has("\"code\":\"LAB\""))
                .count();
        assertThat(done).isEqualTo(reports).isPositive();
    }

    @Test
    void dosesAreGivenLateOrNotAndNoneBeforeItsTime() {
        List<Written> doses = all("MedicationAdministration");
        assertThat(doses).anyMatch(one -> one.has("\"not-done\"")).anyMatch(one -> one.has("\"in-progress\""));
        assertThat(doses).filteredOn(one -> one.has("\"not-done\"")).allMatch(one -> one.has("\"statusReason\""));
        int late = 0;
        for (Written one : doses) {
            if (one.has("\"valueDateTime\"")) {
                OffsetDateTime planned = time(one.texts("valueDateTime").getFirst());
                OffsetDateTime given = time(one.texts("effectiveDateTime").getFirst());
                assertThat(given).isAfter(planned.minusMinutes(15)).isBefore(planned.plusHours(3));
                late += given.isAfter(planned.plusHours(1)) ? 1 : 0;
            }
        }
        assertThat(late).isPositive();
    }

    @Test
    void nothingHasHappenedThatIsStillToCome() {
        OffsetDateTime now = time("2026-11-24T08:12:00+01:00");
        for (List<Written> written : present) {
            for (Written one : written) {
                for (String name : List.of("effectiveDateTime", "issued", "authoredOn", "date", "recordedDate")) {
                    for (String text : one.texts(name)) {
                        assertThat(time(text)).as(one.json()).isBeforeOrEqualTo(now);
                    }
                }
            }
        }
    }

    @Test
    void nobodyGetsWhatTheyAreAllergicTo() {
        for (List<Written> written : present) {
            boolean penicillin =
                    written.stream().anyMatch(one -> one.type().equals("AllergyIntolerance") && one.has("Pénicilline"));
            if (penicillin) {
                assertThat(written)
                        .filteredOn(one -> one.type().equals("MedicationRequest"))
                        .noneMatch(one -> one.has("amoxicilline") || one.has("pipéracilline"));
            }
        }
        assertThat(all("AllergyIntolerance"))
                .anyMatch(one -> one.has("716186003"))
                .anyMatch(one -> one.has("Pénicilline"));
        assertThat(present)
                .anyMatch(
                        written -> written.stream().noneMatch(one -> one.type().equals("AllergyIntolerance")));
    }

    @Test
    void everyReasonNamesDrugsAndPanelsThereAre() {
        for (Care care : Care.values()) {
            for (Sex sex : Sex.values()) {
                for (Reason reason : OtherReasons.of(care, sex)) {
                    assertThat(reason.drugs())
                            .as(reason.name())
                            .allSatisfy(key -> assertThat(Drug.of(key).dci()).isNotEmpty());
                    reason.panels()
                            .forEach(panel -> assertThat(Analysis.panel(panel))
                                    .allSatisfy(key ->
                                            assertThat(Analysis.of(key).unit()).isNotEmpty()));
                }
            }
            boolean women = care == Care.MATERNITY;
            assertThat(OtherReasons.of(care, women ? Sex.FEMALE : Sex.MALE))
                    .as(care.name())
                    .hasSizeGreaterThan(1);
        }
    }
}
