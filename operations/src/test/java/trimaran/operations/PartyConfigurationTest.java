package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.line.Address;

class PartyConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void whatPeopleWroteStaysWhenAPortChanges() throws IOException {
        Map<Role, Address> addresses = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            addresses.put(role, new Address("127.0.0.1", 8000 + role.ordinal()));
        }
        PartyConfiguration.write(folder, Role.STATION, addresses);
        Path file = folder.resolve(PartyConfiguration.FILE);
        String own = """
            # who may cut here
            officers = nobody
            calls=calls.txt
            badges = /srv/badges
            checks = no
            hl7 = 127.0.0.1:2575
            """;
        Files.writeString(file, Files.readString(file) + own);

        addresses.put(Role.STATION, new Address("127.0.0.1", 9000));
        PartyConfiguration.write(folder, Role.STATION, addresses);

        assertThat(Files.readString(file))
                .isEqualTo(PartyConfiguration.text(Role.STATION, addresses) + own)
                .containsOnlyOnce("listen = 127.0.0.1:9000");
    }
}
