package trimaran.station.web;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import trimaran.cut.Announcing;
import trimaran.cut.CutTarget;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Response;
import trimaran.record.JdkKeys;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.station.BadgeStanding;
import trimaran.station.StationState;

/** An officer and what they cut, in memory: access and data answer, application answers unless it is silent. */
final class FakeCuts {

    static final String OFFICER = "direction";
    static final Digest HERE = Digest.sha256(Bytes.ofText("accueil"));
    static final Digest ELSEWHERE = Digest.sha256(Bytes.ofText("urgences"));
    static final Digest CLIENT = Digest.sha256(Bytes.ofText("labo"));

    final Signer officer = JdkKeys.generate(Suite.P256, new SecureRandom()).signer();
    final List<StationState.Cut> standing = new CopyOnWriteArrayList<>();
    final List<Statement.Cut> signed = new CopyOnWriteArrayList<>();

    /** Whether two officers granted it sessions, too. */
    volatile boolean granted;

    volatile boolean applicationSilent;
    volatile @Nullable Code refusal;

    BadgeStanding standing(Digest badge) {
        boolean isOfficer = badge.equals(officer.publicKey().id());
        return new BadgeStanding(isOfficer, !isOfficer || granted);
    }

    Outcome<Announcing.Announced> cut(CutTarget target, String why, Signer signer) {
        Code code = refusal;
        if (code != null) {
            return Outcome.refused(code, "no");
        }
        Statement.Cut cut = new Statement.Cut(target.target(), target.subject(), 0, new RecordTime(OpenWeb.NOW), why);
        signed.add(cut);
        add(target, why);
        Map<Party, Announcing.Told> told = new EnumMap<>(Party.class);
        for (Party party : Party.TIERS) {
            told.put(
                    party,
                    applicationSilent && party == Party.APPLICATION
                            ? new Announcing.Told(Outcome.refused(Code.UNAVAILABLE, "no answer"), 550)
                            : new Announcing.Told(Outcome.done(new Response.Done()), 12));
        }
        return Outcome.done(new Announcing.Announced(
                SignedStatement.signed(Digest.ZERO, cut, List.of(signer)), told, Optional.empty()));
    }

    void add(CutTarget target, String why) {
        standing.add(new StationState.Cut(
                target,
                new RecordTime(OpenWeb.NOW),
                why,
                List.of(officer.publicKey().id()),
                target.subject().equals(HERE)));
    }
}
