package trimaran.operations;

import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * Tells a party the changes of keys that did not reach it, since the console that brought them to the others was lost: who misses one takes
 * none after it.
 */
final class EpochsTold {

    private EpochsTold() {}

    /** All that is on this console's card and later than the party's epoch, in order; why it is not told, if so. */
    static Optional<Refusal> to(Party party, Home home, Console console) throws RefusedException {
        // Who does not say which epoch it is in is told nothing.
        long knows = PartyStatus.ask(console, party).counter("epoch").orElse(Long.MAX_VALUE);
        for (SignedStatement signed : Console.epochsSince(home)) {
            if (((Statement.EpochChange) signed.statement()).epoch() > knows
                    && console.ask(party, new Request.ChangeEpoch(signed.encode()), Rebuilder.CHANGE_MILLIS)
                            instanceof Outcome.Refused<Response>(Refusal refusal)) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
