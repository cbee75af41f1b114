package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Statement;
import trimaran.record.Verdict;

/** Entries under a key although a newer one had its place before. */
class OldKeysTest {

    private static final CellId CELL = new CellId(0, 70);
    private static final CellId KEY = new CellId(0, 80);
    private static final CellId NEWER = new CellId(0, 81);

    private final KeptTier tier = new KeptTier();
    private final OldKeys late = new OldKeys(tier.store, tier.copy);
    private long drawn;

    OldKeysTest() {
        opened(CELL, CellKind.STAY, CELL, placed(100));
    }

    private static RecordTime at(long seconds) {
        return KeptTier.START.plusMillis(seconds * 1000);
    }

    private long placed(long seconds) {
        return tier.place(tier.grant(), at(seconds)).index();
    }

    private void order(long seconds) {
        Statement roll = new Statement.Roll(
                Statement.Holder.PARTY,
                Statement.Target.subjectOf(Party.APPLICATION),
                at(seconds - 2),
                at(seconds - 1),
                at(seconds));
        tier.place(tier.entry(tier.signed(roll, 2)), at(seconds));
        assertThat(tier.copy.registry().rolls()).isNotEmpty();
    }

    private void opened(CellId cell, CellKind kind, CellId subject, long index) {
        drawn = index;
        Writer writer = new Writer(192).i64(index);
        new NewCell(cell, kind, subject, Digest.ZERO, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO)).write(writer);
        tier.store.write(List.of(
                new Put(Space.CELLS, Key.cellItem(cell, Key.CellItem.OPENING, 0), writer.toBytes()),
                new Put(Space.SUBJECTS, Key.subject(subject, cell), Bytes.of((byte) kind.ordinal()))));
    }

    /** What is said of an entry whose part lies under this key, and whose author had seen a tree of this size. */
    private OldKeys.Late look(CellId under, long seen) {
        CellPart part = new CellPart(CELL, KeptTier.digest("blob"), 4, List.of(new Change(1, 0, false)), under);
        AuthorPart author = new AuthorPart(
                tier.founding.id(),
                KeptTier.digest("nonce"),
                Digest.ZERO,
                EntryKind.CLINICAL,
                new WallTime(KeptTier.START.millis()),
                false,
                List.of(part),
                List.of(),
                Bytes.EMPTY,
                Digest.ZERO,
                Digest.ZERO,
                seen);
        Header header = Header.of(
                author,
                new trimaran.record.Signature(trimaran.record.Suite.ML_DSA_44, Bytes.EMPTY),
                new trimaran.record.Sanction.OwnSignatures());
        List<PlacedPart> parts = List.of(new PlacedPart(0, Digest.ZERO, List.of(1L)));
        return late.look(header, new Place(tier.copy.size(), at(9_000), Verdict.VALID, parts, List.of()));
    }

    @Test
    void anEntryUnderAnOldKeyIsCountedAndToldOfWhereItsAuthorHadSeenTheNewOne() {
        order(1_000);
        assertThat(look(CellId.NONE, drawn + 1)).as("no newer key").isEqualTo(OldKeys.Late.NO);
        opened(KEY, CellKind.KEY, CELL, placed(2_000));
        assertThat(look(CellId.NONE, drawn)).isEqualTo(OldKeys.Late.YES);
        assertThat(look(CellId.NONE, drawn + 1)).isEqualTo(OldKeys.Late.KNOWN);
        assertThat(look(KEY, drawn + 1)).isEqualTo(OldKeys.Late.NO);
        assertThat(late.count()).isEqualTo(2);
    }

    /** Two stations may draw at the same moment: neither key was stolen. */
    @Test
    void oneOfTwoKeysOfTheSameOrderIsAsGoodAsTheOther() {
        order(1_000);
        opened(KEY, CellKind.KEY, CELL, placed(2_000));
        opened(NEWER, CellKind.KEY, CELL, placed(2_001));
        assertThat(look(KEY, drawn + 1)).isEqualTo(OldKeys.Late.NO);
        order(3_000);
        opened(new CellId(0, 82), CellKind.KEY, CELL, placed(4_000));
        assertThat(look(KEY, drawn + 1)).isEqualTo(OldKeys.Late.KNOWN);
    }
}
