package trimaran.application;

import java.util.List;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.record.Session;
import trimaran.record.Statement;

/** Who writes, as far as a rule may know: what the badge was granted, never a name. */
public record Author(
        Digest session,
        Digest badge,
        Digest station,
        Statement.BadgeKind kind,
        List<String> roles,
        List<String> scopes,
        List<CellId> wards) {

    public Author {
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
        wards = List.copyOf(wards);
    }

    public static Author of(Session session) {
        return new Author(
                session.id(),
                session.badge(),
                session.station(),
                session.kind(),
                session.roles(),
                session.scopes(),
                session.wards());
    }
}
