package trimaran.simulator;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.SealedEntry;

/**
 * What a fallen data sends, as it reaches the others: for a while one tier is given what it places and shown no checkpoint of it, so that
 * no quorum can be gathered for it, and the others are told nothing.
 */
final class FedAlone {

    private Optional<Party> fed = Optional.empty();
    private boolean forks;
    private int count;

    void begin(Party tier) {
        fed = Optional.of(tier);
        forks = false;
    }

    /** Times a tier was given entries of which nobody else was told. */
    int count() {
        return count;
    }

    void end() {
        fed = Optional.empty();
    }

    /** A party's handler, behind the line from data. */
    CallHandler at(Party party, CallHandler real) {
        return new Behind(party, real);
    }

    private final class Behind extends Around {

        private final Party party;

        Behind(Party party, CallHandler real) {
            super(real);
            this.party = party;
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            if (fed.isEmpty() || !calls.peer().equals(Founded.line(Party.DATA))) {
                real().request(calls, payload, answer);
                return;
            }
            Optional<Bytes> sent = sent(payload);
            if (sent.isPresent()) {
                real().request(calls, sent.get(), answer);
            } else {
                answer.refuse(Code.UNAVAILABLE, "data never asked");
            }
        }

        private Optional<Bytes> sent(Bytes payload) {
            try {
                return switch (RequestCodec.decode(payload)) {
                    case Request.Replicate(long first, List<SealedEntry> entries, Bytes note) ->
                        fed.equals(Optional.of(party)) ? Optional.of(alone(first, entries)) : Optional.empty();
                    case Request.Cosign cosign -> Optional.empty();
                    case Request.Publish publish -> Optional.empty();
                    case Request.AddCheckpoint add -> Optional.empty();
                    case Request.Announce announce -> Optional.empty();
                    default -> Optional.of(payload);
                };
            } catch (MalformedException malformed) {
                return Optional.of(payload);
            }
        }

        private Bytes alone(long first, List<SealedEntry> entries) {
            if (!forks && !entries.isEmpty()) {
                forks = true;
                count++;
            }
            return RequestCodec.encode(new Request.Replicate(first, entries, Bytes.EMPTY));
        }
    }
}
