package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

/** Vectors: golang.org/x/mod sumdb/tlog/note_test.go; C2SP tlog-cosignature; torchwood checkpoint_test.go (origins). */
class CheckpointTest {

    private static final String ROOT = "TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=";

    @Test
    void aCheckpointIsWrittenAsGoWritesIt() throws MalformedException {
        TreeHead head = new TreeHead(123_456_789_012L, Merkle.leaf(Bytes.ofText("hello world")));
        String text = "go.sum database tree\n123456789012\n" + ROOT + "\n";

        assertThat(new Checkpoint("go.sum database tree", head).text()).isEqualTo(text);
        assertThat(Checkpoint.parse(text)).isEqualTo(new Checkpoint("go.sum database tree", head));
    }

    @Test
    void theCosignedExampleOfTheSpecificationIsRead() throws MalformedException {
        String example = """
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nT\
                o+zyWE+xeMcTOAYQ8=
                — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf\
                5nNo0xUe+mbIUBkBIfZ+qnA==
                """;
        Note note = Note.parse(Bytes.ofText(example));
        Bytes cosignature = note.signatures().getLast().signature();

        assertThat(Checkpoint.parse(note.text()).size()).isEqualTo(20_852_163);
        assertThat(cosignature.size()).isEqualTo(72);
        assertThat(cosignature.hex()).startsWith("00000000641850cb"); // 1679315147, as in the specification
        assertThat(note.encode()).isEqualTo(Bytes.ofText(example));
    }

    @Test
    void extensionLinesAreKept() throws MalformedException {
        String text = "a\n1\n" + ROOT + "\none\ntwo\n";
        assertThat(Checkpoint.parse(text).extensions()).containsExactly("one", "two");
        assertThat(Checkpoint.parse(text).text()).isEqualTo(text);
    }

    @Test
    void originsHave1To255Bytes() throws MalformedException {
        for (String origin : List.of("a", "a".repeat(255), "é".repeat(127) + "a", "example log+origin")) {
            assertThat(Checkpoint.parse(origin + "\n1\n" + ROOT + "\n").origin())
                    .isEqualTo(origin);
        }
        for (String origin : List.of("", "a".repeat(256), "é".repeat(128))) {
            assertThatThrownBy(() -> Checkpoint.parse(origin + "\n1\n" + ROOT + "\n"))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void sizesEndBelow2To63() throws MalformedException {
        assertThat(Checkpoint.parse("a\n9223372036854775807\n" + ROOT + "\n").size())
                .isEqualTo(Long.MAX_VALUE);
        for (String size : List.of(
                "9223372036854775808",
                "18446744073709551615",
                "18446744073709551616",
                "99999999999999999999999",
                "-1",
                "+1",
                "01",
                "00",
                "",
                " 1",
                "1 ",
                "0x1",
                "1e3",
                "١")) {
            assertThatThrownBy(() -> Checkpoint.parse("a\n" + size + "\n" + ROOT + "\n"))
                    .as(size)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void theEmptyTreeHasTheEmptyRoot() throws MalformedException {
        assertThat(Checkpoint.parse("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
                        .head())
                .isEqualTo(TreeHead.EMPTY);
        assertThatThrownBy(() -> Checkpoint.parse("a\n0\n" + ROOT + "\n")).isInstanceOf(MalformedException.class);
    }

    @Test
    void otherTextsAreNoCheckpoints() {
        for (String bad : List.of(
                "",
                "\n",
                "a\n1\n",
                "a\n1\n" + ROOT,
                "a\n1\n" + ROOT + "\n\n",
                "a\n1\n" + ROOT + "\n\nb\n",
                "\na\n1\n" + ROOT + "\n",
                "a\n\n1\n" + ROOT + "\n",
                "a\n1\n" + ROOT + " \n",
                "a\n1\n" + ROOT.substring(4) + "\n",
                "a\n1\n" + ROOT.replace("=", "") + "\n",
                "a\n1\n" + ROOT.replace("0=", "1=") + "\n",
                "a\n1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=\n",
                "a\tb\n1\n" + ROOT + "\n",
                "a\n1\n" + ROOT + "\nb\r\n")) {
            assertThatThrownBy(() -> Checkpoint.parse(bad)).as(bad).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> new Checkpoint("a\nb", TreeHead.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("a", TreeHead.EMPTY, List.of("")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
