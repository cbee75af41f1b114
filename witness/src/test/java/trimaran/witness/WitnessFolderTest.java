package trimaran.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.party.FirstStart;
import trimaran.party.OwnKeys;
import trimaran.process.FileDisk;
import trimaran.process.SystemEntropy;

/** What a witness starts from, and what it says where it cannot. */
class WitnessFolderTest {

    @TempDir
    private Path home;

    private Path folder = Path.of("");

    @BeforeEach
    void makeKeys() {
        folder = home.resolve("witness");
        assertThat(OwnKeys.make(Party.WITNESS, folder, new SystemEntropy()).isDone())
                .isTrue();
    }

    @Test
    void keysThatSignedDoNotBeginAnewWhereTheirHeadIsMissing() throws IOException, MalformedException {
        assertThat(WitnessMain.whole(folder)).isEqualTo(Outcome.done(folder));
        WitnessedHospital hospital = new WitnessedHospital();
        WitnessedHospital.Tree tree = new WitnessedHospital.Tree(5, "entry");
        Caller caller = new Caller(hospital.witness(FileDisk.in(folder)));
        assertThat(folder.resolve(FirstStart.MARK)).exists();
        assertThat(caller.ask(new Request.AddCheckpoint(
                                0, tree.since(0), hospital.note(tree, Party.ACCESS, Party.DATA)))
                        .isDone())
                .isTrue();
        assertThat(folder.resolve(FirstStart.MARK)).doesNotExist();
        assertThat(WitnessMain.whole(folder)).isEqualTo(Outcome.done(folder));
        Files.delete(folder.resolve("head"));
        assertThat(WitnessMain.whole(folder)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            Refusal refusal = refused.refusal();
            assertThat(refusal.code()).isEqualTo(Code.HOME_DAMAGED);
            assertThat(refusal.sentence()).contains("its head is missing", "trimaran rebuild witness");
        });
    }
}
