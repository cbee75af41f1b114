package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Disk;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Push;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** Limits of the station's own memory and files, each just over it. */
class BoundsTest extends StationBench {

    @Test
    void oneByteTooManyInTheOutboxMakesItFull() {
        Outbox outbox = new Outbox(setting(new Forgetful()));
        Bytes blob = Bytes.wrap(new byte[1 << 20]);
        long one = entry(0, blob, Bytes.EMPTY).sizeBytes();
        for (int i = 0; i < (StationLimits.OUTBOX_BYTES_MAX - 1) / one; i++) {
            add(outbox, entry(i, blob, Bytes.EMPTY));
        }
        assertThat(outbox.isFull()).isFalse();
        add(outbox, entry(1_000_000, blob, Bytes.EMPTY));
        assertThat(outbox.isFull()).isTrue();
    }

    @Test
    void anEntryWhoseAnnexIsTooLongIsNotRead() throws MalformedException {
        Bytes longest = Bytes.wrap(new byte[StoredEntry.OTHER_BYTES_MAX]);
        assertThat(StoredEntry.decode(entry(1, Bytes.EMPTY, longest).encode()).annex())
                .isEqualTo(longest);
        Bytes longer = Bytes.wrap(new byte[StoredEntry.OTHER_BYTES_MAX + 1]);
        assertThatThrownBy(
                        () -> StoredEntry.decode(entry(1, Bytes.EMPTY, longer).encode()))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void onePartTooManyBeginsANewHouseCell() {
        OwnSession session = ready();
        String organization = "{\"resourceType\":\"Organization\",\"name\":\"Clinique\"}";
        for (int i = 0; i < StationLimits.HOUSE_PARTS_MAX; i++) {
            create(session, organization);
        }
        long before = houseCells();
        create(session, organization);
        assertThat(houseCells()).isEqualTo(before + 1);
    }

    @Test
    void aPlaceThatLiesTooDeepIsInNoWard() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId here = create(session, location("wa", Optional.empty()));
        for (int i = 1; i < Wards.DEPTH_MAX; i++) {
            here = create(session, location("ro", Optional.of(here)));
        }
        create(session, encounter(patient, here));
        assertThat(lastParts()).as("in the stay and in the ward").isEqualTo(2);
        ResourceId deeper = create(session, location("bd", Optional.of(here)));
        create(session, encounter(patient, deeper));
        assertThat(lastParts()).as("in the stay alone").isEqualTo(1);
    }

    @Test
    void aTierThatTellsOfTooMuchNoCheckpointCoversIsNotBelieved() throws MalformedException {
        NoteChecks notes = new NoteChecks(setting(new Forgetful()), station.registry());
        Feed feed = new Feed(Party.DATA, notes, new Response.Following(0, List.of(), Bytes.EMPTY));
        Push.MovedEntry entry = new Push.MovedEntry(Digest.ZERO, Digest.ZERO, Digest.ZERO, Bytes.EMPTY, List.of());
        assertThat(feed.moved(new Push.Moved(0, Collections.nCopies(StationLimits.UNCOVERED_MAX, entry))))
                .isEmpty();
        assertThat(feed.moved(new Push.Moved(StationLimits.UNCOVERED_MAX, List.of(entry))))
                .contains(Code.BAD_PROOF);
    }

    @Test
    void oneCutTooManyDoesNotCountOnSight() {
        List<Statement> heard = new ArrayList<>();
        RegistryFold registry = new RegistryFold(setting(new Forgetful()), List::of, heard::add);
        for (int i = 0; i <= RegistryFold.ON_SIGHT_MAX; i++) {
            registry.announced(cut("client " + i));
        }
        assertThat(heard).hasSize(RegistryFold.ON_SIGHT_MAX);
    }

    private Bytes cut(String client) {
        Statement cut =
                new Statement.Cut(Statement.Target.CLIENT, Digest.sha256(Bytes.ofText(client)), 0, hospital.now());
        return SignedStatement.signed(hospital.origin, cut, List.of(hospital.standIns.signer("officer 1")))
                .encode();
    }

    private long houseCells() {
        return hospital.record.openings.values().stream()
                .filter(cell -> cell.kind() == CellKind.HOUSE)
                .count();
    }

    private int lastParts() {
        return hospital.record.entries.getLast().header().author().parts().size();
    }

    private static String location(String type, Optional<ResourceId> within) {
        String part = within.map(place -> ",\"partOf\":{\"reference\":\"Location/" + place + "\"}")
                .orElse("");
        return "{\"resourceType\":\"Location\",\"physicalType\":{\"coding\":[{\"code\":\"" + type + "\"}]}" + part
                + "}";
    }

    private static String encounter(ResourceId patient, ResourceId place) {
        return """
            {"resourceType":"Encounter","status":"in-progress","class":{"code":"IMP"},
             "subject":{"reference":"Patient/%s"},"period":{"start":"2026-03-01T10:00:00Z"},
             "location":[{"location":{"reference":"Location/%s"},"status":"active"}]}""".formatted(patient, place);
    }

    /** An object so many levels below the outermost. */
    private StationSetting setting(Disk disk) {
        return hospital.setting("another", hospital.loops.loop("another", 0), disk);
    }

    private void add(Outbox outbox, StoredEntry entry) {
        outbox.add(entry.digest(), entry, () -> {});
        outbox.flush();
    }

    private static StoredEntry entry(int number, Bytes blob, Bytes annex) {
        return new StoredEntry(
                Bytes.ofText("author " + number),
                new Signature(
                        Suite.STAND_IN, Bytes.wrap(Digest.sha256(Bytes.EMPTY).toArray())),
                annex,
                Bytes.EMPTY,
                List.of(blob),
                Bytes.EMPTY);
    }

    /** A disk that takes everything and keeps nothing. */
    private static final class Forgetful implements Disk {

        @Override
        public Optional<Bytes> read(String name) {
            return Optional.empty();
        }

        @Override
        public void replace(String name, Bytes content) {
            // Nothing is kept.
        }

        @Override
        public void append(String name, Bytes content) {
            // Nothing is kept.
        }

        @Override
        public void writeDerived(String name, Bytes content) {
            // Nothing is kept.
        }

        @Override
        public List<String> list(String folder) {
            return List.of();
        }

        @Override
        public void remove(String name) {
            // Nothing is kept.
        }
    }
}
