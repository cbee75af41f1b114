import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A signed size and root of the record (C2SP signed-note, tlog-checkpoint, tlog-cosignature with ML-DSA-44). */
record Checkpoint(String place, String origin, long size, byte[] root, List<Line> lines) {

    /** One signature line: who says to have signed, and what follows. */
    record Line(String name, byte[] value) {}

    static Checkpoint read(String place, Path file) throws IOException, FalseException {
        byte[] bytes = Files.readAllBytes(file);
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        try {
            long size = Long.parseLong(lines[1]);
            byte[] root = Base64.getDecoder().decode(lines[2]);
            StringBuilder same = new StringBuilder(lines[0] + "\n" + size + "\n" + base64(root) + "\n\n");
            List<Line> signatures = new ArrayList<>();
            for (int i = 4; i < lines.length - 1; i++) {
                String[] parts = lines[i].split(" ", 3);
                Line line = new Line(parts[1], Base64.getDecoder().decode(parts[2]));
                same.append("— " + line.name() + " " + base64(line.value()) + "\n");
                signatures.add(line);
            }
            // One text for one content: else a byte could be another, and nobody would see it.
            if (size > 0 && Arrays.equals(same.toString().getBytes(StandardCharsets.UTF_8), bytes)) {
                return new Checkpoint(place, lines[0], size, root, signatures);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            // Said below.
        }
        throw new FalseException(place, "n'est pas un point de contrôle", "is no checkpoint");
    }

    private static String log(Fold fold) {
        return "trimaran/" + HexFormat.of().formatHex(fold.origin).substring(0, 32);
    }

    /** Its first line names the hospital; looked at before the root, which another hospital's can never be. */
    void requireOf(Fold fold) throws FalseException {
        String log = log(fold);
        if (!origin.equals(log)) {
            throw new FalseException(
                    place,
                    "est d'un autre hôpital, " + origin + " ; cette archive est de " + fold.hospital()
                            + " : nommez un point de contrôle dont la première ligne est " + log,
                    "is another hospital's, " + origin + "; this archive is of " + fold.hospital()
                            + ": name a checkpoint whose first line is " + log);
        }
    }

    /**
     * When each party signed, in seconds. Every line has to be a true signature of a key of the registry.
     *
     * @param strict whether a line of a key that counts no more is false; an older checkpoint may have some
     */
    Map<Integer, Long> cosigned(Fold fold, boolean strict) throws FalseException {
        String name = log(fold);
        boolean logged = false;
        Map<Integer, Long> cosigned = new TreeMap<>();
        for (Line line : lines) {
            boolean known = false;
            for (Key log : fold.logs()) {
                if (line.name().equals(name) && isBy(line, log)) {
                    require(line, log);
                    known = true;
                    logged = true;
                }
            }
            for (int party = 0; party < Fold.PARTIES.length; party++) {
                Key key = new Key(Key.ML_DSA, fold.present(party).cosigner());
                if (line.name().equals(name + "/" + Fold.PARTIES[party]) && isBy(line, key)) {
                    cosigned.merge(party, require(line, key), Math::max);
                    known = true;
                }
            }
            if (!known && strict) {
                throw new FalseException(place, "une signature de personne", "a signature of nobody");
            }
        }
        if (!logged) {
            throw new FalseException(place, "n'est pas signé par le registre de data", "is not signed by data's log");
        }
        return cosigned;
    }

    private static boolean isBy(Line line, Key key) {
        byte[] id = keyId(line.name(), key);
        return line.value().length > 12 && Arrays.equals(Arrays.copyOf(line.value(), 4), id);
    }

    private static byte[] keyId(String name, Key key) {
        byte[] hash = Cursor.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', 6}, key.bytes);
        return Arrays.copyOf(hash, 4);
    }

    /** The time it was signed at, if it was. */
    private long require(Line line, Key key) throws FalseException {
        byte[] time = Arrays.copyOfRange(line.value(), 4, 12);
        byte[] signer = line.name().getBytes(StandardCharsets.UTF_8);
        byte[] log = origin.getBytes(StandardCharsets.UTF_8);
        byte[] message = Cursor.joined(
                Cursor.ascii("subtree/v1\n\0"),
                new byte[] {(byte) signer.length},
                signer,
                time,
                new byte[] {(byte) log.length},
                log,
                Cursor.number(0L),
                Cursor.number(size),
                root);
        if (!key.signed(message, Arrays.copyOfRange(line.value(), 12, line.value().length))) {
            throw new FalseException(
                    place,
                    "la signature de " + line.name() + " est fausse",
                    "the signature of " + line.name() + " is false");
        }
        return new java.math.BigInteger(time).longValueExact();
    }

    /** The rule of who has to sign, as C2SP's policy file writes it, from the keys of the registry. */
    static String policy(Fold fold) {
        String origin = log(fold);
        StringBuilder text =
                new StringBuilder("log " + key(origin, fold.present(Fold.DATA).log()) + "\n");
        for (int party = 0; party < Fold.PARTIES.length; party++) {
            String name = Fold.PARTIES[party];
            text.append("witness " + name + " "
                    + key(origin + "/" + name, fold.present(party).cosigner()) + "\n");
        }
        return text + "group parties 3 " + String.join(" ", Fold.PARTIES) + "\nquorum parties\n";
    }

    private static String key(String name, byte[] bytes) {
        byte[] id = keyId(name, new Key(Key.ML_DSA, bytes));
        return String.format(
                Locale.ROOT,
                "%s+%s+%s",
                name,
                HexFormat.of().formatHex(id),
                base64(Cursor.joined(new byte[] {6}, bytes)));
    }

    private static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }
}
