package trimaran.simulator;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.line.message.SealedEntry;
import trimaran.record.AuthorPart;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Sanction;
import trimaran.record.Signature;

/** One entry as its author's outbox keeps it, with what the oracle knows of it and no tier may. */
final class Entry {

    /** What the author sealed and signed; never changes. */
    record Signed(
            AuthorPart author,
            Bytes authorBytes,
            Signature signature,
            Escrow escrow,
            List<Bytes> blobs,
            Draft draft,
            Map<ResourceId, Bytes> contents) {

        Digest digest() {
            return AuthorPart.digest(authorBytes);
        }
    }

    private final Signed signed;
    private final long startedNanos;
    private final Map<Party, Held> held = new EnumMap<>(Party.class);
    private final Set<Party> holding = new HashSet<>();
    private Optional<Sanction> sanction;
    private boolean approving;
    private boolean appending;
    private long appendAgainNanos;
    private boolean acknowledged;
    private boolean covered;

    Entry(Signed signed, Optional<Sanction> sanction, long nowNanos) {
        this.signed = signed;
        this.sanction = sanction;
        this.startedNanos = nowNanos;
    }

    Signed signed() {
        return signed;
    }

    Digest digest() {
        return signed.digest();
    }

    AuthorPart author() {
        return signed.author();
    }

    long startedNanos() {
        return startedNanos;
    }

    Optional<Sanction> sanction() {
        return sanction;
    }

    void sanction(Optional<Sanction> other) {
        sanction = other;
    }

    Map<Party, Held> held() {
        return held;
    }

    Set<Party> holding() {
        return holding;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    void acknowledge() {
        acknowledged = true;
    }

    boolean isCovered() {
        return covered;
    }

    void cover() {
        covered = true;
    }

    boolean isApproving() {
        return approving;
    }

    void approving(boolean now) {
        approving = now;
    }

    boolean isAppending() {
        return appending;
    }

    void appending(boolean now) {
        appending = now;
    }

    long appendAgainNanos() {
        return appendAgainNanos;
    }

    void appendAgain(long nanos) {
        appendAgainNanos = nanos;
    }

    /** A restarted station knows what is in its outbox and not what it was doing. */
    void restart() {
        approving = false;
        appending = false;
        appendAgainNanos = 0;
        holding.clear();
    }

    private String lastRefusal = "";

    /** What was last said against it, for whoever looks into a seed that broke. */
    void said(String refusal) {
        lastRefusal = refusal;
    }

    @Override
    public String toString() {
        return digest() + " " + author().kind() + (acknowledged ? " acknowledged" : "") + " held " + held.keySet() + " "
                + sanction.map(ground -> ground.getClass().getSimpleName()).orElse("no sanction") + " " + lastRefusal;
    }

    boolean opens(CellId cell) {
        return signed.author().newCells().stream()
                .anyMatch(fresh -> fresh.cell().equals(cell));
    }

    SealedEntry sealed(Sanction ground) {
        Header header = Header.of(signed.author(), signed.signature(), ground);
        return new SealedEntry(
                SealedEntry.Item.inline(header.encode()),
                SealedEntry.Item.NOTHING,
                signed.escrow().envelopes().isEmpty()
                        ? SealedEntry.Item.NOTHING
                        : SealedEntry.Item.inline(signed.escrow().encode()),
                signed.blobs().stream().map(SealedEntry.Item::inline).toList(),
                Bytes.EMPTY);
    }
}
