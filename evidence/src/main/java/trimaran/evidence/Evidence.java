package trimaran.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.ledger.Note;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.TreeHead;
import trimaran.ledger.VerifierKey;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Quorum;
import trimaran.record.Registry;

/**
 * Makes an evidence archive: everything of a window that was signed, as it was signed, for somebody who trusts nobody in the house.
 * Whoever reads it learns what keepers see (SECURITY.md, What leaks), and no content: no blob, share or key is asked for.
 */
public final class Evidence {

    /** What the file {@code archive} begins with; another layout has another number. */
    static final String FORMAT = "trimaran evidence 1";

    private final Lines lines;
    private final Registry registry;
    private final Window window;
    private final ZoneId zone;
    /** Keepers whose lines changed while they were written: the next attempt does without. */
    private final Set<Party> unsteady = EnumSet.noneOf(Party.class);

    /**
     * @param registry who speaks for each party now
     * @param zone for the times in the texts
     */
    public Evidence(Lines lines, Registry registry, Window window, ZoneId zone) {
        this.lines = lines;
        this.registry = registry;
        this.window = window;
        this.zone = zone;
    }

    /**
     * An archive that was written.
     *
     * @param ledgerLines of the window, by tier
     * @param gaps what could not be had or contradicts, a sentence each; empty if the archive is whole
     * @param digest of the manifest, which stands for the whole archive
     */
    public record Made(long entries, Map<Party, Long> ledgerLines, List<String> gaps, Digest digest) {
        public Made {
            ledgerLines = Map.copyOf(ledgerLines);
            gaps = List.copyOf(gaps);
        }
    }

    /** A checkpoint and what its signatures amount to. */
    private record Signed(Bytes note, Quorum.Standing standing) {}

    /**
     * Writes the archive, the record from this tier's copy. Refused where it cannot be whole in the part that is the same for all: a
     * copy that does not give the signed root or falls silent, where another source may do, or no quorum ({@code STALE}), where none
     * does. Then what was written is worth nothing.
     */
    public Outcome<Made> write(Party source, OutputStream out, RecordTime made) throws IOException {
        List<String> gaps = new ArrayList<>();
        Outcome<Map<Party, Signed>> checkpoints = checkpoints(gaps);
        if (checkpoints instanceof Outcome.Refused<Map<Party, Signed>>(Refusal refusal)) {
            return Outcome.refused(refusal);
        }
        Map<Party, Signed> signed = ((Outcome.Done<Map<Party, Signed>>) checkpoints).value();
        TreeHead head = largest(signed).orElseThrow().standing().checkpoint().head();

        ArchiveFile archive = new ArchiveFile(out, made);
        Map<String, Bytes> texts = Texts.all(words(made));
        Bytes description = description(texts, made);
        archive.add("archive", description);
        for (Map.Entry<String, Bytes> text : texts.entrySet()) {
            archive.add(text.getKey(), text.getValue());
        }
        archive.add("policy", quorum().policyFile());
        for (Map.Entry<Party, Signed> one : signed.entrySet()) {
            archive.add("checkpoints/" + one.getKey().word(), one.getValue().note());
        }
        RecordPart record = new RecordPart(lines, source, window);
        try (OutputStream file = archive.open("record")) {
            if (record.write(file, head) instanceof Outcome.Refused<TreeHead>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
        }
        Map<Party, Long> counted = new EnumMap<>(Party.class);
        for (Party tier : Party.TIERS) {
            LedgerPart ledger = new LedgerPart(lines, registry, window, Digest.sha256(description), tier, unsteady);
            if (ledger.write(archive) instanceof Outcome.Refused<Boolean>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            counted.put(tier, ledger.inWindow());
            gaps.addAll(ledger.gaps());
        }
        if (!gaps.isEmpty()) {
            archive.add("MANQUE-MISSING.txt", Bytes.ofText(missing(gaps)));
        }
        return Outcome.done(new Made(record.entries(), counted, gaps, archive.end()));
    }

    private static String missing(List<String> gaps) {
        return "CETTE ARCHIVE N'EST PAS COMPLÈTE, ou les coques se contredisent. Le vérificateur dit ce qui manque.\n"
                + "THIS ARCHIVE IS NOT COMPLETE, or hulls contradict one another:\n\n- " + String.join("\n- ", gaps)
                + "\n";
    }

    private Quorum quorum() {
        try {
            return Quorum.of(registry, Quorum.ML_DSA_44_TYPE, NoteVerifiers.ML_DSA_44);
        } catch (MalformedException none) {
            throw new IllegalStateException("the registry names a key that is none", none);
        }
    }

    /** The latest checkpoint of each party that gives one, waiting a moment for a signature after the window's end. */
    private Outcome<Map<Party, Signed>> checkpoints(List<String> gaps) {
        Map<Party, Signed> signed = asked();
        for (int look = 1; look < LedgerPart.LOOKS_MAX && !isFresh(signed); look++) {
            lines.pause();
            signed = asked();
        }
        Optional<Signed> largest = largest(signed);
        if (largest.isEmpty()) {
            return Outcome.refused(
                    Code.STALE,
                    "no party gives a checkpoint three of four signed, without which nothing is proven; start them, and see:"
                            + " trimaran status");
        }
        if (!isFresh(signed)) {
            gaps.add("three of four parties signed last at "
                    + Window.text(new RecordTime(largest.get().standing().freshSeconds() * 1000), zone)
                    + ", before the end of the window: what was written after is not in this archive");
        }
        return Outcome.done(signed);
    }

    private Map<Party, Signed> asked() {
        Map<Party, Signed> signed = new EnumMap<>(Party.class);
        Quorum quorum = quorum();
        for (Party party : Party.values()) {
            if (lines.ask(party, new Request.Highest()) instanceof Outcome.Done<Response>(Response.Note(Bytes note))
                    && !note.isEmpty()) {
                try {
                    Quorum.Standing standing = quorum.check(note);
                    if (standing.quorum()) {
                        signed.put(party, new Signed(ours(note), standing));
                    } else {
                        lines.progress(party.word() + " gives a checkpoint three of four did not sign");
                    }
                } catch (MalformedException foreign) {
                    lines.progress(party.word() + " gives a checkpoint that is none of this hospital: "
                            + foreign.getMessage());
                }
            }
        }
        return signed;
    }

    /** The note without lines of keys that speak for nobody now, which a quorum ignores and the checker refuses. */
    private Bytes ours(Bytes bytes) throws MalformedException {
        Note note = Note.parse(bytes);
        List<VerifierKey> keys = new ArrayList<>();
        String origin = Quorum.originOf(registry.origin());
        keys.add(new VerifierKey(
                origin, Quorum.ML_DSA_44_TYPE, registry.party(Party.DATA).log()));
        for (Bytes log : registry.formerLogs()) {
            keys.add(new VerifierKey(origin, Quorum.ML_DSA_44_TYPE, log));
        }
        for (Party party : Party.values()) {
            keys.add(quorum().cosigner(party));
        }
        return new Note(
                        note.text(),
                        note.signatures().stream()
                                .filter(line -> keys.stream().anyMatch(line::isBy))
                                .toList())
                .encode();
    }

    private static Optional<Signed> largest(Map<Party, Signed> signed) {
        return signed.values().stream().filter(one -> one.standing().quorum()).max((one, other) -> {
            int size = Long.compare(
                    one.standing().checkpoint().size(),
                    other.standing().checkpoint().size());
            return size != 0
                    ? size
                    : Long.compare(
                            one.standing().freshSeconds(), other.standing().freshSeconds());
        });
    }

    private boolean isFresh(Map<Party, Signed> signed) {
        return largest(signed)
                .filter(one ->
                        one.standing().freshSeconds() * 1000 >= window.to().millis())
                .isPresent();
    }

    private Map<String, String> words(RecordTime made) {
        return Map.of(
                "hospital",
                registry.hospital(),
                "founding",
                registry.origin().hex(),
                "from",
                Window.text(window.from(), zone),
                "to",
                Window.text(window.to(), zone),
                "made",
                Window.text(made, zone));
    }

    private Bytes description(Map<String, Bytes> texts, RecordTime made) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("format", FORMAT);
        values.put("founding", registry.origin().hex());
        values.put("from", String.valueOf(window.from().millis()));
        values.put("to", String.valueOf(window.to().millis()));
        values.put("made", String.valueOf(made.millis()));
        texts.forEach(
                (name, text) -> values.put("text " + name, Digest.sha256(text).hex()));
        StringBuilder description = new StringBuilder();
        values.forEach((name, value) ->
                description.append(name).append(" = ").append(value).append('\n'));
        return Bytes.ofText(description.toString());
    }
}
