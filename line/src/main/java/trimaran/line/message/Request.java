package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.record.Held;
import trimaran.record.RecordLimits;
import trimaran.record.Signature;

/** What one party asks of another; each is answered by one {@link Response} or a refusal. Bytes: {@link RequestCodec}. */
public sealed interface Request {

    // ---- from stations, parties and the console: no session needed

    /** Names the hospital and the version spoken. Answer: Welcome. */
    record Hello(Digest origin, int version) implements Request {}

    /** Asks a tier to challenge a session key. The opening's header comes along in case it has no place yet. */
    record JoinSession(Digest session, Bytes openingHeader) implements Request {}

    /** Answers the challenge: {@link RequestCodec#joinBytes} signed by the session key. Answer: Joined. */
    record ProveSession(Digest session, Signature signature) implements Request {}

    /** Carries a request under a session: HMAC-SHA256 under the key of Joined over {@link RequestCodec#macBytes}. */
    record AsSession(Digest session, Digest nonce, WallTime expiry, Digest mac, Bytes request) implements Request {}

    /** Puts one piece of a large byte string, {@link RecordLimits#CHUNK_BYTES} but for the last. Answer: Done. */
    record Stage(Digest whole, long total, long offset, Bytes piece) implements Request {}

    /** To data: place this entry. Answer: Placed, once data holds it on disk. */
    record Append(SealedEntry entry) implements Request {}

    /** To any tier: hold this entry. Answer: HeldAnswer, once it is on disk. */
    record Hold(SealedEntry entry) implements Request {}

    /** To application: may this be? Answer: Approved, or Denied. */
    record Approve(Bytes authorBytes, Signature signature, Draft draft, Receipt receipt) implements Request {}

    /**
     * To application: one piece, {@link RecordLimits#CHUNK_BYTES} but for the last and in order, of an author part or draft
     * that does not fit a request for approval. Application keeps it in memory only. Answer: Done.
     */
    record Show(Digest whole, long total, long offset, Bytes piece) implements Request {}

    /** To application: as {@link Approve}, of an author part and a draft shown before, by their SHA-256. */
    record ApproveShown(Digest author, Signature signature, Digest draft, Receipt receipt) implements Request {}

    /**
     * Parts of some cells, as many as fit, of the first cell at least one if there is one. Sealed bytes; any enrolled station may
     * have them. The cells of a patient mostly end with one entry, whose header then travels once. Answer: Parts.
     */
    record Fetch(List<Stretch> stretches, int bytesMax) implements Request {
        public Fetch {
            stretches = List.copyOf(stretches);
        }
    }

    /** The parts of a cell from a sequence on. */
    record Stretch(CellId cell, long from) {}

    /** A piece of a blob, annex or header by digest. Answer: Piece. */
    record FetchBlob(Digest digest, long offset) implements Request {}

    /** Placed entries from a position on, as many as fit: to catch up. Answer: Entries. */
    record FetchEntries(long from, int bytesMax) implements Request {}

    /** Begins the head feed on this channel: pushes follow. Answer: Following. */
    record Follow(long from) implements Request {}

    /** Answer: Proof. */
    record ProveInclusion(long index, long size) implements Request {}

    /** Answer: Proof. */
    record ProveConsistency(long oldSize, long newSize) implements Request {}

    /** The largest checkpoint this party signed or saw. Answer: Note. */
    record Highest() implements Request {}

    /** Answer: Report. */
    record Status() implements Request {}

    /** Console only: reread the whole copy. Answer: Report, with faults. */
    record VerifyCopy() implements Request {}

    // ---- under a session, inside AsSession

    /**
     * To data, else access: the draft of this digest will be shown to application. Answer: Filed.
     *
     * @param shown whose data the draft shows ({@link Draft#shown}): they stand on the ledger whatever becomes of the entry, those of
     *     whom it has a text on a line of their own
     * @param readable cells the rule may read, which application may be released; each release is a line of its own
     */
    record FileDraft(Digest entry, Digest draft, Shown shown, List<CellId> readable) implements Request {
        public FileDraft {
            readable = List.copyOf(readable);
        }
    }

    /**
     * Opens cells: this tier's shares and the cells' heads. With {@code wholeSubjects} each id names a patient, and all
     * cells of that patient are opened.
     */
    record Open(List<CellId> cells, boolean wholeSubjects, Purpose purpose) implements Request {
        public Open {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Opens later keys of one cell, for what the cell itself was opened: where one of these is no key of it nothing is handed out, so
     * that nobody who was told a wrong name opens another patient. Answer: Opened.
     */
    record OpenKeys(CellId cell, List<CellId> keys, Purpose purpose) implements Request {
        public OpenKeys {
            keys = List.copyOf(keys);
        }
    }

    /** Which of these cells are to be rolled. Opens nothing, is no line, and counts in no budget. Answer: Cells. */
    record FindToRoll(List<CellId> cells) implements Request {
        public FindToRoll {
            cells = List.copyOf(cells);
        }
    }

    /** Why a cell is opened. Order is the wire value. */
    enum Purpose {
        CARE,
        ADMINISTRATION,
        BREAK_GLASS,
        SERVICE,
        RULE
    }

    /** This tier's two partial tokens for each t (DESIGN §8). Answer: PartialTokens. */
    record Partials(List<Digest> values) implements Request {
        public Partials {
            values = List.copyOf(values);
        }
    }

    /** The resources under these tokens. Answer: Hits. */
    record Lookup(List<Digest> tokens) implements Request {
        public Lookup {
            tokens = List.copyOf(tokens);
        }
    }

    /** Identity cells from a cell on, for a session with system scope that builds its index. Answer: Cells. */
    record ListSubjects(CellId after, int countMax) implements Request {}

    /** Something was printed or exported: a line on this ledger. Answer: Done. */
    record Note(LedgerLine.Act act, List<CellId> cells, Digest recipient) implements Request {
        public Note {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Who was handed these cells of patients: lines of all three ledgers that name one of them, as this tier has them, newest first.
     * For a session that was handed them or might be. Opens nothing, and is no line itself. Answer: FoundLines.
     *
     * @param before for each tier, in the order of {@link Party#TIERS}, the line before which to look
     * @param countMax lines of each ledger, {@link MessageLimits#FOUND_LINES_MAX} at most
     */
    record FindLines(List<CellId> cells, List<Long> before, int countMax) implements Request {
        public FindLines {
            cells = List.copyOf(cells);
            before = List.copyOf(before);
            if (before.size() != Party.TIERS.size()) {
                throw new IllegalArgumentException("one line for each tier's ledger");
            }
        }
    }

    // ---- between tiers, and from data to the witness

    /** From data: these entries, in order, and the checkpoint over them. Answer: Cosigned, once all is on disk. */
    record Replicate(long firstIndex, List<SealedEntry> entries, Bytes note) implements Request {
        public Replicate {
            entries = List.copyOf(entries);
        }
    }

    /** Cosign this checkpoint anew, of a size this tier holds: the heartbeat. Answer: Cosigned. */
    record Cosign(Bytes note) implements Request {}

    /** To the witness (C2SP tlog-witness): old size, consistency proof, note. Answer: Cosigned. */
    record AddCheckpoint(long oldSize, List<Digest> proof, Bytes note) implements Request {
        public AddCheckpoint {
            proof = List.copyOf(proof);
        }
    }

    /** A note with a quorum of cosignatures. Answer: Done. */
    record Publish(Bytes note) implements Request {}

    /** An entry another tier holds, with its statement. Answer: HeldAnswer with one's own, or Done if it has its place here. */
    record HoldCopy(SealedEntry entry, Held held) implements Request {}

    /** Another tier's word about an entry this tier holds, from its author, who has both: two hold it. Answer: Done, or a refusal where it is not held. */
    record TellHeld(Held word) implements Request {}

    /** Lines of a tier's ledger, to be kept as a copy; none to ask how far it reaches. Answer: LedgerKept. */
    record CopyLedger(Party ledger, List<LedgerLine> lines) implements Request {
        public CopyLedger {
            lines = List.copyOf(lines);
        }
    }

    /** A rebuilt tier fetches its own ledger back, or the console compares a ledger with its copies. Answer: LedgerLines. */
    record FetchLedger(Party ledger, long from) implements Request {}

    /**
     * Console only: say signed how far a ledger, or the copy kept of one, reaches, and the hash after its first lines. Answer:
     * LedgerSigned.
     *
     * @param about whatever the asker wants the signature to be bound to
     */
    record SignLedger(Party ledger, long lines, Digest about) implements Request {}

    /** From a station at which an officer asked: lines of a ledger, or of the copy kept of one. Answer: LedgerLines. */
    record ReadLedger(Party ledger, long from, LedgerLook look) implements Request {}

    /** A rebuilt tier takes the share it lacks, cell by cell. Answer: Pairs. */
    record FetchShares(CellId after) implements Request {}

    /** A step of a refresh of shares, from the console or from a tier. */
    record Refresh(RefreshStep step) implements Request {}

    /** From a keeper: it needs no envelope of an entry before this position, since it has its pairs. Answer: Done. */
    record ConfirmShares(long size) implements Request {}

    /** From the console: a membership statement. Answer: Done. */
    record ChangeEpoch(Bytes statement) implements Request {}

    /** From the console, or passed on by any party: a cut or reopening. Answer: Done. */
    record Announce(Bytes statement) implements Request {}

    /** From application: its shares of the cells of a draft that was filed with this tier. Answer: Opened. */
    record OpenForDraft(Digest entry, List<CellId> cells) implements Request {
        public OpenForDraft {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Held entries this tier has and that have no place. Answer: HeldEntries, as many as a frame takes; the rest is asked for
     * by name.
     *
     * @param wanted these alone; empty for all
     */
    record ListHeld(List<Digest> wanted) implements Request {
        public ListHeld {
            wanted = List.copyOf(wanted);
        }
    }
}
