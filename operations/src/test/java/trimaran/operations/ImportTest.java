package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Digest;

class ImportTest {

    private static final String PATIENT = "{\"name\":[{\"family\":\"}\"}],\"resourceType\":\"Patient\",\"id\":\"p1\"}";
    private static final String BUNDLE = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[]}";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Voice voice = new Voice(
            new PrintWriter(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true, StandardCharsets.UTF_8),
            false);

    private boolean run(StandInDoor door, Path source) throws Exception {
        try (FhirDoor client = new FhirDoor(URI.create("http://127.0.0.1:" + door.port() + "/fhir"), "secret")) {
            ImportJournal journal = new ImportJournal(folder.resolve("imports"));
            return new Importer(client, journal, voice, 3).run(ImportPlan.of(source));
        }
    }

    private Path source() throws IOException {
        return Files.createDirectories(folder.resolve("source"));
    }

    @Test
    void aFolderGoesInWithWhatOthersReferToFirst() throws Exception {
        Files.writeString(source().resolve("Anna.json"), BUNDLE);
        Files.writeString(source().resolve("practitionerInformation1.json"), BUNDLE + "\n");
        Files.writeString(source().resolve("hospitalInformation1.json"), BUNDLE + " ");
        Files.writeString(source().resolve("notes.txt"), "not me");
        try (StandInDoor door = new StandInDoor()) {
            assertThat(run(door, source())).isTrue();
            assertThat(door.bodies()).containsExactly(BUNDLE + " ", BUNDLE + "\n", BUNDLE);
            assertThat(door.heads().getFirst())
                    .startsWith("POST /fhir HTTP/1.1")
                    .contains("Authorization: Bearer secret")
                    .contains("Idempotency-Key: "
                            + Digest.sha256((BUNDLE + " ").getBytes(StandardCharsets.UTF_8))
                                    .hex());
        }
    }

    @Test
    void theSameInputIsNeverSentTwice() throws Exception {
        Files.writeString(source().resolve("a.ndjson"), PATIENT + "\n\n" + PATIENT + "\n");
        try (StandInDoor door = new StandInDoor()) {
            assertThat(run(door, source())).isTrue();
            assertThat(run(door, source())).isTrue();
            Files.move(source().resolve("a.ndjson"), source().resolve("b.ndjson"));
            assertThat(run(door, source())).isTrue();
            assertThat(door.bodies()).containsExactly(PATIENT);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("0 imported, 2 there before, 0 refused");
    }

    @Test
    void aResourceWithAnIdIsPut() throws Exception {
        Files.writeString(source().resolve("a.ndjson"), PATIENT);
        try (StandInDoor door = new StandInDoor()) {
            assertThat(run(door, source())).isTrue();
            assertThat(door.heads().getFirst()).startsWith("PUT /fhir/Patient/p1 HTTP/1.1");
        }
    }

    @Test
    void aRefusedInputIsSaidAndTriedAgainNextTime() throws Exception {
        Files.writeString(source().resolve("a.json"), BUNDLE);
        try (StandInDoor door = new StandInDoor()) {
            door.answer(
                    422, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"TRI-105 bad date\"}]}");
            assertThat(run(door, source())).isFalse();
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("a.json: HTTP 422: TRI-105 bad date");
            door.answer(200, "{}");
            assertThat(run(door, source())).isTrue();
            assertThat(door.bodies()).hasSize(2);
        }
    }

    @Test
    void aBatchWithARefusedEntryIsNotIn() throws Exception {
        Files.writeString(source().resolve("a.json"), BUNDLE);
        try (StandInDoor door = new StandInDoor()) {
            door.answer(200, "{\"entry\":[{\"response\":{\"status\":\"201\"}},{\"response\":{\"status\":\"422\"}}]}");
            assertThat(run(door, source())).isFalse();
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("1 entries refused");
    }

    @Test
    void whatIsNoResourceIsSaidAndTheRestGoesIn() throws Exception {
        Files.writeString(source().resolve("a.json"), "[1,2]");
        Files.writeString(source().resolve("b.json"), BUNDLE);
        try (StandInDoor door = new StandInDoor()) {
            assertThat(run(door, source())).isFalse();
            assertThat(door.bodies()).containsExactly(BUNDLE);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is no FHIR resource in JSON");
    }

    private static final String LACKS = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"details\":{\"coding\":"
            + "[{\"code\":\"TRI-107\"}]},\"diagnostics\":\"leads nowhere\",\"expression\":[\"Basic.subject\"]}]}";

    private static String basic(int number, int refersTo) {
        return "{\"resourceType\":\"Basic\",\"id\":\"b" + number + "\",\"subject\":{\"reference\":\"Basic/b" + refersTo
                + "\"}}";
    }

    /** A door that takes a resource only once it has the one it refers to; b0 refers to nobody. */
    private static void takeInOrder(StandInDoor door) {
        Set<String> there = new HashSet<>(Set.of("b0"));
        door.answer((head, sent) -> {
            String target = sent.replaceAll(".*Basic/(b[0-9]+).*", "$1");
            boolean known = there.contains(target);
            if (known) {
                there.add(sent.replaceAll(".*\"id\":\"(b[0-9]+)\".*", "$1"));
            }
            return known ? new StandInDoor.Said(201, "{}") : new StandInDoor.Said(422, LACKS);
        });
    }

    @Test
    void whatRefersToALaterLineOrFileIsSentOnceMoreAfterTheRest() throws Exception {
        Files.writeString(source().resolve("a.ndjson"), basic(3, 2) + "\n" + basic(2, 1) + "\n");
        Files.writeString(source().resolve("b.ndjson"), basic(4, 3) + "\n" + basic(1, 0) + "\n");
        try (StandInDoor door = new StandInDoor()) {
            takeInOrder(door);
            assertThat(run(door, source())).isTrue();
            assertThat(run(door, source())).isTrue();
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("4 imported, 0 there before, 0 refused", "0 imported, 4 there before, 0 refused");
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("leads nowhere");
    }

    @Test
    void whatRefersToNothingIsRefusedInTheEndWithLineAndPlace() throws Exception {
        Files.writeString(source().resolve("a.ndjson"), basic(1, 0) + "\n\n" + basic(2, 9) + "\n");
        try (StandInDoor door = new StandInDoor()) {
            takeInOrder(door);
            assertThat(run(door, source())).isFalse();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 imported, 0 there before, 1 refused");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a.ndjson:3: HTTP 422: Basic.subject: leads nowhere");
    }

    @Test
    void aLineTooLongIsRefusedWithItsNumberAndTheRestGoesIn() throws Exception {
        String long_ = "{\"resourceType\":\"Basic\",\"language\":\"" + "x".repeat(ImportLines.LINE_BYTES_MAX) + "\"}";
        Files.writeString(source().resolve("a.ndjson"), long_ + "\r\n" + PATIENT + "\r\n");
        try (StandInDoor door = new StandInDoor()) {
            assertThat(run(door, source())).isFalse();
            assertThat(door.bodies()).hasSize(1);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a.ndjson:1: is longer than");
    }

    @Test
    void whatWasTakenJustBeforeTheImportWasKilledComesAgainUnderTheSameKey() throws Exception {
        Files.writeString(source().resolve("a.ndjson"), PATIENT);
        try (StandInDoor door = new StandInDoor()) {
            assertThat(run(door, source())).isTrue();
            // Killed between the answer and the journal.
            Files.delete(folder.resolve("imports/journal"));
            assertThat(run(door, source())).isTrue();
            assertThat(door.heads().stream().map(ImportTest::key).distinct()).hasSize(1);
            assertThat(door.heads()).hasSize(2);
        }
    }

    private static String key(String head) {
        return head.replaceAll("(?s).*Idempotency-Key: ([0-9a-f]+).*", "$1");
    }

    @Test
    void aDoorThatIsBusyIsAskedAgain() throws Exception {
        Files.writeString(source().resolve("a.ndjson"), PATIENT);
        try (StandInDoor door = new StandInDoor()) {
            door.answer((head, sent) ->
                    door.bodies().size() < 3 ? new StandInDoor.Said(503, "{}") : new StandInDoor.Said(200, "{}"));
            assertThat(run(door, source())).isTrue();
            assertThat(door.bodies()).hasSize(3);
        }
    }

    @Test
    void anEmptyFolderIsRefused() throws Exception {
        Path empty = source();
        assertThatThrownBy(() -> ImportPlan.of(empty)).isInstanceOf(RefusedException.class);
    }

    @Test
    void aTornLineOfTheJournalNamesNothingAndTheNextIsWhole() throws Exception {
        Digest one = Digest.sha256(new byte[] {1});
        Digest two = Digest.sha256(new byte[] {2});
        new ImportJournal(folder).add(one);
        Files.writeString(folder.resolve("journal"), two.hex().substring(0, 20), StandardOpenOption.APPEND);
        ImportJournal journal = new ImportJournal(folder);
        assertThat(journal.size()).isEqualTo(1);
        journal.add(two);
        ImportJournal again = new ImportJournal(folder);
        assertThat(again.contains(one)).isTrue();
        assertThat(again.contains(two)).isTrue();
    }

    @Test
    void aGlanceFindsMembersBehindNestedOnes() throws Exception {
        String text =
                "\uFEFF { \"a\" : [ \"]\", {\"id\":\"no\"} ], \"b\":-1.5e3, \"c\":null, \"d\":\"\\\"\", \"id\":\"yes\"}";
        assertThat(JsonGlance.at(new StringReader(text), Set.of("id"))).contains(Map.of("id", "yes"));
        assertThat(JsonGlance.at(new StringReader("[]"), Set.of("id"))).isEmpty();
        assertThat(JsonGlance.at(new StringReader("{\"a\":[\"unclosed"), Set.of("id")))
                .contains(Map.of());
    }
}
