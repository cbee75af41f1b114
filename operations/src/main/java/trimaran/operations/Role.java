package trimaran.operations;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Party;

/**
 * The programs a hospital runs, in the order they start. Each is a main of its own module, run as its own process: this
 * class names it and the memory it may take, and links nothing of it.
 */
enum Role {
    WITNESS("witness", "witness", "trimaran.witness.WitnessMain", 24),
    DATA("data", "data", "trimaran.data.DataMain", 96),
    ACCESS("access", "access", "trimaran.access.AccessMain", 80),
    APPLICATION("application", "application/main", "trimaran.application.main.ApplicationMain", 96),
    RELAY("relay", "relay", "trimaran.relay.RelayMain", 16),
    STATION("stations/" + Home.STATION, "station/main", "trimaran.station.main.StationMain", 512);

    /** What a process has made just now may take, in MiB. */
    static final int YOUNG_MIB_MAX = 64;

    private final String folder;
    private final String module;
    private final String mainClass;
    private final int heapMiB;

    Role(String folder, String module, String mainClass, int heapMiB) {
        this.folder = folder;
        this.module = module;
        this.mainClass = mainClass;
        this.heapMiB = heapMiB;
    }

    /** The name in messages, options and files. */
    String word() {
        return this == STATION ? Home.STATION : folder;
    }

    /** Its folder below the home. */
    String folder() {
        return folder;
    }

    /** The folder of its Maven module below the house. */
    String module() {
        return module;
    }

    String mainClass() {
        return mainClass;
    }

    /**
     * Small heaps, the collector with the smallest footprint, short object headers (JEP 519): the processes of a hospital share one
     * small machine. Heaps begin small: the collector would begin with a sixty-fourth of the machine's memory, which is the whole of
     * these heaps, and touch all of it before it looks for what could go. What is young has its size from the start: grown from
     * nothing it stayed at 3 MiB, was collected every few entries, and handed what was short-lived on to the old.
     */
    List<String> machine() {
        return List.of(
                "-Xmx" + heapMiB + "m",
                "-Xms" + heapMiB * 3 / 8 + "m",
                "-XX:MinHeapFreeRatio=25",
                "-Xmn" + Math.min(heapMiB / 4, YOUNG_MIB_MAX) + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:MaxMetaspaceSize=" + (this == STATION ? 160 : 64) + "m",
                "-XX:ReservedCodeCacheSize=" + (heapMiB < 64 ? 16 : 48) + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED");
    }

    /** What its main is told to serve. A relay has no folder of its own to keep anything in, only a configuration. */
    List<String> serving(Path home) {
        return this == RELAY
                ? List.of(home.resolve(PartyConfiguration.FILE).toString())
                : List.of("serve", home.toString());
    }

    /** The party it is; empty for relay and station, which sign no checkpoint. */
    Optional<Party> party() {
        return Party.ofWord(folder);
    }

    static Role of(Party party) {
        return switch (party) {
            case ACCESS -> ACCESS;
            case APPLICATION -> APPLICATION;
            case DATA -> DATA;
            case WITNESS -> WITNESS;
        };
    }

    static Optional<Role> ofWord(String word) {
        for (Role role : values()) {
            if (role.word().equals(word) || (role == STATION && word.equals("station"))) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
