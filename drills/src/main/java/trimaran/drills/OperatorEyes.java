package trimaran.drills;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.tls.TlsIdentity;
import trimaran.record.Registry;
import trimaran.trial.TrialHospital;

/**
 * Every party as {@code status} sees it, asked over the operator's line. The lines stay open between two looks: a command would
 * start a Java machine for each, which on a small machine is what everybody else then waits for. To be used by one thread.
 */
final class OperatorEyes implements AutoCloseable {

    private final TrialHospital hospital;
    private final TlsIdentity console;
    private final Map<Party, PartyLine> lines = new EnumMap<>(Party.class);

    OperatorEyes(TrialHospital hospital) {
        this.hospital = hospital;
        this.console = PartyLine.console(hospital.home());
    }

    /** What a party says of itself; empty if it is not reached. */
    Optional<Response.Report> report(Party party) {
        PartyLine line = lines.get(party);
        if (line == null || line.isClosed()) {
            Registry registry = Membership.of(hospital.home());
            Outcome<PartyLine> fresh = PartyLine.open(console, registry, party, hospital.port(party.word()));
            if (line != null) {
                line.close();
                lines.remove(party);
            }
            if (!(fresh instanceof Outcome.Done<PartyLine>(PartyLine open))) {
                return Optional.empty();
            }
            lines.put(party, open);
            line = open;
        }
        return line.ask(new Request.Status()) instanceof Outcome.Done<Response>(Response.Report report)
                ? Optional.of(report)
                : Optional.empty();
    }

    @Override
    public void close() {
        lines.values().forEach(PartyLine::close);
    }
}
