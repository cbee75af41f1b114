package trimaran.station.web;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import trimaran.cut.Announcing;
import trimaran.cut.CutTarget;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.LedgerLook;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Signer;
import trimaran.station.BadgeStanding;
import trimaran.station.LedgerView;
import trimaran.station.RefusedEntry;
import trimaran.station.ReviewCounts;
import trimaran.station.StationState;

/** What a hospital in memory says of officers and what they cut, and of what its ledgers tell. */
abstract class FakeOfficers implements CareRecord {

    final FakeCuts cuts = new FakeCuts();
    final FakeRefused refused = new FakeRefused();
    final FakeReviews reviews = new FakeReviews();
    volatile int waiting;
    /** No hull is reached, and has not been for minutes. */
    volatile boolean alone;
    /** Hulls that are silent besides, each since when. */
    volatile Map<Party, WallTime> silent = Map.of();

    /** How it looks when the hulls are so. */
    StationState state(Map<Party, StationState.TierState> others, ReviewCounts unreviewed) {
        Map<Party, StationState.TierState> tiers = new EnumMap<>(others);
        silent.forEach((party, since) -> tiers.put(party, new StationState.TierState(false, since, false)));
        boolean apart =
                tiers.values().stream().filter(StationState.TierState::up).count() < 2;
        int lost = refused.all().size();
        return new StationState(
                tiers, 4_118_207, 400, true, waiting, waiting, lost, 0, true, alone, apart, unreviewed, cuts.standing);
    }

    final List<ResourceId> broken = new CopyOnWriteArrayList<>();
    final AtomicInteger lookups = new AtomicInteger();

    @Override
    public List<RefusedEntry> refused() {
        return refused.all();
    }

    /** What an officer has read. */
    final FakeLedgers tiers = new FakeLedgers();

    @Override
    public Outcome<LedgerLook> look(Signer officer) {
        return tiers.look(officer);
    }

    @Override
    public Outcome<Response> ask(LedgerLook look, Party tier, Request request) {
        return tiers.ask(tier, request);
    }

    /** What the hulls say of who was handed the first patient. */
    volatile Outcome<LedgerView> ledgers =
            Outcome.done(new LedgerView(List.of(), Set.of(), LedgerView.Differences.NONE, false));

    @Override
    public BadgeStanding standing(Digest badge) {
        return cuts.standing(badge);
    }

    /** Whose sessions the registry knows. */
    final Map<Digest, LedgerView.Badge> authors = new ConcurrentHashMap<>();

    @Override
    public Optional<LedgerView.Badge> author(Digest session) {
        return Optional.ofNullable(authors.get(session));
    }

    @Override
    public Map<String, Digest> stations() {
        return Map.of("accueil", FakeCuts.HERE, "urgences", FakeCuts.ELSEWHERE);
    }

    @Override
    public Outcome<Announcing.Announced> cut(CutTarget target, String why, Signer officer) {
        return cuts.cut(target, why, officer);
    }
}
