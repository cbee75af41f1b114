package trimaran.station;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.record.AuthorPart;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.Verifier;

/** When an entry was held that has no place yet. */
final class HeldTime {

    private HeldTime() {}

    /** Empty if neither its author's session signed it nor two tiers that judged it say so. */
    static Optional<RecordTime> of(Header header, List<Held> statements, Registry registry, Verifier verifier) {
        Map<Party, RecordTime> by = new HashMap<>();
        for (Held held : statements) {
            boolean good = held.entry().equals(header.digest())
                    && held.tier().isTier()
                    && registry.partyAt(held.tier(), held.epoch())
                            .filter(keys -> verifier.verify(
                                    keys.statements(), held.signedBytes(registry.origin()), held.signature()))
                            .isPresent();
            if (good) {
                by.put(held.tier(), held.time());
            }
        }
        Optional<Session> session = registry.session(header.author().session());
        boolean signed = session.isPresent()
                && verifier.verify(session.get().key(), AuthorPart.signedBytes(header.digest()), header.signature());
        return signed || by.size() >= 2
                ? Optional.of(by.values().stream()
                        .max(RecordTime::compareTo)
                        .orElse(new RecordTime(header.author().authored().millis())))
                : Optional.empty();
    }
}
