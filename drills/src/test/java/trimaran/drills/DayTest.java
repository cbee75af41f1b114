package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;

/** A short day of HL7 v2 messages, its station killed in the middle; ten thousand by {@code ./trimaran drill day}. */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class DayTest {

    private static final int MESSAGES = 600;
    private static final int LINES = 4;
    private static final int AHEAD = 4;

    @Test
    void allBoardsAreRightAndNothingIsLostOrTwiceWhenTheConnectorIsKilled(@TempDir Path folder) {
        long seed = Long.getLong("seed", System.nanoTime() & 0xfffff);
        System.out.println("seed " + seed);
        try (TrialHospital hospital = DayDrill.hospital(House.found().briefly(), folder)) {
            DayDrill.Result result =
                    new DayDrill(hospital, System.out::println).run(new DayDrill.Day(MESSAGES, seed, LINES, AHEAD, 1));
            System.out.println(result);
            assertThat(result.faults()).isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameDayAndItHasEverything() {
        DayPlaces places = new DayPlaces(4, 6);
        List<String> day = DayMessages.of(7, places, 2_000);
        assertThat(DayMessages.of(7, places, 2_000)).isEqualTo(day);
        for (String event :
                List.of("A01", "A02", "A03", "A05", "A11", "A12", "A13", "A28", "A31", "A40", "Z99", "R01", "T02")) {
            assertThat(day).anyMatch(message -> message.contains("^" + event + "^"));
        }
        DayFold fold = new DayFold(day);
        assertThat(fold.refused()).isPositive();
        assertThat(fold.waiting()).isPositive();
        assertThat(fold.endings().values())
                .extracting(DayFold.Ending::status)
                .contains("in-progress", "finished", "planned", "cancelled");
    }

    @Test
    void theFoldReadsWhatAnybodyCanReadAloud() {
        String pid = "PID|||J1^^^X^PI\r";
        List<String> day = List.of(
                "MSH|^~\\&|GAM|C|T|C|x||ADT^A01^ADT_A01|1\r" + pid
                        + "PV1||I|S1^1^P||||||||||||||||V1\rZBE|M1|20261126080000||INSERT|N|\r",
                "MSH|^~\\&|GAM|C|T|C|x||ADT^A02^ADT_A01|2\r" + pid
                        + "PV1||I|S2^2^F||||||||||||||||V1\rZBE|M2|20261126090000||INSERT|N|\r",
                "MSH|^~\\&|GAM|C|T|C|x||ADT^A12^ADT_A01|3\r" + pid
                        + "PV1||I|S1^1^P||||||||||||||||V1\rZBE|M2|20261126090000||CANCEL|N|A02\r");
        assertThat(new DayFold(day.subList(0, 2)).endings())
                .containsEntry("V1", new DayFold.Ending("J1", "in-progress", "S2^2^F", 2));
        assertThat(new DayFold(day).endings())
                .containsEntry("V1", new DayFold.Ending("J1", "in-progress", "S1^1^P", 2));
    }
}
