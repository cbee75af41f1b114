package trimaran.relay;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/** A relay as a process of its own. Its one argument is its configuration ({@link RelayConfiguration}). */
public final class RelayMain {

    private RelayMain() {}

    public static void main(String[] arguments) {
        Outcome<Relay> started = arguments.length == 1
                ? read(Path.of(arguments[0])).then(RelayMain::start)
                : Outcome.refused(Code.USAGE, "usage: RelayMain <configuration file>");
        switch (started) {
            case Outcome.Done<Relay>(Relay relay) -> serve(relay);
            case Outcome.Refused<Relay>(Refusal refusal) -> {
                System.err.println(refusal);
                System.exit(refusal.code().exitCode());
            }
        }
    }

    private static Outcome<Relay> start(RelayConfiguration configuration) {
        return Relay.start(configuration.listen(), configuration.destinations(), RelayLimits.STANDARD);
    }

    private static Outcome<RelayConfiguration> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            return Outcome.refused(Code.USAGE, "cannot read the configuration " + file);
        }
        return RelayConfiguration.of(properties);
    }

    private static void serve(Relay relay) {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            relay.close();
            stopped.countDown();
        }));
        System.out.println("READY " + relay.address());
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
