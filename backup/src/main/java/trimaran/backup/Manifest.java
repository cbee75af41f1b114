package trimaran.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;

/**
 * What a backup's folder says of itself, in the file {@link #NAME}, written last: a folder without it is no backup. The layout
 * stands in docs/formats.md.
 *
 * <p>Trust: none. Whoever can write into a backup can write a manifest to it as well. It finds what time and bad disks do; what
 * somebody does on purpose is found by the record's own hashes and signatures ({@link BackupCheck}) and by the other tiers' proofs.
 *
 * @param name the same in both folders of one backup, and in no other
 * @param origin the hospital's
 * @param entries how many entries the checkpoint covers
 * @param note the checkpoint with its signatures
 */
public record Manifest(Kind kind, Bytes name, Digest origin, Party tier, long entries, List<Named> files, Bytes note) {

    /** The file's name. */
    public static final String NAME = "manifest";

    /** The layout of today; a backup of another is refused. */
    public static final int FORMAT = 1;

    /** Largest manifest that is read: a thousand files to a terabyte. */
    public static final int BYTES_MAX = 4 << 20;

    static final int NAME_BYTES = 16;

    private static final String FIRST = "trimaran-backup ";
    private static final Pattern FILE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    public Manifest {
        files = List.copyOf(files);
        if (name.size() != NAME_BYTES || entries < 1 || !tier.isTier()) {
            throw new IllegalArgumentException("not a backup's manifest");
        }
    }

    /** Which of a backup's two folders. */
    public enum Kind {
        RECORD("record"),
        SHARES("shares");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** A file of the folder, with its length in bytes and SHA-256. */
    public record Named(String name, long bytes, Digest digest) {}

    /** The backup's name, as people see it. */
    public String label() {
        return name.hex().substring(0, 8);
    }

    public Optional<Named> file(String wanted) {
        return files.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    /** Bytes of all files. */
    public long bytes() {
        return files.stream().mapToLong(Named::bytes).sum();
    }

    public Bytes encode() {
        StringBuilder text = new StringBuilder(FIRST + FORMAT + "\n");
        text.append("kind ").append(kind.word()).append('\n');
        text.append("backup ").append(name.hex()).append('\n');
        text.append("origin ").append(origin.hex()).append('\n');
        text.append("tier ").append(tier.word()).append('\n');
        text.append("entries ").append(entries).append('\n');
        for (Named one : files) {
            text.append("file ")
                    .append(one.name())
                    .append(' ')
                    .append(one.bytes())
                    .append(' ')
                    .append(one.digest().hex())
                    .append('\n');
        }
        text.append('\n').append(new String(note.unsafeArray(), StandardCharsets.UTF_8));
        return Bytes.ofText(text.toString());
    }

    /**
     * Reads a manifest.
     *
     * @throws MalformedException with a sentence for people, also if it is of another format
     */
    public static Manifest parse(Bytes bytes) throws MalformedException {
        String text = new String(bytes.unsafeArray(), StandardCharsets.UTF_8);
        int end = text.indexOf("\n\n");
        if (!text.startsWith(FIRST) || end < 0) {
            throw new MalformedException("its manifest is none of this program, or cut short");
        }
        List<String> lines = text.substring(0, end).lines().toList();
        if (!lines.getFirst().equals(FIRST + FORMAT)) {
            throw new MalformedException("it has another format than " + FORMAT + ", which this program reads");
        }
        try {
            List<Named> files = new ArrayList<>();
            for (String line : lines.subList(6, lines.size())) {
                files.add(named(line));
            }
            Manifest read = new Manifest(
                    value(lines.get(1), "kind").equals(Kind.RECORD.word()) ? Kind.RECORD : Kind.SHARES,
                    Bytes.ofHex(value(lines.get(2), "backup")),
                    Digest.ofHex(value(lines.get(3), "origin")),
                    Party.ofWord(value(lines.get(4), "tier")).orElseThrow(() -> new MalformedException("no such tier")),
                    Long.parseLong(value(lines.get(5), "entries")),
                    files,
                    Bytes.ofText(text.substring(end + 2)));
            if (!read.encode().equals(bytes)) {
                throw new MalformedException("its manifest is not written as this program writes it");
            }
            return read;
        } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new MalformedException("its manifest cannot be read");
        }
    }

    private static Named named(String line) throws MalformedException {
        String[] words = value(line, "file").split(" ", -1);
        if (words.length != 3 || !FILE_NAME.matcher(words[0]).matches()) {
            throw new MalformedException("its manifest names a file that is none of a backup");
        }
        return new Named(words[0], Long.parseLong(words[1]), Digest.ofHex(words[2]));
    }

    private static String value(String line, String word) throws MalformedException {
        if (!line.startsWith(word + " ")) {
            throw new MalformedException("its manifest has no line " + word);
        }
        return line.substring(word.length() + 1);
    }
}
