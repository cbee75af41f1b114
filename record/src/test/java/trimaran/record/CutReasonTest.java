package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimaran.record.SmallHospital.NOW;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Writer;

/** Why something was cut stands in what the officer signs, and one without a reason is what it always was. */
class CutReasonTest {

    private static final String LONGEST = "é".repeat(RecordLimits.WHY_BYTES_MAX / 2);

    @Test
    void theReasonIsSignedAndReadAgain() throws MalformedException {
        for (String why : List.of("", "x", "écrans chiffrés aux urgences, 03:12", LONGEST)) {
            Statement cut = cut(why);
            assertThat(Statement.decode(cut.encode())).isEqualTo(cut);
        }
        assertThat(SignedStatement.id(cut("one"))).isNotEqualTo(SignedStatement.id(cut("other")));
    }

    @Test
    void aReasonIsOneShortLine() {
        for (String why : List.of(
                LONGEST + "x",
                "two\nlines",
                "two\u2028lines",
                "bell\u0007",
                "\u001b[2Jcleared",
                "turned\u202e",
                " blank before",
                "blank after ")) {
            assertThat(Statement.Cut.isWhy(why)).as(why).isFalse();
            assertThatThrownBy(() -> cut(why)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Statement.decode(written(12, why))).isInstanceOf(MalformedException.class);
        }
        assertThat(Statement.Cut.isWhy("half \ud800")).isFalse();
    }

    @Test
    void eachCutHasOneForm() throws MalformedException {
        assertThat(Statement.decode(written(12, "why"))).isEqualTo(cut("why"));
        assertThatThrownBy(() -> Statement.decode(written(12, ""))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Statement.decode(written(8, "why"))).isInstanceOf(MalformedException.class);
    }

    private static Statement cut(String why) {
        return new Statement.Cut(Statement.Target.ALL, Digest.ZERO, 3, NOW, why);
    }

    private static Bytes written(int kind, String why) {
        Writer writer = new Writer()
                .u8(Statement.VERSION)
                .u8(kind)
                .u8(Statement.Target.ALL.ordinal())
                .digest(Digest.ZERO)
                .i64(3);
        NOW.write(writer);
        return writer.text(why).toBytes();
    }
}
