package trimaran.station;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import trimaran.cut.Announcing;
import trimaran.cut.CutNames;
import trimaran.cut.CutTarget;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/**
 * An officer at a station cuts as one at the command line does, over the station's own lines. It needs no session: it works while
 * everything is cut, and for a badge that may sign and see nothing. On the loop.
 */
final class Cutting implements CutNames {

    private final StationSetting setting;
    private final TierTable tiers;
    private final RegistryFold fold;

    Cutting(StationSetting setting, TierTable tiers, RegistryFold fold) {
        this.setting = setting;
        this.tiers = tiers;
        this.fold = fold;
    }

    private Registry registry() {
        return fold.registry();
    }

    /** What the registry says of a badge. */
    BadgeStanding standing(Digest badge) {
        return new BadgeStanding(
                registry().officer(badge).isPresent(), registry().badge(badge).isPresent());
    }

    @Override
    public Outcome<Map<String, Digest>> stations() {
        Map<String, Digest> stations = new TreeMap<>();
        registry().stations().forEach(one -> stations.put(one.name(), one.line()));
        return Outcome.done(stations);
    }

    /** The record knows connected systems by their badges alone. */
    @Override
    public Outcome<Map<String, Digest>> clients() {
        return Outcome.done(Map.of());
    }

    List<StationState.Cut> standing() {
        return registry().cuts().stream()
                .map(cut -> new StationState.Cut(
                        CutTarget.closedBy(cut, this),
                        cut.time(),
                        cut.why(),
                        fold.cutBy(SignedStatement.id(cut)),
                        cut.target() == Statement.Target.STATION
                                && cut.subject().equals(setting.line())))
                .toList();
    }

    /**
     * Has an officer cut something, and acts by it here as soon as it counts. {@code NOT_ALLOWED} of a badge that is no officer's,
     * {@code DUPLICATE} of what is cut already.
     */
    void cut(CutTarget target, String why, Signer officer, Consumer<Outcome<Announcing.Announced>> then) {
        if (!standing(officer.publicKey().id()).officer()) {
            then.accept(Outcome.refused(Code.NOT_ALLOWED, "only an officer cuts"));
            return;
        }
        if (registry().cuts().stream().anyMatch(target::isClosedBy)) {
            then.accept(Outcome.refused(Code.DUPLICATE, target.said() + " is cut already"));
            return;
        }
        OptionalLong known = OptionalLong.of(registry().reopeningsOnSight());
        RecordTime now = new RecordTime(setting.loop().wallTime().millis());
        new Announcing(this::ask, setting.loop()::monotonicNanos, Announcing.Patience.PAGE)
                .cut(registry().origin(), target, why, now, known, List.of(officer), outcome -> {
                    if (outcome instanceof Outcome.Done<Announcing.Announced>(Announcing.Announced announced)
                            && announced.refusal().isEmpty()) {
                        fold.announced(announced.signed().encode());
                    }
                    then.accept(outcome);
                });
    }

    private void ask(Party tier, Request request, long timeoutMillis, Consumer<Outcome<Response>> then) {
        tiers.line(tier).ask(request, Response.class, timeoutMillis, then);
    }
}
