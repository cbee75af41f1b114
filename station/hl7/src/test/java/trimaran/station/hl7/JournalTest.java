package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.WallTime;

/** Messages are kept sealed with what became of them, found again, and known when they come again. */
class JournalTest {

    private static final byte[] ADMISSION =
            Messages.move("A01", "P1", "CARDIO^1^P", "V1", "m1", "20261127080000", "INSERT", "");

    private final Counters here = new Counters();

    private Journal.Kept kept(int number, byte[] bytes) {
        return new Journal.Kept(
                new WallTime(number),
                "GAM|CH",
                "M" + number,
                Digest.sha256(bytes),
                "AA",
                Bytes.ofText("answer " + number),
                Bytes.wrap(bytes));
    }

    @Test
    void everyMessageIsKeptWithItsAnswerAndTheDiskAloneSaysNothing() {
        here.taken(ADMISSION);
        here.ask("Quatrevent".getBytes(StandardCharsets.UTF_8));
        List<Journal.Kept> all = here.journal().find(any -> true, 10);
        assertThat(all).extracting(Journal.Kept::answerCode).containsExactly("AE", "AA");
        assertThat(all.get(1).bytes().toArray()).isEqualTo(ADMISSION);
        assertThat(all.get(1).sender()).isEqualTo("GAM|CHDEMO");
        for (String name : here.disk.list("hl7")) {
            String raw = new String(here.disk.read("hl7/" + name).orElseThrow().toArray(), StandardCharsets.ISO_8859_1);
            assertThat(raw).doesNotContain("Quatrevent").doesNotContain("MSH");
        }
    }

    @Test
    void theSameMessageAgainIsAnsweredTheSame() {
        String first = here.ask(ADMISSION);
        assertThat(here.ask(ADMISSION)).isEqualTo(first);
        assertThat(here.record.written).hasSize(1);
        Counter restarted = new Counter(here.setting(true), here.record, here.journal());
        assertThat(new String(restarted.answer(ADMISSION), StandardCharsets.UTF_8))
                .isEqualTo(first);
        assertThat(here.record.written).hasSize(1);
        assertThat(here.journal().find(any -> true, 10)).hasSize(1);
    }

    /** Some senders count anew after each start. */
    @Test
    void anotherMessageUnderTheSameNumberIsAnother() {
        here.taken(ADMISSION);
        String text = new String(ADMISSION, StandardCharsets.UTF_8);
        here.taken(text.replace("ADT^A01", "ADT^A02")
                .replace("m1^", "m2^")
                .replace("CARDIO^1", "CARDIO^2")
                .replace("080000", "090000")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(here.record.written).hasSize(2);
    }

    @Test
    void whatWasRefusedIsLookedAtAgain() {
        here.record.nextWrite = new trimaran.station.WriteResult.Refused(
                trimaran.kernel.Refusal.of(trimaran.kernel.Code.RULE, "not today"));
        assertThat(here.ask(ADMISSION)).contains("MSA|AE|");
        here.taken(ADMISSION);
    }

    @Test
    void aTornOrChangedEndIsSaidAndTheRestIsRead() {
        here.taken(ADMISSION);
        here.disk.append("hl7/journal-00000001", Bytes.ofText("torn"));
        assertThat(here.journal().find(any -> true, 10)).hasSize(1);
        assertThat(here.events).contains(new Hl7Event.JournalTorn(4));
        here.taken(Messages.identity("A28", "P7", "Q", "1951"));
        assertThat(new Counters().journal().find(any -> true, 10)).isEmpty();
    }

    @Test
    void filesAndAnswersAreBounded() {
        Journal journal = here.journal();
        byte[] large = new byte[Journal.FILE_BYTES_MAX / 2 + 1];
        for (int i = 0; i < 5; i++) {
            journal.keep(kept(i, large));
        }
        assertThat(here.disk.list("hl7")).hasSize(3);
        assertThat(5L * large.length).isLessThan(Journal.REREAD_BYTES_MAX);
        for (int i = 2; i <= Journal.FILES_MAX + 3; i++) {
            here.disk.append("hl7/journal-%08d".formatted(i), Bytes.EMPTY);
        }
        Journal later = here.journal();
        later.keep(kept(6, new byte[Journal.FILE_BYTES_MAX]));
        assertThat(here.disk.list("hl7")).hasSize(Journal.FILES_MAX);
    }

    @Test
    void soManyAnswersAreRemembered() {
        here.disk.swallows = true;
        Journal journal = here.journal();
        byte[] message = {1};
        for (int i = 0; i <= Journal.ANSWERS_MAX; i++) {
            journal.keep(kept(i, message));
        }
        assertThat(journal.answered("GAM|CH", "M0", Digest.sha256(message))).isEmpty();
        assertThat(journal.answered("GAM|CH", "M1", Digest.sha256(message))).isPresent();
    }

    @Test
    void aNumberLongerThanAnyIsKeptAllTheSame() {
        String control = "9".repeat(Journal.NAME_CHARACTERS_MAX + 1);
        byte[] message = new String(Messages.identity("A28", "P1", "Q", "1951"), StandardCharsets.UTF_8)
                .replaceFirst("\\|M[0-9]+\\|", "|" + control + "|")
                .getBytes(StandardCharsets.UTF_8);
        String first = here.taken(message);
        assertThat(here.ask(message)).isEqualTo(first);
        assertThat(here.journal().find(any -> true, 2).getFirst().controlId()).hasSize(Journal.NAME_CHARACTERS_MAX);
    }
}
