package trimaran.tier;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.party.EpochFiles;
import trimaran.record.JdkVerifier;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;
import trimaran.record.Verifier;

/**
 * What a rebuilt tier is given with its folder, because it has no record yet to look it up in: who was made an officer since the
 * founding and who none any more, and whose keys were replaced. All of it is judged, from the founding on.
 */
final class GivenMembership {

    private final Registry officers;
    private final Verifier verifier;
    private final Deque<Bytes> statements;
    private final List<Bytes> memberships;
    private final Optional<Bytes> own;

    /**
     * @param statements what made and unmade officers, oldest first
     * @param memberships oldest first, its own last
     * @param own the one that gave it its keys; none for a tier of the founding
     */
    GivenMembership(
            Statement.Founding founding,
            Verifier verifier,
            List<Bytes> statements,
            List<Bytes> memberships,
            Optional<Bytes> own) {
        this.officers = new Registry(founding);
        this.verifier = verifier;
        this.statements = new ArrayDeque<>(statements);
        this.memberships = List.copyOf(memberships);
        this.own = own;
    }

    static GivenMembership of(Path folder, SignedStatement founding) {
        return new GivenMembership(
                (Statement.Founding) founding.statement(),
                new JdkVerifier(),
                EpochFiles.officers(folder),
                EpochFiles.read(folder),
                EpochFiles.own(folder));
    }

    /**
     * Why this tier must not serve: nobody gave it the keys it has. A membership that is over is none of these; the log told of a
     * later one.
     *
     * @param keeper takes a membership in by these officers
     */
    Optional<Refusal> into(BiFunction<Bytes, Registry, Outcome<Boolean>> keeper) {
        Optional<Refusal> refusal = Optional.empty();
        for (Bytes membership : memberships) {
            Outcome<Boolean> taken = keeper.apply(membership, officers);
            // Each by the officers of its day or of before: who signed one may have been unmade since.
            while (isOfOthers(taken) && !statements.isEmpty()) {
                officer(statements.removeFirst());
                taken = keeper.apply(membership, officers);
            }
            if (isOfOthers(taken) && taken instanceof Outcome.Refused<Boolean>(Refusal why)) {
                refusal = refusal.or(() -> Optional.of(why));
            }
        }
        return own.isEmpty()
                ? Optional.empty()
                : refusal.map(why -> Refusal.of(
                        why.code(),
                        "a statement that gave this tier or another its keys does not stand: " + why.sentence()));
    }

    private static boolean isOfOthers(Outcome<Boolean> taken) {
        return taken instanceof Outcome.Refused<Boolean>(Refusal refusal) && refusal.code() == Code.OFFICERS_MISSING;
    }

    private void officer(Bytes statement) {
        try {
            SignedStatement signed = SignedStatement.decode(statement);
            if (StatementJudgement.judgeOfficer(signed, officers, verifier).isEmpty()) {
                officers.apply(signed.statement(), RecordTime.ZERO);
            }
        } catch (MalformedException damaged) {
            // It makes nobody an officer; what such a one signed is refused.
        }
    }
}
