package trimaran.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

/** Reads and writes the text of C2SP tlog-policy. Octets are read one character each, as the specification treats them. */
final class TrustPolicyFile {

    private static final Pattern WHITESPACE = Pattern.compile("[ \t]+");
    private static final Pattern THRESHOLD = Pattern.compile("[1-9][0-9]{0,3}");

    private final NoteVerifiers verifiers;
    private final List<TrustPolicy.Log> logs = new ArrayList<>();
    private final List<TrustPolicy.Cosigner> cosigners = new ArrayList<>();
    private final List<TrustPolicy.Group> groups = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private final Set<Bytes> logKeys = new HashSet<>();
    private final Set<Bytes> cosignerKeys = new HashSet<>();
    private Optional<String> quorum = Optional.empty();

    private TrustPolicyFile(NoteVerifiers verifiers) {
        this.verifiers = verifiers;
    }

    static TrustPolicy parse(Bytes source, NoteVerifiers verifiers) throws MalformedException {
        if (source.size() > TrustPolicy.MAX_BYTES) {
            throw new MalformedException("policy of " + source.size() + " bytes");
        }
        byte[] octets = source.unsafeArray();
        for (byte octet : octets) {
            if (octet == 0x7f || (octet >= 0 && octet < ' ' && octet != '\t' && octet != '\n')) {
                throw new MalformedException("policy with a control character");
            }
        }
        if (octets.length == 0 || octets[octets.length - 1] != '\n') {
            throw new MalformedException("policy does not end in a newline");
        }
        TrustPolicyFile file = new TrustPolicyFile(verifiers);
        int number = 0;
        for (String line : new String(octets, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            number++;
            file.line(line, number);
        }
        if (file.quorum.isEmpty()) {
            throw new MalformedException("policy without a quorum line");
        }
        return new TrustPolicy(file.logs, file.cosigners, file.groups, file.quorum.get());
    }

    private void line(String line, int number) throws MalformedException {
        String[] parts = WHITESPACE.split(line);
        List<String> items = new ArrayList<>(List.of(parts));
        items.removeIf(String::isEmpty);
        if (items.isEmpty() || items.getFirst().startsWith("#")) {
            return;
        }
        List<String> rest = items.subList(1, items.size());
        switch (items.getFirst()) {
            case "log" -> log(rest, number);
            case "witness" -> cosigner(rest, number);
            case "group" -> group(rest, number);
            case "quorum" -> quorum(rest, number);
            default -> throw malformed("unknown keyword", number);
        }
    }

    private void log(List<String> items, int number) throws MalformedException {
        if (items.isEmpty() || items.size() > 2 || logs.size() == TrustPolicy.MAX_DEFINITIONS) {
            throw malformed("not a log, or too many", number);
        }
        VerifierKey key = key(items.getFirst());
        if (!logKeys.add(key.publicKey())) {
            throw malformed("the key of another log", number);
        }
        logs.add(new TrustPolicy.Log(verifiers.log(key), items.stream().skip(1).findFirst()));
    }

    private void cosigner(List<String> items, int number) throws MalformedException {
        if (items.size() < 2 || items.size() > 3 || cosigners.size() == TrustPolicy.MAX_DEFINITIONS) {
            throw malformed("not a witness, or too many", number);
        }
        define(items.getFirst(), number);
        VerifierKey key = key(items.get(1));
        if (!cosignerKeys.add(key.publicKey())) {
            throw malformed("the key of another witness", number);
        }
        NoteVerifier verifier = verifiers.cosigner(key);
        cosigners.add(new TrustPolicy.Cosigner(
                items.getFirst(), verifier, items.stream().skip(2).findFirst()));
    }

    private void group(List<String> items, int number) throws MalformedException {
        if (items.size() < 3 || groups.size() == TrustPolicy.MAX_DEFINITIONS) {
            throw malformed("not a group, or too many", number);
        }
        List<String> listed = items.subList(2, items.size());
        for (String member : listed) {
            // Only names of earlier lines, and each in one group only, so that nobody counts in two ways.
            if (!names.contains(member) || !members.add(member)) {
                throw malformed("a member that is not defined, or already in a group", number);
            }
        }
        define(items.getFirst(), number);
        int threshold = threshold(items.get(1), listed.size(), number);
        groups.add(new TrustPolicy.Group(items.getFirst(), threshold, listed));
    }

    private static int threshold(String word, int count, int number) throws MalformedException {
        return switch (word) {
            case "any" -> 1;
            case "all" -> count;
            default -> {
                if (!THRESHOLD.matcher(word).matches() || Integer.parseInt(word) > count) {
                    throw malformed("threshold is not from 1 to the number of members", number);
                }
                yield Integer.parseInt(word);
            }
        };
    }

    private void quorum(List<String> items, int number) throws MalformedException {
        boolean known =
                items.size() == 1 && (items.getFirst().equals(TrustPolicy.NONE) || names.contains(items.getFirst()));
        if (!known || quorum.isPresent()) {
            throw malformed("not the one quorum, by a name already defined", number);
        }
        quorum = Optional.of(items.getFirst());
    }

    private void define(String name, int number) throws MalformedException {
        if (name.equals(TrustPolicy.NONE) || !names.add(name)) {
            throw malformed("a name that is reserved or taken", number);
        }
    }

    private static VerifierKey key(String octets) throws MalformedException {
        byte[] text = octets.getBytes(StandardCharsets.ISO_8859_1);
        return VerifierKey.parse(NoteText.decode(text, 0, text.length));
    }

    private static MalformedException malformed(String what, int number) {
        return new MalformedException("policy line " + number + ": " + what);
    }

    static Bytes encode(TrustPolicy policy) {
        StringBuilder text = new StringBuilder();
        for (TrustPolicy.Log log : policy.logs()) {
            text.append("log ").append(octets(log.verifier().key()));
            log.url().ifPresent(url -> text.append(' ').append(url));
            text.append('\n');
        }
        for (TrustPolicy.Cosigner cosigner : policy.cosigners()) {
            text.append("witness ")
                    .append(cosigner.name())
                    .append(' ')
                    .append(octets(cosigner.verifier().key()));
            cosigner.url().ifPresent(url -> text.append(' ').append(url));
            text.append('\n');
        }
        for (TrustPolicy.Group group : policy.groups()) {
            text.append("group ").append(group.name()).append(' ').append(group.threshold());
            group.members().forEach(member -> text.append(' ').append(member));
            text.append('\n');
        }
        text.append("quorum ").append(policy.quorum()).append('\n');
        return Bytes.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String octets(VerifierKey key) {
        return new String(key.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
