package trimaran.station.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trimaran.hospital.DemoHospital;
import trimaran.hospital.Setting;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;

/** The charts of a whole invented hospital. */
class DemoChartTest {

    private static final List<List<ResourceVersion>> FOLDERS = new ArrayList<>();
    private static final List<Chart> CHARTS = new ArrayList<>();

    @BeforeAll
    static void everybodyOfAHospital() {
        DemoHospital hospital = new DemoHospital(new Setting(7, 150, LocalDateTime.of(2026, 11, 24, 8, 12)));
        hospital.queues()
                .forEach(queue -> queue.forEach(number -> {
                    List<ResourceVersion> folder = Folders.of(hospital.patient(number));
                    FOLDERS.add(folder);
                    CHARTS.add(ChartFold.of(folder, Folders.VIEW));
                }));
        assertThat(CHARTS).hasSizeGreaterThan(150);
    }

    @Test
    void noResourceIsDroppedAndNoneIsCountedTwice() {
        for (int i = 0; i < FOLDERS.size(); i++) {
            Set<ResourceId> all = new HashSet<>(CHARTS.get(i).shown());
            CHARTS.get(i)
                    .others()
                    .forEach(one -> assertThat(all.add(one.source().id())).isTrue());
            assertThat(all).hasSize(FOLDERS.get(i).size());
            assertThat(CHARTS.get(i).others())
                    .as("all the hospital writes has its place")
                    .isEmpty();
        }
    }

    @Test
    void theOrderInWhichResourcesComeDoesNotMatter() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("resources in any order, -Dseed=" + seed);
        Random chance = new Random(seed);
        for (int i = 0; i < FOLDERS.size(); i++) {
            List<ResourceVersion> mixed = new ArrayList<>(FOLDERS.get(i));
            Collections.shuffle(mixed, chance);
            assertThat(ChartFold.of(mixed, Folders.VIEW)).isEqualTo(CHARTS.get(i));
        }
    }

    @Test
    void everyBannerSaysWho() {
        for (Chart chart : CHARTS) {
            Banner banner = chart.banner();
            assertThat(banner.nameWords(Language.FRENCH)).isNotEqualTo("Nom non renseigné");
            assertThat(banner.ipp()).isNotEmpty();
            assertThat(banner.fictive()).isTrue();
            assertThat(banner.state()).isNotEqualTo(Banner.IdentityState.UNSAID);
            assertThat(banner.shownIns().isPresent()).isEqualTo(banner.state() == Banner.IdentityState.QUALIFIED);
        }
        assertThat(CHARTS).anyMatch(chart -> chart.banner().has("homonyme"));
        assertThat(CHARTS).anyMatch(chart -> chart.banner().atBirth().isPresent());
        assertThat(CHARTS).anyMatch(chart -> chart.banner().birth().isEmpty());
    }

    @Test
    void allergiesAreInThreeStates() {
        Map<Allergies.State, Integer> states = new EnumMap<>(Allergies.State.class);
        CHARTS.forEach(chart -> states.merge(chart.allergies().state(), 1, Integer::sum));
        assertThat(states)
                .containsOnlyKeys(Allergies.State.KNOWN, Allergies.State.NONE_KNOWN, Allergies.State.NOT_RECORDED);
    }

    @Test
    void everyDoseThatWasPlannedAndWrittenDownIsFoundAtItsTime() {
        int given = 0;
        Set<Slot.State> states = new HashSet<>();
        for (Chart chart : CHARTS) {
            for (Slot slot : chart.slots()) {
                states.add(slot.state());
                assertThat(slot.byHour()).isFalse();
                assertThat(slot.prescription()).isPresent();
                if (slot.administration().flatMap(Administration::planned).isPresent()) {
                    assertThat(slot.planned())
                            .isEqualTo(slot.administration().get().planned());
                    given++;
                }
            }
        }
        assertThat(given).isGreaterThan(500);
        assertThat(states)
                .contains(
                        Slot.State.PLANNED,
                        Slot.State.DUE,
                        Slot.State.LATE,
                        Slot.State.GIVEN,
                        Slot.State.GIVEN_LATE,
                        Slot.State.NOT_GIVEN,
                        Slot.State.RUNNING)
                .as("nobody forgets a dose there")
                .doesNotContain(Slot.State.UNKNOWN);
    }

    /** The instruction was worded by who prescribed; what is worded here of its parts must say no less. */
    @Test
    void doseRouteAndRhythmSayWhatThePrescriberWrote() {
        int seen = 0;
        for (Chart chart : CHARTS) {
            for (Prescription one : chart.prescriptions()) {
                String written = one.instruction().replace('\u00a0', ' ');
                String dose = one.doseWords(Language.FRENCH).replace('\u00a0', ' ');
                assertThat(written.replace(" ", "")).startsWith(dose.replace(" ", ""));
                assertThat(written).contains(one.routeWords(Language.FRENCH));
                String rhythm = one.rhythmWords(Folders.PARIS, Language.FRENCH);
                assertThat(rhythm).isNotEqualTo("rythme non précisé");
                if (written.contains("fois par jour")) {
                    assertThat(rhythm).contains(written.replaceFirst(".*, ([0-9]+ fois par jour).*", "$1"));
                }
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(400);
    }

    @Test
    void whoIsThereHasAPlaceAndADoctor() {
        CHARTS.stream()
                .flatMap(chart -> chart.stay().stream())
                .filter(stay -> stay.phase() == Stay.Phase.PRESENT)
                .forEach(stay -> {
                    assertThat(stay.place()).isPresent();
                    assertThat(stay.doctor()).isNotEmpty();
                    assertThat(stay.number()).startsWith("26");
                });
        assertThat(CHARTS)
                .anyMatch(chart -> chart.stay().flatMap(Stay::expectedEnd).isPresent());
    }

    @Test
    void resultsHaveUnitRangeAndTheOneBefore() {
        assertThat(CHARTS).anyMatch(chart -> !chart.critical().isEmpty());
        assertThat(CHARTS)
                .anyMatch(chart ->
                        chart.results().stream().anyMatch(one -> one.previous().isPresent()));
        assertThat(CHARTS).anyMatch(chart -> !chart.awaited().isEmpty());
        assertThat(CHARTS).anyMatch(chart -> chart.weight().isPresent());
    }
}
