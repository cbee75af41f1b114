package trimaran.drills;

import java.util.List;

/** Defences of the record, and which drill each was meant for: signatures, quorum, copies, shares, ledgers, epochs. */
final class RecordHoles {

    private RecordHoles() {}

    static List<Unguarded> all() {
        return List.of(new Unguarded(
                "forge-entry",
                "parties check who signed an entry",
                List.of(new Hole("trimaran.record.JdkVerifier", "verify", Hole.Answer.TRUE)),
                List.of(),
                Breach.Kind.FORGED));
    }
}
