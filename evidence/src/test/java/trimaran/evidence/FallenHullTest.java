package trimaran.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerHead;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** One hull that lies, or a hull at work, neither prevents an archive nor makes an honest one false. */
class FallenHullTest {

    private static final RecordTime FOUNDED = PaperHospital.FOUNDED;
    private static final Window WINDOW = window(10, 20);

    /** Ends after the last line. */
    private static final Window TO_THE_END = window(20, 30);

    @TempDir
    Path scratch;

    private final PaperHospital hospital = new PaperHospital();

    private static Window window(long fromHour, long toHour) {
        return new Window(
                FOUNDED.plusMillis(fromHour * PaperHospital.HOUR), FOUNDED.plusMillis(toHour * PaperHospital.HOUR));
    }

    /** The hospital, with a hand between. */
    private record Between(PaperHospital hospital, BiFunction<Party, Request, Outcome<Response>> answer)
            implements Lines {
        @Override
        public Outcome<Response> ask(Party party, Request request) {
            return answer.apply(party, request);
        }

        @Override
        public void pause() {
            // Nothing comes later here.
        }

        @Override
        public void progress(String line) {
            // Nobody waits.
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Evidence.Made made(Lines lines, Window window) throws IOException {
        out.reset();
        Outcome<Evidence.Made> outcome = new Evidence(lines, hospital.registry, window, ZoneId.of("Europe/Paris"))
                .write(Party.DATA, out, hospital.now);
        assertThat(outcome.isDone()).as(outcome.toString()).isTrue();
        return ((Outcome.Done<Evidence.Made>) outcome).value();
    }

    private Checking.Said checked(int status) throws IOException {
        Checking.Said said = Checking.of(out, scratch).check();
        assertThat(said.status()).as(said.out()).isEqualTo(status);
        return said;
    }

    @Test
    void headsThatAreTakenOutAreMissedAndLinesAloneAreFalse() throws IOException {
        made(hospital, WINDOW);
        Checking checking = Checking.of(out, scratch);
        checking.remove("ledgers/data/access.head");
        checking.remove("ledgers/data/application.head");
        checking.mend();
        Checking.Said said = checking.check();
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.out()).contains("ledgers/data: one hull alone says so");
        checking.unpack();
        checking.remove("ledgers/data/data.head");
        checking.mend();
        said = checking.check();
        assertThat(said.status()).isOne();
        assertThat(said.out()).contains("data.lines: lacks the signed word of data");
    }

    @Test
    void aLineThatIsWrittenWhileItIsReadIsInTheArchive() throws IOException {
        RecordTime time = TO_THE_END.to().plusMillis(-1);
        Lines busy = new Between(hospital, (party, request) -> {
            List<LedgerLine> own = hospital.ledger(Party.ACCESS, Party.ACCESS);
            if (request instanceof Request.SignLedger(Party tier, long count, Digest about)
                    && tier == Party.ACCESS
                    && count > 0
                    && own.size() < 62) {
                LedgerLine line =
                        PaperHospital.line(own.size(), time, own.getLast().chain());
                Party.TIERS.forEach(
                        keeper -> hospital.ledger(keeper, Party.ACCESS).add(line));
            }
            return hospital.ask(party, request);
        });
        Evidence.Made made = made(busy, TO_THE_END);
        assertThat(made.gaps()).isEmpty();
        assertThat(made.ledgerLines()).containsEntry(Party.ACCESS, 22L);
        checked(0);
    }

    @Test
    void copiesThatHaveMoreThanTheTierItselfAreThereAndItIsSaid() throws IOException {
        hospital.ledger(Party.ACCESS, Party.ACCESS).subList(50, 60).clear();
        Evidence.Made made = made(hospital, TO_THE_END);
        assertThat(made.gaps()).hasSize(2).allMatch(gap -> gap.contains("has more lines"));
        assertThat(made.ledgerLines()).containsEntry(Party.ACCESS, 20L);
        assertThat(checked(2).out()).contains("ledgers/access: application has more lines");
    }

    @Test
    void aHullThatSignsFalselyCountsAsSilent() throws IOException {
        Lines lying = new Between(
                hospital,
                (party, request) -> hospital.ask(party, request)
                        .map(answer -> party == Party.DATA && answer instanceof Response.LedgerSigned(LedgerHead head)
                                ? new Response.LedgerSigned(new LedgerHead(
                                        head.keeper(),
                                        head.ledger(),
                                        head.lines(),
                                        head.chain(),
                                        head.total(),
                                        head.time().plusMillis(1),
                                        head.about(),
                                        head.signature()))
                                : answer));
        assertThat(made(lying, WINDOW).gaps())
                .hasSize(3)
                .allMatch(gap -> gap.contains("data does not sign what it was asked"));
        assertThat(checked(2).out()).contains("ledgers/data: nothing of data", "see MANQUE-MISSING.txt");
    }

    @Test
    void linesThatDoNotFollowOneAnotherAreNotTaken() throws IOException {
        List<LedgerLine> own = hospital.ledger(Party.ACCESS, Party.ACCESS);
        own.set(30, PaperHospital.chain("another", 60).get(30));
        assertThat(made(hospital, WINDOW).gaps()).singleElement().asString().contains("line 30", "does not follow");
        assertThat(checked(2).out()).contains("ledgers/access: nothing of access");
    }

    @Test
    void aHullThatGivesOtherLinesTheSecondTimeIsLeftOutOfTheNextAttempt() throws IOException {
        int[] asked = {0};
        Lines changing = new Between(hospital, (party, request) -> {
            if (party == Party.ACCESS && request.equals(new Request.FetchLedger(Party.ACCESS, 19)) && ++asked[0] == 3) {
                hospital.ledger(Party.ACCESS, Party.ACCESS).clear();
                hospital.ledger(Party.ACCESS, Party.ACCESS).addAll(PaperHospital.chain("another", 60));
            }
            return hospital.ask(party, request);
        });
        Evidence evidence = new Evidence(changing, hospital.registry, WINDOW, ZoneId.of("UTC"));
        assertThat(evidence.write(Party.DATA, out, hospital.now).isDone()).isFalse();
        out.reset();
        assertThat(evidence.write(Party.DATA, out, hospital.now).toString()).contains("access gave other lines");
        checked(2);
    }

    @Test
    void aCheckpointThreeOfFourDidNotSignIsNotPacked() throws IOException {
        Lines alone = new Between(
                hospital,
                (party, request) -> party == Party.APPLICATION && request instanceof Request.Highest
                        ? Outcome.done(new Response.Note(hospital.note(Party.DATA)))
                        : hospital.ask(party, request));
        made(alone, WINDOW);
        assertThat(Checking.of(out, scratch).names()).doesNotContain("checkpoints/application");
        checked(0);
    }

    @Test
    void whatWasSignedInTheSecondBeforeTheEndProvesNothingOfIt() throws IOException {
        Window within = new Window(WINDOW.from(), WINDOW.to().plusMillis(500));
        hospital.now = within.to();
        assertThat(made(hospital, within).gaps()).isNotEmpty();
        assertThat(checked(2).out()).contains("nothing is proven after");
    }

    @Test
    void withoutAnEntryAfterTheWindowItsEndIsByDatasClock() throws IOException {
        made(hospital, window(25, 39));
        assertThat(checked(0).out()).contains("its end is by data's clock");
        made(hospital, WINDOW);
        assertThat(checked(0).out()).doesNotContain("by data's clock");
    }

    /** A clock that is set back in between puts lines of the window behind one that is after it. */
    @Test
    void linesBehindAClockThatWasSetBackAreInTheArchive() throws IOException {
        for (Party keeper : Party.TIERS) {
            List<LedgerLine> lines = hospital.ledger(keeper, Party.ACCESS);
            lines.subList(41, 60).clear();
            // Just within the margin, back into the window, and just over the margin, where it ends.
            for (long millis : List.of(LedgerScan.MARGIN_MILLIS, -1L, LedgerScan.MARGIN_MILLIS + 1, 0L)) {
                RecordTime time = WINDOW.to().plusMillis(millis);
                lines.add(PaperHospital.line(lines.size(), time, lines.getLast().chain()));
            }
        }
        Evidence.Made made = made(hospital, WINDOW);
        assertThat(made.ledgerLines()).containsEntry(Party.ACCESS, 22L);
        assertThat(checked(0).out()).contains("ledgers/access: 22 lines");
    }

    @Test
    void filesThatAreNotOfAnArchiveAreFalseWithTheManifestMended() throws IOException {
        made(hospital, WINDOW);
        Checking checking = Checking.of(out, scratch);
        for (String name :
                List.of("checker/Extra.java", "notes.txt", "checkpoints/notes", "ledgers/data/witness.head")) {
            checking.change(name, new byte[] {'x'});
            checking.mend();
            assertThat(checking.check().status()).as(name).isOne();
            checking.unpack();
        }
        Path link = scratch.resolve("archive/README.txt");
        Path target = scratch.resolve("elsewhere");
        Files.move(link, target);
        Files.createSymbolicLink(link, target);
        assertThat(checking.check().status()).isOne();
        checking.unpack();
        byte[] manifest = checking.file(ArchiveFile.MANIFEST);
        checking.change(
                ArchiveFile.MANIFEST,
                (new String(manifest, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(checking.check().out()).contains("MANIFEST: says something else, too");
    }
}
