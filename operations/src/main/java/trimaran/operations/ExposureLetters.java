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
    static final String LIST = "envoi.csv";

    /** For programs and for whoever posts them. */
    static final String HEADER = "lettre;patient;certitude;nom;adresse;remarque";

    private static final int OF_AGE = 18;

    /** Where Trimaran's own and most other systems write the hospital's number of a patient (HL7 v2 table 0203). */
    private static final String NUMBER_CODE = "PI";

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
     * Writes both files into a new folder.
     *
     * @return how many could not be read: they stand in the list as such
     */
    int write(Path folder, List<Exposed> patients) throws RefusedException, InterruptedException {
        int missing = 0;
        try (BufferedWriter letters = created(folder.resolve(LETTERS));
                BufferedWriter list = created(folder.resolve(LIST))) {
            letters.write(Letter.head());
            // A table program takes a file without the mark for one of another alphabet.
            list.write('\uFEFF' + HEADER + "\r\n");
            int number = 0;
            for (Exposed patient : patients) {
                Optional<Addressee> to = addressee(patient);
                boolean written = to.filter(one -> !one.dead()).isPresent();
                if (written) {
                    letters.write(letter.html(patient, to.get()));
                }
                missing += to.isEmpty() ? 1 : 0;
                list.write(row(written ? ++number : 0, patient, to) + "\r\n");
                voice.bar(String.format("%,d letters of %,d", number, patients.size()));
            }
            letters.write(Letter.foot());
            voice.bar("");
        } catch (IOException failure) {
            throw new RefusedException(Code.USAGE, folder + " cannot be written: " + failure.getMessage());
        }
        return missing;
    }

    private static BufferedWriter created(Path file) throws IOException {
        return Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW);
    }

    private Optional<Addressee> addressee(Exposed patient) throws InterruptedException {
        if (patient.resource().isEmpty()) {
            return Optional.empty();
        }
        try {
            return door.read("Patient/" + patient.resource().get())
                    .flatMap(json -> JsonTree.glimpse(Bytes.wrap(json.getBytes(StandardCharsets.UTF_8))))
                    .map(json -> addressee(json, today));
        } catch (IOException unread) {
            voice.progress("Patient/" + patient.resource().get() + ": " + unread.getMessage());
            return Optional.empty();
        }
    }

    static Addressee addressee(Map<String, Object> patient, LocalDate today) {
        List<Map<String, Object>> names = JsonTree.items(patient, "name");
        Map<String, Object> name = names.stream()
                .filter(one -> JsonTree.text(one, "use").equals("usual"))
                .findFirst()
                .or(() -> names.stream().findFirst())
                .orElse(Map.of());
        String given =
                name.get("given") instanceof List<?> all && !all.isEmpty() && all.getFirst() instanceof String first
                        ? first + " "
                        : "";
        String whole = (given + JsonTree.text(name, "family")).strip();
        boolean dead = !JsonTree.text(patient, "deceasedDateTime").isEmpty()
                || (patient.get("deceasedBoolean") instanceof JsonTree.Literal literal
                        && literal.text().equals("true"));
        return new Addressee(
                whole.isEmpty() ? JsonTree.text(name, "text") : whole,
                number(patient),
                JsonTree.items(patient, "address").stream()
                        .findFirst()
                        .map(ExposureLetters::lines)
                        .orElse(List.of()),
                isMinor(JsonTree.text(patient, "birthDate"), today),
                dead);
    }

    private static String number(Map<String, Object> patient) {
        return JsonTree.items(patient, "identifier").stream()
                .filter(one -> JsonTree.item(one, "type").stream()
                        .flatMap(type -> JsonTree.items(type, "coding").stream())
                        .anyMatch(coding -> JsonTree.text(coding, "code").equals(NUMBER_CODE)))
                .map(one -> JsonTree.text(one, "value"))
                .findFirst()
                .orElse("");
    }

    private static List<String> lines(Map<String, Object> address) {
        List<String> lines = new ArrayList<>();
        if (address.get("line") instanceof List<?> all) {
            for (Object line : all) {
                if (line instanceof String text) {
                    lines.add(text);
                }
            }
        }
        lines.add((JsonTree.text(address, "postalCode") + " " + JsonTree.text(address, "city")).strip());
        lines.add(JsonTree.text(address, "country"));
        lines.removeIf(String::isBlank);
        return lines.isEmpty() && !JsonTree.text(address, "text").isEmpty()
                ? List.of(JsonTree.text(address, "text"))
                : lines;
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
                remark);
    }

    /** One that begins like a formula would be run by a table program. */
    private static String field(String text) {
        String safe = text.matches("^[=+@\\-\\t\\r].*") ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"").replaceAll("[\\r\\n]+", " ") + '"';
    }
}
