package trimaran.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.process.SystemEntropy;

/** Keys that served, without what tells of it, are half a folder. */
class FirstStartTest {

    @TempDir
    private Path home;

    @Test
    void keysBeginOnceAndFromThenOnGoOn() {
        Path folder = home.resolve("witness");
        assertThat(OwnKeys.make(Party.WITNESS, folder, new SystemEntropy()).isDone())
                .isTrue();
        assertThat(whole(folder, false)).isEqualTo(Outcome.done(folder));
        assertThat(whole(folder, true)).isEqualTo(Outcome.done(folder));
        FirstStart.isOver(folder);
        FirstStart.isOver(folder);
        assertThat(whole(folder, true)).isEqualTo(Outcome.done(folder));
        assertThat(whole(folder, false)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            Refusal refusal = refused.refusal();
            assertThat(refusal.code()).isEqualTo(Code.HOME_DAMAGED);
            assertThat(refusal.sentence())
                    .contains("only half of witness is in " + folder, "its head is missing", "rebuild witness")
                    .doesNotContain("\n");
        });
    }

    /** Whoever asks again for keys that served is refused them, and no mark comes back by it. */
    @Test
    void keysThatAreThereAlreadyAreNotMarkedAgain() {
        Path folder = home.resolve("data");
        assertThat(OwnKeys.make(Party.DATA, folder, new SystemEntropy()).isDone())
                .isTrue();
        FirstStart.isOver(folder);
        assertThat(OwnKeys.make(Party.DATA, folder, new SystemEntropy()).isDone())
                .isFalse();
        assertThat(folder.resolve(FirstStart.MARK)).doesNotExist();
    }

    private static Outcome<Path> whole(Path folder, boolean there) {
        return FirstStart.require(Party.WITNESS, folder, "its head", there);
    }
}
