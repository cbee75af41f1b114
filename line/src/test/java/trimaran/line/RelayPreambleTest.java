package trimaran.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

class RelayPreambleTest {

    @Test
    void whatIsWrittenIsRead() {
        assertThat(RelayPreamble.of("data")).isEqualTo(Bytes.ofText("TRIMARAN-RELAY/1 data\n"));
        assertThat(RelayPreamble.destination(RelayPreamble.of("data"))).contains("data");
        String longest = "a".repeat(32);
        assertThat(RelayPreamble.destination(RelayPreamble.of(longest))).contains(longest);
    }

    @Test
    void anythingElseIsNoPreamble() {
        for (String line : new String[] {
            "",
            "\n",
            "TRIMARAN-RELAY/1 data",
            "TRIMARAN-RELAY/1 \n",
            "TRIMARAN-RELAY/1\n",
            "TRIMARAN-RELAY/2 data\n",
            "TRIMARAN-RELAY/1 Data\n",
            "TRIMARAN-RELAY/1 da ta\n",
            "TRIMARAN-RELAY/1 data\r\n",
            "TRIMARAN-RELAY/1 data\n\n",
            "TRIMARAN-RELAY/1 " + "a".repeat(33) + "\n",
            "GET / HTTP/1.1\n"
        }) {
            assertThat(RelayPreamble.destination(Bytes.ofText(line))).as(line).isEmpty();
        }
    }

    @Test
    void anAddressIsAHostAndAPort() {
        assertThat(Address.parse("data.hopital:7001")).isEqualTo(Outcome.done(new Address("data.hopital", 7001)));
        assertThat(Address.parse("[::1]:7001")).isEqualTo(Outcome.done(new Address("::1", 7001)));
        assertThat(new Address("::1", 7001)).hasToString("[::1]:7001");
        for (String text : new String[] {"", "data", "data:", ":7001", "data:70000", "data:-1", "data:x"}) {
            assertThat(Address.parse(text))
                    .as(text)
                    .isEqualTo(Outcome.refused(Code.BAD_VALUE, "an address is written host:port"));
        }
    }
}
