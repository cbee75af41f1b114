package trimaran.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The small values everything is made of. */
class ValuesTest {

    @Test
    void bytesCannotBeChangedFromOutside() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes).isEqualTo(Bytes.ofHex("010203"));
        Bytes range = Bytes.ofRange(source, 1, 3);
        source[1] = 9;
        assertThat(range).isEqualTo(Bytes.ofHex("0203"));
    }

    @Test
    void bytesAreEqualByContentAndOrderedUnsigned() {
        assertThat(Bytes.of((byte) 1)).isEqualTo(Bytes.ofHex("01")).hasSameHashCodeAs(Bytes.ofHex("01"));
        assertThat(Bytes.of()).isEqualTo(Bytes.EMPTY).isEqualTo(Bytes.wrap(new byte[0]));
        assertThat(Bytes.ofHex("7f")).isLessThan(Bytes.ofHex("80"));
        assertThat(Bytes.ofHex("01")).isLessThan(Bytes.ofHex("0100"));
    }

    @Test
    void bytesShowLengthAndBeginningOnly() {
        assertThat(Bytes.ofHex("0011223344556677889900").toString()).isEqualTo("11 bytes 0011223344556677…");
    }

    @Test
    void aDigestHasThirtyTwoBytes() {
        for (int size : new int[] {0, 31, 33}) {
            assertThatThrownBy(() -> Digest.of(new byte[size])).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Digest.sha256(Bytes.ofText("abc")).hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aDigestOfPartsIsThatOfTheirConcatenation() {
        assertThat(Digest.sha256(new byte[] {1}, new byte[0], new byte[] {2, 3}))
                .isEqualTo(Digest.sha256(Bytes.ofHex("010203")));
    }

    @Test
    void aDigestCannotBeChangedFromOutside() {
        byte[] source = new byte[Digest.SIZE];
        Digest digest = Digest.of(source);
        source[0] = 1;
        digest.toArray()[1] = 1;
        assertThat(digest).isEqualTo(Digest.ZERO);
    }

    @Test
    void aWipedSecretHoldsNothing() {
        byte[] content = {1, 2, 3};
        SecretBytes secret = SecretBytes.taking(content);
        secret.wipe();
        assertThat(secret.expose()).containsOnly(0);
        assertThat(content).containsOnly(0);
    }

    @Test
    void aSecretShowsItsLengthOnly() {
        assertThat(SecretBytes.taking("geheim".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString())
                .isEqualTo("secret of 6 bytes");
    }

    @Test
    void secretsAreComparedByContent() {
        assertThat(SecretBytes.taking(new byte[] {1})).isEqualTo(SecretBytes.taking(new byte[] {1}));
        assertThat(SecretBytes.taking(new byte[] {1})).isNotEqualTo(SecretBytes.taking(new byte[] {2}));
        assertThat(SecretBytes.taking(new byte[] {1})).isNotEqualTo(SecretBytes.taking(new byte[] {1, 0}));
    }

    @Test
    void threeSharesCombineWhateverTheirOrder() {
        SecretBytes a = SecretBytes.taking(new byte[] {0x0f, 1});
        SecretBytes b = SecretBytes.taking(new byte[] {0x33, 2});
        SecretBytes c = SecretBytes.taking(new byte[] {0x55, 4});
        assertThat(a.xor(b).xor(c)).isEqualTo(c.xor(a).xor(b)).isEqualTo(SecretBytes.taking(new byte[] {0x69, 7}));
        assertThatThrownBy(() -> a.xor(SecretBytes.taking(new byte[1]))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOutcomeCarriesItsValueOn() {
        Outcome<Integer> done = Outcome.done(2);
        assertThat(done.isDone()).isTrue();
        assertThat(done.map(value -> value + 1)).isEqualTo(Outcome.done(3));
        assertThat(done.then(value -> Outcome.done("n" + value))).isEqualTo(Outcome.done("n2"));
        Outcome<Integer> no = Outcome.refused(Code.BUSY, "later");
        assertThat(done.then(value -> no)).isEqualTo(no);
    }

    @Test
    void aRefusalIsCarriedOnAndNothingMoreIsDone() {
        Outcome<Integer> no = Outcome.refused(Code.BUSY, "later");
        assertThat(no.isDone()).isFalse();
        Outcome<Integer> still = no.<Integer>map(value -> {
                    throw new AssertionError("nothing to change");
                })
                .then(value -> {
                    throw new AssertionError("nothing to go on with");
                });
        assertThat(still).isEqualTo(no);
    }

    @Test
    void everyCodeHasItsOwnNumberAndIsReadBack() throws MalformedException {
        Set<Integer> numbers = new HashSet<>();
        for (Code code : Code.values()) {
            assertThat(numbers.add(code.number())).as(code.tag()).isTrue();
            Writer writer = new Writer();
            code.write(writer);
            assertThat(Reader.<Code>whole(writer.toBytes(), Code::read)).isEqualTo(code);
        }
        assertThatThrownBy(() -> Reader.<Code>whole(Bytes.ofHex("0000"), Code::read))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aRefusalCrossesTheLineWhateverItsLength() throws MalformedException {
        for (String sentence : List.of("", "é", "€".repeat(5000), "😀".repeat(5000), "x" + "😀".repeat(5000))) {
            Writer writer = new Writer();
            Refusal.at(Code.RULE, sentence, sentence).write(writer);
            Refusal read = Reader.whole(writer.toBytes(), Refusal::read);
            assertThat(sentence).startsWith(read.sentence());
            assertThat(read.place()).isEqualTo(read.sentence());
        }
    }

    @Test
    void eachShareIsKeptByTwoTiersAndNoTierHasAllThree() {
        for (int number = 1; number <= 3; number++) {
            int share = number;
            assertThat(List.of(Party.values()).stream().filter(party -> party.keepsShare(share)))
                    .hasSize(2)
                    .doesNotContain(Party.WITNESS);
        }
        for (Party party : Party.TIERS) {
            assertThat(List.of(1, 2, 3).stream().filter(party::keepsShare)).hasSize(2);
        }
    }

    @Test
    void recentDigestsForgetTheOneUsedLongestAgo() {
        RecentDigests recent = new RecentDigests(2);
        Digest a = Digest.sha256(Bytes.ofText("a"));
        Digest b = Digest.sha256(Bytes.ofText("b"));
        Digest c = Digest.sha256(Bytes.ofText("c"));
        assertThat(recent.contains(a)).isFalse();
        recent.add(a);
        recent.add(b);
        assertThat(recent.contains(a)).isTrue();
        recent.add(c);
        assertThat(recent.contains(a)).isTrue();
        assertThat(recent.contains(b)).isFalse();
        assertThat(recent.contains(c)).isTrue();
    }
}
