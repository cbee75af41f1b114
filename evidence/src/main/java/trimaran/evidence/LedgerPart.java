package trimaran.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerHead;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.JdkVerifier;
import trimaran.record.Registry;

/**
 * One tier's release ledger in the archive: its lines of the window with one on either side, as the tier itself has them or, where it
 * is silent, a copy; each keeper's signed word where they lead; and the lines of a keeper that says otherwise. Every word and every
 * line is looked at before it is written: a keeper that signs or chains falsely counts as one that is silent.
 */
final class LedgerPart {

    /** Looks at a copy that is behind, or at a clock: copies are a second behind at most. */
    static final int LOOKS_MAX = 10;

    /** One hull's word is nobody's proof: it may have fallen. */
    static final int WORDS_NEEDED = 2;

    private final Lines lines;
    private final Registry registry;
    private final Window window;
    private final Digest about;
    private final Party ledger;
    private final Set<Party> unsteady;
    private final List<String> gaps = new ArrayList<>();
    private final Map<Party, LedgerHead> heads = new LinkedHashMap<>();
    private final List<LedgerScan> scans = new ArrayList<>();

    /** @param unsteady keepers that gave other lines when asked again, in an attempt before this; they are not asked */
    LedgerPart(Lines lines, Registry registry, Window window, Digest about, Party ledger, Set<Party> unsteady) {
        this.lines = lines;
        this.registry = registry;
        this.window = window;
        this.about = about;
        this.ledger = ledger;
        this.unsteady = unsteady;
    }

    /** What is not to be had, or contradicts, in sentences. */
    List<String> gaps() {
        return List.copyOf(gaps);
    }

    long inWindow() {
        return scans.stream().mapToLong(scan -> scan.end().inWindow()).max().orElse(0);
    }

    /** Refused only where a keeper fell silent or changed its lines while they were written: then the archive is begun anew. */
    Outcome<Boolean> write(ArchiveFile archive) throws IOException {
        for (int look = 0; look < LOOKS_MAX; look++) {
            if (hear() || look + 1 == LOOKS_MAX) {
                break;
            }
            lines.pause();
        }
        for (LedgerScan scan : scans) {
            try (OutputStream out = archive.open(name(scan.keeper(), "lines"))) {
                if (scan.write(out) instanceof Outcome.Refused<LedgerScan.End>(Refusal refusal)) {
                    unsteady.add(scan.keeper());
                    return Outcome.refused(refusal);
                }
            }
        }
        for (Map.Entry<Party, LedgerHead> head : heads.entrySet()) {
            archive.add(name(head.getKey(), "head"), head.getValue().encode());
        }
        if (heads.isEmpty()) {
            gaps.add("neither " + ledger.word()
                    + "'s release ledger nor a copy of it could be had: what it handed out is not"
                    + " in this archive");
        } else if (heads.size() < WORDS_NEEDED) {
            gaps.add("only " + heads.keySet().iterator().next().word() + " says what is in " + ledger.word()
                    + "'s release ledger: one hull's word is no proof");
        }
        return Outcome.done(true);
    }

    /** All three keepers; false if a copy has lines the first did not say, which may have been written in between. */
    private boolean hear() {
        gaps.clear();
        heads.clear();
        scans.clear();
        boolean same = true;
        for (int i = 0; i < Party.TIERS.size(); i++) {
            Party keeper = Party.TIERS.get((ledger.ordinal() + i) % Party.TIERS.size());
            if (unsteady.contains(keeper)) {
                gaps.add(keeper.word() + " gave other lines of " + ledger.word()
                        + "'s release ledger when it was asked again, and is not in this archive");
                continue;
            }
            same &= scans.isEmpty() ? own(keeper) : joining(keeper, scans.getFirst());
        }
        return same;
    }

    /** This keeper's lines, and its word where they lead. */
    private boolean own(Party keeper) {
        LedgerScan scan = new LedgerScan(lines, window, ledger, keeper);
        Outcome<LedgerHead> head =
                sign(keeper, 0).then(word -> scan.begin(word.total()).then(end -> sign(keeper, end.lines())));
        for (int look = 1; look < LOOKS_MAX && !scan.isOver(); look++) {
            if (!(head instanceof Outcome.Done<LedgerHead>(LedgerHead word))) {
                break;
            }
            if (isEarly(word)) {
                // Its clock may be a moment behind ours, and it is asked about what is past.
                lines.pause();
            } else if (word.total() == scan.end().lines()) {
                break;
            }
            // A hull at work writes while it is read.
            head = scan.readOn(word.total()).then(end -> sign(keeper, end.lines()));
        }
        if (head instanceof Outcome.Refused<LedgerHead>(Refusal refusal)) {
            silent(keeper, refusal);
            return true;
        }
        LedgerHead word = ((Outcome.Done<LedgerHead>) head).value();
        if (!word.chain().equals(scan.end().chain())) {
            silent(keeper, Refusal.of(Code.BAD_PROOF, keeper.word() + " signs other lines than it gives"));
        } else if (!scan.isOver() && word.total() != scan.end().lines()) {
            silent(keeper, Refusal.of(Code.BAD_PROOF, keeper.word() + " always has more lines than it gives"));
        } else {
            if (!scan.isOver() && isEarly(word)) {
                gaps.add(keeper.word() + "'s clock says the window is not over yet");
            }
            scans.add(scan);
            heads.put(keeper, word);
        }
        return true;
    }

    /** What is false is said; who merely does not answer leaves two others. */
    private void silent(Party keeper, Refusal refusal) {
        String said = keeper == ledger
                ? ledger.word() + " does not give its own release ledger, copies do: " + refusal.sentence()
                : keeper.word() + " does not give its copy of " + ledger.word() + "'s release ledger: "
                        + refusal.sentence();
        if (refusal.code() == Code.BAD_PROOF || refusal.code() == Code.MALFORMED) {
            gaps.add(said);
        } else {
            lines.progress(said);
        }
    }

    /** Another keeper's word about the lines that are read already, or its own lines where it says otherwise. */
    private boolean joining(Party keeper, LedgerScan reference) {
        long count = reference.end().lines();
        Outcome<LedgerHead> head = sign(keeper, count);
        for (int look = 1; look < LOOKS_MAX && isBehind(head); look++) {
            lines.pause();
            head = sign(keeper, count);
        }
        if (head instanceof Outcome.Refused<LedgerHead>(Refusal refusal) && !isBehind(head)) {
            silent(keeper, refusal);
            return true;
        }
        boolean more = false;
        if (head instanceof Outcome.Done<LedgerHead>(LedgerHead word)
                && word.chain().equals(reference.end().chain())) {
            more = !reference.isOver() && word.total() > count;
            if (!more) {
                heads.put(keeper, word);
                return true;
            }
        }
        gaps.add(otherwise(keeper, reference.keeper(), isBehind(head), more));
        own(keeper);
        return !more;
    }

    private String otherwise(Party keeper, Party first, boolean behind, boolean more) {
        String whose = ledger.word() + "'s release ledger";
        if (behind) {
            return "the copy " + keeper.word() + " keeps of " + whose + " is shorter";
        }
        return more
                ? keeper.word() + " has more lines of " + whose + " than " + first.word()
                        + " says there are: both are here"
                : keeper.word() + " has other lines of " + whose + ": both are here, and one of them was changed";
    }

    private static boolean isBehind(Outcome<LedgerHead> head) {
        return head instanceof Outcome.Refused<LedgerHead>(Refusal refusal) && refusal.code() == Code.UNKNOWN_ENTRY;
    }

    private boolean isEarly(LedgerHead head) {
        return !head.time().isAfter(window.to());
    }

    private Outcome<LedgerHead> sign(Party keeper, long count) {
        return lines.ask(keeper, new Request.SignLedger(ledger, count, about))
                .then(answer -> answered(keeper, count, answer));
    }

    private Outcome<LedgerHead> answered(Party keeper, long count, Response answer) {
        if (!(answer instanceof Response.LedgerSigned(LedgerHead head))) {
            return Outcome.refused(Code.MALFORMED, keeper.word() + " answered something else than a signature");
        }
        boolean asked = head.keeper() == keeper
                && head.ledger() == ledger
                && head.lines() == count
                && head.total() >= count
                && head.about().equals(about);
        return asked
                        && new JdkVerifier()
                                .verify(
                                        registry.party(keeper).statements(),
                                        head.signedBytes(registry.origin()),
                                        head.signature())
                ? Outcome.done(head)
                : Outcome.refused(
                        Code.BAD_PROOF, keeper.word() + " does not sign what it was asked; see: trimaran verify");
    }

    private String name(Party keeper, String kind) {
        return "ledgers/" + ledger.word() + "/" + keeper.word() + "." + kind;
    }
}
