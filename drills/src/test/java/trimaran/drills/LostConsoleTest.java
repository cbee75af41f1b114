package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** The console goes down while it rebuilds a hull, and its disk with it: what is left is a copy of its home that knows nothing of that. */
@ExtendWith(OnTrial.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LostConsoleTest {

    private static final String[] REBUILD = {"rebuild", "data", "--officer", "direction", "--officer", "informatique"};

    @TempDir
    private Path scratch = Path.of("set by JUnit");

    private static String epoch(TrialHospital hospital, String party) {
        return hospital.run("status", "--json")
                .out()
                .replaceAll("(?s).*\\{([^{}]*\"party\":\"" + party + "\"[^{}]*)\\}.*", "$1")
                .replaceAll("(?s).*\"epoch\":(\\d+).*", "$1");
    }

    @Test
    void aRebuildWhoseKeysAreGoneIsFollowedByTheNextOne(TrialHospital hospital) throws Exception {
        Path card = hospital.home().resolve("card");
        long before = Long.parseLong(epoch(hospital, "access"));
        hospital.kill("data");
        TrialHospital.remove(hospital.home().resolve("data"));

        Path draft = hospital.home().resolve(".rebuilding-data");
        List<String> first = new ArrayList<>(List.of(REBUILD));
        first.addAll(List.of("--home", hospital.home().toString()));
        Process lost = hospital.commands().begin(List.of(), first, scratch.resolve("lost.out"));
        Waiting.until(60, "keys are drafted", () -> Files.exists(draft.resolve("epoch")));
        assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(lost.pid()))
                        .start()
                        .waitFor())
                .isZero();
        Said second = hospital.run(REBUILD);
        assertThat(second.status()).as(second.toString()).isEqualTo(Code.HOME_IN_USE.exitCode());
        assertThat(second.err()).contains("a rebuild or restore is under way in this home");
        lost.destroyForcibly().waitFor();
        if (hospital.isAlive("data")) {
            hospital.kill("data");
        }

        // However far it came: access agreed to keys that nobody has any more, and the home knows of no change.
        Path place = Files.exists(draft) ? draft : hospital.home().resolve("data");
        Bytes change = Bytes.wrap(Files.readAllBytes(place.resolve("epoch")));
        try (PartyLine line = PartyLine.got(PartyLine.open(
                PartyLine.console(hospital.home()),
                Membership.of(hospital.home()),
                Party.ACCESS,
                hospital.port("access")))) {
            Outcome<Response> agreed = line.ask(new Request.ChangeEpoch(change));
            assertThat(agreed.isDone()).as(agreed.toString()).isTrue();
        }
        TrialHospital.remove(place);
        Files.deleteIfExists(card.resolve("rebuilding-data"));
        Files.deleteIfExists(card.resolve("epoch-" + (before + 1)));

        Said rebuilt = hospital.run(REBUILD);
        assertThat(rebuilt.isWell()).as(rebuilt.toString()).isTrue();
        assertThat(rebuilt.err())
                .contains(
                        "two officers began epoch " + (before + 1) + " (new keys of data) at another copy",
                        "data is whole again");
        for (String party : List.of("access", "application", "data", "witness")) {
            assertThat(epoch(hospital, party)).as(party).isEqualTo(String.valueOf(before + 2));
        }
        Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();

        // A copy from before all that: data is a stranger to it until it has looked.
        Files.delete(card.resolve("epoch-" + (before + 1)));
        Files.delete(card.resolve("epoch-" + (before + 2)));
        Said looked = hospital.run("status");
        assertThat(looked.isWell()).as(looked.toString()).isTrue();
        assertThat(looked.err()).contains("two officers began epoch " + (before + 2) + " (new keys of data)");
        Said again = hospital.run("status");
        assertThat(again.isWell()).as(again.toString()).isTrue();
        assertThat(again.err()).doesNotContain("another copy");
    }
}
