package trimaran.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Disk;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.StatementJudgement;
import trimaran.record.Verifier;

/**
 * Cuts and reopenings the witness was shown, in the order it took them in (DESIGN §10). It sees no log, so it knows the officers
 * of the founding alone, and keeps each statement for good. Who changes the file could open again what was closed, for this
 * witness only: each statement in it carries its officers' signatures.
 */
final class WitnessCuts {

    /** The file of the statements. */
    static final String FILE = "cuts";

    /** Statements kept: what officers sign in decades, since each is a bad day. */
    static final int STATEMENTS_MAX = 1024;

    private final Loop loop;
    private final Disk disk;
    private final Registry registry;
    private final Verifier verifier;
    private final List<SignedStatement> taken = new ArrayList<>();

    /** @throws MalformedException if the file cannot be read */
    WitnessCuts(Loop loop, Disk disk, Registry registry, Verifier verifier) throws MalformedException {
        this.loop = loop;
        this.disk = disk;
        this.registry = registry;
        this.verifier = verifier;
        Optional<Bytes> file = disk.read(FILE);
        if (file.isPresent()) {
            List<Bytes> statements = Reader.whole(
                    file.get(), reader -> reader.list(STATEMENTS_MAX, r -> r.bytes(RecordLimits.STATEMENT_BYTES_MAX)));
            for (Bytes statement : statements) {
                SignedStatement signed = SignedStatement.decode(statement);
                if (judge(signed).isEmpty()) {
                    take(signed);
                }
            }
        }
    }

    /** Takes a statement in, if it counts on sight; it is on disk before it acts. True if it is news. */
    Outcome<Boolean> accept(Bytes bytes) {
        SignedStatement signed;
        try {
            signed = SignedStatement.decode(bytes);
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "this statement cannot be read");
        }
        if (taken.stream().anyMatch(one -> one.id().equals(signed.id()))) {
            return Outcome.done(false);
        }
        Optional<Refusal> refusal = judge(signed);
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        if (taken.size() >= STATEMENTS_MAX) {
            return Outcome.refused(Code.BUSY, "the witness keeps as many cuts as it can");
        }
        List<SignedStatement> all = new ArrayList<>(taken);
        all.add(signed);
        disk.replace(
                FILE,
                new Writer(1024)
                        .list(all, (writer, one) -> writer.bytes(one.encode()))
                        .toBytes());
        take(signed);
        return Outcome.done(true);
    }

    private void take(SignedStatement signed) {
        taken.add(signed);
        registry.announce(signed.statement());
    }

    private Optional<Refusal> judge(SignedStatement signed) {
        RecordTime now = new RecordTime(loop.wallTime().millis());
        return StatementJudgement.judgeOnSight(signed, registry, now, verifier);
    }
}
