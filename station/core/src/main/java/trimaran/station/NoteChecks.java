package trimaran.station;

import java.util.LinkedHashMap;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.record.Quorum;
import trimaran.record.Registry;

/** Checks checkpoint notes under the registry's quorum, each note once however many tiers repeat it. */
final class NoteChecks {

    private final StationSetting setting;
    private final Map<Digest, Quorum.Standing> checked = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Quorum.Standing> eldest) {
            return size() > StationLimits.NOTES_REMEMBERED;
        }
    };
    private Quorum quorum;
    private long epoch;
    private long verifications;

    NoteChecks(StationSetting setting, Registry registry) {
        this.setting = setting;
        this.quorum = quorum(setting, registry);
        this.epoch = registry.epoch();
    }

    /** A new epoch has other keys: what was checked under the old ones is forgotten. */
    void follow(Registry registry) {
        if (registry.epoch() != epoch) {
            quorum = quorum(setting, registry);
            epoch = registry.epoch();
            checked.clear();
        }
    }

    /** @throws MalformedException if it is no checkpoint of this log or a signature on it is false */
    Quorum.Standing check(Bytes note) throws MalformedException {
        Digest digest = Digest.sha256(note);
        Quorum.Standing known = checked.get(digest);
        if (known == null) {
            verifications++;
            known = quorum.check(note);
            checked.put(digest, known);
        }
        return known;
    }

    long verifications() {
        return verifications;
    }

    private static Quorum quorum(StationSetting setting, Registry registry) {
        try {
            return Quorum.of(registry, setting.noteKeyType(), setting.noteVerifiers());
        } catch (MalformedException broken) {
            throw new IllegalStateException("the registry names keys that are none", broken);
        }
    }
}
