package trimaran.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.simulated.VirtualLoop;
import trimaran.shares.ShareKeys;

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

    /** Every tier destroys the shares of before as soon as all three have made those after, whether or not they are the same. */
    static class Unproven extends Plants {

        private static final long LOOK_MILLIS = 50;

        private Optional<Hospital> hospital = Optional.empty();

        @Override
        Fault beside() {
            return Fault.LIES;
        }

        @Override
        void founded(Hospital founded) {
            hospital = Optional.of(founded);
        }

        @Override
        void started(Tier tier, Keeper keeper, VirtualLoop loop) {
            loop.after(LOOK_MILLIS, () -> {
                if (tier.isUp() && tier.keeper() == keeper) {
                    look(keeper);
                    started(tier, keeper, loop);
                }
            });
        }

        private void look(Keeper keeper) {
            ShareKeys keys = keeper.setting().keys().shares();
            long named = keeper.copy().registry().generation();
            if (named > keys.lowest()
                    && hospital.filter(one -> isEnough(one, keeper, named)).isPresent()) {
                keys.advance(named);
            }
        }

        boolean isEnough(Hospital hospital, Keeper unused, long generation) {
            return Party.TIERS.stream()
                    .allMatch(tier -> hospital.isUp(tier)
                            && isMade(hospital, hospital.tier(tier).keeper(), generation));
        }

        static boolean isMade(Hospital hospital, Keeper keeper, long generation) {
            return hospital.oracle().cells().keySet().stream()
                    .findFirst()
                    .flatMap(cell -> keeper.pair(generation, cell))
                    .isPresent();
        }
    }

    /** Whoever has made the shares after does not wait for an honest tier that is off, and destroys those of before. */
    static final class Unwaiting extends Unproven {

        @Override
        boolean isEnough(Hospital hospital, Keeper keeper, long generation) {
            return isMade(hospital, keeper, generation)
                    && Party.TIERS.stream()
                            .anyMatch(tier ->
                                    !hospital.isUp(tier) && !hospital.oracle().lies(tier));
        }
    }

    private static final class Forgetful extends Around {

        Forgetful(CallHandler real) {
            super(real);
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            real().request(calls, payload, isHighest(payload) ? new Liar.Bent(answer, Forgetful::forgotten) : answer);
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
                            welcome.party(), welcome.epoch(), 0, welcome.version(), welcome.search(), welcome.lookup());
                default -> response;
            };
        }
    }
}
