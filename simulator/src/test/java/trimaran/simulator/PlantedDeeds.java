package trimaran.simulator;

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
