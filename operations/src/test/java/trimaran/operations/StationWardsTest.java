package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.record.RecordLimits;

/** What a station says of its wards, as officers read it before they sign. */
class StationWardsTest {

    private static final Digest BADGE = Digest.sha256(Bytes.ofText("a station's badge"));

    private static final String FIRST = "badge = " + BADGE.hex() + "\n";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve(StationWards.FILE), text);
    }

    private static String line(int ward, String name) {
        return new CellId(7, ward).handle() + " = " + name + "\n";
    }

    @Test
    void itsWardsAreReadInTheirOrder() throws Exception {
        StationWards wards = StationWards.read(file(FIRST + line(9, "Urgences = UHCD") + line(2, "")));
        assertThat(wards.badge()).isEqualTo(BADGE);
        assertThat(wards.names().values()).containsExactly("Urgences = UHCD", "");
        assertThat(wards.cells()).containsExactly(new CellId(7, 9), new CellId(7, 2));
    }

    @Test
    void asManyWardsAsABadgeIsGrantedAreTakenAndNotOneMore() throws Exception {
        StringBuilder text = new StringBuilder(FIRST);
        for (int ward = 0; ward < RecordLimits.GRANTS_MAX; ward++) {
            text.append(line(ward, "ward " + ward));
        }
        assertThat(StationWards.read(file(text.toString())).names()).hasSize(RecordLimits.GRANTS_MAX);
        refused(file(text + line(RecordLimits.GRANTS_MAX, "one more")), Code.TOO_LARGE);
    }

    @Test
    void aFileOfMoreThanIsReadIsRefused() throws Exception {
        String one = FIRST + line(1, "");
        String name = "n".repeat(StationWards.BYTES_MAX - one.length());
        assertThat(StationWards.read(file(FIRST + line(1, name))).names()).hasSize(1);
        refused(file(FIRST + line(1, name + "n")), Code.TOO_LARGE);
    }

    /** A name goes to the terminal at which officers decide. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wards\n",
                "badge = 00\n",
                FIRST_LINE + "Urgences\n",
                FIRST_LINE + "00000000070000000000000001 = Urgences\u001b[1A\n",
                FIRST_LINE + "not-a-cell = Urgences\n",
            })
    void whatIsNoSuchFileIsRefusedAndItIsSaidWhichOneIsMeant(String text) throws Exception {
        refused(file(text.replace(FIRST_LINE, FIRST)), Code.USAGE);
    }

    private static final String FIRST_LINE = "FIRST ";

    @Test
    void aFileThatIsNotThereIsRefused() {
        refused(folder.resolve("nowhere"), Code.USAGE);
    }

    private static void refused(Path file, Code code) {
        assertThatThrownBy(() -> StationWards.read(file))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }
}
