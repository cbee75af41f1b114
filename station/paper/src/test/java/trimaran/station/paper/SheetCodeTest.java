package trimaran.station.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;

class SheetCodeTest {

    private static SheetCode code(int page, SheetKind kind, long patient) {
        return new SheetCode(
                "MED-A",
                Wards.DATA,
                Wards.PARIS,
                page,
                kind,
                Optional.of(new ResourceId(new CellId(0, patient), patient)));
    }

    /** What was printed years ago must still be read: the format is written down and stays. */
    @Test
    void aCodeIsWrittenAsTheFormatsSay() {
        SheetCode code = code(37, SheetKind.PATIENT, 7);
        assertThat(code.text()).matches("MED-A-261124-0810-037-[2-9A-HJ-NP-Z]{4}");
        assertThat(code.scanned()).isEqualTo("T1/" + code.text() + "/F/" + new ResourceId(new CellId(0, 7), 7));
        assertThat(SheetCode.isWhole(code.scanned())).isTrue();
    }

    @Test
    void anotherSignPageKindOrPatientDoesNotFit() {
        String scanned = code(37, SheetKind.PATIENT, 7).scanned();
        assertThat(SheetCode.isWhole(scanned.replace("-037-", "-038-"))).isFalse();
        assertThat(SheetCode.isWhole(scanned.replace("/F/", "/D/"))).isFalse();
        assertThat(SheetCode.isWhole(scanned.replace("MED-A", "MED-B"))).isFalse();
        assertThat(SheetCode.isWhole(code(37, SheetKind.PATIENT, 8)
                        .scanned()
                        .replaceFirst("-....(?=/F)", scanned.replaceFirst(".*(-....)/F.*", "$1"))))
                .isFalse();
        assertThat(SheetCode.isWhole("")).isFalse();
        assertThat(SheetCode.isWhole("T1/X/F")).isFalse();
        Set<String> checks = new HashSet<>();
        for (int page = 1; page <= 500; page++) {
            checks.add(code(page, SheetKind.BLANK, 7).text().replaceFirst(".*-", ""));
        }
        assertThat(checks).hasSizeGreaterThan(490);
    }

    @Test
    void aWardsPartIsPlainAndShort() {
        assertThat(SheetCode.wardPart("Médecine A")).isEqualTo("MEDECINE-A");
        assertThat(SheetCode.wardPart("x".repeat(SheetCode.WARD_CHARACTERS_MAX + 1)))
                .hasSize(SheetCode.WARD_CHARACTERS_MAX);
        assertThat(SheetCode.wardPart("日本")).isEqualTo("X");
    }

    /** Words people read as one stay on one line; one that is longer than a column is broken after all. */
    @Test
    void aTimeOrAnAmountStaysWhole() {
        String whole = "1/" + "2".repeat(Html.WHOLE_CHARACTERS_MAX - 2);
        assertThat(new Html().text("le 24/11\u00a008:04, 5\u00a0mg").toString())
                .isEqualTo("le <span class=\"nb\">24/11\u00a008:04,</span> <span class=\"nb\">5\u00a0mg</span>");
        assertThat(new Html().text(whole).toString()).startsWith("<span");
        assertThat(new Html().text(whole + "2").toString()).isEqualTo(whole + "2");
    }

    @Test
    void theCheckSignsAreNotMistakenForOneAnother() {
        assertThat(SheetCode.SIGNS).hasSize(32).doesNotContain("I", "O", "0", "1");
        assertThat(SheetCode.CHECK_SIGNS).isEqualTo(4);
    }
}
