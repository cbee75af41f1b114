package trimaran.tier;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.Keeper;
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
 * founding, and whose keys were replaced. All of it is judged, from the founding on.
 *
 * @param officers as far as the statements given stand
 * @param memberships oldest first, its own last
 * @param own the one that gave it its keys; none for a tier of the founding
 */
record GivenMembership(Registry officers, List<Bytes> memberships, Optional<Bytes> own) {

    static GivenMembership of(Path folder, SignedStatement founding) {
        Registry officers = new Registry((Statement.Founding) founding.statement());
        Verifier verifier = new JdkVerifier();
        for (Bytes given : EpochFiles.officers(folder)) {
            try {
                SignedStatement signed = SignedStatement.decode(given);
                if (StatementJudgement.judgeOfficer(signed, officers, verifier).isEmpty()) {
                    officers.apply(signed.statement(), RecordTime.ZERO);
                }
            } catch (MalformedException damaged) {
                // It makes nobody an officer; what such a one signed is refused below.
            }
        }
        return new GivenMembership(officers, EpochFiles.read(folder), EpochFiles.own(folder));
    }

    /**
     * Why this tier must not serve: nobody gave it the keys it has. A membership that is over is none of these; the log told of a later
     * one.
     */
    Optional<Refusal> into(Keeper keeper) {
        for (Bytes membership : memberships) {
            if (keeper.changeEpoch(membership, officers) instanceof Outcome.Refused<Boolean>(Refusal refusal)
                    && own.filter(membership::equals).isPresent()
                    && refusal.code() != Code.WRONG_ORIGIN) {
                return Optional.of(Refusal.of(
                        refusal.code(),
                        "the statement that gave this tier its keys does not stand: " + refusal.sentence()));
            }
        }
        return Optional.empty();
    }
}
