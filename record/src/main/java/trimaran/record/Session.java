package trimaran.record;

import java.util.List;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;

/** A session as the registry knows it: its key, and what its badge was granted when it opened. */
public record Session(
        Digest id,
        PublicKey key,
        Digest badge,
        Digest station,
        Statement.BadgeKind kind,
        List<String> roles,
        List<String> scopes,
        List<CellId> wards,
        RecordTime opened,
        RecordTime expiry) {

    public Session {
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
        wards = List.copyOf(wards);
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }
}
