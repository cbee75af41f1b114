package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.keeper.KeptTier.digest;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.Prepared;
import trimaran.line.message.RefreshStep;
import trimaran.record.PartyKeys;
import trimaran.record.RecordLimits;
import trimaran.record.Signature;
import trimaran.record.Statement;
import trimaran.shares.GenerationKey;

/** When a tier may take the old generation of its shares for needless, and what another one cannot make it believe. */
class RefreshWordsTest {

    private static final Digest ONE = digest("share 1");
    private static final Digest TWO = digest("share 2");
    private static final Digest THREE = digest("share 3");

    private final KeptTier access = new KeptTier();

    private Prepared word(Party keeper, String seeds, Digest lower, Digest higher) {
        Prepared word = new Prepared(keeper, 2, 1, digest(seeds), lower, higher, List.of(), 9, Signature.NONE);
        return word.signed(KeptTier.signer(keeper.word()).sign(word.signedBytes(access.founding.id())));
    }

    private RefreshWords words() {
        return new RefreshWords(access.setting, access.copy.registry(), access.membership, 2);
    }

    private RefreshWords ownSaid() {
        RefreshWords words = words();
        words.say(word(Party.ACCESS, "seeds", TWO, THREE));
        return words;
    }

    @Test
    void theOldGenerationIsNeedlessOnceAllThreeHavePreparedTheSame() {
        RefreshWords words = ownSaid();
        words.take(Party.DATA, word(Party.APPLICATION, "seeds", ONE, THREE));
        assertThat(words.areAgreed()).isFalse();
        words.take(Party.DATA, word(Party.DATA, "seeds", ONE, TWO));
        assertThat(words.areAgreed()).isTrue();
        assertThat(words().areAgreed()).as("after a restart").isTrue();
    }

    @Test
    void oneShareThatTwoTiersDoNotHaveAlikeKeepsTheOld() {
        for (Prepared wrong : List.of(
                word(Party.DATA, "seeds", ONE, digest("other")),
                word(Party.DATA, "seeds", digest("other"), TWO),
                word(Party.DATA, "other seeds", ONE, TWO))) {
            RefreshWords words = new RefreshWords(new KeptTier().setting, access.copy.registry(), access.membership, 2);
            words.say(word(Party.ACCESS, "seeds", TWO, THREE));
            words.take(Party.DATA, word(Party.APPLICATION, "seeds", ONE, THREE));
            words.take(Party.DATA, wrong);
            assertThat(words.areAgreed()).isFalse();
        }
    }

    private Prepared signedAs(Prepared word, String key) {
        return word.signed(KeptTier.signer(key).sign(word.signedBytes(access.founding.id())));
    }

    private void name(long generation, long epoch) {
        List<Bytes> sealing = Collections.nCopies(3, Bytes.wrap(new byte[RecordLimits.SEALING_KEY_BYTES]));
        access.place(new Statement.Refresh(generation, epoch, sealing, KeptTier.START, KeptTier.START));
    }

    /** After the generation was named. */
    private void replace(Party tier) {
        PartyKeys keys = access.keys(tier, 2);
        PartyKeys fresh =
                new PartyKeys(tier, keys.cosigner(), keys.log(), keys.statements(), keys.line(), keys.sealing(), 2);
        access.place(new Statement.EpochChange(2, tier, fresh, KeptTier.START));
        assertThat(access.copy.registry().epoch()).isEqualTo(2);
    }

    /** Whoever stole a tier's keys before it was rebuilt says nothing in a refresh that came after. */
    @Test
    void keysThatWereReplacedBeforeTheGenerationWasNamedCountForNothing() {
        access.place(new Statement.EpochChange(2, Party.DATA, access.keys(Party.DATA, 2), KeptTier.START));
        name(2, 2);
        RefreshWords words = ownSaid();
        words.take(Party.DATA, word(Party.APPLICATION, "seeds", ONE, THREE));
        Prepared datas = word(Party.DATA, "seeds", ONE, TWO);
        words.take(Party.DATA, datas);
        assertThat(words.of(Party.DATA)).isEmpty();
        assertThat(words.areAgreed()).isFalse();
        words.take(Party.DATA, signedAs(datas, "data in epoch 2"));
        assertThat(words.areAgreed()).isTrue();
    }

    /** Its successor may have other shares, and whoever robbed it has its key: on disk since before, or told now. */
    @Test
    void theWordOfATierThatWasReplacedSinceEndsNothing() {
        name(2, 1);
        RefreshWords words = ownSaid();
        words.take(Party.APPLICATION, word(Party.APPLICATION, "seeds", ONE, THREE));
        Prepared before = word(Party.DATA, "seeds", ONE, TWO);
        words.take(Party.APPLICATION, before);
        assertThat(words.areAgreed()).isTrue();
        replace(Party.DATA);
        assertThat(words.areAgreed()).isFalse();
        assertThat(words.replacedSince()).containsExactly(Party.DATA);
        RefreshWords later = words();
        later.take(Party.APPLICATION, before);
        assertThat(later.areAgreed()).as("after a restart").isFalse();
        later.take(Party.APPLICATION, signedAs(before, "data in epoch 2"));
        assertThat(later.areAgreed()).isTrue();
        later.take(Party.APPLICATION, before);
        assertThat(later.areAgreed()).as("the old one does not come back").isTrue();
    }

    /** A liar tells each another thing: what the honest one passes on is kept beside what came first. */
    @Test
    void whatEachPassesOnIsKeptBesideWhatCameFirst() {
        RefreshWords words = words();
        Prepared said = word(Party.DATA, "seeds", ONE, digest("for access"));
        Prepared passed = word(Party.DATA, "seeds", ONE, TWO);
        words.take(Party.DATA, said);
        for (int i = 0; i < 10; i++) {
            words.take(Party.DATA, word(Party.DATA, "seeds", ONE, digest("lie " + i)));
        }
        words.take(Party.APPLICATION, passed);
        assertThat(words.heardOf(Party.DATA)).contains(said, passed).hasSize(3);
    }

    @Test
    void whoSaysTwoThingsIsHeldToTheOneThatAgrees() {
        RefreshWords words = ownSaid();
        words.take(Party.DATA, word(Party.APPLICATION, "seeds", ONE, THREE));
        words.take(Party.DATA, word(Party.DATA, "seeds", ONE, digest("for access")));
        assertThat(words.contradicting()).contains(Party.DATA);
        words.take(Party.DATA, word(Party.DATA, "seeds", ONE, TWO));
        assertThat(words.areAgreed()).isTrue();
        words.take(Party.DATA, word(Party.DATA, "seeds", ONE, digest("for access")));
        assertThat(words.areAgreed()).isTrue();
    }

    @Test
    void aWordNobodySignedOrOfAnotherGenerationIsNone() {
        RefreshWords words = ownSaid();
        Prepared good = word(Party.DATA, "seeds", ONE, TWO);
        words.take(
                Party.DATA, good.signed(KeptTier.signer("application").sign(good.signedBytes(access.founding.id()))));
        Prepared other = new Prepared(Party.DATA, 3, 1, digest("seeds"), ONE, TWO, List.of(), 9, Signature.NONE);
        words.take(Party.DATA, other.signed(KeptTier.signer("data").sign(other.signedBytes(access.founding.id()))));
        assertThat(words.of(Party.DATA)).isEmpty();
        Prepared own = word(Party.ACCESS, "seeds", ONE, TWO);
        words.take(Party.DATA, own);
        assertThat(words.of(Party.ACCESS)).as("its own it says itself").isNotEqualTo(java.util.Optional.of(own));
    }

    @Test
    void theFirstSeedOfATierCountsAndOneMadeFromAnotherGenerationNever() {
        GenerationKey old =
                access.setting.keys().shares().generation(1).orElseThrow().file();
        RefreshSeeds seeds = new RefreshSeeds(access.setting, access.membership, 2, old);
        RefreshStep.Seed first = seed("first", 1, List.of());
        assertThat(seeds.take(Party.DATA, first, true).isDone()).isTrue();
        assertThat(seeds.take(Party.DATA, first, true)).isEqualTo(Outcome.done(false));
        assertThat(code(seeds.take(Party.DATA, seed("second", 1, List.of()), true)))
                .isEqualTo(Code.DUPLICATE);
        assertThat(code(seeds.take(Party.APPLICATION, seed("first", 0, List.of()), true)))
                .isEqualTo(Code.WRONG_ORIGIN);
        seeds.own(List.of(new CellId(1, 2)));
        assertThat(seeds.areWhole()).isFalse();
        seeds.take(Party.APPLICATION, seed("third", 1, List.of(new CellId(1, 1))), true);
        assertThat(seeds.aloneWithout()).as("the two others have it").isPresent();
        assertThat(seeds.areWhole()).isTrue();
        assertThat(seeds.leftOut()).containsExactly(new CellId(1, 1), new CellId(1, 2));
        RefreshSeeds again = new RefreshSeeds(access.setting, access.membership, 2, old);
        assertThat(again.digest()).as("after a restart").isEqualTo(seeds.digest());
        assertThat(again.increments(new CellId(5, 5))).isEqualTo(seeds.increments(new CellId(5, 5)));
        assertThat(again.increments(new CellId(5, 5)).cancel()).isTrue();
        seeds.forget();
        assertThat(new RefreshSeeds(access.setting, access.membership, 2, old).of(Party.DATA))
                .isEmpty();
    }

    private static RefreshStep.Seed seed(String text, long base, List<CellId> leftOut) {
        return new RefreshStep.Seed(2, base, SecretBytes.taking(digest(text).toArray()), leftOut);
    }

    private static <T> Code code(Outcome<T> outcome) {
        return outcome instanceof Outcome.Refused<T>(var refusal) ? refusal.code() : Code.BROKEN;
    }

    /** Another refresh ended between: the others made theirs from that one. */
    @Test
    void whatWasPreparedFromAGenerationThatIsOverIsSaidToLeadNowhere() {
        RefreshWords words = ownSaid();
        words.take(Party.DATA, word(Party.DATA, "seeds", ONE, TWO));
        assertThat(words.complaint(1)).isEmpty();
        assertThat(words.complaint(0).orElse("")).contains("--again");
    }

    @Test
    void aCellTwoTiersLackIsLeftOutAndOneTwoTiersHaveIsNot() {
        GenerationKey old =
                access.setting.keys().shares().generation(1).orElseThrow().file();
        RefreshSeeds seeds = new RefreshSeeds(access.setting, access.membership, 3, old);
        CellId lost = new CellId(1, 1);
        seeds.own(List.of(lost));
        seeds.take(Party.DATA, new RefreshStep.Seed(3, 1, SecretBytes.taking(ONE.toArray()), List.of(lost)), true);
        seeds.take(Party.APPLICATION, new RefreshStep.Seed(3, 1, SecretBytes.taking(TWO.toArray()), List.of()), true);
        assertThat(seeds.aloneWithout()).isEmpty();
    }
}
