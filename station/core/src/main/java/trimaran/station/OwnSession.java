package trimaran.station;

import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.record.Header;
import trimaran.record.Session;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.SystemScope;

/**
 * A session that lives in this station: its key, and the entry that opens it. Doors hold it as a token of who is asking
 * and hand it back with every call.
 */
public final class OwnSession {

    private final Digest id;
    private final Signer key;
    private final Digest badge;
    private final Statement.BadgeKind kind;
    private final Optional<Session> granted;
    private final Header opening;
    private final RecordTime expiry;
    private volatile boolean closed;

    OwnSession(
            Digest id,
            Signer key,
            Digest badge,
            Statement.BadgeKind kind,
            Optional<Session> granted,
            Header opening,
            RecordTime expiry) {
        this.id = id;
        this.key = key;
        this.badge = badge;
        this.kind = kind;
        this.granted = granted;
        this.opening = opening;
        this.expiry = expiry;
    }

    /** The hash of the statement that opened it. */
    public Digest id() {
        return id;
    }

    /** Whose it is, known before the registry says what they may do. */
    Digest badge() {
        return badge;
    }

    public Statement.BadgeKind kind() {
        return kind;
    }

    /** Roles, scopes and wards as the registry grants them; empty if this station does not know the badge yet. */
    public Optional<Session> granted() {
        return granted;
    }

    public RecordTime expiry() {
        return expiry;
    }

    /** Whether its scope lets it search the whole record (SMART {@code system/*}). */
    public boolean hasSystemScope() {
        return granted.filter(session -> SystemScope.of(session).stream().anyMatch(SystemScope::readsAll))
                .isPresent();
    }

    /** Whether it ended, by its time, a cut or its person. From any thread. */
    public boolean isClosed() {
        return closed;
    }

    /** Whether its time is over by this clock, which may have been set forward since: what is signed now would count for nothing. */
    boolean isPast(WallTime now) {
        return now.millis() > expiry.millis();
    }

    void close() {
        closed = true;
    }

    Digest keyId() {
        return key.publicKey().id();
    }

    Signature sign(byte[] message) {
        return key.sign(message);
    }

    Header opening() {
        return opening;
    }

    Bytes openingHeader() {
        return opening.encode();
    }

    @Override
    public String toString() {
        return "session " + id;
    }
}
