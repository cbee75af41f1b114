package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NationalIdentityTest {

    private static final String ROOT = "urn:oid:1.2.250.1.213.1.4.";

    @Test
    void anInventedHospitalHoldsNoRealIns() {
        assertThat(NationalIdentity.refusal(ROOT + "8", true)).isPresent();
        assertThat(NationalIdentity.refusal(ROOT + "9", true)).isPresent();
        assertThat(NationalIdentity.refusal(ROOT + "10", true)).isEmpty();
        assertThat(NationalIdentity.refusal(ROOT + "11", true)).isEmpty();
    }

    @Test
    void aHospitalHoldsNoInventedIns() {
        assertThat(NationalIdentity.refusal(ROOT + "10", false)).isPresent();
        assertThat(NationalIdentity.refusal(ROOT + "11", false)).isPresent();
        assertThat(NationalIdentity.refusal(ROOT + "8", false)).isEmpty();
        assertThat(NationalIdentity.refusal(ROOT + "9", false)).isEmpty();
    }

    @Test
    void otherIdentifiersAreNobodysBusinessHere() {
        assertThat(NationalIdentity.isNational(ROOT + "8")).isTrue();
        assertThat(NationalIdentity.isNational("urn:oid:1.2.250.1.71.4.2.1")).isFalse();
        assertThat(NationalIdentity.refusal("https://hospital.example/ipp", true))
                .isEmpty();
        assertThat(NationalIdentity.refusal("https://hospital.example/ipp", false))
                .isEmpty();
    }
}
