package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.process.StatusSocket;
import trimaran.trial.House;

/** Drills against hospitals that lack the defence they aim at. {@code ./trimaran drill unguarded} carries out all of them. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class UnguardedTest {

    @TempDir
    Path folder;

    /** A defence that moved or was renamed takes its hole with it. */
    @Test
    void everyDefenceIsWhereItIsSaidToBe() throws IOException {
        Set<String> drills = new HashSet<>();
        int number = 0;
        for (Unguarded one : Unguarded.all()) {
            assertThat(Catalogue.named(one.drill())).as(one.drill()).isPresent();
            assertThat(drills.add(one.drill())).as(one.drill() + " once").isTrue();
            assertThat(one.holes()).as(one.drill()).isNotEmpty();
            Path house = Files.createDirectory(folder.resolve("house-" + ++number));
            HoledHouse.of(House.found(), house, one.rooms(), one.holes());
            for (Hole hole : one.holes()) {
                assertThat(house.resolve("holes").resolve(hole.entry()))
                        .as(one.drill() + ": " + hole)
                        .isRegularFile();
            }
        }
        assertThat(number).isGreaterThan(20);
    }

    /** On a slow machine a promise may be broken for another reason: that shows nothing of the defence. */
    @Test
    void anotherBreachOfTheSameKindIsNotTheHarm() {
        for (Unguarded one : Unguarded.all()) {
            Drill drill = one.withoutDefence();
            Harm harm = one.harm();
            assertThat(came(drill, new Breach(harm.kind(), "the machine is slow"))
                            .isAsExpected())
                    .as(one.drill() + " with other words")
                    .isFalse();
            Breach.Kind other = harm.kind() == Breach.Kind.LOST ? Breach.Kind.READABLE : Breach.Kind.LOST;
            assertThat(came(drill, new Breach(other, harm.words())).isAsExpected())
                    .as(one.drill() + " with another kind")
                    .isFalse();
            assertThat(came(drill, new Breach(harm.kind(), "data" + harm.words() + "access"))
                            .isAsExpected())
                    .as(one.drill() + " with its own")
                    .isTrue();
        }
    }

    @Test
    void aHarmWithoutWordsIsNone() {
        assertThatThrownBy(() -> new Harm(Breach.Kind.LOST, " ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Result came(Drill drill, Breach breach) {
        return new Result(
                drill,
                List.of("done"),
                List.of(),
                List.of(breach),
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

    /** What a drill waits for at a station's socket never comes where there is none. */
    @Test
    void aPathTooLongForAStationsCountersIsSaidAtOnce() {
        SecondStation.requireCounters(folder.resolve("etage"));
        Path deep = folder.resolve("deep".repeat(StatusSocket.PATH_MAX / 4));
        assertThatThrownBy(() -> SecondStation.requireCounters(deep))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too long for a socket");
    }

    @Test
    void aHoleInAMethodThatIsNotThereIsAnError() {
        Hole none = new Hole("trimaran.record.JdkVerifier", "verifies", Hole.Answer.TRUE);
        assertThatThrownBy(() -> HoledHouse.of(House.found(), folder, List.of(), List.of(none)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no method verifies in trimaran.record.JdkVerifier");
    }

    @Test
    void whatNobodySignedIsForgedWhereNobodyChecksWhoSigned() {
        Drill drill = Unguarded.named("forge-entry").orElseThrow().withoutDefence();
        try (UnguardedCommand.Lane lane = new UnguardedCommand.Lane(folder, 7, DrillMain::say)) {
            Result result = lane.carryOut(drill);
            assertThat(result.isAsExpected())
                    .as(DrillTable.text(List.of(result)))
                    .isTrue();
        }
    }
}
