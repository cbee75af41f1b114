package trimaran.station.main;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import trimaran.cut.CutCard;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.record.Signer;

/** What lies on a station's machine about cuts: which systems are connected here, and whom to call. Read anew each time. */
final class CutSurroundings {

    /** Connected systems of one station: a laboratory has a dozen, and each is a line of a form. */
    static final int CLIENTS_MAX = 64;

    /** As much of a list of whom to call as is read. */
    private static final int CALLS_BYTES = 4 << 10;

    private CutSurroundings() {}

    /** The badges of the clients whose folders lie here, by name; one whose badge does not open is left out. */
    static Map<String, Digest> clients(Path folder, StationKeys keys) {
        Path clients = folder.resolve("clients");
        Map<String, Digest> found = new TreeMap<>();
        if (!Files.isDirectory(clients)) {
            return found;
        }
        try (Stream<Path> folders = Files.list(clients)) {
            for (Path one : folders.sorted().limit(CLIENTS_MAX).toList()) {
                Path badge = one.resolve("badge.key");
                if (Files.isRegularFile(badge) && keys.badge(badge) instanceof Outcome.Done<Signer>(Signer signer)) {
                    found.put(
                            String.valueOf(one.getFileName()),
                            signer.publicKey().id());
                }
            }
        } catch (IOException | UncheckedIOException unreadable) {
            // Without their names no connected system is cut from here; everything else is.
            return found;
        }
        return found;
    }

    /** Whom to call; none where nobody wrote it down, or it cannot be read: a card is printed all the same. */
    static List<String> calls(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CutCard.calls(new String(in.readNBytes(CALLS_BYTES), StandardCharsets.UTF_8));
        } catch (IOException none) {
            return List.of();
        }
    }
}
