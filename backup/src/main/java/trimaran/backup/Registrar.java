package trimaran.backup;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.ledger.NoteVerifiers;
import trimaran.record.Header;
import trimaran.record.JdkVerifier;
import trimaran.record.PartyKeys;
import trimaran.record.Place;
import trimaran.record.Quorum;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;

/**
 * Who speaks for each party, by a backup's own record: from entry 0 on along the statements officers signed. Those that say whose
 * keys count are judged here again, since whoever mends a backup might add one.
 */
final class Registrar {

    private final Registry registry;
    private final Map<Party, PartyKeys> ahead = new EnumMap<>(Party.class);
    private final List<Bytes> replacedLogs = new ArrayList<>();
    private long epoch;

    private Registrar(Registry registry) {
        this.registry = registry;
    }

    static Registrar founded(Header zero) throws MalformedException {
        if (SignedStatement.decode(zero.author().statement()).statement() instanceof Statement.Founding founding) {
            return new Registrar(new Registry(founding));
        }
        throw new MalformedException("entry 0 founds no hospital");
    }

    Digest origin() {
        return registry.origin();
    }

    /** The generation of shares cells are opened in that are opened now. */
    long generation() {
        return registry.generation();
    }

    long erased(CellId cell) {
        return registry.erased(cell);
    }

    /** Takes in a statement at its place, which says that it counts; what is wrong with it otherwise. */
    Optional<String> apply(Header header, Place place, long index) throws MalformedException {
        SignedStatement signed = SignedStatement.decode(header.author().statement());
        if (saysWhoCounts(signed.statement())) {
            Optional<Refusal> refusal =
                    StatementJudgement.judge(signed, registry, place.effectiveTime(), new JdkVerifier());
            if (refusal.isPresent()) {
                return Optional.of("entry " + index + " gives keys that two officers did not sign: "
                        + refusal.get().sentence());
            }
        }
        registry.apply(signed.statement(), place.effectiveTime(), place.index());
        return Optional.empty();
    }

    private static boolean saysWhoCounts(Statement statement) {
        return statement instanceof Statement.EpochChange
                || statement instanceof Statement.Refresh
                || (statement instanceof Statement.Grant grant && grant.kind() == Statement.BadgeKind.OFFICER);
    }

    /** Follows a membership statement the record may not know yet. */
    Optional<String> follow(Bytes statement) throws MalformedException {
        SignedStatement signed = SignedStatement.decode(statement);
        if (!(signed.statement() instanceof Statement.EpochChange change)) {
            return Optional.of("the file epochs holds something else");
        }
        epoch = Math.max(epoch, registry.epoch());
        if (change.epoch() <= epoch) {
            return Optional.empty();
        }
        Optional<Refusal> refusal = StatementJudgement.judgeEpoch(signed, change, registry, epoch, new JdkVerifier());
        if (refusal.isPresent()) {
            return Optional.of("the file epochs gives keys that two officers did not sign: "
                    + refusal.get().sentence());
        }
        if (change.replaced() == Party.DATA) {
            replacedLogs.add(keys(Party.DATA).log());
        }
        epoch = change.epoch();
        ahead.put(change.replaced(), change.keys());
        return Optional.empty();
    }

    private PartyKeys keys(Party party) {
        PartyKeys newer = ahead.get(party);
        return newer == null ? registry.party(party) : newer;
    }

    Quorum quorum(NoteVerifiers verifiers) throws MalformedException {
        List<Bytes> former = new ArrayList<>(registry.formerLogs());
        former.addAll(replacedLogs);
        return Quorum.of(registry.origin(), this::keys, former, Quorum.ML_DSA_44_TYPE, verifiers);
    }
}
