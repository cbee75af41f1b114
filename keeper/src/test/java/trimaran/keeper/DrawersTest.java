package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.Suite;
import trimaran.record.Verdict;

/** Who drew the later keys of a cell: the same however entries are grouped, or two tiers would judge one entry differently. */
class DrawersTest {

    private static final CellId CELL = new CellId(0, 70);
    private static final CellId KEY = new CellId(0, 71);
    private static final Digest FIRST = KeptTier.digest("first session");
    private static final Digest SECOND = KeptTier.digest("second session");

    private final KeptTier tier = new KeptTier();

    private EntryContent draws(Digest session, CellId key) {
        AuthorPart author = new AuthorPart(
                tier.founding.id(),
                Digest.sha256(session.unsafeArray()),
                session,
                EntryKind.CLINICAL,
                new WallTime(KeptTier.START.millis()),
                true,
                List.of(),
                List.of(new NewCell(
                        key, CellKind.KEY, CELL, Digest.ZERO, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO))),
                Bytes.EMPTY,
                Digest.ZERO,
                Digest.ZERO,
                0);
        Header header = Header.of(author, new Signature(Suite.ML_DSA_44, Bytes.EMPTY), new Sanction.Unanswered(0));
        return new EntryContent(
                header, header.encode(), Bytes.EMPTY, Annex.EMPTY, Bytes.EMPTY, Escrow.NONE, List.of(), Set.of());
    }

    private static void add(CopyGroup group, EntryContent content, Verdict verdict) {
        RecordTime time = KeptTier.START.plusMillis(group.next());
        group.add(content, new Place(group.next(), time, verdict, List.of(), List.of()));
    }

    /** Two that were acknowledged both open it, and the first counts. */
    @Test
    void aKeyTwoEntriesOpenCountsOnceWithinAGroupAndAcrossThem() {
        CopyGroup group = tier.copy.begin();
        add(group, draws(FIRST, KEY), Verdict.VALID);
        assertThat(group.drawers(CELL)).containsExactly(FIRST);
        add(group, draws(SECOND, KEY), Verdict.VALID);
        assertThat(group.drawers(CELL)).as("in one group").containsExactly(FIRST);
        tier.copy.commit(group);
        assertThat(tier.copy.drawers(CELL)).containsExactly(FIRST);

        CopyGroup next = tier.copy.begin();
        add(next, draws(SECOND, KEY), Verdict.VALID);
        assertThat(next.drawers(CELL)).as("in the next").containsExactly(FIRST);
        assertThat(new HeldView(tier.copy, tier.held, Set.of()).drawers(CELL)).containsExactly(FIRST);
    }

    @Test
    void eachKeyCountsForWhoeverDrewItAndAVoidEntryDrawsNone() {
        CopyGroup group = tier.copy.begin();
        add(group, draws(FIRST, KEY), Verdict.VALID);
        add(group, draws(SECOND, new CellId(0, 72)), Verdict.VALID);
        add(group, draws(SECOND, new CellId(0, 73)), Verdict.VOID);
        assertThat(group.drawers(CELL)).containsExactlyInAnyOrder(FIRST, SECOND);
        tier.copy.commit(group);
        assertThat(tier.copy.drawers(CELL)).containsExactlyInAnyOrder(FIRST, SECOND);
    }
}
