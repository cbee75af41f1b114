package trimaran.operations;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.exposure.Addressee;
import trimaran.exposure.Exposed;
import trimaran.exposure.Letter;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;

/**
 * Letters to those an exposure report names. A report knows no names: each is read at the station's door under the grant of a
 * connected system, so that who wrote the letters stands in the ledgers as everybody does who opens a record.
 */
final class ExposureLetters {

    static final String LETTERS = "lettres.html";

    /** Of those under age: each is looked at before it is posted, since some have asked that nobody at home be told. */
    static final String MINORS = "lettres-mineurs.html";

    static final String LIST = "envoi.csv";

    /** What is not whole is not called by its name. */
    static final String PART = ".part";

    /** For programs and for whoever posts them. */
    static final String HEADER = "lettre;patient;certitude;nom;adresse;remarque";

    private static final int OF_AGE = 18;

    /** Where Trimaran's own and most other systems write the hospital's number of a patient (HL7 v2 table 0203). */
    private static final String NUMBER_CODE = "PI";

    /** Uses of a name somebody may be written to under, the best first (R4 name-use), as banners choose (station.chart). */
    private static final List<String> NAMES = List.of("usual", "official", "", "nickname", "temp", "anonymous");

    /** The same of addresses (R4 address-use): a former one never, since others live there. */
    private static final List<String> ADDRESSES = List.of("home", "", "temp", "billing", "work");

    /** How often a busy door is asked again, and how long after. */
    static final int TRIES = 6;

    private static final long AGAIN_MILLIS = 2_000;

    private final FhirDoor door;
    private final Letter letter;
    private final LocalDate today;
    private final Voice voice;

    ExposureLetters(FhirDoor door, Letter letter, LocalDate today, Voice voice) {
        this.door = door;
        this.letter = letter;
        this.today = today;
        this.voice = voice;
    }

    /**
     * Writes the files into a new folder: under their names only once all are whole.
     *
     * @return how many could not be read: they stand in the list as such
     */
    int write(Path folder, List<Exposed> patients) throws RefusedException, InterruptedException {
        int missing = 0;
        List<String> files = List.of(LETTERS, MINORS, LIST);
        try {
            try (BufferedWriter letters = created(folder.resolve(LETTERS + PART));
                    BufferedWriter minors = created(folder.resolve(MINORS + PART));
                    BufferedWriter list = created(folder.resolve(LIST + PART))) {
                letters.write(Letter.head());
                minors.write(Letter.head());
                // A table program takes a file without the mark for one of another alphabet.
                list.write('\uFEFF' + HEADER + "\r\n");
                int number = 0;
                for (Exposed patient : patients) {
                    Optional<Addressee> to = addressee(patient);
                    boolean written = to.filter(one -> !one.dead()).isPresent();
                    if (written) {
                        (to.get().minor() ? minors : letters).write(letter.html(patient, to.get()));
                    }
                    missing += to.isEmpty() ? 1 : 0;
                    list.write(row(written ? ++number : 0, patient, to) + "\r\n");
                    voice.bar(String.format("%,d letters of %,d", number, patients.size()));
                }
                letters.write(Letter.foot());
                minors.write(Letter.foot());
            }
            for (String file : files) {
                Files.move(folder.resolve(file + PART), folder.resolve(file));
            }
            voice.bar("");
        } catch (IOException failure) {
            throw new RefusedException(Code.USAGE, folder + " cannot be written: " + failure.getMessage());
        }
        return missing;
    }

    private static BufferedWriter created(Path file) throws IOException {
        return Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW);
    }

    private Optional<Addressee> addressee(Exposed patient) throws RefusedException, InterruptedException {
        if (patient.resource().isEmpty()) {
            return Optional.empty();
        }
        String path = "Patient/" + patient.resource().get();
        for (int tries = 1; ; tries++) {
            try {
                return door.read(path)
                        .flatMap(json -> JsonTree.glimpse(Bytes.wrap(json.getBytes(StandardCharsets.UTF_8))))
                        .map(json -> addressee(json, today));
            } catch (FhirDoor.BusyException busy) {
                if (tries == TRIES) {
                    throw new RefusedException(
                            Code.UNAVAILABLE,
                            "the station gives no more records now: " + busy.getMessage()
                                    + "; no letter is whole. Ask again later, or under a client that may read as many");
                }
                Thread.sleep(AGAIN_MILLIS);
            } catch (IOException unread) {
                voice.progress(path + ": " + unread.getMessage());
                return Optional.empty();
            }
        }
    }

    static Addressee addressee(Map<String, Object> patient, LocalDate today) {
        Map<String, Object> name =
                best(JsonTree.items(patient, "name"), NAMES, today).orElse(Map.of());
        Optional<Map<String, Object>> address = best(JsonTree.items(patient, "address"), ADDRESSES, today);
        List<String> lines = address.map(ExposureLetters::lines).orElse(List.of());
        boolean dead =
                !JsonTree.text(patient, "deceasedDateTime").isEmpty() || isLiteral(patient, "deceasedBoolean", "true");
        boolean merged = isLiteral(patient, "active", "false")
                || JsonTree.items(patient, "link").stream()
                        .anyMatch(link -> JsonTree.text(link, "type").equals("replaced-by"));
        return new Addressee(
                words(name),
                number(patient),
                lines,
                address.filter(one -> !streets(one).isEmpty()
                                || !JsonTree.text(one, "text").isEmpty())
                        .isPresent(),
                isMinor(JsonTree.text(patient, "birthDate"), today),
                dead,
                merged);
    }

    /** The first of these by its use; one whose use is not among them, or that is over, is none. */
    private static Optional<Map<String, Object>> best(
            List<Map<String, Object>> all, List<String> uses, LocalDate today) {
        return all.stream()
                .filter(one -> uses.contains(JsonTree.text(one, "use")))
                .filter(one -> !isOver(JsonTree.text(one, "period", "end"), today))
                .min(Comparator.comparingInt(one -> uses.indexOf(JsonTree.text(one, "use"))));
    }

    private static boolean isOver(String end, LocalDate today) {
        // As much of a date as is there: a year, a month, a day, an instant.
        String now = today.toString();
        int length = Math.min(end.length(), now.length());
        return !end.isEmpty() && end.substring(0, length).compareTo(now.substring(0, length)) < 0;
    }

    private static boolean isLiteral(Map<String, Object> resource, String name, String value) {
        return resource.get(name) instanceof JsonTree.Literal literal
                && literal.text().equals(value);
    }

    private static String words(Map<String, Object> name) {
        String given =
                name.get("given") instanceof List<?> all && !all.isEmpty() && all.getFirst() instanceof String first
                        ? first + " "
                        : "";
        String whole = (given + JsonTree.text(name, "family")).strip();
        return whole.isEmpty() ? JsonTree.text(name, "text").strip() : whole;
    }

    private static String number(Map<String, Object> patient) {
        return JsonTree.items(patient, "identifier").stream()
                .filter(one -> !JsonTree.text(one, "use").equals("old"))
                .filter(one -> JsonTree.item(one, "type").stream()
                        .flatMap(type -> JsonTree.items(type, "coding").stream())
                        .anyMatch(coding -> JsonTree.text(coding, "code").equals(NUMBER_CODE)))
                .map(one -> JsonTree.text(one, "value"))
                .findFirst()
                .orElse("");
    }

    private static List<String> streets(Map<String, Object> address) {
        List<String> lines = new ArrayList<>();
        if (address.get("line") instanceof List<?> all) {
            for (Object line : all) {
                if (line instanceof String text && !text.isBlank()) {
                    lines.add(text);
                }
            }
        }
        return lines;
    }

    private static List<String> lines(Map<String, Object> address) {
        List<String> lines = streets(address);
        lines.add((JsonTree.text(address, "postalCode") + " " + JsonTree.text(address, "city")).strip());
        lines.add(JsonTree.text(address, "country"));
        lines.removeIf(String::isBlank);
        String text = JsonTree.text(address, "text");
        return lines.isEmpty() && !text.isBlank() ? List.of(text) : lines;
    }

    private static boolean isMinor(String birth, LocalDate today) {
        try {
            return LocalDate.parse(birth).plusYears(OF_AGE).isAfter(today);
        } catch (DateTimeParseException coarse) {
            // Of whom only the year is known, the year they come of age in counts as before.
            return birth.matches("[0-9]{4}.*")
                    && Integer.parseInt(birth.substring(0, 4), 10) + OF_AGE >= today.getYear();
        }
    }

    private static String row(int number, Exposed patient, Optional<Addressee> to) {
        String remark = to.map(Addressee::remark).orElse("dossier non lu : à traiter à la main");
        return String.join(
                ";",
                number == 0 ? "" : String.valueOf(number),
                patient.resource()
                        .map(ResourceId::toString)
                        .orElse(patient.subject().handle()),
                patient.certainty() == trimaran.exposure.Certainty.CERTAIN ? "certain" : "possible",
                field(to.map(Addressee::name).orElse("")),
                field(to.map(one -> String.join(", ", one.address())).orElse("")),
                field(remark));
    }

    /** One that begins like a formula would be run by a table program. */
    static String field(String text) {
        String line = text.replaceAll("[\\r\\n\\t]+", " ").strip();
        boolean formula = !line.isEmpty() && "=+-@".indexOf(line.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + line.replace("\"", "\"\"") + '"';
    }
}
