package trimaran.station.web;

import java.util.Map;
import trimaran.cut.Announcing;
import trimaran.cut.CutTarget;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.record.Signer;
import trimaran.station.BadgeStanding;

/** What a hospital in memory says of officers and what they cut. */
abstract class FakeOfficers implements CareRecord {

    final FakeCuts cuts = new FakeCuts();

    @Override
    public BadgeStanding standing(Digest badge) {
        return cuts.standing(badge);
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
