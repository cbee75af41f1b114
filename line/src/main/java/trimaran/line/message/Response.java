package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.record.Approval;
import trimaran.record.CellHead;
import trimaran.record.Held;
import trimaran.record.SignedRefusal;

/** What a request is answered with. Bytes: {@link ResponseCodec}. */
public sealed interface Response {

    record Done() implements Response {}

    /**
     * Who speaks.
     *
     * @param size entries placed on this party's disk
     * @param search the search cell, and {@code lookup} the lookup cell; zero before they exist, and at the witness
     */
    record Welcome(Party party, long epoch, long size, int version, CellId search, CellId lookup) implements Response {}

    record Challenge(Digest nonce) implements Response {}

    /** The key under which this tier recognises the session's requests until the session ends. */
    record Joined(SecretBytes macKey) implements Response {}

    record Placed(Bytes place) implements Response {}

    record HeldAnswer(Held held) implements Response {}

    record Approved(Approval approval) implements Response {}

    record Denied(SignedRefusal refusal, Code code, String sentence, String place) implements Response {}

    record Filed(Receipt receipt) implements Response {}

    /** What a fetch found, cell by cell in the order asked. */
    record Parts(List<CellParts> cells) implements Response {
        public Parts {
            cells = List.copyOf(cells);
        }
    }

    /** Parts of one cell in order; {@code more} if the cell goes on. Blobs too large are fetched by digest. */
    record CellParts(List<SealedPart> parts, CellHead head, boolean more) {
        public CellParts {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One part of a cell: header and place of its entry, and this cell's blob.
     *
     * @param part which part of the entry lies in this cell
     */
    record SealedPart(SealedEntry.Item header, Bytes place, int part, SealedEntry.Item blob) {}

    record Piece(Bytes piece, long total) implements Response {}

    /** Placed entries in order, from the asked position. */
    record Entries(long from, List<SealedEntry> entries, long size) implements Response {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    /** The feed begins: the frontier of the tree at {@code size} (right edge, largest subtree first), the latest note. */
    record Following(long size, List<Digest> frontier, Bytes note) implements Response {
        public Following {
            frontier = List.copyOf(frontier);
        }
    }

    record Proof(List<Digest> hashes) implements Response {
        public Proof {
            hashes = List.copyOf(hashes);
        }
    }

    record Note(Bytes note) implements Response {}

    record Cosigned(Bytes cosignatureLines) implements Response {}

    /** The cosigner knows a larger tree (C2SP tlog-witness 409): try again from this size. */
    record Behind(long size) implements Response {}

    record Opened(List<OpenedCell> cells) implements Response {
        public Opened {
            cells = List.copyOf(cells);
        }
    }

    /** For each asked value the partial tokens under this tier's two lookup secrets, with the secrets' numbers. */
    record PartialTokens(int firstNumber, int secondNumber, List<Digest> first, List<Digest> second)
            implements Response {
        public PartialTokens {
            first = List.copyOf(first);
            second = List.copyOf(second);
        }
    }

    record Hits(List<List<ResourceId>> resources) implements Response {
        public Hits {
            resources = List.copyOf(resources);
        }
    }

    record Cells(List<CellId> cells, boolean more) implements Response {
        public Cells {
            cells = List.copyOf(cells);
        }
    }

    record LedgerLines(List<LedgerLine> lines) implements Response {
        public LedgerLines {
            lines = List.copyOf(lines);
        }
    }

    /** Lines that name some cells, of each ledger the newest first; {@code more} if one of the ledgers has older ones. */
    record FoundLines(List<FoundLine> lines, boolean more) implements Response {
        public FoundLines {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What a line of a ledger says of the cells that were asked about, and of no others.
     *
     * @param ledger whose it is; every tier tells of its own and of its copies of the others'
     * @param badge which opened the session, on the telling tier's word; zero if it does not know
     * @param request as the line has it: two tiers that were asked for the same thing have the same
     * @param chain the hash the next line names: two tiers that tell the same line tell the same hash
     */
    record FoundLine(
            Party ledger,
            long number,
            RecordTime time,
            LedgerLine.Act act,
            Digest session,
            Digest badge,
            Digest recipient,
            Digest request,
            List<CellId> cells,
            Digest chain) {
        public FoundLine {
            cells = List.copyOf(cells);
        }
    }

    /** How far the copy of the asking tier's ledger reaches: lines kept, and the hash the next one names. */
    record LedgerKept(long lines, Digest chain) implements Response {}

    record LedgerSigned(LedgerHead head) implements Response {}

    /** Shares for a rebuilt tier, each with its generation, sealed to its present key. */
    record Pairs(List<CellId> cells, Bytes sealed, boolean more) implements Response {
        public Pairs {
            cells = List.copyOf(cells);
        }
    }

    /** The key to seal to in a generation that was drawn and that officers may name now. */
    record Drawn(long generation, Bytes sealing) implements Response {}

    /** One of each tier at most. */
    record PreparedWords(List<Prepared> words) implements Response {
        public PreparedWords {
            words = List.copyOf(words);
        }
    }

    record HeldEntries(List<SealedEntry> entries, List<Held> statements) implements Response {
        public HeldEntries {
            entries = List.copyOf(entries);
            statements = List.copyOf(statements);
        }
    }

    /** Named numbers and faults, for status and verify. */
    record Report(WallTime time, List<Counter> counters, List<String> faults) implements Response {
        public Report {
            counters = List.copyOf(counters);
            faults = List.copyOf(faults);
        }
    }

    record Counter(String name, long value) {}
}
