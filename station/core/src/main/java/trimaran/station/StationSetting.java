package trimaran.station;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import trimaran.kernel.Digest;
import trimaran.kernel.Disk;
import trimaran.kernel.Entropy;
import trimaran.kernel.Loop;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Workbench;
import trimaran.ledger.NoteVerifiers;
import trimaran.line.Network;
import trimaran.line.Route;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Verifier;

/**
 * The world a station core lives in. Everything that is not a pure function of the record comes through here, so that the
 * simulator runs the same station.
 *
 * @param workbench where long sealing is done; the simulator's runs on the loop, a process has threads
 * @param sessionKeys draws a fresh session key
 * @param noteKeyType signature type of the parties' note keys
 * @param line the digest of this station's TLS key, as it was enrolled
 * @param badge this station's own badge, for its service session
 * @param outboxKey 32 bytes of this machine under which the outbox keeps what only this station may read
 * @param routes the ways to each tier, the preferred one first
 * @param openBytesMax how much opened content is kept in memory before the least used is forgotten
 * @param events hears what people or operators should know; called on the loop
 */
public record StationSetting(
        Loop loop,
        Network network,
        Entropy entropy,
        Disk disk,
        Workbench workbench,
        Supplier<Signer> sessionKeys,
        Verifier verifier,
        NoteVerifiers noteVerifiers,
        int noteKeyType,
        Statement.Founding founding,
        Digest line,
        Signer badge,
        SecretBytes outboxKey,
        Map<Party, List<Route>> routes,
        long openBytesMax,
        Consumer<StationEvent> events) {

    public StationSetting {
        routes = Map.copyOf(routes);
        if (!routes.keySet().containsAll(Party.TIERS)) {
            throw new IllegalArgumentException("a station needs a route to every tier");
        }
    }

    /** The same world, where somebody else hears of what is told as well. */
    StationSetting alsoTelling(Consumer<StationEvent> other) {
        return on(loop, disk, events.andThen(other));
    }

    /** The same world with another disk, as a folder of this one is, worked on and told of as that folder's. */
    StationSetting on(Loop folders, Disk other, Consumer<StationEvent> told) {
        return new StationSetting(
                folders,
                network,
                entropy,
                other,
                workbench,
                sessionKeys,
                verifier,
                noteVerifiers,
                noteKeyType,
                founding,
                line,
                badge,
                outboxKey,
                routes,
                openBytesMax,
                told);
    }
}
