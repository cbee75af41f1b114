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

    /** Another badge, other wards: said once, and what people wrote stays. */
    @Test
    void ofCopiesTheLastWordCounts() throws IOException {
        Path file = folder.resolve(PartyConfiguration.FILE);
        Files.writeString(file, "listen = 127.0.0.1:9000\n");
        assertThat(PartyConfiguration.isStation(folder)).isFalse();
        Files.writeString(file, "name = urgences\n# copies are for the night\ncopy.reader = /media/night\n");
        assertThat(PartyConfiguration.isStation(folder)).isTrue();
        assertThat(PartyConfiguration.isStation(folder.resolve("nowhere"))).isFalse();

        PartyConfiguration.keepCopies(folder, "all", "");
        PartyConfiguration.keepCopies(folder, "uhcd,urgences", "");
        assertThat(Files.readString(file)).isEqualTo("""
                name = urgences
                # copies are for the night
                copy.reader = /media/night
                copy.badge = ward-badge
                copy.wards = uhcd,urgences
                """);
        assertThat(PartyConfiguration.namesWards(folder)).isTrue();
        PartyConfiguration.keepCopies(folder, "", "");
        assertThat(Files.readString(file)).as("another badge, the same wards").contains("copy.wards = uhcd,urgences");
        PartyConfiguration.keepCopies(folder, "all", "/media/stick");
        assertThat(Files.readString(file))
                .containsOnlyOnce("copy.reader = /media/stick")
                .containsOnlyOnce("copy.wards = all");
    }
}
