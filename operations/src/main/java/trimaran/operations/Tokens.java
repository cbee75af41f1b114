package trimaran.operations;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.WallTime;
import trimaran.process.FileDisk;

/**
 * Bearer tokens for clients of the FHIR door. The station keeps only their hash: one line a token in
 * {@code clients/<name>/tokens}, the SHA-256 of the token's characters in hexadecimal, a space, and the millisecond at
 * which it ends. The client's badge lies beside it as {@code badge.key}, under the station's machine secret.
 */
final class Tokens {

    static final String FILE = "tokens";

    /** How long a token is good: a month of tries, not a credential for a year. */
    static final long LIFE_MILLIS = 30L * 24 * 3_600_000;

    private static final int RANDOM_BYTES = 32;

    private Tokens() {}

    /** A new token of an enrolled client. */
    static String mint(Home home, String client, Entropy entropy, WallTime now) throws RefusedException {
        return mint(home.clients(), client, entropy, now);
    }

    /** @param clients the folder with one folder for each client of a station */
    static String mint(Path clients, String client, Entropy entropy, WallTime now) throws RefusedException {
        if (!StationCard.isClient(client)
                || !Files.isReadable(clients.resolve(client).resolve("badge.key"))) {
            throw new RefusedException(Code.USAGE, "there is no client of that name; the demo client is bench");
        }
        Path folder = clients.resolve(client);
        String token = "tri_" + client + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(RANDOM_BYTES));
        Digest hash = Digest.sha256(token.getBytes(StandardCharsets.US_ASCII));
        long end = now.millis() + LIFE_MILLIS;
        FileDisk.in(folder).append(FILE, Bytes.ofText(hash.hex() + " " + end + "\n"));
        return token;
    }
}
