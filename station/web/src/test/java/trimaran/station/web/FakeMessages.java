package trimaran.station.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.Transaction.Change;

/** Messages of one line, "sender;examination": each becomes a report of that examination. */
final class FakeMessages implements WaitingMessages {

    private static String[] parts(byte[] message) {
        return new String(message, StandardCharsets.UTF_8).split(";", 2);
    }

    @Override
    public Optional<Brought> read(byte[] message) {
        String[] parts = parts(message);
        return parts.length < 2
                ? Optional.empty()
                : Optional.of(new Brought(false, parts[0], "2026-11-24T07:00:00+01:00", List.of(parts[1]), 2));
    }

    @Override
    public Outcome<List<Change>> changes(byte[] message, ResourceId patient, Care care) {
        return Outcome.done(List.of(Writing.create(Json.of(
                "resourceType",
                "DiagnosticReport",
                "status",
                "final",
                "code",
                Json.words(parts(message)[1]),
                "subject",
                Json.reference("Patient/" + patient)))));
    }
}
