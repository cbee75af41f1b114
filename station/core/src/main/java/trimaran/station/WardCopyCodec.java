package trimaran.station;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.seal.BadgeSeal;

/** The bytes of a ward copy before they are sealed; laid out in docs/formats.md. */
final class WardCopyCodec {

    private static final int VERSION = 1;

    /** Nothing here is longer than all of it may be: the seal bounds what is read. */
    private static final int ANY = BadgeSeal.CONTENT_BYTES_MAX;

    private record Folder(ResourceId patient, List<ResourceVersion> resources) {}

    private WardCopyCodec() {}

    static Bytes encode(WardCopy copy) {
        Writer writer = new Writer(1 << 20).u8(VERSION).text(copy.hospital());
        writer.i64(copy.dataAt().millis());
        board(writer, copy.board());
        writer.list(copy.places(), WardCopyCodec::place);
        List<ResourceId> patients = copy.folders().keySet().stream()
                .sorted(Comparator.naturalOrder())
                .toList();
        return writer.list(patients, (w, patient) -> {
                    patient.write(w);
                    w.list(copy.folders().getOrDefault(patient, List.of()), WardCopyCodec::version);
                })
                .toBytes();
    }

    static WardCopy decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, WardCopyCodec::read);
    }

    private static WardCopy read(Reader reader) throws MalformedException {
        if (reader.u8() != VERSION) {
            throw new MalformedException("not a ward copy of this version");
        }
        String hospital = reader.text(ANY);
        WallTime dataAt = new WallTime(reader.i64());
        WardBoard board = board(reader);
        List<WardPlace> places = reader.list(ANY, WardCopyCodec::place);
        Map<ResourceId, List<ResourceVersion>> folders = new LinkedHashMap<>();
        for (Folder folder : reader.list(WardCopy.PATIENTS_MAX, WardCopyCodec::folder)) {
            folders.put(folder.patient(), folder.resources());
        }
        return new WardCopy(hospital, dataAt, board, places, folders);
    }

    private static Folder folder(Reader reader) throws MalformedException {
        return new Folder(ResourceId.read(reader), reader.list(ANY, WardCopyCodec::version));
    }

    // ---- the board

    private static void board(Writer writer, WardBoard board) {
        place(writer, board.ward());
        writer.list(board.beds(), (w, bed) -> {
            bed(w, bed.place());
            w.list(bed.lying(), WardCopyCodec::stay).list(bed.reserved(), WardCopyCodec::stay);
        });
        writer.list(board.unplaced(), WardCopyCodec::stay).list(board.expected(), WardCopyCodec::stay);
        writer.u32(board.unreadable()).i64(board.ageMillis());
    }

    private static WardBoard board(Reader reader) throws MalformedException {
        return new WardBoard(
                place(reader),
                reader.list(
                        ANY,
                        r -> new WardBoard.Bed(
                                bed(r), r.list(ANY, WardCopyCodec::stay), r.list(ANY, WardCopyCodec::stay))),
                reader.list(ANY, WardCopyCodec::stay),
                reader.list(ANY, WardCopyCodec::stay),
                (int) Math.min(Integer.MAX_VALUE, reader.u32()),
                reader.count());
    }

    private static void place(Writer writer, WardPlace place) {
        place.id().write(writer);
        writer.list(place.codes(), Writer::text)
                .text(place.name())
                .text(place.shortName())
                .text(place.department())
                .text(place.phone())
                .list(place.beds(), WardCopyCodec::bed);
    }

    private static WardPlace place(Reader reader) throws MalformedException {
        return new WardPlace(
                ResourceId.read(reader),
                reader.list(ANY, r -> r.text(ANY)),
                reader.text(ANY),
                reader.text(ANY),
                reader.text(ANY),
                reader.text(ANY),
                reader.list(ANY, WardCopyCodec::bed));
    }

    private static void bed(Writer writer, BedPlace bed) {
        bed.id().write(writer);
        writer.text(bed.room())
                .text(bed.name())
                .text(bed.code())
                .u8(bed.state().ordinal())
                .text(bed.stateWords())
                .text(bed.note());
    }

    private static BedPlace bed(Reader reader) throws MalformedException {
        return new BedPlace(
                ResourceId.read(reader),
                reader.text(ANY),
                reader.text(ANY),
                reader.text(ANY),
                reader.choice(BedPlace.State.values()),
                reader.text(ANY),
                reader.text(ANY));
    }

    /** When somebody is to leave is not here: the sheets read it where it was written, in the stay itself. */
    private static void stay(Writer writer, WardStay stay) {
        stay.encounter().write(writer);
        stay.patient().write(writer);
        writer.flag(stay.bed().isPresent());
        stay.bed().ifPresent(bed -> bed.write(writer));
        writer.u8(stay.presence().ordinal()).text(stay.start());
    }

    private static WardStay stay(Reader reader) throws MalformedException {
        ResourceId encounter = ResourceId.read(reader);
        ResourceId patient = ResourceId.read(reader);
        Optional<ResourceId> bed = reader.flag() ? Optional.of(ResourceId.read(reader)) : Optional.empty();
        return new WardStay(encounter, patient, bed, reader.choice(WardStay.Presence.values()), reader.text(ANY));
    }

    // ---- resources

    private static void version(Writer writer, ResourceVersion version) {
        version.id().write(writer);
        writer.text(version.type()).i64(version.version());
        version.lastUpdated().write(writer);
        writer.bytes(version.json())
                .u8(version.standing().ordinal())
                .flag(version.continuity())
                .digest(version.entry());
    }

    private static ResourceVersion version(Reader reader) throws MalformedException {
        return new ResourceVersion(
                ResourceId.read(reader),
                reader.text(ANY),
                reader.count(),
                RecordTime.read(reader),
                reader.bytes(ANY),
                reader.choice(ResourceVersion.Standing.values()),
                reader.flag(),
                reader.digest());
    }
}
