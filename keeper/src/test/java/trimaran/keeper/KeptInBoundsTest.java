package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
import trimaran.record.Annex;
import trimaran.record.Held;
import trimaran.record.Signature;
import trimaran.record.Suite;

/** What a keeper keeps for others who may never come back has an end. */
class KeptInBoundsTest {

    @Test
    void otherTiersWordsAreRememberedOfSoManyEntries() {
        HeldWords words = new HeldWords();
        for (int i = 0; i < HeldWords.ENTRIES_MAX; i++) {
            assertThat(words.with(word(Party.ACCESS, i))).hasSize(1);
        }
        assertThat(words.with(word(Party.APPLICATION, 0)))
                .as("as many as are remembered")
                .hasSize(2);
        assertThat(words.with(word(Party.ACCESS, 0)))
                .as("one tier twice is one tier")
                .hasSize(2);
        words.with(word(Party.ACCESS, HeldWords.ENTRIES_MAX));
        assertThat(words.with(word(Party.APPLICATION, 0)))
                .as("the oldest is forgotten")
                .hasSize(1);
    }

    @Test
    void aTierHoldsAsManyEntriesAsItCanAndHasThemAllOnceItBeginsAnew() {
        KeptTier access = new KeptTier();
        for (int i = 0; i < HeldSet.HELD_MAX; i++) {
            EntryContent one = access.grant();
            assertThat(access.held.hold(one, KeptTier.transit(one)).isDone()).isTrue();
        }
        assertThat(access.held.index().bytes()).isLessThanOrEqualTo(HeldSet.HELD_BYTES_MAX);
        EntryContent more = access.grant();
        assertThat(refusal(access.held.hold(more, KeptTier.transit(more)))).isEqualTo(Code.BUSY);
        HeldSet anew = new HeldSet(access.setting, access.copy, access.cosigner);
        assertThat(anew.digests()).containsExactlyInAnyOrderElementsOf(access.held.digests());
    }

    /** A tier's heap is 80 MiB: what lies on disk may be far more than that, what names it is bounded. */
    @Test
    void aTierHoldsWhatItsMemoryTakes() {
        KeptTier access = new KeptTier();
        HeldIndex index = access.held.index();
        int tokens = 5_000;
        int entries = (int) (HeldSet.HELD_BYTES_MAX / HeldIndex.MARK_BYTES / (1 + tokens));
        for (int i = 0; i < entries; i++) {
            EntryContent one = access.grant();
            index.add(new HeldEntry(one.header(), KeptTier.transit(one), List.of()), annex(i, tokens));
        }
        EntryContent one = access.grant();
        assertThat(index.bytes()).isLessThanOrEqualTo(HeldSet.HELD_BYTES_MAX);
        EntryContent wide = new EntryContent(
                one.header(),
                one.headerBytes(),
                one.annexBytes(),
                annex(entries, tokens),
                one.escrowBytes(),
                one.escrow(),
                one.blobs(),
                one.erased());
        assertThat(refusal(access.held.hold(wide, KeptTier.transit(wide)))).isEqualTo(Code.BUSY);
        assertThat(access.held.hold(one, KeptTier.transit(one)).isDone())
                .as("a smaller one fits")
                .isTrue();
    }

    private static Annex annex(long entry, int tokens) {
        List<Annex.Token> all = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            all.add(new Annex.Token(digest(entry * tokens + i), new ResourceId(new CellId(0, 1), i), false));
        }
        return new Annex(all, List.of());
    }

    private static Code refusal(Outcome<Held> outcome) {
        if (outcome instanceof Outcome.Refused<Held>(Refusal refusal)) {
            return refusal.code();
        }
        throw new AssertionError("not refused: " + outcome);
    }

    private static Held word(Party tier, int entry) {
        return new Held(tier, 1, digest(entry), new RecordTime(1), new Signature(Suite.STAND_IN, Bytes.EMPTY));
    }

    private static Digest digest(long number) {
        return Digest.sha256(new Writer(8).i64(number).toBytes());
    }
}
