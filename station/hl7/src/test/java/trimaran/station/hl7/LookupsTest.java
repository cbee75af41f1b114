package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/** What an identifier led to once is not asked again, within bounds; what led nowhere is. */
class LookupsTest {

    private int asked;
    private boolean there = true;
    private int read;
    private boolean isAway;
    private long now;
    private String name = "Cardiologie";

    private final Lookups lookups = new Lookups(
            new Hl7Record() {
                @Override
                public Outcome<List<ResourceId>> find(String type, Trait trait) {
                    asked++;
                    return Outcome.done(there ? List.of(new ResourceId(new CellId(0, asked), 1)) : List.of());
                }

                @Override
                public Outcome<List<ResourceVersion>> versions(ResourceId id) {
                    throw new IllegalStateException("not asked for");
                }

                @Override
                public Outcome<List<ResourceVersion>> places() {
                    read++;
                    return isAway
                            ? Outcome.refused(Code.UNAVAILABLE, "two tiers are away")
                            : Outcome.done(List.of(ward()));
                }

                @Override
                public WriteResult write(Transaction transaction) {
                    throw new IllegalStateException("not asked for");
                }
            },
            () -> now);

    private ResourceVersion ward() {
        String json = "{\"resourceType\":\"Location\",\"status\":\"active\",\"name\":\"" + name
                + "\",\"physicalType\":{\"coding\":[{\"code\":\"wa\"}]}}";
        return new ResourceVersion(
                new ResourceId(new CellId(0, 1), 1),
                "Location",
                1,
                RecordTime.ZERO,
                Bytes.ofText(json),
                ResourceVersion.Standing.RECORDED,
                false,
                Digest.ZERO);
    }

    private String place(String ward) throws StoppedException {
        return lookups.place(new Spot("s", ward, "", "", "", "")).ward();
    }

    @Test
    void placesThatAreFoundAreReadAgainAfterAMinuteButNotWhileTheyCannotBe() throws StoppedException {
        assertThat(place("Cardiologie")).isNotEmpty();
        name = "Soins intensifs";
        now = Lookups.PLACES_REREAD_MILLIS - 1;
        assertThat(place("Cardiologie")).isNotEmpty();
        assertThat(read).isEqualTo(1);
        now++;
        isAway = true;
        assertThat(place("Cardiologie")).isNotEmpty();
        isAway = false;
        assertThat(place("Cardiologie")).isEmpty();
        assertThat(place("Soins intensifs")).isNotEmpty();
        assertThat(read).isEqualTo(3);
    }

    @Test
    void whatIsKnownIsNotAskedAgain() throws StoppedException {
        there = false;
        assertThat(lookups.find("Patient", Trait.identifier("s", "1"))).isEmpty();
        there = true;
        assertThat(lookups.find("Patient", Trait.identifier("s", "1"))).isPresent();
        lookups.find("Patient", Trait.identifier("s", "1"));
        lookups.find("Encounter", Trait.identifier("s", "1"));
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void oneTooManyForgetsTheOldest() throws StoppedException {
        for (int i = 0; i <= Lookups.REMEMBERED_MAX; i++) {
            lookups.find("Patient", Trait.identifier("s", String.valueOf(i)));
        }
        lookups.find("Patient", Trait.identifier("s", "1"));
        assertThat(asked).isEqualTo(Lookups.REMEMBERED_MAX + 1);
        lookups.find("Patient", Trait.identifier("s", "0"));
        assertThat(asked).isEqualTo(Lookups.REMEMBERED_MAX + 2);
    }
}
