package trimaran.station.hl7;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;

/**
 * Finds what a message speaks of. What an identifier led to once, or was written under, is remembered: a resource never moves, so
 * the way stays good, and each lookup saved is a call to every tier and a line in its ledger saved.
 */
final class Lookups {

    /** Identifiers remembered: those of a hospital's present patients, stays and places, many times over. */
    static final int REMEMBERED_MAX = 50_000;

    /** Between two readings of all places because of one that is not known. */
    static final long PLACES_STAND_MILLIS = 5_000;

    /** After this long all places are read again though each is found: a bed may be closed, renamed or in another ward. */
    static final long PLACES_REREAD_MILLIS = 60_000;

    private final Hl7Record record;
    private final Map<String, ResourceId> known = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ResourceId> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    private final LongSupplier nowMillis;
    private final ReentrantLock reading = new ReentrantLock();
    private HousePlaces places = HousePlaces.NONE;
    private long placesReadMillis;

    /** @param nowMillis for how long what is known of the house's places stands */
    Lookups(Hl7Record record, LongSupplier nowMillis) {
        this.record = record;
        this.nowMillis = nowMillis;
    }

    /**
     * The house's place a sender means. All places are read now and then, and sooner when one is not found: it may be new. Not at
     * once for each message that names an unknown place.
     */
    HousePlaces.Found place(Spot spot) throws StoppedException {
        HousePlaces.Found found = places().find(spot);
        String deepest = !spot.bed().isEmpty() ? found.bed() : !spot.room().isEmpty() ? found.room() : found.ward();
        return deepest.isEmpty() && isOlder(PLACES_STAND_MILLIS)
                ? reread(PLACES_STAND_MILLIS).find(spot)
                : found;
    }

    private HousePlaces places() throws StoppedException {
        HousePlaces read = read();
        if (read.equals(HousePlaces.NONE)) {
            return reread(PLACES_STAND_MILLIS);
        }
        if (!isOlder(PLACES_REREAD_MILLIS) || !reading.tryLock()) {
            return read;
        }
        try {
            return reread(PLACES_REREAD_MILLIS);
        } catch (StoppedException away) {
            // What stood a minute ago is good enough until they can be read.
            return read;
        } finally {
            reading.unlock();
        }
    }

    private synchronized HousePlaces read() {
        return places;
    }

    private synchronized boolean isOlder(long millis) {
        return places.equals(HousePlaces.NONE) || Math.abs(nowMillis.getAsLong() - placesReadMillis) >= millis;
    }

    /** One reader at a time; whoever waited for one takes what was read. */
    private HousePlaces reread(long olderMillis) throws StoppedException {
        reading.lock();
        try {
            if (!isOlder(olderMillis)) {
                return read();
            }
            Map<String, Map<String, Object>> locations = new LinkedHashMap<>();
            for (ResourceVersion one : StoppedException.value(record.places())) {
                locations.put("Location/" + one.id(), Json.read(one.json().toArray()));
            }
            HousePlaces now = new HousePlaces(locations);
            synchronized (this) {
                places = now;
                placesReadMillis = nowMillis.getAsLong();
            }
            return now;
        } finally {
            reading.unlock();
        }
    }

    /** The resource with this trait; of several the first. Empty if there is none. */
    Optional<ResourceId> find(String type, Trait trait) throws StoppedException {
        String key = key(type, trait);
        synchronized (known) {
            ResourceId remembered = known.get(key);
            if (remembered != null) {
                return Optional.of(remembered);
            }
        }
        Optional<ResourceId> found = all(type, trait).stream().findFirst();
        found.ifPresent(id -> {
            synchronized (known) {
                known.put(key, id);
            }
        });
        return found;
    }

    /** What was just written is found without being asked for: most messages are about somebody a message spoke of before. */
    void learn(List<Change> changes, List<WriteResult.Changed> written) {
        if (changes.size() != written.size()) {
            // It was there already, under the name of the message.
            return;
        }
        synchronized (known) {
            for (int i = 0; i < changes.size(); i++) {
                if (changes.get(i) instanceof Change.Create create) {
                    for (Trait trait : Trait.of(create.resource().facts())) {
                        known.putIfAbsent(
                                key(create.resource().type(), trait),
                                written.get(i).id());
                    }
                }
            }
        }
    }

    private static String key(String type, Trait trait) {
        return type + " " + trait.type() + " " + trait.value();
    }

    List<ResourceId> all(String type, Trait trait) throws StoppedException {
        return StoppedException.value(record.find(type, trait));
    }

    /** The latest version that is not taken back. */
    Optional<Stored> stored(ResourceId id) throws StoppedException {
        Outcome<List<ResourceVersion>> versions = record.versions(id);
        if (versions instanceof Outcome.Refused<List<ResourceVersion>>(Refusal refusal)
                && refusal.code() == Code.NOT_FOUND) {
            return Optional.empty();
        }
        List<ResourceVersion> all = StoppedException.value(versions);
        return all.isEmpty() || all.getLast().isDeleted()
                ? Optional.empty()
                : Optional.of(new Stored(
                        id,
                        all.getLast().version(),
                        Json.read(all.getLast().json().toArray())));
    }

    /** What the record holds of a resource. */
    record Stored(ResourceId id, long version, Map<String, Object> json) {
        String reference() {
            return Json.text(json, "resourceType") + "/" + id;
        }
    }
}
