package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;

/** Who is an officer, and who is none any more: a reserve badge out of its envelope, one granted since the founding. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
@ExtendWith(OnTrial.class)
class OfficersTest {

    /** What is written on the sheet in the other envelope. */
    private static final String RESERVE_PIN = "canard boiteux 12";

    private static final List<String> LONG = List.of("env", "TRIMARAN_BADGE_PIN=" + RESERVE_PIN);
    private static final List<String> AS_RESERVE = List.of("env", "TRIMARAN_PIN=" + RESERVE_PIN);

    /** An officer whose badge is lost: a reserve was granted and printed before, and is typed again. */
    @Test
    void aReserveBadgeComesBackOutOfItsEnvelope(TrialHospital hospital, @TempDir Path safe) throws IOException {
        String badge = safe.resolve("reserve.key").toString();
        String sheet = safe.resolve("envelope.txt").toString();
        String back = safe.resolve("back.key").toString();
        List<String> justTooShort = List.of("env", "TRIMARAN_BADGE_PIN=" + RESERVE_PIN.substring(0, 11));
        Said shortly = hospital.commands().run(justTooShort, List.of("badge", "--file", badge, "--paper", sheet));
        assertThat(shortly.err()).contains("at least 12 characters");
        Said made = hospital.commands().run(LONG, List.of("badge", "--file", badge, "--paper", sheet));
        assertThat(made.isWell()).as(made.toString()).isTrue();
        Said alone = TwoOfficers.run(hospital, List.of("officer", "--grant", badge, "--officer", "direction"));
        assertThat(alone.isWell()).isFalse();
        assertThat(alone.err()).contains("two officers");
        List<String> grant = new ArrayList<>(List.of("officer", "--grant", badge));
        grant.addAll(Scene.OFFICERS);
        Said granted = hospital.runUnder(LONG, grant.toArray(String[]::new));
        assertThat(granted.isWell()).as(granted.toString()).isTrue();
        Files.delete(Path.of(badge));

        List<String> read = List.of("badge", "--from-paper", sheet, "--file", back);
        String printed = Files.readString(Path.of(sheet));
        int slip = printed.indexOf("\n02 ") + 8;
        Files.writeString(
                Path.of(sheet),
                printed.substring(0, slip) + (printed.charAt(slip) == 'A' ? 'B' : 'A') + printed.substring(slip + 1));
        assertThat(hospital.commands().run(LONG, read).err()).contains("line 2 of the sheet");
        Files.writeString(Path.of(sheet), printed.toLowerCase(Locale.ROOT));
        Said again = hospital.commands().run(LONG, read);
        assertThat(again.isWell()).as(again.toString()).isTrue();

        Said cut = hospital.runUnder(AS_RESERVE, "cut", "access", "--officer", back);
        assertThat(cut.isWell()).as(cut.toString()).isTrue();
        TwoOfficers.reopen(hospital, "access");
        String number = again.err().strip().replaceAll("(?s).*number is ", "");
        List<String> revoke = new ArrayList<>(List.of("officer", "--revoke", number));
        revoke.addAll(Scene.OFFICERS);
        assertThat(TwoOfficers.run(hospital, List.of("officer", "--list")).err())
                .contains(number);
        List<String> anybodys = new ArrayList<>(List.of("officer", "--revoke", number.substring(0, 7)));
        anybodys.addAll(Scene.OFFICERS);
        assertThat(TwoOfficers.run(hospital, anybodys).err()).contains("8 characters are wanted");
        Said revoked = TwoOfficers.run(hospital, revoke);
        assertThat(revoked.isWell()).as(revoked.toString()).isTrue();
        assertThat(TwoOfficers.run(hospital, List.of("officer", "--list")).err())
                .doesNotContain(number);
        Said unmade = hospital.runUnder(AS_RESERVE, "cut", "access", "--officer", back);
        assertThat(unmade.isWell()).isFalse();
        assertThat(TwoOfficers.run(hospital, revoke).err()).contains("no single officer");
        Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();
    }

    /**
     * The witness reads no record and is told; whoever is rebuilt has none yet, and is given with its folder who may sign. Told
     * while the witness was away, it hears of it before the first rebuild.
     */
    @Test
    void anOfficerSinceTheFoundingSignsARebuildAndNoneOnceUnmade(TrialHospital hospital, @TempDir Path safe) {
        String badge = safe.resolve("later.key").toString();
        Said made = hospital.commands().run("badge", "--file", badge);
        String number = made.err().strip().replaceAll("(?s).*number is ", "");
        List<String> signing = List.of("--officer", "direction", "--officer", badge);
        hospital.kill("witness");
        assertThat(officer(hospital, "--grant", badge).err()).contains("the witness does not know of it yet");
        hospital.start("witness");
        for (String fallen : List.of("access", "witness")) {
            hospital.kill(fallen);
            TrialHospital.remove(hospital.home().resolve(fallen));
            List<String> command = new ArrayList<>(List.of("rebuild", fallen));
            command.addAll(signing);
            Said rebuilt = TwoOfficers.run(hospital, command);
            assertThat(rebuilt.isWell()).as(rebuilt.toString()).isTrue();
            hospital.kill(fallen);
            hospital.start(fallen);
        }
        officer(hospital, "--revoke", number);
        List<String> command = new ArrayList<>(List.of("rebuild", "access"));
        command.addAll(signing);
        assertThat(TwoOfficers.run(hospital, command).err()).contains("is no officer");
        // Given two changes of keys signed by somebody who is no officer any more, and was one then.
        hospital.kill("access");
        TrialHospital.remove(hospital.home().resolve("access"));
        List<String> again = new ArrayList<>(List.of("rebuild", "access"));
        again.addAll(Scene.OFFICERS);
        Said rebuilt = TwoOfficers.run(hospital, again);
        assertThat(rebuilt.isWell()).as(rebuilt.toString()).isTrue();
        Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();
    }

    private static Said officer(TrialHospital hospital, String act, String whom) {
        List<String> command = new ArrayList<>(List.of("officer", act, whom));
        command.addAll(Scene.OFFICERS);
        Said done = TwoOfficers.run(hospital, command);
        assertThat(done.isWell()).as(done.toString()).isTrue();
        return done;
    }
}
