package trimaran.shares;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * One keeper's pairs of every cell an entry opens: the content of the one {@link ShareEnvelope} the entry carries for
 * that keeper.
 */
public record SharePackage(Party keeper, List<CellPair> pairs) {

    /** As many as the parts of one entry: a century of quarters and stays of one patient, imported at once. */
    public static final int CELLS_MAX = 2048;

    /** The pair of one cell. */
    public record CellPair(CellId cell, SharePair pair) {}

    public SharePackage {
        pairs = List.copyOf(pairs);
        if (!keeper.isTier() || pairs.size() > CELLS_MAX) {
            throw new IllegalArgumentException("not a tier, or over " + CELLS_MAX + " cells");
        }
        Set<CellId> seen = new HashSet<>();
        for (CellPair each : pairs) {
            if (each.pair().keeper() != keeper || !seen.add(each.cell())) {
                throw new IllegalArgumentException("another keeper's pair, or a cell named twice");
            }
        }
    }

    /** This package if it holds exactly the committed cells in the same order, each with the committed shares. */
    public Outcome<SharePackage> check(List<CellCommitments> committed) {
        if (committed.size() != pairs.size()) {
            return Outcome.refused(Code.BAD_SHARE, "The envelope does not hold the entry's new cells.");
        }
        for (int i = 0; i < pairs.size(); i++) {
            CellPair given = pairs.get(i);
            if (!given.cell().equals(committed.get(i).cell())) {
                return Outcome.refused(Code.BAD_SHARE, "The envelope does not hold the entry's new cells.");
            }
            if (committed.get(i).check(given.pair()) instanceof Outcome.Refused<SharePair>(var refusal)) {
                return Outcome.refused(refusal);
            }
        }
        return Outcome.done(this);
    }

    public static SharePackage read(Reader reader) throws MalformedException {
        Party keeper = reader.choice(Party.values());
        if (!keeper.isTier()) {
            throw new MalformedException("the witness keeps no share");
        }
        List<CellPair> pairs =
                reader.list(CELLS_MAX, each -> new CellPair(CellId.read(each), SharePair.read(keeper, each)));
        if (pairs.stream().map(CellPair::cell).distinct().count() != pairs.size()) {
            throw new MalformedException("a cell is named twice");
        }
        return new SharePackage(keeper, pairs);
    }

    public void write(Writer writer) {
        writer.u8(keeper.ordinal()).list(pairs, (to, each) -> {
            each.cell().write(to);
            each.pair().write(to);
        });
    }

    public Bytes encode() {
        Writer writer = new Writer();
        write(writer);
        return writer.toBytes();
    }
}
