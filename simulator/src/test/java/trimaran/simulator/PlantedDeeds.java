package trimaran.simulator;

import java.util.HashMap;
import java.util.Map;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;

/** Planted bugs that are a defence left out, each beside what it is a defence against. */
final class PlantedDeeds {

    private PlantedDeeds() {}

    /** Whoever starts with an older disk hears from nobody how far the record was. */
    static final class NothingAsked extends Plants {

        @Override
        Fault beside() {
            return Fault.IS_SET_BACK;
        }

        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return new Forgetful(keeper);
        }

        @Override
        CallHandler handler(WitnessBox witness, CallHandler real) {
            return new Forgetful(real);
        }
    }

    /** Whoever asks what was asked before gets the answer of then. */
    static final class AnsweredBefore extends Plants {

        @Override
        Fault beside() {
            return Fault.LIES;
        }

        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            Map<Bytes, Bytes> answered = new HashMap<>();
            return new PlantedAnswers.Before(keeper) {
                @Override
                boolean takes(Request request, Answer answer) {
                    Bytes before = answered.get(RequestCodec.encode(request));
                    if (before != null) {
                        answer.done(before);
                    }
                    return before != null;
                }

                @Override
                Answer around(Answer answer, Request request) {
                    return request instanceof Request.AsSession
                            ? new Liar.Bent(answer, response -> {
                                answered.put(RequestCodec.encode(request), ResponseCodec.encode(response));
                                return response;
                            })
                            : answer;
                }
            };
        }
    }

    private record Forgetful(CallHandler real) implements CallHandler {

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            real.request(calls, payload, isHighest(payload) ? new Liar.Bent(answer, Forgetful::forgotten) : answer);
        }

        private static boolean isHighest(Bytes payload) {
            try {
                Request request = RequestCodec.decode(payload);
                return request instanceof Request.Highest || request instanceof Request.Hello;
            } catch (MalformedException malformed) {
                return false;
            }
        }

        private static Response forgotten(Response response) {
            return switch (response) {
                case Response.Note note -> new Response.Note(Bytes.EMPTY);
                case Response.Welcome welcome ->
                    new Response.Welcome(
                            welcome.party(),
                            welcome.epoch(),
                            0,
                            welcome.version(),
                            welcome.search(),
                            welcome.lookup());
                default -> response;
            };
        }

        @Override
        public void opened(Calls calls) {
            real.opened(calls);
        }

        @Override
        public void notice(Calls calls, Bytes payload) {
            real.notice(calls, payload);
        }

        @Override
        public void closed(Calls calls, CloseReason reason) {
            real.closed(calls, reason);
        }
    }
}
