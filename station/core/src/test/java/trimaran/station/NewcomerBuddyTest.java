package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;

/** Whoever came to a ward whose station died is found once its buddy brought them. */
class NewcomerBuddyTest extends BuddyBench {

    private static final Trait NAME = Trait.nameAndBirth("Inconnu", "1970-01-01");

    private List<ResourceId> found(OwnSession reader) {
        return FakeHospital.done(
                hospital.<Outcome<List<ResourceId>>>await(then -> buddy.find(reader, "Patient", List.of(NAME), then)));
    }

    @Test
    void whomTheBuddyBringsIsFound() {
        OwnSession session = alone();
        hospital.loops.runMillis(12_000);
        List<WriteResult> results = new ArrayList<>();
        station.write(
                session,
                new Transaction(
                        trimaran.record.EntryKind.CLINICAL,
                        List.of(new Transaction.Change.Create(FakeHospital.resource(NewcomerWords.PATIENT))),
                        false),
                results::add);
        until(() -> keeping.state().entries() == 1);
        hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS);
        assertThat(results).singleElement().isInstanceOf(WriteResult.Waiting.class);
        ResourceId patient =
                ((WriteResult.Waiting) results.getFirst()).versions().getFirst().id();
        crashWard();

        Party.TIERS.forEach(hospital::up);
        until(() -> keeping.state().entries() == 0);
        hospital.loops.runMillis(10_000);
        OwnSession reader = hospital.session(buddy, hospital.nurse);

        assertThat(found(reader)).containsExactly(patient);
    }
}
