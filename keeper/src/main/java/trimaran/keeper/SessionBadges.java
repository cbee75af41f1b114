package trimaran.keeper;

import java.util.Optional;
import trimaran.kernel.Digest;

/** Whose badge opened a session, also of one the registry has forgotten: a tier writes it beside the ledger lines that name the session. */
public final class SessionBadges {

    private final Keeper keeper;

    public SessionBadges(Keeper keeper) {
        this.keeper = keeper;
    }

    /** Empty if the registry forgot it before this tier had any line of it. */
    public Optional<Digest> of(Digest session) {
        return keeper.ledgers().index().badge(session);
    }
}
