package trimaran.station.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.record.Signer;
import trimaran.station.Desk;
import trimaran.station.OwnSession;
import trimaran.station.fhir.Clients;
import trimaran.station.fhir.DeskView;
import trimaran.station.fhir.RecordView;

/**
 * Clients by bearer token. The folder of a client holds its badge, under this machine's secret, and the hashes of its tokens,
 * one line each: the SHA-256 of the token in hexadecimal, a space, the millisecond at which it ends. Tokens are read anew for
 * each one not seen before, so one minted a second ago counts.
 */
final class TokenClients implements Clients {

    /** A client's session; the door opens another when it ends. */
    static final long SESSION_MILLIS = 12 * 3_600_000L;

    /** Opening takes two tiers' word; while a hull is down it may take longer. */
    static final long OPEN_MILLIS = 20_000;

    private final Path folder;
    private final StationKeys keys;
    private final Desk desk;
    private final boolean demo;
    private final Loop loop;
    private final DeskView.Press press;

    TokenClients(Path folder, StationKeys keys, Desk desk, Loop loop, boolean demo, DeskView.Press press) {
        this.press = press;
        this.demo = demo;
        this.folder = folder;
        this.keys = keys;
        this.desk = desk;
        this.loop = loop;
    }

    @Override
    public Outcome<RecordView> of(String client, char[] secret) {
        String token = "tri_" + client + "_" + String.valueOf(secret);
        Digest hash = Digest.sha256(token.getBytes(StandardCharsets.UTF_8));
        Path own = folder.resolve("clients").resolve(client);
        if (!isKnown(own.resolve("tokens"), hash)) {
            return Outcome.refused(Code.NOT_SIGNED_IN, "no client has this token");
        }
        return keys.badge(own.resolve("badge.key")).then(this::open);
    }

    private boolean isKnown(Path tokens, Digest hash) {
        List<String> lines;
        try {
            lines = Files.isReadable(tokens) ? Files.readAllLines(tokens) : List.of();
        } catch (IOException unreadable) {
            lines = List.of();
        }
        byte[] wanted = hash.hex().getBytes(StandardCharsets.US_ASCII);
        boolean known = false;
        for (String line : lines) {
            String[] fields = line.split(" ", -1);
            boolean same = fields.length == 2
                    && MessageDigest.isEqual(fields[0].getBytes(StandardCharsets.US_ASCII), wanted)
                    && fields[1].matches("[0-9]{1,18}")
                    && Long.parseLong(fields[1]) > loop.wallTime().millis();
            known |= same;
        }
        return known;
    }

    private Outcome<RecordView> open(Signer badge) {
        try {
            Outcome<OwnSession> session = desk.open(badge, SESSION_MILLIS).get(OPEN_MILLIS, TimeUnit.MILLISECONDS);
            return session.map(own -> new DeskView(desk, own, demo, press));
        } catch (TimeoutException late) {
            return Outcome.refused(Code.UNAVAILABLE, "the tiers did not admit a session in time; try again");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Outcome.refused(Code.UNAVAILABLE, "the station is stopping");
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the station core broke", broken.getCause());
        }
    }
}
