import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks an evidence archive of Trimaran from its bytes, offline, with a JDK 25 and nothing else:
 * {@code java checker/CheckArchive.java FOLDER [hash of entry 0 [older checkpoint]]}. It shares no code with the program that made
 * the archive, so that it is a second opinion; FORMATS.md says what each byte means.
 *
 * <p>Ends with 0: all is true and nothing is missing; 1: something is false, and where; 2: all is true, but something is missing or
 * hulls contradict one another.
 */
public final class CheckArchive {

    /** A quorum: so many of the four parties. */
    private static final int QUORUM = 3;

    /** What an archive may hold; what is here and is no text is looked at below, and texts are named by the file archive. */
    private static final Pattern NAMES = Pattern.compile("archive|policy|record|MANQUE-MISSING\\.txt|"
            + "LISEZMOI\\.txt|README\\.txt|FORMATS\\.md|checker/[A-Za-z]+\\.java|"
            + "checkpoints/(access|application|data|witness)|"
            + "ledgers/(access|application|data)/(access|application|data)\\.(lines|head)");

    private static final Pattern TEXTS = Pattern.compile("(LISEZMOI|README)\\.txt|FORMATS\\.md|checker/[A-Za-z]+\\.java");

    final Path folder;
    private final Set<String> named = new HashSet<>();
    final List<String> missing = new ArrayList<>();
    Fold fold = new Fold(new byte[0]);
    long from;
    long to;
    byte[] description = {};

    private CheckArchive(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    public static void main(String[] arguments) {
        CheckArchive check = new CheckArchive(real(Path.of(arguments.length == 0 ? "." : arguments[0])));
        try {
            check.manifest();
            check.description(arguments.length > 1 ? arguments[1] : "");
            check.record(arguments.length > 2 ? Path.of(arguments[2]) : null);
            Ledger.all(check);
        } catch (FalseException wrong) {
            isFalse(wrong.getMessage());
        } catch (NoSuchFileException absent) {
            isFalse(absent.getMessage() + Say.of(" : n'est pas là", ": is not there"));
        } catch (IOException | RuntimeException unreadable) {
            isFalse(Say.of("illisible : ", "cannot be read: ") + unreadable.getMessage());
        }
        check.missing.forEach(one -> Say.line(Say.of("MANQUE", "MISSING"), one));
        if (check.missing.isEmpty()) {
            System.out.println(Say.of("VERDICT : VRAI ET COMPLET.", "VERDICT: TRUE AND COMPLETE."));
        } else {
            System.out.println(Say.of(
                    "VERDICT : CE QUI EST LÀ EST VRAI, MAIS TOUT N'EST PAS LÀ OU PAS D'ACCORD (voir MANQUE).",
                    "VERDICT: WHAT IS THERE IS TRUE, BUT NOT ALL IS THERE OR NOT ALL AGREES (see MISSING)."));
        }
        System.exit(check.missing.isEmpty() ? 0 : 2);
    }

    /** Where the folder is: a link to it is followed, one in it is not. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException absent) {
            return folder;
        }
    }

    private static void isFalse(String what) {
        Say.line(Say.of("FAUX", "FALSE"), what);
        System.out.println(Say.of(
                "VERDICT : FAUX. Cette archive n'est pas ce qui a été signé.",
                "VERDICT: FALSE. This archive is not what was signed."));
        System.exit(1);
    }

    /** Every file has a name an archive has and the digest MANIFEST says, and none is there that it does not name. */
    private void manifest() throws IOException, FalseException {
        named.add("MANIFEST");
        byte[] manifest = Files.readAllBytes(folder.resolve("MANIFEST"));
        StringBuilder same = new StringBuilder();
        for (String line : new String(manifest, StandardCharsets.UTF_8).split("\n")) {
            String name = line.length() > 66 ? line.substring(66) : "?";
            if (!NAMES.matcher(name).matches()) {
                throw new FalseException("MANIFEST", "nomme un fichier étranger : " + name, "names a foreign file: " + name);
            }
            if (!named.add(name) || !Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw new FalseException(
                        "MANIFEST", "nomme ce qui n'est pas là : " + name, "names what is not there: " + name);
            }
            same.append(digestOf(name)).append("  ").append(name).append('\n');
            if (!line.equals(digestOf(name) + "  " + name)) {
                throw new FalseException(
                        name, "n'est pas le fichier que MANIFEST nomme", "is not the file MANIFEST names");
            }
        }
        if (!Arrays.equals(manifest, same.toString().getBytes(StandardCharsets.UTF_8))) {
            throw new FalseException("MANIFEST", "dit autre chose encore", "says something else, too");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !named.contains(name)) {
                    throw new FalseException(name, "n'est pas de cette archive", "is not of this archive");
                }
            }
        }
        if (named.contains("MANQUE-MISSING.txt")) {
            missing.add(Say.of("voir aussi MANQUE-MISSING.txt", "see MANQUE-MISSING.txt, too"));
        }
        Say.ok(
                named.size() + " fichiers ; empreinte de MANIFEST : " + digestOf("MANIFEST"),
                named.size() + " files; digest of MANIFEST: " + digestOf("MANIFEST"));
    }

    private String digestOf(String name) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, hash).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    /** What the archive says to be: hospital, window, texts. The hulls signed their ledgers' heads for these very bytes. */
    private void description(String founding) throws IOException, FalseException {
        description = Files.readAllBytes(folder.resolve("archive"));
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : new String(description, StandardCharsets.UTF_8).split("\n")) {
            String[] pair = line.split(" = ", 2);
            values.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        if (!values.getOrDefault("format", "").equals("trimaran evidence 1")) {
            throw new FalseException(
                    "archive", "d'un format que ce programme ignore", "of a format this program does not know");
        }
        from = Long.parseLong(values.getOrDefault("from", ""));
        to = Long.parseLong(values.getOrDefault("to", ""));
        String own = values.getOrDefault("founding", "");
        fold = new Fold(HexFormat.of().parseHex(own));
        for (Map.Entry<String, String> one : values.entrySet()) {
            String name = one.getKey().startsWith("text ") ? one.getKey().substring(5) : "";
            if (!name.isEmpty() && (!named.contains(name) || !digestOf(name).equals(one.getValue()))) {
                throw new FalseException(name, "n'est pas le texte que nomme archive", "is not the text archive names");
            }
        }
        for (String name : named) {
            if (TEXTS.matcher(name).matches() && !values.containsKey("text " + name)) {
                throw new FalseException(name, "n'est pas nommé par archive", "is not named by archive");
            }
        }
        Say.ok(
                "période de " + Instant.ofEpochMilli(from) + " à " + Instant.ofEpochMilli(to),
                "window from " + Instant.ofEpochMilli(from) + " to " + Instant.ofEpochMilli(to));
        if (founding.isEmpty()) {
            Say.line(
                    Say.of("LIRE", "READ"),
                    Say.of(
                                    "comparer au papier l'empreinte de l'entrée 0 : ",
                                    "compare with the paper the hash of entry 0: ")
                            + own);
        } else if (!founding.equalsIgnoreCase(own)) {
            throw new FalseException(
                    "archive", "l'empreinte de l'entrée 0 est " + own, "the hash of entry 0 is " + own);
        } else {
            Say.ok("l'entrée 0 est celle du papier", "entry 0 is the paper's");
        }
    }

    /** The record under its checkpoints, and the rule by which three of four have to sign one over all of it. */
    private void record(Path older) throws IOException, FalseException {
        List<Checkpoint> checkpoints = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            for (Path file : files.sorted().toList()) {
                checkpoints.add(Checkpoint.read("checkpoints/" + file.getFileName(), file));
            }
        }
        long size = checkpoints.stream().mapToLong(Checkpoint::size).max().orElse(0);
        if (older != null) {
            checkpoints.add(Checkpoint.read(older.toString(), older));
        }
        Set<Long> sizes = new HashSet<>();
        checkpoints.forEach(one -> sizes.add(one.size()));
        Tree tree = new Tree(sizes);
        Passage passage = new Passage(fold, tree, from, to);
        long entries = passage.through(folder.resolve("record"), size);
        if (size == 0) {
            throw new FalseException("checkpoints", "aucun", "none");
        }
        long fresh = -1;
        for (Checkpoint one : checkpoints) {
            one.requireOf(fold);
            if (!tree.isRoot(one.size(), one.root())) {
                throw new FalseException(
                        one.place(), "n'est pas la racine de ce registre", "is not the root of this record");
            }
            Map<Integer, Long> cosigned =
                    one.cosigned(fold, older == null || !one.place().equals(older.toString()));
            List<Long> times = new ArrayList<>(cosigned.values());
            times.sort(Collections.reverseOrder());
            String by = String.join(
                    " ",
                    cosigned.keySet().stream().map(party -> Fold.PARTIES[party]).toList());
            Say.ok(
                    one.place() + " : taille " + one.size() + ", " + by,
                    one.place() + ": size " + one.size() + ", " + by);
            if (one.size() == size && times.size() >= QUORUM) {
                fresh = Math.max(fresh, times.get(QUORUM - 1));
            }
        }
        if (fresh < 0) {
            throw new FalseException(
                    "checkpoints", "trois sur quatre n'ont pas signé le tout", "three of four did not sign all of it");
        }
        if (!Files.readString(folder.resolve("policy")).equals(Checkpoint.policy(fold))) {
            throw new FalseException("policy", "n'est pas la règle du registre", "is not the registry's rule");
        }
        fold.say(entries);
        said(passage);
        Say.ok(
                "trois sur quatre ont signé le tout le " + Instant.ofEpochSecond(fresh),
                "three of four signed all of it at " + Instant.ofEpochSecond(fresh));
        if (fresh * 1000 < to) {
            missing.add(Say.of("rien n'est prouvé après ", "nothing is proven after ") + Instant.ofEpochSecond(fresh));
        }
    }

    private static void said(Passage passage) {
        if (passage.late() > 0) {
            Say.line(
                    "NOTE",
                    Say.of(
                            passage.late() + " entrées détenues dans la période et placées après elle",
                            passage.late() + " entries held in the window and placed after it"));
        }
        if (!passage.isOver()) {
            Say.line(
                    "NOTE",
                    Say.of(
                            "aucune entrée après la période : sa fin est selon l'horloge de data",
                            "no entry after the window: its end is by data's clock"));
        }
    }
}
