package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trimaran.kernel.Party;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** What a station writes down of tiers that do not say what the others say: the lines of its events that name one, from a moment on. */
final class StationEyes {

    /** Events a station has for what a tier said or did not say; a line that merely ends is none. */
    private static final List<String> OF_A_LIAR = List.of(
            "feed-dropped",
            "roots-differ",
            "tiers-differ",
            "bad-share",
            "no-share",
            "shares-differ",
            "bad-parts",
            "tier-behind",
            "bad-signature");

    /** Those of them that prove something, or have a tier that stands alone against the rest. */
    private static final List<String> OF_A_PROVEN_LIE =
            List.of("feed-dropped", "bad-share", "bad-parts", "bad-signature");

    private final Path events;
    private final long from;

    /** Looks from now on. */
    StationEyes(Scene scene) throws IOException {
        this.events = scene.hospital()
                .home()
                .resolve("stations")
                .resolve(TrialHospital.STATION)
                .resolve("events.log");
        this.from = Files.size(events);
    }

    /** The first line that names the tier, waited for so long. */
    Optional<String> named(Party tier, long secondsMax) {
        long end = System.nanoTime() + secondsMax * 1_000_000_000L;
        Optional<String> named = named(tier);
        while (named.isEmpty() && System.nanoTime() < end) {
            Waiting.pause(100);
            named = named(tier);
        }
        return named;
    }

    /** When the tier first said what is proven wrong. */
    Optional<Instant> lied(Party tier) {
        return lines().filter(line -> line.contains(" tier=" + tier.word()))
                .filter(line -> OF_A_PROVEN_LIE.stream().anyMatch(event -> line.contains(" " + event + " ")))
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .findFirst();
    }

    private Stream<String> lines() {
        String text = TrialHospital.text(events);
        return text.substring((int) Math.min(from, text.length())).lines();
    }

    private Optional<String> named(Party tier) {
        return lines().filter(line -> line.contains(" tier=" + tier.word()) || line.contains(" shares-differ "))
                .filter(line -> OF_A_LIAR.stream().anyMatch(event -> line.contains(" " + event + " ")))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst();
    }
}
