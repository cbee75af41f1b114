package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Somebody the record does not know was written here and refused: nobody has their record open, and it is shown to who wrote it. */
class RefusedNewcomerTest extends StationBench {

    private static final String NEWCOMER =
            "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Inconnu\"}],\"birthDate\":\"1950-02-03\"}";

    @Test
    void onlyTheBadgeThatWroteItReadsIt() {
        Signer another = hospital.standIns.signer("badge of another nurse");
        hospital.grant(another, Statement.BadgeKind.PERSON, List.of());
        OwnSession session = ready(hospital.nurse);
        OwnSession other = hospital.session(station, another);
        List<WriteResult> results = new ArrayList<>();
        hospital.down(Party.DATA);
        hospital.tiers.values().forEach(tier -> tier.holdRefusal = Code.RULE);
        hospital.loops.runMillis(12_000);
        station.write(session, creation(NEWCOMER), results::add);
        hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS + 1_000);
        assertThat(results).last().isInstanceOf(WriteResult.Waiting.class);
        hospital.tier(Party.DATA).refuseOnce = Code.BAD_SIGNATURE;
        Party.TIERS.forEach(hospital::up);
        hospital.loops.runMillis(60_000);

        RefusedEntry refused = station.refused().all().getFirst();
        assertThat(refused.owner()).isEmpty();
        assertThat(content(session, refused.entry()).versions()).hasSize(1);
        assertThat(content(other, refused.entry()).versions()).isEmpty();
        assertThat(content(other, refused.entry()).closed()).isEqualTo(1);
    }

    private RefusedEntry.Content content(OwnSession reader, Digest entry) {
        return station.refused().content(reader, entry) instanceof Outcome.Done<RefusedEntry.Content>(var content)
                ? content
                : new RefusedEntry.Content(List.of(), -1, -1);
    }
}
