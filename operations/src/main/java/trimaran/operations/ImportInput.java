package trimaran.operations;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Digest;

/**
 * One thing to send: a whole file, or one line of one.
 *
 * @param name for messages
 * @param method {@code POST}, or {@code PUT} for a resource that brings its id
 * @param path below {@code /fhir}
 * @param key the hash of its content
 */
record ImportInput(String name, String method, String path, BodyPublisher body, Digest key, long sizeBytes) {

    /** Longest resource type and id (FHIR R4 datatypes). */
    private static final String TYPE = "[A-Z][A-Za-z]{1,63}";

    private static final String ID = "[A-Za-z0-9.-]{1,64}";

    /** A file with a Bundle or one resource; empty if it is neither. The file is read once for its hash, never held. */
    static Optional<ImportInput> file(Path file) throws IOException {
        Map<String, String> top;
        try (var reader = Files.newBufferedReader(file)) {
            top = JsonGlance.at(reader, Set.of("resourceType")).orElse(Map.of());
        }
        String type = top.getOrDefault("resourceType", "");
        if (!type.matches(TYPE)) {
            return Optional.empty();
        }
        return Optional.of(new ImportInput(
                String.valueOf(file.getFileName()),
                "POST",
                type.equals("Bundle") ? "" : type,
                body(file),
                hash(file),
                Files.size(file)));
    }

    /** A line of a file with one resource a line; empty if it is no resource. */
    static Optional<ImportInput> line(Path file, long number, byte[] content) throws IOException {
        var text = new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8);
        Map<String, String> top =
                JsonGlance.at(text, Set.of("resourceType", "id")).orElse(Map.of());
        String type = top.getOrDefault("resourceType", "");
        if (!type.matches(TYPE)) {
            return Optional.empty();
        }
        String id = top.getOrDefault("id", "");
        boolean bundle = type.equals("Bundle");
        boolean put = !bundle && id.matches(ID);
        return Optional.of(new ImportInput(
                file.getFileName() + ":" + number,
                put ? "PUT" : "POST",
                bundle ? "" : put ? type + "/" + id : type,
                BodyPublishers.ofByteArray(content),
                Digest.sha256(content),
                content.length));
    }

    private static BodyPublisher body(Path file) throws IOException {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException gone) {
            throw new IOException(file + " is gone", gone);
        }
    }

    private static Digest hash(Path file) throws IOException {
        MessageDigest hash = Digest.hash();
        try (var in = new DigestInputStream(Files.newInputStream(file), hash)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return Digest.of(hash.digest());
    }
}
