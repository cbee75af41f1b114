package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.station.WriteResult;

/** What senders are answered. */
class AcknowledgementTest {

    private final Counters here = new Counters();

    private static String header(String version, String charset, String language) {
        return "MSH|^~\\&|GAM|CHDEMO|TRIMARAN|CHDEMO|20261127083000||ADT^A28^ADT_A05|17|P|" + version + "|||||FRA|"
                + charset + "|" + language;
    }

    @Test
    void headerAndControlIdGoBack() {
        String answer = here.taken(
                Messages.bytes(header("2.5^FRA^2.11", "UNICODE UTF-8", "FR"), Messages.pid("P1", "Q", "1951")));
        String[] lines = answer.split("\r");
        assertThat(lines[0])
                .startsWith("MSH|^~\\&|TRIMARAN|CHDEMO|GAM|CHDEMO|2026")
                .contains("|ACK^A28^ACK|17|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR");
        assertThat(lines[1]).isEqualTo("MSA|AA|17");
        assertThat(lines).hasSize(2);
    }

    @Test
    void theSendersCharacterSetAndLanguageAreSpoken() {
        byte[] answer = here.counter.answer(
                Messages.text(header("2.5", "8859/1", "FR"), "PID|||").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new String(answer, StandardCharsets.ISO_8859_1))
                .contains("champ obligatoire absent")
                .contains("l'IPP de l'établissement");
        String english = here.ask(Messages.bytes(header("2.5", "UNICODE UTF-8", "EN"), "PID|||"));
        assertThat(english.split("\r", -1)[2])
                .endsWith("PID-3: a required field is missing; expected: the hospital's number, of type PI");
    }

    @Test
    void olderVersionsGetTheirOwnErr() {
        String answer = here.ask(Messages.bytes(header("2.3", "8859/1", "FR"), "PID|||"));
        assertThat(answer).contains("|2.3|").contains("\rERR|PID^1^3^101&");
    }

    @Test
    void whatCannotBeTakenIsRejected() {
        assertThat(here.ask(Messages.bytes(header("3.0", "", ""))))
                .contains("MSA|AR|17")
                .contains("ERR||MSH^1^12|203^");
        assertThat(here.ask(Messages.bytes(header("2.5", "", "").replace("ADT^A28", "QRY^A19"))))
                .contains("MSA|AR|17")
                .contains("ERR||MSH^1^9^^1|200^");
        assertThat(here.ask(Messages.bytes(header("2.5", "", "").replace("ADT^A28", "ADT^A60"))))
                .contains("ERR||MSH^1^9^^2|201^");
        assertThat(here.ask(Messages.bytes(header("2.5", "", "").replace("|17|", "||"))))
                .contains("MSA|AE|")
                .contains("ERR||MSH^1^10|101^");
    }

    @Test
    void whatIsNoMessageGetsAnAnswerAllTheSame() {
        String answer = here.ask("bonjour".getBytes(StandardCharsets.UTF_8));
        assertThat(answer).startsWith("MSH|^~\\&|TRIMARAN|").contains("MSA|AE|").contains("ERR||MSH^1^1|100^");
    }

    @Test
    void whatTheRecordDoesNotHaveIsNotAcknowledged() {
        byte[] message = Messages.identity("A28", "P1", "Q", "1951");
        here.record.nextWrite =
                new WriteResult.Waiting(Digest.ZERO, List.of(), Refusal.of(Code.UNAVAILABLE, "no tier answers"));
        assertThat(here.ask(message)).contains("MSA|AR|").contains("|TRI-500|");
        here.record.nextWrite = new WriteResult.Refused(Refusal.of(Code.OVER_BUDGET, "too many"));
        assertThat(here.ask(message)).contains("MSA|AR|");
        here.record.nextWrite = new WriteResult.Refused(Refusal.of(Code.RULE, "never"));
        assertThat(here.ask(message)).contains("MSA|AE|").contains("never");
        assertThat(here.events).hasSize(3);
        here.taken(message);
    }

    @Test
    void somebodyFasterEveryTimeIsGivenWayToInTheEnd() {
        byte[] message = Messages.identity("A28", "P1", "Q", "1951");
        int[] asked = {0};
        Hl7Record always = new Hl7Record() {
            @Override
            public trimaran.kernel.Outcome<List<trimaran.kernel.ResourceId>> find(
                    String type, trimaran.model.Trait trait) {
                return here.record.find(type, trait);
            }

            @Override
            public trimaran.kernel.Outcome<List<trimaran.station.ResourceVersion>> versions(
                    trimaran.kernel.ResourceId id) {
                return here.record.versions(id);
            }

            @Override
            public trimaran.kernel.Outcome<List<trimaran.station.ResourceVersion>> places() {
                return here.record.places();
            }

            @Override
            public WriteResult write(trimaran.station.Transaction transaction) {
                asked[0]++;
                return new WriteResult.Refused(Refusal.of(Code.VERSION_CONFLICT, "somebody was faster"));
            }
        };
        String answer = new String(
                new Counter(here.setting(true), always, here.journal()).answer(message), StandardCharsets.UTF_8);
        assertThat(asked[0]).isEqualTo(Counter.ATTEMPTS_MAX);
        assertThat(answer).contains("MSA|AR|").contains("TRI-202");
    }

    @Test
    void soManyFaultsAreTold() {
        List<Fault> faults = java.util.Collections.nCopies(
                Hl7Limits.FAULTS_MAX + 1, Fault.required(Place.of("PID", 3), Fault.Said.both("x")));
        String answer = new String(
                new Acknowledgement(Optional.empty(), new trimaran.kernel.WallTime(0))
                        .write(Acknowledgement.Answer.AE, faults),
                StandardCharsets.UTF_8);
        assertThat(answer.split("ERR\\|", -1)).hasSize(Hl7Limits.FAULTS_MAX + 1);
    }

    @Test
    void whatIsRepeatedIsShortAndHarmless() {
        String long_ = "x".repeat(Hl7Limits.GOT_CHARACTERS_MAX + 1);
        Fault fault = Fault.error(Fault.Kind.WRONG_TYPE, Place.of("PID", 7), Fault.Said.both("y"), long_);
        assertThat(fault.got()).hasSize(Hl7Limits.GOT_CHARACTERS_MAX + 1).endsWith("…");
        String answer = here.ask(Messages.bytes(header("2.5", "UNICODE UTF-8", "FR")
                .replace("|17|", "|1\\F\\7|")
                .replace("2.5|", "2.5\\.br\\ERR|")));
        assertThat(answer.split("\r")).allMatch(line -> line.matches("(?s)(MSH|MSA|ERR)\\|.*"));
        String control = "9".repeat(Acknowledgement.CONTROL_ID_CHARACTERS_MAX + 10);
        assertThat(here.ask(Messages.bytes(header("2.5", "", "").replace("|17|", "|" + control + "|"))))
                .contains("|ACK^A28^ACK|" + control.substring(10) + "|")
                .contains("MSA|AE|" + control);
    }

    @Test
    void everyKindSpeaksBothLanguages() {
        for (Fault.Kind kind : Fault.Kind.values()) {
            assertThat(kind.text(true)).isNotBlank();
            assertThat(kind.text(false)).isNotBlank();
        }
    }
}
