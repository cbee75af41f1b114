package trimaran.operations;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import trimaran.exposure.Exposed;
import trimaran.exposure.Fallen;
import trimaran.exposure.Letter;
import trimaran.exposure.Window;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;

/** What {@code exposure} needs to write to those it names: where to, under whose grant, and what only the hospital can say. */
final class LetterOptions {

    /** A text of {@link Letter#FACTS_MAX} characters and then some. */
    private static final int FACTS_BYTES = 4 * Letter.FACTS_MAX + 1;

    @Option(
            names = "--letters",
            paramLabel = "DIR",
            description = "write a letter to each of them into a new folder (GDPR, article 34; French)")
    private @Nullable Path folder;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "with --letters: the connected system under whose grant their names and addresses are read")
    private String client = "";

    @Option(
            names = "--facts",
            paramLabel = "FILE",
            description =
                    "with --letters: what happened and what was done, in the hospital's words, a paragraph a line")
    private @Nullable Path facts;

    @Option(
            names = "--contact",
            paramLabel = "TEXT",
            description = "with --letters: the data protection officer, with telephone and address")
    private String contact = "";

    boolean areWanted() {
        return folder != null;
    }

    /** Before anything is asked of anybody: nothing half-done for want of an option. */
    void check(Home hospital, Fallen fallen) throws RefusedException {
        if (folder == null) {
            if (!client.isEmpty() || facts != null || !contact.isEmpty()) {
                throw new RefusedException(Code.USAGE, "--client, --facts and --contact go with --letters");
            }
            return;
        }
        if (client.isEmpty() || facts == null || contact.isBlank()) {
            throw new RefusedException(
                    Code.USAGE,
                    "--letters takes --client, --facts and --contact: a letter without them tells nobody enough");
        }
        if (contact.length() > Letter.CONTACT_MAX) {
            throw new RefusedException(
                    Code.USAGE, "--contact is longer than " + Letter.CONTACT_MAX + " characters; say who and where");
        }
        if (!StationCard.isClient(client)
                || !Files.isReadable(hospital.clients().resolve(client).resolve("badge.key"))) {
            throw new RefusedException(Code.USAGE, "there is no client " + client + " in this hospital");
        }
        if (isOf(hospital, fallen)) {
            throw new RefusedException(
                    Code.USAGE,
                    "whoever fell would read everybody's name for these letters; name another client, at a station that did not fall");
        }
        if (Files.exists(folder)) {
            throw new RefusedException(Code.USAGE, folder + " is there already; name a folder that is not");
        }
        paragraphs();
    }

    /** Whether names would be read by the client that fell, or at the station that did: the door asked is that of this home's. */
    private boolean isOf(Home hospital, Fallen fallen) throws RefusedException {
        return switch (fallen) {
            case Fallen.Tier _ -> false;
            case Fallen.Station(String name) ->
                name.equals(String.valueOf(hospital.of(Role.STATION).getFileName()));
            case Fallen.Badge(Digest badge) ->
                badge.equals(RefusedException.orStop(new HomeNames(hospital).clients())
                        .get(client));
        };
    }

    private List<String> paragraphs() throws RefusedException {
        Path file = Objects.requireNonNull(facts);
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(FACTS_BYTES);
            if (bytes.length == FACTS_BYTES) {
                throw tooLong(file);
            }
            String text = java.nio.charset.StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
            if (text.length() > Letter.FACTS_MAX) {
                throw tooLong(file);
            }
            // A mark some editors put before a text is none of its letters.
            List<String> paragraphs = Stream.of(text.replace("\uFEFF", "").split("\\R"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (paragraphs.isEmpty()) {
                throw new RefusedException(Code.USAGE, file + " says nothing of what happened and what was done");
            }
            return paragraphs;
        } catch (MalformedInputException foreign) {
            throw new RefusedException(Code.USAGE, file + " is not a text in UTF-8");
        } catch (IOException unread) {
            throw new RefusedException(Code.USAGE, file + " cannot be read");
        }
    }

    private static RefusedException tooLong(Path file) {
        return new RefusedException(
                Code.USAGE, file + " is longer than " + Letter.FACTS_MAX + " characters; a letter is a page or two");
    }

    Letter letter(String hospital, String party, Window window, RecordTime now, ZoneId zone) throws RefusedException {
        return new Letter(hospital, party, window, paragraphs(), contact.strip(), now, zone);
    }

    /** Each opened under the client's grant; some that were not are the end code's, and stand in the list. */
    int write(Home hospital, Letter letter, List<Exposed> patients, Shell shell)
            throws RefusedException, InterruptedException {
        Path made = Objects.requireNonNull(folder);
        String token = Tokens.mint(hospital, client, shell.entropy(), shell.now());
        try (FhirDoor door = new FhirDoor(ImportCommand.base(hospital), token)) {
            Home.ownFolder(made);
            int missing = new ExposureLetters(
                            door,
                            letter,
                            shell.now().instant().atZone(letter.zone()).toLocalDate(),
                            shell.voice())
                    .write(made, patients);
            shell.voice()
                    .say(made.resolve(ExposureLetters.LETTERS) + ": print it; look at each of " + ExposureLetters.MINORS
                            + " first; " + ExposureLetters.LIST
                            + " says to whom each goes"
                            + (missing > 0 ? ", and names " + missing + " that could not be read" : ""));
            return missing > 0 ? Code.UNAVAILABLE.exitCode() : 0;
        } catch (IOException failure) {
            throw new RefusedException(Code.USAGE, made + " cannot be made: " + failure.getMessage());
        }
    }
}
