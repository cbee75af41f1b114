package trimaran.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;

/** An archive, and what its own checker says of it whole, changed and forged. */
class EvidenceTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Window WINDOW = window(10, 20);

    @TempDir
    Path scratch;

    private final PaperHospital hospital = new PaperHospital();

    private static Window window(long fromHour, long toHour) {
        return new Window(
                PaperHospital.FOUNDED.plusMillis(fromHour * PaperHospital.HOUR),
                PaperHospital.FOUNDED.plusMillis(toHour * PaperHospital.HOUR));
    }

    private Outcome<Evidence.Made> made(Window window, ByteArrayOutputStream out) throws IOException {
        return new Evidence(hospital, hospital.registry, window, PARIS).write(Party.DATA, out, hospital.now);
    }

    private Checking archive(Window window) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(made(window, out).isDone()).isTrue();
        return Checking.of(out, scratch);
    }

    private static Evidence.Made done(Outcome<Evidence.Made> outcome) {
        return ((Outcome.Done<Evidence.Made>) outcome).value();
    }

    @Test
    void anArchiveIsTrueAndCompleteAndHasTheWindowOnly() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Evidence.Made made = done(made(WINDOW, out));
        // An entry an hour, and three statements that were made in these hours.
        assertThat(made.entries()).isEqualTo(14);
        assertThat(made.ledgerLines()).containsEntry(Party.ACCESS, 21L);
        assertThat(made.gaps()).isEmpty();
        Checking checking = Checking.of(out, scratch);
        Checking.Said said = checking.check(hospital.registry.origin().hex());
        assertThat(said.out())
                .contains(
                        "VERDICT: TRUE AND COMPLETE",
                        "14 entries",
                        "1 entries held in the window and placed after it",
                        made.digest().hex(),
                        "essai");
        assertThat(said.status()).isZero();
        assertThat(hospital.foreign).isEmpty();
        assertThat(checking.names()).doesNotContain("MANQUE-MISSING.txt");
        assertThat(new String(checking.file("LISEZMOI.txt"), StandardCharsets.UTF_8))
                .contains("Hôpital d'essai", hospital.registry.origin().hex())
                .doesNotContain("{");
    }

    @Test
    void anotherHospitalsPaperIsSaid() throws IOException {
        Checking.Said said = archive(WINDOW).check("00".repeat(32));
        assertThat(said.status()).isOne();
        assertThat(said.out())
                .contains("hash of entry 0 is " + hospital.registry.origin().hex());
    }

    @Test
    void anOlderCheckpointIsContinuedOrItIsFalse() throws IOException {
        Path older = scratch.resolve("older");
        java.nio.file.Files.write(
                older, hospital.note(Party.DATA, Party.WITNESS).toArray());
        Checking checking = archive(WINDOW);
        String origin = hospital.registry.origin().hex();
        assertThat(checking.check(origin, older.toString()).status()).isZero();
        PaperHospital other = new PaperHospital();
        java.nio.file.Files.write(older, other.note(Party.DATA, Party.WITNESS).toArray());
        Checking.Said said = checking.check(origin, older.toString());
        assertThat(said.status()).isOne();
        assertThat(said.out())
                .contains("FALSE   " + older + ": is another hospital's, " + log(other)
                        + "; this archive is of Hôpital d'essai: name a checkpoint whose first line is " + log(hospital)
                        + "\n");
    }

    /** The first line of each checkpoint of this hospital. */
    private static String log(PaperHospital hospital) {
        return "trimaran/" + hospital.registry.origin().hex().substring(0, 32);
    }

    @Test
    void windowsAtBothEndsAndWithoutAnythingAreWhole() throws IOException {
        for (Window window : List.of(window(-5, -1), window(0, 3), window(25, 39), window(0, 39), window(35, 39))) {
            Checking.Said said = archive(window).check();
            assertThat(said.out()).as(window.toString()).contains("TRUE AND COMPLETE");
            assertThat(said.status()).isZero();
        }
    }

    @Test
    void oneChangedByteIsFoundInEachFile() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("EvidenceTest -Dseed=" + seed);
        Random random = new Random(seed);
        Checking checking = archive(WINDOW);
        for (String name : checking.names()) {
            byte[] bytes = checking.file(name);
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            checking.change(name, bytes);
            Checking.Said said = checking.check();
            assertThat(said.status())
                    .as("byte %d of %s: %s", at, name, said.out())
                    .isOne();
            assertThat(said.out()).contains("VERDICT: FALSE");
            checking.change(name, checking.file(name));
        }
        assertThat(checking.check().status()).isZero();
    }

    /** Whoever changes a byte mends the manifest, too: then nothing but signatures can tell. */
    @Test
    void oneChangedByteIsFoundBySignaturesWhereTheManifestWasMended() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("EvidenceTest -Dseed=" + seed);
        Random random = new Random(seed);
        Checking checking = archive(WINDOW);
        for (String name : checking.names()) {
            if (name.equals(ArchiveFile.MANIFEST)) {
                continue;
            }
            for (int i = 0; i < (name.equals("record") ? 8 : 1); i++) {
                byte[] bytes = checking.file(name);
                int at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                checking.change(name, bytes);
                checking.mend();
                Checking.Said said = checking.check();
                assertThat(said.status())
                        .as("byte %d of %s: %s", at, name, said.out())
                        .isOne();
                assertThat(said.out()).contains("FALSE  ");
                checking.change(name, checking.file(name));
            }
        }
    }

    /** Each value has one form, and the checker knows no other: what names no later key is written in the form without. */
    @Test
    void theFormOfLaterKeysWithoutOneCannotBeRead() throws IOException {
        Checking checking = archive(WINDOW);
        byte[] record = checking.file("record");
        byte[] blob = PaperHospital.digest("blob 12").toArray();
        int at = 0;
        while (!Arrays.equals(record, at, at + blob.length, blob, 0, blob.length)) {
            at++;
        }
        int end = at + 32 + 4 + 4 + 13;
        ByteBuffer forged = ByteBuffer.allocate(record.length + 16);
        forged.put(record, 0, end).put(new byte[16]).put(record, end, record.length - end);
        int author = at - 16 - 4 - 1 - 8 - 1 - 3 * 32 - 1;
        assertThat(forged.get(author)).isEqualTo((byte) 3);
        forged.put(author, (byte) 4);
        forged.putInt(author - 4, forged.getInt(author - 4) + 16);
        forged.putInt(author - 8, forged.getInt(author - 8) + 16);
        checking.change("record", forged.array());
        checking.mend();
        assertThat(checking.check().out()).contains("cannot be read at byte");
    }

    @Test
    void aFileThatIsTakenOutWithTheManifestMendedIsFalseOrMissing() throws IOException {
        Checking checking = archive(WINDOW);
        for (String name : checking.names()) {
            if (name.endsWith(".head") || name.startsWith("checkpoints/")) {
                continue;
            }
            checking.remove(name);
            if (!name.equals(ArchiveFile.MANIFEST)) {
                checking.mend();
            }
            assertThat(checking.check().status()).as(name).isOne();
            checking.unpack();
        }
        for (Party keeper : Party.TIERS) {
            checking.remove("ledgers/data/" + keeper.word() + ".head");
        }
        checking.remove("ledgers/data/data.lines");
        checking.mend();
        Checking.Said said = checking.check();
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.out()).contains("MISSING", "ledgers/data: neither the ledger nor a copy");
    }

    @Test
    void aSilentTiersLedgerComesFromItsCopies() throws IOException {
        hospital.silent.add(Party.ACCESS);
        Checking checking = archive(WINDOW);
        assertThat(checking.names())
                .contains("ledgers/access/application.lines")
                .doesNotContain("checkpoints/access");
        Checking.Said said = checking.check();
        assertThat(said.out()).contains("NOTE", "nothing of access", "TRUE AND COMPLETE");
        assertThat(said.status()).isZero();
    }

    @Test
    void oneHullsWordIsNoProofAndNoneNothing() throws IOException {
        hospital.silent.add(Party.ACCESS);
        hospital.silent.add(Party.APPLICATION);
        missing("only data says what is in access's release ledger", "ledgers/data: one hull alone says so");
        hospital.silent.add(Party.DATA);
        hospital.silent.add(Party.WITNESS);
        assertThat(((Outcome.Refused<Evidence.Made>) made(WINDOW, new ByteArrayOutputStream()))
                        .refusal()
                        .code())
                .isEqualTo(Code.STALE);
    }

    @Test
    void whatNobodyGivesIsSaidInTheArchiveAndByTheChecker() throws IOException {
        hospital.forgotten.add(Party.APPLICATION);
        missing("neither application's release ledger nor a copy", "ledgers/application: neither the ledger");
    }

    @Test
    void whatWasSignedBeforeTheWindowEndedIsNoProofOfItsEnd() throws IOException {
        hospital.now = WINDOW.to().plusMillis(-PaperHospital.HOUR);
        missing("before the end of the window", "nothing is proven after");
    }

    private void missing(String made, String checked) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(done(made(WINDOW, out)).gaps()).isNotEmpty();
        Checking checking = Checking.of(out, scratch);
        assertThat(new String(checking.file("MANQUE-MISSING.txt"), StandardCharsets.UTF_8))
                .contains("PAS COMPLÈTE", "NOT COMPLETE", made);
        Checking.Said said = checking.check();
        assertThat(said.out()).contains("MISSING ", checked).doesNotContain("COMPLETE.");
        assertThat(said.status()).isEqualTo(2);
    }

    @Test
    void aTierThatRewroteItsLedgerIsContradictedByTheCopiesAndAllIsThere() throws IOException {
        hospital.ledger(Party.ACCESS, Party.ACCESS).clear();
        hospital.ledger(Party.ACCESS, Party.ACCESS).addAll(PaperHospital.chain("another", 60));
        hospital.ledger(Party.DATA, Party.APPLICATION).subList(30, 60).clear();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(done(made(WINDOW, out)).gaps()).hasSize(3);
        Checking checking = Checking.of(out, scratch);
        Checking.Said said = checking.check();
        assertThat(said.out())
                .contains("ledgers/access: CONTRADICTION, application has other lines")
                .contains("ledgers/access: CONTRADICTION, data has other lines")
                .contains("ledgers/application: the copy of data is shorter");
        assertThat(said.status()).isEqualTo(2);
    }

    @Test
    void aCopyOfTheRecordThatDoesNotGiveTheSignedRootIsRefused() throws IOException {
        PaperHospital other = new PaperHospital();
        Lines mixed = new Lines() {
            @Override
            public Outcome<trimaran.line.message.Response> ask(Party party, trimaran.line.message.Request request) {
                return request instanceof trimaran.line.message.Request.FetchEntries
                        ? other.ask(party, request)
                        : hospital.ask(party, request);
            }

            @Override
            public void pause() {
                // Nothing comes later here.
            }

            @Override
            public void progress(String line) {
                // Nobody waits.
            }
        };
        Outcome<Evidence.Made> outcome = new Evidence(mixed, hospital.registry, WINDOW, PARIS)
                .write(Party.DATA, new ByteArrayOutputStream(), hospital.now);
        assertThat(((Outcome.Refused<Evidence.Made>) outcome).refusal().code()).isEqualTo(Code.BAD_PROOF);
    }

    @Test
    void nothingInAnArchiveIsOfAnotherTime() throws IOException {
        Checking checking = archive(WINDOW);
        String record = Bytes.wrap(checking.file("record")).hex();
        List<Integer> seen = new ArrayList<>();
        for (int hour = 1; hour <= 30; hour++) {
            if (record.contains(PaperHospital.digest("blob " + hour).hex())) {
                seen.add(hour);
            }
        }
        // The window's hours, one on either side, which shows where it begins and ends, and what was held in it.
        assertThat(seen).containsExactly(9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, PaperHospital.LATE_HOUR);
    }
}
