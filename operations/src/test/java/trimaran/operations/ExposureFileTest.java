package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.kernel.RecordTime;

/** The list of an exposure under its name, and what is said of a window no ledger has. */
class ExposureFileTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("exposed.csv");
    }

    @Test
    void aListIsThereOnceItIsWholeAndForItsOwnerAlone() throws Exception {
        ExposureFile.named(file()).write(out -> {
            out.write("one\r\n");
            out.flush();
            assertThat(file()).as("while it is written").doesNotExist();
            out.write("two\r\n");
        });
        assertThat(file()).hasContent("one\r\ntwo\r\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void ofAListThatBreaksOffNothingStays() throws Exception {
        refused(() -> ExposureFile.named(file()).write(broken("No space left on device")), Code.DISK_FULL, "is full");
        assertThat(folder).isEmptyDirectory();
        refused(() -> ExposureFile.named(file()).write(broken("Input/output error")), Code.USAGE, "nothing stays");
        assertThat(folder).isEmptyDirectory();
    }

    private static ExposureFile.Rows broken(String why) {
        return out -> {
            out.write("one\r\n");
            out.flush();
            throw new IOException(why);
        };
    }

    @Test
    void whereNothingCanBeWrittenNobodyIsAskedForAnything() throws Exception {
        refused(() -> ExposureFile.named(folder.resolve("nowhere/f.csv")), Code.USAGE, "name another file");
        Files.writeString(file(), "of before");
        refused(() -> ExposureFile.named(file()), Code.USAGE, "is there already");
        Files.delete(file());
        Files.writeString(folder.resolve("exposed.csv.part"), "killed");
        refused(() -> ExposureFile.named(file()), Code.USAGE, "broken off; remove it");
    }

    /** Before any hull is asked: none of this home's answers. */
    @Test
    void theCommandLooksBeforeItReadsTheRecord() throws Exception {
        FoundedOffice office = FoundedOffice.in(folder.resolve("office"));
        Path closed = folder.resolve("nowhere/f.csv");
        StandIn.Said said = StandIn.run(
                "", office.command("exposure", "--party", "data", "--from", "2026-01-01", "--csv", closed.toString()));
        assertThat(said.status()).as(said.err()).isEqualTo(Code.USAGE.exitCode());
        assertThat(said.err()).containsOnlyOnce(closed.toString());
    }

    /** One that came meanwhile is not written over. */
    @Test
    void whatCameUnderItsNameMeanwhileStays() throws Exception {
        ExposureFile list = ExposureFile.named(file());
        refused(() -> list.write(out -> Files.writeString(file(), "another's")), Code.USAGE, "is there already");
        assertThat(file()).hasContent("another's");
    }

    @Test
    void aWindowBeforeTheFoundingIsSaidWithItsTimeAndTheWayOn() throws Exception {
        FoundedOffice office = FoundedOffice.in(folder.resolve("office"));
        StandIn.Said said = StandIn.run(
                "", office.command("exposure", "--party", "data", "--from", "2001-01-01", "--to", "2001-01-02"));
        assertThat(said.status()).as(said.err()).isEqualTo(Code.USAGE.exitCode());
        String founded = String.valueOf(((trimaran.record.Statement.Founding)
                        Console.founding(office.home().founding()).statement())
                .time());
        assertThat(said.err()).contains("before the hospital was founded, at " + founded, "name a later --to");
        RecordTime time = new RecordTime(1_000);
        ExposureCommand.requireFounded(time, time);
        refused(() -> ExposureCommand.requireFounded(time, new RecordTime(999)), Code.USAGE, "name a later --to");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable act, Code code, String words) {
        assertThatThrownBy(act).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.refusal().code()).as(refused.getMessage()).isEqualTo(code);
            assertThat(refused.refusal().sentence()).contains(words);
        });
    }
}
