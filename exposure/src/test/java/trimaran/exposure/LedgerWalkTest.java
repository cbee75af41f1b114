package trimaran.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;

/** The ledger of access, and what access and its copies' keepers show of it. */
class LedgerWalkTest {

    private static final int PAGE = 3;

    private long silentFrom = Long.MAX_VALUE;

    private final Map<Party, List<LedgerLine>> shown = new EnumMap<>(Party.class);

    @Test
    void aLedgerAndItsCopyAreOneLineByLine() {
        shown.put(Party.ACCESS, lines(10, "true"));
        shown.put(Party.DATA, lines(8, "true"));
        assertThat(walked(Party.DATA, Party.ACCESS).numbers()).containsExactlyElementsOf(numbers(10));
        assertThat(walked(Party.DATA, Party.ACCESS).faults()).isEmpty();
    }

    @Test
    void aTierThatHidesItsLastLinesIsShownByTheCopy() {
        shown.put(Party.ACCESS, lines(4, "true"));
        shown.put(Party.DATA, lines(10, "true"));
        Walked walked = walked(Party.DATA, Party.ACCESS);
        assertThat(walked.numbers()).containsExactlyElementsOf(numbers(10));
        assertThat(walked.faults()).isEmpty();
        assertThat(walked.notes())
                .containsExactly("the release ledger of access: access itself shows 4 of its 10 lines; all of them are"
                        + " counted");
    }

    @Test
    void bothLinesOfOneNumberAreTold() {
        List<LedgerLine> changed = new ArrayList<>(lines(5, "true"));
        LedgerLine was = changed.get(4);
        changed.set(4, line(4, "changed", was.previous()));
        shown.put(Party.ACCESS, changed);
        shown.put(Party.DATA, lines(5, "true"));
        Walked walked = walked(Party.DATA, Party.ACCESS);
        assertThat(walked.numbers()).containsExactly(0L, 1L, 2L, 3L, 4L, 4L);
        assertThat(walked.notes())
                .containsExactly("the release ledger of access: its keepers have different lines 4; all of them are"
                        + " counted");
    }

    @Test
    void aLineThatDoesNotFollowIsAFault() {
        List<LedgerLine> torn = new ArrayList<>(lines(5, "true"));
        torn.remove(2);
        shown.put(Party.ACCESS, torn);
        assertThat(walked(Party.ACCESS).faults())
                .contains("the release ledger of access: line 2 does not follow the one before it");
    }

    @Test
    void aLedgerNobodyShowsIsAFault() {
        assertThat(walked(Party.DATA, Party.ACCESS).faults())
                .containsExactly("the release ledger of access: nobody shows it; start access or a tier that keeps"
                        + " its copy, then ask again");
    }

    /** Nothing follows only where somebody says so: who falls silent half way may have had more. */
    @Test
    void whoStopsAnsweringDoesNotEndTheLedger() {
        shown.put(Party.DATA, lines(10, "true"));
        silentFrom = 2 * PAGE;
        Walked walked = walked(Party.DATA, Party.ACCESS);
        assertThat(walked.numbers()).containsExactlyElementsOf(numbers(2 * PAGE));
        assertThat(walked.faults())
                .containsExactly("the release ledger of access: whoever showed it stopped answering after line 5; ask"
                        + " again");
    }

    @Test
    void aCopyIsNotTheLedgersOwnTier() {
        shown.put(Party.DATA, lines(7, "true"));
        Walked walked = walked(Party.DATA, Party.ACCESS);
        assertThat(walked.numbers()).containsExactlyElementsOf(numbers(7));
        assertThat(walked.faults()).isEmpty();
        assertThat(walked.byItsTier()).isFalse();
        shown.put(Party.ACCESS, lines(7, "true"));
        assertThat(walked(Party.DATA, Party.ACCESS).byItsTier()).isTrue();
    }

    @Test
    void anotherLedgerAltogetherIsNoBook() {
        shown.put(Party.ACCESS, lines(3 * LedgerWalk.FAULTS_MAX, "true"));
        shown.put(Party.DATA, lines(3 * LedgerWalk.FAULTS_MAX, "another"));
        assertThat(walked(Party.DATA, Party.ACCESS).notes()).hasSize(LedgerWalk.FAULTS_MAX);
    }

    private record Walked(List<Long> numbers, List<String> faults, List<String> notes, boolean byItsTier) {}

    private Walked walked(Party... keepers) {
        LedgerWalk walk = new LedgerWalk(
                Party.ACCESS,
                List.of(keepers),
                (keeper, ledger, from) -> Optional.ofNullable(shown.get(keeper))
                        .filter(lines -> from < silentFrom)
                        .map(lines -> lines.stream().skip(from).limit(PAGE).toList()));
        List<Long> numbers = new ArrayList<>();
        walk.walk(line -> numbers.add(line.number()));
        return new Walked(numbers, said(walk.faults()), said(walk.notes()), walk.isToldByItsTier());
    }

    private static List<String> said(List<Remark> remarks) {
        return remarks.stream()
                .map(one -> one.say(Locale.ENGLISH, ZoneOffset.UTC))
                .toList();
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private static List<LedgerLine> lines(int count, String about) {
        List<LedgerLine> lines = new ArrayList<>();
        Digest chain = Digest.ZERO;
        for (int i = 0; i < count; i++) {
            lines.add(line(i, about, chain));
            chain = lines.getLast().chain();
        }
        return lines;
    }

    private static LedgerLine line(long number, String about, Digest previous) {
        return new LedgerLine(
                number,
                new RecordTime(number),
                LedgerLine.Act.RELEASED,
                Digest.ZERO,
                Digest.ZERO,
                Digest.sha256(Bytes.ofText(about)),
                Digest.ZERO,
                List.of(),
                previous);
    }
}
