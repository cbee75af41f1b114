package trimaran.evidence;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;

/** The zip, file after file, and in the end {@code MANIFEST}: a line for each, digest and name, as sha256sum writes and reads them. */
final class ArchiveFile {

    static final String MANIFEST = "MANIFEST";

    private final ZipOutputStream zip;
    private final LocalDateTime made;
    private final List<String> manifest = new ArrayList<>();

    ArchiveFile(OutputStream out, RecordTime made) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.made = LocalDateTime.ofInstant(made.instant(), ZoneOffset.UTC);
    }

    /** Begins a file, which ends when its stream is closed; one at a time. */
    OutputStream open(String name) throws IOException {
        begin(name);
        DigestOutputStream digesting = new DigestOutputStream(zip, Digest.hash());
        return new FilterOutputStream(digesting) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
            }

            @Override
            public void close() throws IOException {
                zip.closeEntry();
                manifest.add(Digest.of(digesting.getMessageDigest().digest()).hex() + "  " + name);
            }
        };
    }

    void add(String name, Bytes content) throws IOException {
        try (OutputStream out = open(name)) {
            out.write(content.toArray());
        }
    }

    /** Ends the archive. The digest of the manifest stands for all of it. */
    Digest end() throws IOException {
        Bytes content = Bytes.ofText(String.join("\n", manifest) + "\n");
        begin(MANIFEST);
        zip.write(content.toArray());
        zip.closeEntry();
        zip.finish();
        return Digest.sha256(content);
    }

    private void begin(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(made);
        zip.putNextEntry(entry);
    }
}
