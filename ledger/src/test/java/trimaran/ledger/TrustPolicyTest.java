package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;

/** Cases: C2SP tlog-policy, and transparency-dev/formats policy/tlog_policy_test.go. */
class TrustPolicyTest {

    private final StandIn suite = new StandIn();
    private final NoteVerifiers verifiers = NoteVerifiers.of(suite);

    @Test
    void theExampleOfTheSpecificationIsRead() throws MalformedException {
        TrustPolicy policy = parse("""
                log $L

                witness X1 $1
                witness X2 $2
                witness X3 $3
                group X-witnesses 2 X1 X2 X3

                witness Y1 $4
                witness Y2 $5
                witness Y3 $6
                group Y-witnesses any Y1 Y2 Y3

                group X-and-Y all X-witnesses Y-witnesses
                quorum X-and-Y
                """);

        assertThat(policy.isQuorum(Set.of("X1", "X3", "Y2"))).isTrue();
        assertThat(policy.isQuorum(Set.of("X1", "X2", "X3"))).isFalse();
        assertThat(policy.isQuorum(Set.of("X1", "Y1", "Y2", "Y3"))).isFalse();
        assertThat(policy.isQuorum(Set.of("X-and-Y"))).isFalse();
        assertThat(policy.isQuorum(Set.of())).isFalse();
    }

    @Test
    void whitespaceCommentsUrlsAndOpaqueNamesAreRead() throws MalformedException {
        TrustPolicy policy = parse("""

                # comment
                \t # another é
                \twitness \t K\u0080é  $1   https://w1.example/ \s

                  quorum\tK\u0080é
                log $L https://log.example/
                """);

        assertThat(policy.cosigners().getFirst().name()).isEqualTo("K\u0080é");
        assertThat(policy.cosigners().getFirst().url()).hasValue("https://w1.example/");
        assertThat(policy.logs().getFirst().url()).hasValue("https://log.example/");
        assertThat(text(policy))
                .isEqualTo(fill(
                        "log $L https://log.example/\nwitness K\u0080é $1 https://w1.example/\nquorum K\u0080é\n"));
    }

    @Test
    void keywordsAreNamesLikeAnyOther() throws MalformedException {
        assertThat(parse("witness all $1\nwitness any $2\ngroup group 2 all any\nquorum group\n")
                        .isQuorum(Set.of("all", "any")))
                .isTrue();
        assertThat(parse("quorum none\n").isQuorum(Set.of())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum none",
                "quorum none\n\u0001\n",
                "quorum none\r\n",
                "quorum none\n\u007f\n",
                "quibble w1\nquorum none\n",
                "Quorum none\n",
                "witness w1 $1 https://w1.example/ # comment\nquorum w1\n",
                "log\nquorum none\n",
                "log garbage\nquorum none\n",
                "log a b c\nquorum none\n",
                "log $L\nlog $L https://log.example/\nquorum none\n",
                "witness w1\nquorum none\n",
                "witness none $1\nquorum none\n",
                "witness w1 $1\nwitness w1 $2\nquorum w1\n",
                "witness w1 $1\nwitness w2 $1\nquorum w1\n",
                "witness w1 $1\nwitness w2 $R\nquorum w1\n",
                "witness w1 $1\ngroup w1 any w1\nquorum w1\n",
                "witness w1 $1\ngroup g1 1\nquorum w1\n",
                "witness w1 $1\ngroup none any w1\nquorum none\n",
                "witness w1 $1\ngroup g1 0 w1\nquorum g1\n",
                "witness w1 $1\ngroup g1 -1 w1\nquorum g1\n",
                "witness w1 $1\ngroup g1 +1 w1\nquorum g1\n",
                "witness w1 $1\ngroup g1 01 w1\nquorum g1\n",
                "witness w1 $1\ngroup g1 2 w1\nquorum g1\n",
                "witness w1 $1\ngroup g1 99999999999 w1\nquorum g1\n",
                "witness w1 $1\ngroup g1 ALL w1\nquorum g1\n",
                "witness w1 $1\ngroup g1 any w2\nquorum g1\n",
                "group g1 any w1\nwitness w1 $1\nquorum g1\n",
                "witness w1 $1\ngroup g1 any g1 w1\nquorum g1\n",
                "witness w1 $1\ngroup g1 any none w1\nquorum g1\n",
                "witness w1 $1\ngroup g1 all w1 w1\nquorum g1\n",
                "witness w1 $1\nwitness w2 $2\ngroup g1 any w1 w2\ngroup g2 any w1\nquorum g1\n",
                "witness w1 $1\n",
                "witness w1 $1\nquorum w1\nquorum w1\n",
                "quorum unknown\n",
                "quorum w1\nwitness w1 $1\n",
                "quorum\n",
                "quorum none none\n"
            })
    void malformedPoliciesAreRefused(String policy) {
        assertThatThrownBy(() -> parse(policy)).isInstanceOf(MalformedException.class);
    }

    @Test
    void keysOfOtherSignatureTypesAreRefused() {
        Bytes key = Bytes.of(new byte[32]);
        for (int type : new int[] {1, 2, 4, 5, 0x63}) {
            String text = new VerifierKey("w.example", type, key).text();
            assertThatThrownBy(() -> parse("witness w1 " + text + "\nquorum w1\n"))
                    .isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> parse("log " + text + "\nquorum none\n")).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void sixtyFourDefinitionsOfAKindAreReadAndOneMoreIsRefused() throws MalformedException {
        StringBuilder most = new StringBuilder();
        for (int i = 0; i < TrustPolicy.MAX_DEFINITIONS; i++) {
            most.append("witness w" + i + " " + key("w" + i, 100 + i).text() + "\n");
        }
        assertThat(parse(most + "quorum w3\n").cosigners()).hasSize(64);
        String one = "witness x " + key("x", 99).text() + "\n";
        assertThatThrownBy(() -> parse(most + one + "quorum w3\n")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> TrustPolicy.parse(Bytes.of(new byte[TrustPolicy.MAX_BYTES + 1]), verifiers))
                .hasMessageStartingWith("policy of");
    }

    @Test
    void thePolicyOfTheHospitalIsThreeOfFour() throws MalformedException {
        Map<Party, VerifierKey> keys = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            keys.put(party, key("hospital.example/" + party.word(), 50 + party.ordinal()));
        }
        TrustPolicy policy = TrustPolicy.ofParties(key("hospital.example/record", 40), keys, verifiers);
        List<String> all = List.of("access", "application", "data", "witness");

        assertThat(text(policy)).endsWith("group parties 3 access application data witness\nquorum parties\n");
        assertThat(text(TrustPolicy.parse(policy.encode(), verifiers))).isEqualTo(text(policy));
        for (String out : all) {
            List<String> three = all.stream().filter(name -> !name.equals(out)).toList();
            assertThat(policy.isQuorum(Set.copyOf(three))).isTrue();
            assertThat(policy.isQuorum(Set.copyOf(three.subList(0, 2)))).isFalse();
        }
        keys.remove(Party.WITNESS);
        assertThatThrownBy(() -> TrustPolicy.ofParties(key("o", 41), keys, verifiers))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private TrustPolicy parse(String template) throws MalformedException {
        return TrustPolicy.parse(Bytes.of(fill(template).getBytes(StandardCharsets.ISO_8859_1)), verifiers);
    }

    private String fill(String template) {
        String filled = template.replace("$L", key("log.example", 10).text());
        for (int i = 1; i <= 6; i++) {
            filled = filled.replace("$" + i, key("w" + i + ".example", i).text());
        }
        return filled.replace("$R", key("renamed.example", 1).text());
    }

    private VerifierKey key(String name, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Cosignature.signer(name, suite, suite.signingKey(SecretBytes.taking(bytes), target -> {}))
                .key();
    }

    private static String text(TrustPolicy policy) {
        return new String(policy.encode().toArray(), StandardCharsets.ISO_8859_1);
    }
}
