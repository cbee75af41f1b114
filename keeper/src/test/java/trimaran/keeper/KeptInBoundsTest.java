package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
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

    private static Held word(Party tier, int entry) {
        return new Held(tier, 1, digest(entry), new RecordTime(1), new Signature(Suite.STAND_IN, Bytes.EMPTY));
    }

    private static Digest digest(long number) {
        return Digest.sha256(new Writer(8).i64(number).toBytes());
    }
}
