package trimaran.party;

import java.nio.file.Path;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.process.FileDisk;
import trimaran.record.JdkVerifier;
import trimaran.record.SignedStatement;
import trimaran.record.StatementJudgement;

/** Entry 0 as a party was given it at its founding, in its own folder. */
public final class FoundingFile {

    static final String NAME = "founding";

    private FoundingFile() {}

    /** Refused if it is missing, damaged, or signed by fewer than three officers. */
    public static Outcome<SignedStatement> read(Path folder) {
        try {
            Bytes bytes = FileDisk.in(folder)
                    .read(NAME)
                    .orElseThrow(() -> new MalformedException("there is no founding statement"));
            SignedStatement founding = SignedStatement.decode(bytes);
            return StatementJudgement.judgeFounding(founding, new JdkVerifier())
                    .<Outcome<SignedStatement>>map(Outcome::refused)
                    .orElseGet(() -> Outcome.done(founding));
        } catch (MalformedException damaged) {
            return Outcome.refused(Code.HOME_DAMAGED, "the founding statement in " + folder + " is missing or damaged");
        }
    }
}
