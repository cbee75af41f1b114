package trimaran.simulator;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trimaran.keeper.Peers;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.station.PatientFolder;
import trimaran.station.ResourceVersion;

/** The end of a run as a station sees it that was never started before: it opens all that real stations called recorded. */
final class Review {

    private static final long READY_MILLIS = 30_000;
    private static final long READ_MILLIS = 60_000;

    /**
     * For tiers that have just come back to tell each other what they hold: every second, but not before they have given up
     * what they asked while they could not hear each other.
     */
    private static final long EXCHANGE_MILLIS = Peers.CALL_MILLIS + 5_000;

    private final Hospital hospital;
    private final RealStation reader;
    private final Shift shift;
    private final Set<Integer> present = new HashSet<>();
    private final Map<ResourceId, String> missing = new LinkedHashMap<>();
    private int opened;
    private int folders;

    Review(Hospital hospital, RealStation reader, Shift shift) {
        this.hospital = hospital;
        this.reader = reader;
        this.shift = shift;
    }

    /** Resources that were read. */
    int opened() {
        return opened;
    }

    /**
     * @param beats whether a quorum's heartbeat must reach the new station. Once data lied and is gone, the survivors may be
     *     unable to gather one: the witness signed with data what only one of them has. All is shown then, too, as of old.
     */
    void run(boolean beats) {
        Map<ResourceId, Set<Integer>> due = hospital.promises().dueAtTheEnd();
        reader.start();
        if (!hospital.runUntil(() -> beats ? reader.isReady() : reader.isJoined(), READY_MILLIS)) {
            hospital.oracle().broken("acknowledgedCellOpens", "a new station is not served");
            return;
        }
        hospital.runMillis(EXCHANGE_MILLIS);
        due.keySet().forEach(id -> missing.put(id, "not answered"));
        folders = shift.patients().size();
        shift.session(reader, false, session -> {
            due.forEach((id, marks) ->
                    reader.ask(desk -> desk.versions(session, id), outcome -> answered(id, marks, outcome)));
            shift.patients()
                    .forEach(patient -> reader.ask(
                            desk -> desk.patient(session, patient.cell(), Request.Purpose.CARE), this::folder));
        });
        hospital.runUntil(() -> missing.isEmpty() && folders == 0, READ_MILLIS);
        missing.forEach((id, why) -> {
            if (!due.getOrDefault(id, Set.of()).isEmpty()) {
                hospital.oracle().broken("recordedIsFoundAgain", id + ": " + why);
            }
        });
        hospital.promises().end(present);
    }

    /** Of whose resources nobody was told may be there, too. */
    private void folder(Outcome<PatientFolder> outcome) {
        folders--;
        if (outcome instanceof Outcome.Done<PatientFolder>(PatientFolder folder)) {
            folder.resources().forEach(one -> {
                List<ResourceVersion> versions = folder.history(one.id());
                hospital.promises().shown(reader.name(), one.id(), versions, Set.of());
                versions.forEach(version -> hospital.promises().mark(version).ifPresent(present::add));
            });
        }
    }

    private void answered(ResourceId id, Set<Integer> due, Outcome<List<ResourceVersion>> outcome) {
        switch (outcome) {
            case Outcome.Refused<List<ResourceVersion>>(var refusal) -> missing.put(id, refusal.toString());
            case Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> versions) -> {
                missing.remove(id);
                opened++;
                hospital.promises().shown(reader.name(), id, versions, due);
                versions.forEach(version -> hospital.promises().mark(version).ifPresent(present::add));
            }
        }
    }
}
