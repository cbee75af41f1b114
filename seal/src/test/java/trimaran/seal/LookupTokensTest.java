package trimaran.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.shares.LookupPartial;

class LookupTokensTest {

    private static final CellKey SEARCH =
            new CellKey(new CellId(0, 1), SecretBytes.random(new SeededEntropy(1), CellKey.SIZE_BYTES));
    private static final CellShares SECRETS = CellShares.draw(new SeededEntropy(2));
    private static final Digest TERM = LookupTokens.term(SEARCH, "ins", "279035121518989");

    private static List<LookupPartial> answers(Digest term, Party... keepers) {
        List<LookupPartial> all = new ArrayList<>();
        for (Party keeper : keepers) {
            all.addAll(LookupPartial.answer(SECRETS.pairFor(keeper), term));
        }
        return all;
    }

    @Test
    void anyTwoKeepersGiveTheSameToken() {
        Set<Digest> tokens = new HashSet<>();
        for (Party absent : Party.TIERS) {
            Party[] present =
                    Party.TIERS.stream().filter(each -> each != absent).toArray(Party[]::new);
            var candidates = Outcomes.done(LookupTokens.candidates(answers(TERM, present)));
            assertThat(candidates.disputed()).isEmpty();
            tokens.addAll(candidates.tokens());
        }
        assertThat(tokens).hasSize(1);
        assertThat(tokens.iterator().next().hex())
                .isEqualTo("0d588595fad782655757869233ba18cb45e18e39d08ef2d23eab15f69786b593");
    }

    @Test
    void oneKeeperIsNotEnough() {
        assertThat(Outcomes.code(LookupTokens.candidates(answers(TERM, Party.DATA))))
                .isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aWrongPartialIsDisputedAndTheTrueTokenStaysAmongThoseToTry() {
        Digest truth = Outcomes.done(LookupTokens.candidates(answers(TERM, Party.DATA, Party.ACCESS)))
                .tokens()
                .getFirst();
        List<LookupPartial> partials = answers(TERM, Party.DATA, Party.ACCESS);
        partials.set(1, new LookupPartial(2, Digest.ZERO));
        var candidates = Outcomes.done(LookupTokens.candidates(partials));
        assertThat(candidates.disputed()).containsExactly(2);
        assertThat(candidates.tokens()).hasSize(2).contains(truth);
    }

    @Test
    void moreAnswersThanHoldersAreRefused() {
        List<LookupPartial> partials = answers(TERM, Party.DATA, Party.ACCESS);
        partials.add(new LookupPartial(2, Digest.ZERO));
        partials.add(new LookupPartial(2, Digest.sha256(new byte[0])));
        assertThat(Outcomes.code(LookupTokens.candidates(partials))).isEqualTo(Code.BAD_SHARE);
    }

    @Test
    void typeAndValueCannotBeShiftedIntoEachOther() {
        assertThat(LookupTokens.term(SEARCH, "ab", "c")).isNotEqualTo(LookupTokens.term(SEARCH, "a", "bc"));
        assertThatThrownBy(() -> LookupTokens.term(SEARCH, "a\0b", "c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherSearchCellGivesOtherTerms() {
        CellKey other = new CellKey(new CellId(0, 1), SecretBytes.random(new SeededEntropy(3), CellKey.SIZE_BYTES));
        assertThat(LookupTokens.term(other, "ins", "279035121518989")).isNotEqualTo(TERM);
    }
}
