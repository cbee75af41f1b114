package trimaran.operations;

import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.SignedStatement;

/**
 * Tells the witness who was made an officer since the founding, and who is none any more: it reads no record, and agrees to a change
 * of keys by the officers it knows. What it knows already it takes again.
 */
final class WitnessTold {

    private WitnessTold() {}

    /** All that is on this console's card, in order; why it is not told, if so. */
    static Optional<Refusal> officers(Home home, Console console) throws RefusedException {
        for (SignedStatement statement : Console.officersSince(home)) {
            Outcome<Response> answer =
                    console.ask(Party.WITNESS, new Request.Announce(statement.encode()), Console.SHORT_MILLIS);
            if (answer instanceof Outcome.Refused<Response>(Refusal refusal)) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
