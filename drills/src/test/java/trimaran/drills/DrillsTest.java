package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Party;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;

/** A few of the drills as {@code ./trimaran drill} carries them out, and drills that must not pass. */
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class DrillsTest {

    /** Of each drill here: what a drill of the row does with its two dozen it does with these. */
    private static final int PATIENTS = 8;

    @TempDir
    Path folder;

    @Test
    void theQuickOnesComeOutAsExpected(TrialHospital hospital) {
        long seed = Long.getLong("seed", System.nanoTime() & 0xfffff);
        System.out.println("seed " + seed);
        try (Ticker ticker = new Ticker(false);
                DrillRun run = DrillRun.on(hospital, folder, seed, PATIENTS, ticker::say)) {
            List<Drill> drills = new ArrayList<>();
            for (String name : List.of("kill-data", "forge-entry")) {
                drills.add(Catalogue.named(name).orElseThrow());
            }
            drills.add(AwayCommand.drills(AwayCommand.SECONDS_MIN).getLast());
            // Steals from application and encrypts it, has it cut off and rebuilt.
            drills.add(Ransomware.drill(ticker));
            for (Drill drill : drills) {
                Result result = run.carryOut(drill);
                assertThat(result.isAsExpected())
                        .as(DrillTable.text(List.of(result)))
                        .isTrue();
                assertThat(result.evidence()).isNotEmpty();
                assertThat(result.saidMillis().isPresent())
                        .as("a drill that kills a hull looks at what the station says of it")
                        .isEqualTo(drill.name().matches("(kill|away)-data|attack"));
            }
        }
    }

    /** A drill that cannot even begin leaves nothing of it behind. */
    @Test
    void aTierThatCannotBeAlteredIsPutBack(TrialHospital hospital) throws Exception {
        Path conf = hospital.home().resolve("access/party.conf");
        String before = Files.readString(conf);
        Drill broken = Drill.withstood(
                "broken",
                "–",
                "a program that does not start",
                "nothing",
                scene -> AlteredTier.of(
                        scene,
                        Party.ACCESS,
                        text -> text,
                        port -> {
                            throw new IllegalStateException("planted");
                        },
                        new Impostor.Lies() {}));
        try (DrillRun run = DrillRun.on(hospital, folder, 4, PATIENTS, DrillMain::say)) {
            Result result = run.carryOut(broken);
            assertThat(result.verdict()).isEqualTo("NO ATTACK");
            assertThat(result.breaches())
                    .singleElement()
                    .satisfies(breach -> assertThat(breach.what()).contains("planted"));
        }
        assertThat(Files.readString(conf)).isEqualTo(before);
        assertThat(hospital.isAlive("access")).isTrue();
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
    }

    /** The share that only another tier has is what keeps a thief out: given it, the same thief reads, and the drill says so. */
    @Test
    void aDrillWhoseDefenceIsOffFails(TrialHospital hospital) {
        Drill two = Catalogue.named("steal-two-tiers").orElseThrow();
        Drill claimed = Drill.withstood(two.name(), two.numbers(), two.holds(), "nothing readable", two.attack());
        try (DrillRun run = DrillRun.on(hospital, folder, 1, PATIENTS, DrillMain::say)) {
            Result result = run.carryOut(claimed);
            assertThat(result.tookPlace()).as(result.toString()).isTrue();
            assertThat(result.count(Breach.Kind.READABLE)).isGreaterThan(PATIENTS);
            assertThat(result.isAsExpected()).isFalse();
            assertThat(result.verdict()).isEqualTo("BREACHED");
        }
    }

    @Test
    void aDrillThatAttacksNothingFails(TrialHospital hospital) {
        Drill idle = Drill.withstood("idle", "–", "nothing", "nothing", scene -> {});
        Drill missed = Drill.withstood(
                "missed", "–", "a file that is not there", "nothing", scene -> scene.evidence(false, "it is altered"));
        Drill harmless = Drill.harmful(
                "harmless",
                "–",
                "too little",
                "harm",
                new Harm(Breach.Kind.READABLE, "is read"),
                scene -> scene.evidence(true, "it was tried"));
        try (DrillRun run = DrillRun.on(hospital, folder, 2, PATIENTS, DrillMain::say)) {
            for (Drill drill : List.of(idle, missed)) {
                Result result = run.carryOut(drill);
                assertThat(result.breaches()).isEmpty();
                assertThat(result.isAsExpected()).isFalse();
                assertThat(result.verdict()).isEqualTo("NO ATTACK");
            }
            Result unexpected = run.carryOut(harmless);
            assertThat(unexpected.isAsExpected()).isFalse();
            assertThat(unexpected.verdict()).startsWith("HELD");
        }
    }

    @Test
    void whatTheWardWasPromisedAndIsNotThereIsLost(TrialHospital hospital) {
        Drill loses = Drill.withstood("loses", "–", "a ward's own delete", "nothing lost", scene -> {
            Cohort.Marked one = scene.cohort().patients().getLast().resources().getLast();
            scene.evidence(scene.client().delete(one.reference()).isDone(), "a resource is taken back");
        });
        try (DrillRun run = DrillRun.on(hospital, folder, 3, PATIENTS, DrillMain::say)) {
            Result result = run.carryOut(loses);
            assertThat(result.count(Breach.Kind.OMITTED)).isOne();
            assertThat(result.isAsExpected()).isFalse();
        }
    }

    @Test
    void theTableIsForPeopleAndForPrograms() {
        Drill drill = Drill.withstood("named \"so\"", "1", "a key", "nothing", scene -> {});
        Result result = new Result(
                drill,
                List.of("done"),
                List.of(),
                List.of(new Breach(Breach.Kind.LOST, "one\nline")),
                Optional.of(Result.Exposure.EXACT),
                "data is silent",
                OptionalLong.of(1_500),
                "La coque Données ne répond plus.",
                OptionalLong.of(3_200),
                OptionalLong.of(250),
                OptionalLong.empty(),
                OptionalLong.empty(),
                20,
                "");
        assertThat(DrillTable.text(List.of(result)))
                .contains(
                        "exact", "1.5 s", "3.2 s", "BREACHED", "1 drills, 0 as expected, 0 skipped, 1 not as expected");
        Map<String, Object> json = JsonTree.read(DrillTable.json(7, 2, List.of(result)));
        assertThat(json).containsKeys("seed", "drills");
        assertThat(JsonTree.number(json, "chosen")).isEqualTo(2);
        assertThat(JsonTree.number(json, "done"))
                .as("somebody stopped the other")
                .isEqualTo(1);
        assertThat(JsonTree.number(JsonTree.objects(json, "drills").getFirst(), "said_millis"))
                .isEqualTo(3_200);
        assertThat(DrillTable.list(Catalogue.drills()))
                .hasSameSizeAs(Catalogue.drills())
                .anySatisfy(line -> assertThat(line).contains("EXPECTED TO DO HARM"));
    }

    /** A drill removes what it founded: what somebody else founded it must not even start. */
    @Test
    void aHospitalThatIsThereIsNotTouched() throws Exception {
        Path file = Files.createDirectories(folder.resolve("used/hospital")).resolve("home");
        Files.writeString(file, "somebody's");
        assertThatThrownBy(() -> TrialHospital.found(House.found(), folder.resolve("used")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
        assertThat(file).content().isEqualTo("somebody's");
    }

    /** Neither another harm nor an accident of the drill's own is what was expected. */
    @Test
    void anAccidentIsNoHarm() {
        Drill drill = Drill.harmful("harms", "–", "much", "read", new Harm(Breach.Kind.READABLE, "so"), scene -> {});
        assertThat(came(drill, Breach.Kind.READABLE).isAsExpected()).isTrue();
        assertThat(came(drill, Breach.Kind.UNDEFENDED).isAsExpected()).isFalse();
        assertThat(came(drill, Breach.Kind.READABLE, Breach.Kind.BROKEN_OFF).isAsExpected())
                .isFalse();
    }

    private static Result came(Drill drill, Breach.Kind... kinds) {
        return new Result(
                drill,
                List.of("done"),
                List.of(),
                Stream.of(kinds).map(kind -> new Breach(kind, "so")).toList(),
                Optional.empty(),
                "",
                OptionalLong.empty(),
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                1,
                "");
    }

    @Test
    void noTwoDrillsBearOneName() {
        assertThat(Catalogue.drills().stream().map(Drill::name))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(40);
        assertThat(Catalogue.named("nothing of the kind")).isEmpty();
    }
}
