package trimaran.operations;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.PublicKey;
import trimaran.record.RecordLimits;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;

/**
 * Registry entries that officers sign at the founding, or over a station's card later: badges, services, stations. Those of the
 * founding are kept as a file until data has placed them all; an entry is idempotent by its digest, so the file may be sent again
 * from its beginning.
 *
 * <p>Layout: a list of encoded headers, each as bytes.
 */
final class Enrolment {

    /** Entries one enrolment may hold: a hospital founded with all its people enrols them at a desk, not here. */
    static final int ENTRIES_MAX = 256;

    /** A station of no ward. */
    static final CellId NO_WARD = CellId.NONE;

    private final Digest origin;
    private final List<Signer> officers;
    private final Entropy entropy;
    private final WallTime now;
    private final List<Header> headers = new ArrayList<>();

    /** @param officers two of them */
    Enrolment(Digest origin, List<Signer> officers, Entropy entropy, WallTime now) {
        this.origin = origin;
        this.officers = List.copyOf(officers);
        this.entropy = entropy;
        this.now = now;
    }

    Enrolment person(PublicKey badge, List<String> roles) {
        return add(new Statement.Grant(badge, Statement.BadgeKind.PERSON, roles, List.of(), List.of(), time()));
    }

    Enrolment service(PublicKey badge, List<String> roles, List<String> scopes) {
        return add(new Statement.Grant(badge, Statement.BadgeKind.SERVICE, roles, scopes, List.of(), time()));
    }

    /** A station as its card says it is: its line key, the badge under which it opens its own session, and its clients. */
    Enrolment station(String name, StationCard card) {
        add(new Statement.StationEnrolment(name, card.line(), NO_WARD, time()));
        add(new Statement.Grant(card.badge(), Statement.BadgeKind.STATION, List.of(), List.of(), List.of(), time()));
        card.clients().forEach((client, badge) -> {
            boolean connector = client.equals(Founder.CONNECTOR);
            service(
                    badge,
                    List.of(connector ? "connector" : "service"),
                    connector ? Founder.CONNECTOR_SCOPES : List.of(Founder.ALL_SCOPES));
        });
        return this;
    }

    private RecordTime time() {
        return new RecordTime(now.millis());
    }

    private Enrolment add(Statement statement) {
        headers.add(header(origin, SignedStatement.signed(origin, statement, officers), entropy, now));
        return this;
    }

    /** A registry entry around a signed statement. */
    static Header header(Digest origin, SignedStatement statement, Entropy entropy, WallTime now) {
        AuthorPart author = new AuthorPart(
                origin,
                entropy.nonce(),
                Digest.ZERO,
                EntryKind.REGISTRY,
                now,
                false,
                List.of(),
                List.of(),
                statement.encode(),
                Digest.ZERO,
                Digest.ZERO,
                0);
        return Header.of(author, new Signature(Suite.ML_DSA_44, Bytes.EMPTY), new Sanction.OwnSignatures());
    }

    List<Header> headers() {
        return List.copyOf(headers);
    }

    Bytes encode() {
        return new Writer(4096)
                .list(headers, (w, header) -> w.bytes(header.encode()))
                .toBytes();
    }

    static List<Header> decode(Bytes bytes) throws MalformedException {
        return Reader.whole(
                bytes,
                reader -> reader.list(
                        ENTRIES_MAX, r -> Reader.whole(r.bytes(RecordLimits.HEADER_BYTES_MAX), Header::read)));
    }
}
