package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** Vectors: golang.org/x/mod sumdb/note/note_test.go; C2SP signed-note (the poem); transparency-dev/formats (keys). */
class NoteTest {

    private static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    private static final String PETER_SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String PETER_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1"
            + "FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String ENOCH_LINE = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aG"
            + "rQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    @Test
    void aSignedNoteIsWrittenAsGoWritesIt() throws MalformedException {
        VerifierKey key = VerifierKey.parse(PETER);
        byte[] typed = Base64.getDecoder().decode(PETER_SECRET);
        Bytes signature = Ed25519.sign(Bytes.ofRange(typed, 1, 33).toArray(), TEXT);
        Note note = new Note(TEXT, List.of(new NoteSignature(key.name(), key.id(), signature)));

        assertThat(note.encode()).isEqualTo(Bytes.ofText(TEXT + "\n" + PETER_LINE));
    }

    @Test
    void signaturesVerifyUnderTheirOwnKeyOnly() throws MalformedException {
        Note note = Note.parse(Bytes.ofText(TEXT + "\n" + PETER_LINE + ENOCH_LINE));
        VerifierKey peter = VerifierKey.parse(PETER);
        VerifierKey enoch = VerifierKey.parse(ENOCH);
        Bytes byPeter = note.by(peter).getFirst().signature();
        Bytes byEnoch = note.by(enoch).getFirst().signature();

        assertThat(note.text()).isEqualTo(TEXT);
        assertThat(Ed25519.of(peter).verifies(note.text(), byPeter)).isTrue();
        assertThat(Ed25519.of(enoch).verifies(note.text(), byEnoch)).isTrue();
        assertThat(Ed25519.of(peter).verifies(note.text(), byEnoch)).isFalse();
        assertThat(Ed25519.of(peter).verifies(note.text() + "\n", byPeter)).isFalse();
    }

    @Test
    void thePoemOfTheSpecificationKeepsItsBlankLine() throws MalformedException {
        String text = """
                Ognuno sta solo sul cuor della terra
                trafitto da un raggio di sole:

                ed è subito sera.
                """;
        String line =
                "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xM"
                        + "cXxj99ihAQwaqP3ZekRwNtIc=\n";
        Note note = Note.parse(Bytes.ofText(text + "\n" + line));

        assertThat(note.text()).isEqualTo(text);
        assertThat(note.signatures().getFirst().name()).isEqualTo("quasimodo.example/salvatore");
        assertThat(note.encode()).isEqualTo(Bytes.ofText(text + "\n" + line));
    }

    @Test
    void signaturesOfUnknownKeysAndDuplicatesAreKeptAsTheyStand() throws MalformedException {
        String changed = ENOCH_LINE.substring(0, 60) + "ABCD" + ENOCH_LINE.substring(60);
        Bytes source = Bytes.ofText(TEXT + "\n" + PETER_LINE + PETER_LINE + ENOCH_LINE + ENOCH_LINE + changed);
        Note note = Note.parse(source);

        assertThat(note.signatures()).hasSize(5);
        assertThat(note.encode()).isEqualTo(source);
        assertThat(note.by(VerifierKey.parse(PETER))).hasSize(2);
    }

    @Test
    void aNewSignatureTakesThePlaceOfTheOldOnesByItsKey() throws MalformedException {
        Note note = Note.parse(Bytes.ofText(TEXT + "\n" + PETER_LINE + PETER_LINE + ENOCH_LINE));
        VerifierKey peter = VerifierKey.parse(PETER);
        NoteSignature fresh = new NoteSignature(peter.name(), peter.id(), Bytes.ofHex("aa"));
        Note renewed = note.with(fresh);

        assertThat(renewed.by(peter)).containsExactly(fresh);
        assertThat(renewed.signatures()).hasSize(2);
    }

    @Test
    void malformedNotesAreRefused() {
        for (String bad : List.of(
                "",
                "\n",
                "\n\n",
                TEXT,
                TEXT + "\n",
                TEXT + PETER_LINE,
                TEXT + "\n" + PETER_LINE.strip(),
                "\u0001" + TEXT + "\n" + PETER_LINE,
                TEXT.replace("\n", "\r\n") + "\n" + PETER_LINE,
                TEXT + "\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZI=\n",
                TEXT + "\n" + PETER_LINE + "Unexpected line.\n",
                TEXT + "\n" + PETER_LINE + "— \n",
                TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Peter+Neumann"),
                TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Peter\u00a0Neumann"),
                TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Peter\u2003Neumann"),
                TEXT + "\n" + PETER_LINE.replace("PeterNeumann", ""),
                TEXT + "\n" + PETER_LINE.replace("— ", "- "),
                TEXT + "\n" + PETER_LINE.replace("AM=", "AN="),
                TEXT + "\n" + PETER_LINE.replace("AM=", "AM"),
                TEXT + "\n" + PETER_LINE.replace("x08", "_-8"),
                TEXT + "\n— PeterNeumann x08goA\n",
                TEXT + "\n— PeterNeumann x08gow==\n")) {
            assertThatThrownBy(() -> Note.parse(Bytes.ofText(bad))).as(bad).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> Note.parse(Bytes.of((byte) 0xff, (byte) '\n', (byte) '\n')))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void sixtyFourSignaturesAreReadAndOneMoreIsRefused() throws MalformedException {
        String most = TEXT + "\n" + PETER_LINE.repeat(Note.MAX_SIGNATURES);
        assertThat(Note.parse(Bytes.ofText(most)).signatures()).hasSize(64);
        assertThatThrownBy(() -> Note.parse(Bytes.ofText(most + PETER_LINE))).hasMessage("too many signatures");
    }

    @Test
    void overlongTextsNamesLinesAndNotesAreRefused() throws MalformedException {
        String line = "x".repeat(Note.MAX_TEXT_BYTES - 1) + "\n";
        assertThat(Note.parse(Bytes.ofText(line + "\n" + PETER_LINE)).text()).hasSize(Note.MAX_TEXT_BYTES);
        assertThatThrownBy(() -> Note.parse(Bytes.ofText("x" + line + "\n" + PETER_LINE)))
                .hasMessage("note text over the limit");
        assertThatThrownBy(() -> Note.parse(Bytes.of(new byte[Note.MAX_BYTES + 1])))
                .hasMessageStartingWith("note of");

        NoteSignature longest = new NoteSignature(
                "n".repeat(NoteText.MAX_NAME_BYTES), 1, Bytes.of(new byte[NoteSignature.MAX_SIGNATURE_BYTES]));
        assertThat(NoteText.byteCount(longest.line())).isLessThanOrEqualTo(NoteSignature.MAX_LINE_BYTES);
        assertThat(NoteSignature.parseLine(longest.line())).isEqualTo(longest);
        assertThatThrownBy(() -> NoteSignature.parseLine(longest.line().replace("— n", "— nn")))
                .isInstanceOf(MalformedException.class);
        String tooLong = "— n " + Base64.getEncoder().encodeToString(new byte[NoteSignature.MAX_SIGNATURE_BYTES + 5]);
        assertThatThrownBy(() -> NoteSignature.parseLine(tooLong)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new Note(TEXT, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWitnessAnswersSignatureLinesAlone() throws MalformedException {
        assertThat(Note.parseLines(Bytes.ofText(PETER_LINE + ENOCH_LINE))).hasSize(2);
        assertThatThrownBy(() -> Note.parseLines(Bytes.ofText(""))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Note.parseLines(Bytes.ofText(PETER_LINE + "\n")))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void signaturesTravelInFrames() throws MalformedException {
        NoteSignature line = NoteSignature.parseLine(PETER_LINE.strip());
        Writer writer = new Writer();
        line.write(writer);

        assertThat(Reader.whole(writer.toBytes(), NoteSignature::read)).isEqualTo(line);
        Bytes nameless = new Writer().text("").u32(1).bytes(Bytes.ofHex("aa")).toBytes();
        assertThatThrownBy(() -> Reader.whole(nameless, NoteSignature::read)).isInstanceOf(MalformedException.class);
    }

    @Test
    void keysOfOtherImplementationsAreReadAndWrittenBack() throws MalformedException {
        for (String text : List.of(
                PETER,
                ENOCH,
                "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
                "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
                "Wit1+55ee4561+AVhZSmQj9+SoL+p/nN0Hh76xXmF7QcHfytUrI1XfSClk")) {
            assertThat(VerifierKey.parse(text).text()).isEqualTo(text);
        }
    }

    @Test
    void noPartOrChangeOfAKeyIsAKey() throws MalformedException {
        for (int from = 0; from <= PETER.length(); from++) {
            for (int to = from; to <= PETER.length(); to++) {
                String part = PETER.substring(from, to);
                if (part.length() < PETER.length()) {
                    assertThatThrownBy(() -> VerifierKey.parse(part)).isInstanceOf(MalformedException.class);
                }
            }
        }
        for (int at = 0; at < PETER.length(); at++) {
            StringBuilder changed = new StringBuilder(PETER);
            changed.setCharAt(at, (char) (PETER.charAt(at) + 1));
            assertThatThrownBy(() -> VerifierKey.parse(changed.toString())).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() ->
                        VerifierKey.parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="))
                .hasMessage("base64 is not canonical");
        VerifierKey unknown = VerifierKey.parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        assertThatThrownBy(() -> Cosignature.verifier(unknown, MlDsa44.SUITE)).isInstanceOf(MalformedException.class);
    }
}
