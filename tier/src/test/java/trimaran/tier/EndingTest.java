package trimaran.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.keeper.UnreadableCopyException;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.process.Trace;

/** Whatever ends a tier is one line with the way on; a trace lies in its folder and is shown to nobody. */
class EndingTest {

    @TempDir
    private Path folder;

    @Test
    void aCopyThatCannotBeReadIsDamagedAndTheOthersRebuildIt() throws IOException {
        Refusal refusal = refusal(new UnreadableCopyException(
                "the annex of a held entry cannot be read", new MalformedException("cut short")));
        assertThat(refusal.code()).isEqualTo(Code.HOME_DAMAGED);
        assertThat(refusal.sentence())
                .contains("the copy of the record in " + folder + " is damaged")
                .contains("the annex of a held entry cannot be read")
                .contains("trimaran rebuild access");
        assertThat(traced()).contains("cut short", "\tat ", "trimaran.tier.EndingTest");
    }

    @Test
    void aFaultOfTheProgramIsCalledOne() throws IOException {
        Refusal refusal = refusal(new IllegalStateException("this\nis impossible"));
        assertThat(refusal.code()).isEqualTo(Code.BROKEN);
        assertThat(refusal.sentence())
                .startsWith("access stopped on a fault of this program (IllegalStateException: this is impossible)")
                .contains("the trace is in " + folder.resolve(Trace.FILE));
        assertThat(traced()).contains("\tat ", "trimaran.tier.EndingTest");
    }

    @Test
    void whatADiskRefusesIsSaidInWordsWithTheFile() {
        Refusal refusal = refusal(new UncheckedIOException(new AccessDeniedException("/a")));
        assertThat(refusal.code()).isEqualTo(Code.BROKEN);
        assertThat(refusal.sentence()).startsWith("access cannot use its disk: this account has no permission: /a");
        Refusal full = refusal(new UncheckedIOException(new IOException("No space left on device")));
        assertThat(full).isEqualTo(Refusal.of(Code.DISK_FULL, "the disk is full"));
    }

    @Test
    void aStoreSaysWhatIsTheMatterItself() {
        Refusal refusal = refusal(new Store.StoreFailure("the store is damaged", new IOException("of it")));
        assertThat(refusal).isEqualTo(Refusal.of(Code.HOME_DAMAGED, "the store is damaged"));
        assertThat(folder).isEmptyDirectory();
    }

    private Refusal refusal(Throwable failure) {
        Refusal refusal = new Ending(Party.ACCESS, folder).refusal(failure);
        assertThat(List.of(refusal.sentence().split("\n", -1))).hasSize(1);
        assertThat(refusal.sentence()).doesNotContain("\tat ");
        return refusal;
    }

    private String traced() throws IOException {
        return Files.readString(folder.resolve(Trace.FILE));
    }
}
