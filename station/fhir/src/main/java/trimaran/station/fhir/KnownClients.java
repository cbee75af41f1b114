package trimaran.station.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/**
 * Remembers which token opened which session, by the token's hash: no token is kept, and how long a look-up takes says
 * nothing about one. A wrong token is remembered for a while, so that guessing costs the guesser more than the station.
 */
final class KnownClients {

    private static final String PREFIX = "tri_";
    static final int CLIENT_MAX = 32;
    static final int SECRET_MAX = 128;

    private final Clients clients;
    private final LongSupplier nanos;
    private final Map<Digest, RecordView> known = bounded();
    private final Map<Digest, Long> refused = bounded();
    private final Semaphore unlocking = new Semaphore(DoorLimits.UNLOCKINGS_AT_ONCE);

    KnownClients(Clients clients, LongSupplier nanos) {
        this.clients = clients;
        this.nanos = nanos;
    }

    private static <T> Map<Digest, T> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, T> eldest) {
                return size() > DoorLimits.TOKENS_MAX;
            }
        };
    }

    /** @param authorization the header, or empty */
    RecordView of(String authorization) throws RefusedException {
        String token = token(authorization);
        Digest hash = Digest.sha256(token.getBytes(StandardCharsets.UTF_8));
        Optional<RecordView> view = remembered(hash);
        return view.isPresent() ? view.get() : opened(token, hash);
    }

    /** The session behind a header is over: the next request opens another. */
    void forget(String authorization) throws RefusedException {
        Digest hash = Digest.sha256(token(authorization).getBytes(StandardCharsets.UTF_8));
        synchronized (known) {
            known.remove(hash);
        }
    }

    private static String token(String authorization) throws RefusedException {
        boolean bearer = authorization.length() > 7 && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
        if (!bearer) {
            throw RefusedException.of(Code.NOT_SIGNED_IN, "this door asks for Authorization: Bearer <token>");
        }
        return authorization.substring(7).strip();
    }

    private Optional<RecordView> remembered(Digest hash) throws RefusedException {
        synchronized (known) {
            RecordView view = known.get(hash);
            if (view != null) {
                return Optional.of(view);
            }
            Long until = refused.get(hash);
            if (until != null && until - nanos.getAsLong() > 0) {
                throw wrong();
            }
            return Optional.empty();
        }
    }

    private RecordView opened(String token, Digest hash) throws RefusedException {
        int bar = token.indexOf('_', PREFIX.length());
        boolean shaped = token.startsWith(PREFIX) && bar > 0 && isClient(token.substring(PREFIX.length(), bar));
        if (!shaped || !isSecret(token.substring(bar + 1))) {
            throw wrong();
        }
        unlocking.acquireUninterruptibly();
        char[] secret = token.substring(bar + 1).toCharArray();
        try {
            // Others with the same token may have waited for this one.
            Optional<RecordView> meanwhile = remembered(hash);
            return meanwhile.isPresent()
                    ? meanwhile.get()
                    : keep(hash, clients.of(token.substring(PREFIX.length(), bar), secret));
        } finally {
            Arrays.fill(secret, '\0');
            unlocking.release();
        }
    }

    private RecordView keep(Digest hash, Outcome<RecordView> outcome) throws RefusedException {
        return switch (outcome) {
            case Outcome.Done<RecordView>(RecordView view) -> {
                synchronized (known) {
                    known.put(hash, view);
                }
                yield view;
            }
            case Outcome.Refused<RecordView>(Refusal refusal) -> {
                if (refusal.code() != Code.NOT_SIGNED_IN && refusal.code() != Code.WRONG_PIN) {
                    throw new RefusedException(refusal);
                }
                synchronized (known) {
                    refused.put(hash, nanos.getAsLong() + DoorLimits.REFUSED_TOKEN_MILLIS * 1_000_000);
                }
                throw wrong();
            }
        };
    }

    private static RefusedException wrong() {
        return RefusedException.of(Code.NOT_SIGNED_IN, "this token is not known here");
    }

    private static boolean isClient(String text) {
        return !text.isEmpty()
                && text.length() <= CLIENT_MAX
                && text.charAt(0) != '-'
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    private static boolean isSecret(String text) {
        return !text.isEmpty() && text.length() <= SECRET_MAX && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
