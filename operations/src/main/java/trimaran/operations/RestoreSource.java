package trimaran.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.backup.BackupCheck;
import trimaran.backup.BackupFolder;
import trimaran.backup.Manifest;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.Note;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * A backup a lost tier is to be restored from: looked at before anybody signs anything, and told to the tier in its own folder. What the
 * tier takes out of it, it checks entry by entry against what the other tiers prove; here is refused what is plainly the wrong backup.
 */
record RestoreSource(BackupFolder record, BackupFolder shares) {

    /** In the tier's folder: two lines, the folder of the record and the one of the shares. */
    static final String FILE = "restore";

    /** Opens both folders, and refuses what is another hospital's, another tier's, another backup's, or damaged. */
    static RestoreSource open(Path from, Path pairs, Party tier, Digest origin) throws RefusedException {
        BackupFolder record = BackupChecking.open(from, Manifest.Kind.RECORD);
        BackupFolder shares = BackupChecking.open(pairs, Manifest.Kind.SHARES);
        Manifest manifest = record.manifest();
        if (!manifest.origin().equals(origin)) {
            throw new RefusedException(
                    Code.WRONG_ORIGIN,
                    "this is the backup of another hospital; nothing of it is taken. Name the folders of this one's");
        }
        if (manifest.tier() != tier) {
            throw new RefusedException(
                    Code.BAD_VALUE, "this is the backup of " + manifest.tier().word() + ", not of " + tier.word());
        }
        Optional<String> strange = BackupCheck.strange(manifest, shares.manifest());
        if (strange.isPresent()) {
            throw new RefusedException(Code.BAD_VALUE, strange.get());
        }
        for (BackupFolder folder : List.of(record, shares)) {
            requireUndamaged(folder);
        }
        return new RestoreSource(record, shares);
    }

    private static void requireUndamaged(BackupFolder folder) throws RefusedException {
        try {
            Optional<String> fault = folder.fault();
            if (fault.isPresent()) {
                throw new RefusedException(
                        Code.BAD_PROOF, "the backup in " + folder.path() + " is damaged: " + fault.get());
            }
        } catch (IOException unreadable) {
            throw BackupChecking.unreadable(folder.path(), unreadable);
        }
    }

    /** Refuses a backup that is not the beginning of the record the two other tiers hold and a quorum signed. */
    void requireBeginning(Console console) throws RefusedException {
        TreeHead backed = head(record.manifest().note(), "the backup's checkpoint");
        OneRecord.Asking asking = (party, request) -> console.ask(party, request, Console.SHORT_MILLIS);
        requireBeginning(
                backed, record.manifest().tier(), party -> OneRecord.signed(console.registry(), asking, party), asking);
    }

    /** @param tier whose backup it is: the two others are asked */
    static void requireBeginning(TreeHead backed, Party tier, OneRecord.Heads heads, OneRecord.Asking asking)
            throws RefusedException {
        String silence = "";
        for (Party survivor : Party.TIERS) {
            if (survivor == tier) {
                continue;
            }
            Outcome<Boolean> begins = begins(heads, asking, survivor, backed);
            if (begins instanceof Outcome.Done<Boolean>(Boolean so)) {
                if (so) {
                    return;
                }
                throw new RefusedException(
                        Code.EQUIVOCATION,
                        "this backup is not the beginning of the record " + survivor.word()
                                + " holds under a quorum's signatures: it is of another course of things, and nothing of it"
                                + " is taken");
            }
            silence = ((Outcome.Refused<Boolean>) begins).refusal().sentence();
        }
        throw new RefusedException(
                Code.UNAVAILABLE,
                "no other tier shows its record: " + silence
                        + "; start what is down, then try again (trimaran status)");
    }

    private static Outcome<Boolean> begins(
            OneRecord.Heads heads, OneRecord.Asking asking, Party survivor, TreeHead backed) throws RefusedException {
        Optional<TreeHead> highest = heads.of(survivor);
        if (highest.isEmpty()) {
            return asking.ask(survivor, new Request.Highest())
                    .then(unsigned -> Outcome.refused(
                            Code.UNAVAILABLE, survivor.word() + " has no checkpoint under a quorum's signatures"));
        }
        TreeHead signed = highest.get();
        if (backed.size() > signed.size()) {
            throw new RefusedException(
                    Code.EQUIVOCATION,
                    "this backup tells of " + backed.size() + " entries, " + survivor.word() + " of " + signed.size()
                            + ": start what lags behind and wait, or ask who has lost what");
        }
        Outcome<Response> answer = asking.ask(survivor, new Request.ProveConsistency(backed.size(), signed.size()));
        if (answer instanceof Outcome.Done<Response>(Response.Proof proof)) {
            return Outcome.done(
                    new ConsistencyProof(backed.size(), signed.size(), proof.hashes()).proves(backed, signed));
        }
        return answer.then(foreign -> Outcome.refused(Code.UNAVAILABLE, survivor.word() + " proves nothing"));
    }

    private static TreeHead head(Bytes note, String what) throws RefusedException {
        try {
            return Checkpoint.parse(Note.parse(note).text()).head();
        } catch (MalformedException torn) {
            throw new RefusedException(Code.BAD_PROOF, what + " cannot be read: " + torn.getMessage());
        }
    }

    Bytes encode() {
        return Bytes.ofText(record.path() + "\n" + shares.path() + "\n");
    }

    /** What came from where, by the tier's own counters. */
    List<String> told(PartyStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "out of the backup: %,d entries, %,d bytes, %,d pairs of shares; from the others: %,d entries, %,d bytes",
                count(status, "entries.backup"),
                count(status, "bytes.backup"),
                count(status, "shares.backup"),
                count(status, "entries.others"),
                count(status, "bytes.others")));
        long altered = count(status, "entries.refused");
        long pairs = count(status, "shares.refused");
        if (altered > 0) {
            lines.add(String.format(
                    "%,d entries of the backup are not what the quorum signed, and came from the others: somebody altered"
                            + " this backup; keep it as evidence",
                    altered));
        }
        if (pairs > 0) {
            lines.add(String.format(
                    "%,d pairs of the backup do not fit what their cells were opened with; they were made anew from the"
                            + " two others",
                    pairs));
        }
        long refreshed = count(status, "shares.refreshed");
        if (refreshed > 0) {
            lines.add(String.format(
                    "%,d pairs of the backup are of cells whose shares were refreshed since they were opened, so that nothing"
                            + " shows whether they are true; they came from the two others",
                    refreshed));
        }
        return lines;
    }

    private static long count(PartyStatus status, String name) {
        return status.counter("restore." + name).orElse(0);
    }
}
