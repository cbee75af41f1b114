package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;
import trimaran.station.WriteResult;
import trimaran.station.hl7.Inbox.Fate;

/** Every message that came is found by what somebody knows of it, and dealt with once more when its cause is mended. */
class InboxTest {

    private final Counters here = new Counters();
    private final Journal journal = here.journal();
    private final Counter counter = new Counter(here.setting(true), here.record, journal);
    private final Inbox inbox = new Inbox(journal, counter);

    private static Inbox.Query query(String controlId, String patient, Optional<Fate> fate) {
        return new Inbox.Query(controlId, patient, new WallTime(0), new WallTime(Long.MAX_VALUE), fate);
    }

    private static List<Inbox.Line> found(Inbox inbox, Inbox.Query query, int most) {
        return ((Outcome.Done<List<Inbox.Line>>) inbox.find(query, most)).value();
    }

    private List<Inbox.Line> of(Fate fate) {
        return found(inbox, query("", "", Optional.of(fate)), 10);
    }

    private static byte[] admission(String patient, String action) {
        return Messages.move("A01", patient, "REA^1^^CHDEMO", "V" + patient, "m1", "20261127080000", action, "");
    }

    @Test
    void messagesAreFoundByNumberPatientAndFate() {
        counter.answer(admission("P1", "INSERT"));
        counter.answer(admission("P2", "AJOUT"));
        counter.answer(Messages.move("A12", "P1", "REA^1^^CHDEMO", "VP1", "m9", "20261127090000", "CANCEL", "A02"));
        assertThat(of(Fate.REFUSED)).singleElement().satisfies(line -> {
            assertThat(line.patient()).isEqualTo("P2");
            assertThat(line.type()).isEqualTo("ADT A01");
            assertThat(line.sender()).isEqualTo("GAM CHDEMO");
            assertThat(line.french()).startsWith("ZBE-4 : code hors de sa table");
            assertThat(line.english()).startsWith("ZBE-4: a code that is not in its table");
        });
        assertThat(of(Fate.DOUBTFUL)).extracting(Inbox.Line::type).contains("ADT A12");
        List<Inbox.Line> patient = found(inbox, query("", "P1", Optional.empty()), 10);
        assertThat(patient).extracting(Inbox.Line::type).containsExactly("ADT A12", "ADT A01");
        assertThat(found(inbox, query(patient.getFirst().controlId(), "", Optional.empty()), 10))
                .containsExactly(patient.getFirst());
        assertThat(found(inbox, query("", "", Optional.empty()), 2)).hasSize(2);
        assertThat(found(
                        inbox,
                        new Inbox.Query(
                                "", "", new WallTime(Long.MAX_VALUE), new WallTime(Long.MAX_VALUE), Optional.empty()),
                        10))
                .isEmpty();
    }

    @Test
    void aMessageIsShownAsItCame() {
        byte[] message = admission("P1", "INSERT");
        counter.answer(message);
        Inbox.Line line = found(inbox, query("", "P1", Optional.empty()), 1).getFirst();
        List<String> segments = inbox.open(line.id()).orElseThrow().segments();
        assertThat(Messages.text(segments.toArray(String[]::new)).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(message);
        assertThat(inbox.open(line.id()).orElseThrow().numbers())
                .singleElement()
                .asString()
                .contains("P1");
        assertThat(inbox.open("0".repeat(64))).isEmpty();
    }

    /** Whose numbers go in a merge is shown as well, so a line of theirs is wanted, too. */
    @Test
    void aMergeSpeaksOfBoth() {
        counter.answer(Messages.bytes(
                "MSH|^~\\&|SIH|HOP|TRIMARAN|HOP|20261124081200||ADT^A40^ADT_A39|M1|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8",
                "EVN||20261124081200",
                "PID|||P1^^^HOP&1.2.250.1.999.1&ISO^PI||ABRICOT^PRUNE^^^^^L||19500101|F",
                "MRG|P2^^^HOP&1.2.250.1.999.1&ISO^PI"));
        Inbox.Line line = found(inbox, query("M1", "", Optional.empty()), 1).getFirst();
        assertThat(inbox.open(line.id()).orElseThrow().numbers())
                .extracting(String::valueOf)
                .anyMatch(number -> number.contains("P1"))
                .anyMatch(number -> number.contains("P2"));
    }

    @Test
    void whatWaitedIsDealtWithOnceMoreAndDoubledByNobody() {
        here.record.nextWrite = new WriteResult.Refused(Refusal.of(Code.UNAVAILABLE, "two tiers are away"));
        counter.answer(admission("P1", "INSERT"));
        Inbox.Line waiting = of(Fate.WAITING).getFirst();
        assertThat(here.record.written).isEmpty();
        Inbox.Line done = inbox.again(waiting.id()).orElseThrow();
        assertThat(done.fate()).isNotEqualTo(Fate.WAITING);
        assertThat(of(Fate.WAITING)).isEmpty();
        inbox.again(waiting.id());
        assertThat(here.record.written).hasSize(1);
        assertThat(here.record.all("Encounter")).hasSize(1);
        assertThat(inbox.again("0".repeat(64))).isEmpty();
    }

    /** A search reads so many files and no more, however long the hospital is old. */
    @Test
    void whatLiesBehindTheFilesOfOneSearchIsNotRead() {
        counter.answer(admission("P1", "INSERT"));
        for (int i = 0; i < Inbox.FILES_SEARCHED_MAX; i++) {
            Journal later = here.journal();
            new Counter(here.setting(true), here.record, later).answer(admission("Q" + i, "INSERT"));
        }
        Journal last = here.journal();
        Inbox late = new Inbox(last, new Counter(here.setting(true), here.record, last));
        assertThat(found(late, query("", "Q0", Optional.empty()), 1)).hasSize(1);
        assertThat(found(late, query("", "P1", Optional.empty()), 1)).isEmpty();
    }

    /** Many whole messages at once are more than a station has room for. */
    @Test
    void ofAFoundMessageOnlyWhatBecomesOfItIsHeldAndOneSearchRunsAtATime() {
        counter.answer(admission("P1", "INSERT"));
        new Counter(here.setting(true), here.record, here.journal()).answer(admission("P2", "INSERT"));
        List<String> order = new ArrayList<>();
        List<Outcome<List<Inbox.Line>>> meanwhile = new ArrayList<>();
        here.disk.reading = name -> {
            order.add("file");
            here.disk.reading = null;
            Thread other =
                    Thread.ofVirtual().start(() -> meanwhile.add(inbox.find(query("", "", Optional.empty()), 10)));
            join(other);
            here.disk.reading = later -> order.add("file");
        };
        assertThat(found(inbox, query("", "", Optional.empty()), 10)).hasSize(2);
        assertThat(meanwhile)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.BUSY));
        order.clear();
        journal.find(kept -> true, kept -> order.add("one"), 10, new WallTime(0), Inbox.FILES_SEARCHED_MAX);
        assertThat(order).containsExactly("file", "one", "file", "one");
        assertThat(found(inbox, query("", "", Optional.empty()), 10)).hasSize(2);
    }

    private static void join(Thread other) {
        try {
            other.join();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
