package trimaran.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import trimaran.kernel.Bytes;
import trimaran.kernel.ResourceId;
import trimaran.record.CellKind;
import trimaran.seal.CellKey;

/** What stations write: new patients, observations, updates that conflict, entries over several cells, refused ones. */
final class Writing {

    private final Hospital hospital;
    private final SplittableRandom random;
    private int written;

    Writing(Hospital hospital, SplittableRandom random) {
        this.hospital = hospital;
        this.random = random;
    }

    void next() {
        Station station =
                hospital.stations().get(random.nextInt(hospital.stations().size()));
        if (!station.isUp() || hospital.isCut(station)) {
            return;
        }
        List<CellKey> open = station.keys().values().stream()
                .sorted((one, other) -> one.cell().compareTo(other.cell()))
                .toList();
        int drawn = random.nextInt(100);
        if (open.isEmpty() || drawn < 8) {
            patient(station);
        } else if (drawn < 45) {
            put(station, List.of(), List.of(piece(open, create(pick(open), "Observation"))));
        } else if (drawn < 70) {
            update(station, open);
        } else if (drawn < 82 && open.size() > 1) {
            several(station, open);
        } else if (drawn < 94) {
            put(station, List.of(), List.of(piece(open, create(pick(open), "Condition"))));
        } else {
            put(station, List.of(), List.of(piece(open, create(pick(open), "Procedure"))));
        }
    }

    /** An identity cell and a dossier, in one entry. */
    private void patient(Station station) {
        Author.Fresh identity = station.author().open(station.pen(), CellKind.IDENTITY);
        List<Author.Fresh> fresh = List.of(
                identity,
                station.author()
                        .open(
                                station.pen(),
                                CellKind.DOSSIER,
                                identity.opening().cell()));
        List<Author.Piece> pieces = new ArrayList<>();
        for (Author.Fresh one : fresh) {
            hospital.oracle().opened(one);
            CellKey key = one.key();
            station.keys().put(key.cell(), key);
            pieces.add(new Author.Piece(key, List.of(create(key, "Observation"))));
        }
        put(station, fresh, pieces);
    }

    /** Somebody else may have changed it meanwhile. */
    private void update(Station station, List<CellKey> open) {
        List<ResourceId> known = station.versions().keySet().stream()
                .filter(id -> open.stream().anyMatch(key -> key.cell().equals(id.cell())))
                .sorted()
                .toList();
        if (known.isEmpty()) {
            return;
        }
        ResourceId id = known.get(random.nextInt(known.size()));
        long version = station.versions().getOrDefault(id, 0L);
        boolean removes = random.nextInt(10) == 0;
        Author.Item item = new Author.Item(id, "Observation", version, removes, removes ? Bytes.EMPTY : json(id));
        put(station, List.of(), List.of(piece(open, item)));
    }

    private void several(Station station, List<CellKey> open) {
        CellKey one = pick(open);
        CellKey other = pick(open);
        List<Author.Piece> pieces = new ArrayList<>(List.of(piece(open, create(one, "Observation"))));
        if (!other.cell().equals(one.cell())) {
            pieces.add(piece(open, create(other, "Observation")));
        }
        put(station, List.of(), pieces);
    }

    private void put(Station station, List<Author.Fresh> fresh, List<Author.Piece> pieces) {
        boolean mayContinue = random.nextInt(3) > 0;
        station.put(new Entry(
                station.author().write(station.pen(), mayContinue, fresh, pieces),
                Optional.empty(),
                hospital.loops().nowNanos()));
    }

    private static Author.Piece piece(List<CellKey> open, Author.Item item) {
        CellKey key = open.stream()
                .filter(one -> one.cell().equals(item.id().cell()))
                .findFirst()
                .or(() -> Optional.empty())
                .orElseThrow();
        return new Author.Piece(key, List.of(item));
    }

    private Author.Item create(CellKey key, String type) {
        ResourceId id = new ResourceId(key.cell(), random.nextLong(1L << 40));
        return new Author.Item(id, type, 0, false, json(id));
    }

    private Bytes json(ResourceId id) {
        return Bytes.ofText("{\"id\":\"" + id + "\",\"value\":" + written++ + "}");
    }

    private CellKey pick(List<CellKey> open) {
        return open.get(random.nextInt(open.size()));
    }
}
