package trimaran.hospital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.model.StrictParser;

class DemoHospitalTest {

    private static final LocalDateTime MORNING = LocalDateTime.of(2026, 11, 24, 8, 12);

    /** What this seed, size and time give; whoever changes a table changes it, and says so. */
    private static final String GOLDEN = "a45fa160dedc30443fbb3ca8cdbbcced86e9bc4a2c8f392fdfadfde5bb725d83";

    private static DemoHospital hospital(int beds, LocalDateTime now) {
        return new DemoHospital(new Setting(7, beds, now));
    }

    private static List<DemoHospital.Load> loads(DemoHospital hospital) {
        List<DemoHospital.Load> loads = new ArrayList<>(hospital.house());
        hospital.queues().forEach(queue -> queue.forEach(number -> loads.add(hospital.patient(number))));
        return loads;
    }

    private static void each(DemoHospital hospital, Consumer<DemoHospital.Load> look) {
        hospital.queues().forEach(queue -> queue.forEach(number -> look.accept(hospital.patient(number))));
    }

    private static String digest(DemoHospital hospital) {
        StringBuilder digests = new StringBuilder();
        loads(hospital)
                .forEach(load -> digests.append(Digest.sha256(load.body().getBytes(StandardCharsets.UTF_8))
                        .hex()));
        return Digest.sha256(digests.toString().getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    @Test
    void theSameSeedSizeAndTimeGiveTheSameBytes() {
        assertThat(digest(hospital(60, MORNING)))
                .isEqualTo(digest(hospital(60, MORNING)))
                .isEqualTo(GOLDEN);
        assertThat(digest(new DemoHospital(new Setting(8, 60, MORNING)))).isNotEqualTo(GOLDEN);
    }

    /** Seeds, sizes and hours beyond the golden one: the door must take whatever a demonstration is started with. */
    @Test
    void everyResourceStandsTheStrictCheckAndIsMarkedAsFictive() {
        for (DemoHospital hospital : List.of(
                hospital(220, MORNING),
                hospital(20, LocalDateTime.of(2027, 3, 28, 2, 30)),
                hospital(25, LocalDateTime.of(2026, 1, 1, 0, 1)))) {
            for (DemoHospital.Load load : loads(hospital)) {
                assertThat(StrictParser.parse(load.body().getBytes(StandardCharsets.UTF_8)))
                        .as(load.name())
                        .isInstanceOf(Outcome.Done.class);
                List<Written> all = Written.of(load);
                assertThat(all).as(load.name()).isNotEmpty().allMatch(one -> one.has("\"code\":\"HTEST\""));
                assertThat(load.body().split("\"fullUrl\"", -1)).as(load.name()).hasSize(all.size() + 1);
            }
        }
    }

    @Test
    void aHouseOf700BedsHas25WardsAnd3000PeopleAndIsAsFullAsItShouldBe() {
        DemoHospital hospital = hospital(700, MORNING);
        DemoHospital.Census census = hospital.census();
        assertThat(census.wards()).isEqualTo(25);
        assertThat(census.staff()).isEqualTo(3_000);
        assertThat(census.present() - census.unplaced()).isBetween(600, 640);
        assertThat(census.unplaced()).isBetween(2, 6);
        assertThat(census.expected()).isBetween(25, 60);
        assertThat(census.left()).isBetween(60, 120);
        assertThat(census.soiled()).isBetween(5, 30);
        assertThat(census.closed()).isBetween(1, 20);
        assertThat(hospital.wards().wards()).allSatisfy(ward -> {
            assertThat(ward.beds()).hasSize(ward.kind().beds());
            long lying = hospital.roster().of(ward).stream()
                    .filter(one ->
                            one.presence() == Presence.PRESENT && one.bed().isPresent())
                    .count();
            assertThat(lying)
                    .isEqualTo(Math.round(ward.beds().size() * ward.kind().occupied() / 100f));
        });
        assertThat(hospital.wards().wards())
                .anyMatch(ward -> ward.beds().stream().allMatch(hospital.roster()::isTaken));
        assertThat(hospital.queues().stream().mapToInt(List::size).sum()).isEqualTo(census.patients());
    }

    @Test
    void housesOfAllSizesHaveTheirBedsAndNoneBeyond() {
        for (int beds : List.of(Setting.BEDS_MIN, 21, 99, 176, 700, Setting.BEDS_MAX)) {
            assertThat(new House(beds)
                            .wards().stream()
                                    .mapToInt(ward -> ward.beds().size())
                                    .sum())
                    .isEqualTo(beds);
            assertThat(new House(beds).wards()).allMatch(ward -> ward.beds().size() > 2);
        }
        assertThatThrownBy(() -> new Setting(1, Setting.BEDS_MAX + 1, MORNING))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Setting(1, Setting.BEDS_MIN - 1, MORNING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTwoWhoArePresentLieInOneBedAndNobodyInAClosedOne() {
        DemoHospital hospital = hospital(700, MORNING);
        Map<Bed, Integer> lying = new HashMap<>();
        for (Resident one : hospital.roster().residents()) {
            if (one.presence() == Presence.PRESENT && one.bed().isPresent()) {
                lying.merge(one.bed().get(), 1, Integer::sum);
                assertThat(one.ward().beds()).contains(one.bed().get());
            }
        }
        assertThat(lying).allSatisfy((bed, count) -> assertThat(count).isEqualTo(1));
        String places = hospital.house().getFirst().body();
        long unusable = Written.of(hospital.house().getFirst()).stream()
                .filter(one -> one.has("\"operationalStatus\""))
                .count();
        assertThat(unusable)
                .isEqualTo(hospital.census().soiled() + hospital.census().closed());
        assertThat(places)
                .contains("\"code\":\"wa\"", "\"code\":\"ro\"", "\"code\":\"bd\"", "\"status\":\"suspended\"");
    }

    @Test
    void agesAndSexFitTheWards() {
        for (Resident one : hospital(700, MORNING).roster().residents()) {
            if (one.person().isUnknown()) {
                continue;
            }
            int days = one.person().days(MORNING.toLocalDate());
            WardKind kind = one.ward().kind();
            assertThat(days).as(kind.name()).isGreaterThanOrEqualTo(kind.fromDays());
            assertThat(one.person().years(MORNING.toLocalDate())).isLessThanOrEqualTo(kind.toYears());
            assertThat(one.reason().fits(one.person().sex())).isTrue();
            assertThat(one.begin())
                    .isAfterOrEqualTo(one.person().born().orElseThrow().atStartOfDay());
            if (kind.care() == Care.MATERNITY) {
                assertThat(one.person().sex()).isEqualTo(Sex.FEMALE);
            }
        }
    }

    @Test
    void numbersOfIdentitiesAreTestNumbersWithTheirKeysAndNobodyHasAnothers() {
        DemoHospital hospital = hospital(700, MORNING);
        Set<String> national = new HashSet<>();
        Set<String> own = new HashSet<>();
        Set<String> states = new HashSet<>();
        each(hospital, load -> {
            assertThat(load.body())
                    .doesNotContain("1.2.250.1.213.1.4.8", "1.2.250.1.213.1.4.9", "1.2.250.1.213.1.4.11");
            Written patient = Written.of(load).getFirst();
            assertThat(patient.type()).isEqualTo("Patient");
            List<String> values = patient.texts("value");
            assertThat(own.add(values.getFirst())).as("IPP").isTrue();
            states.addAll(patient.texts("valueCode"));
            boolean has = patient.has("urn:oid:1.2.250.1.213.1.4.10");
            assertThat(has).isEqualTo(patient.has("\"recuperee\"") || patient.has("\"qualifiee\""));
            if (has) {
                String ins = values.get(1);
                assertThat(ins).matches("[12][0-9]{4}99999[0-9]{5}");
                long key = 97 - Long.parseLong(ins.substring(0, 13)) % 97;
                assertThat(Long.parseLong(ins.substring(13))).isEqualTo(key);
                assertThat(national.add(ins)).as(ins).isTrue();
            }
        });
        assertThat(states).contains("provisoire", "recuperee", "validee", "qualifiee", "homonyme", "douteuse");
        assertThat(national).hasSizeGreaterThan(500);
    }

    @Test
    void oneIsKnownToNobodyAndSomeAreEasilyMistaken() {
        List<Resident> all = hospital(700, MORNING).roster().residents();
        assertThat(all).filteredOn(one -> one.person().isUnknown()).hasSize(1);
        assertThat(all).filteredOn(one -> one.person().homonym()).hasSizeGreaterThan(8);
        assertThat(all)
                .extracting(one -> one.person().family())
                .anyMatch(name -> name.startsWith("d'") || name.startsWith("de "));
        assertThat(all)
                .filteredOn(one -> !one.person().family().equals(one.person().birthFamily()))
                .hasSizeGreaterThan(100);
    }
}
