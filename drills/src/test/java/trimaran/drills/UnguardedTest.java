package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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
