package trimaran.simulator;

import java.util.List;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;

/** Planted bugs in what parties make of what officers sign: cuts, memberships and later keys. */
final class PlantedOrders {

    private PlantedOrders() {}

    /** Access says that it did what it is asked for, a cut or a membership, and forgets it. */
    static final class Forgotten extends Plants {
        private final Class<? extends Request> what;

        Forgotten(Class<? extends Request> what) {
            this.what = what;
        }

        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return tier.party() != Party.ACCESS
                    ? keeper
                    : new PlantedAnswers.Before(keeper) {
                        @Override
                        boolean takes(Request request, Answer answer) {
                            if (what.isInstance(request)) {
                                answer.done(ResponseCodec.encode(new Response.Done()));
                                return true;
                            }
                            return false;
                        }
                    };
        }
    }

    /** No tier takes a cut from another: each knows what officers told it themselves, and what has a place. */
    static final class UnheardCut extends Plants {
        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return new PlantedAnswers.Before(keeper) {
                @Override
                boolean takes(Request request, Answer answer) {
                    return false;
                }

                @Override
                public void request(Calls calls, Bytes payload, Answer answer) {
                    if (!calls.peer().equals(Founded.CONSOLE) && isAnnounce(payload)) {
                        answer.done(ResponseCodec.encode(new Response.Done()));
                    } else {
                        super.request(calls, payload, answer);
                    }
                }
            };
        }
    }

    private static boolean isAnnounce(Bytes payload) {
        try {
            return RequestCodec.decode(payload) instanceof Request.Announce;
        } catch (MalformedException malformed) {
            return false;
        }
    }

    /** Every tier says of every cell that it need not be rolled. */
    static final class UnheededRoll extends Plants {
        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return new PlantedAnswers.Before(keeper) {
                @Override
                boolean takes(Request request, Answer answer) {
                    return false;
                }

                @Override
                Answer around(Answer answer, Request request) {
                    if (!(request instanceof Request.AsSession as)) {
                        return answer;
                    }
                    boolean finds = asksWhatToRoll(as);
                    return new Liar.Bent(answer, response -> unheeded(response, finds));
                }
            };
        }

        private static boolean asksWhatToRoll(Request.AsSession as) {
            try {
                return RequestCodec.decode(as.request()) instanceof Request.FindToRoll;
            } catch (MalformedException malformed) {
                return false;
            }
        }

        private static Response unheeded(Response response, boolean finds) {
            return switch (response) {
                case Response.Cells cells when finds -> new Response.Cells(List.of(), false);
                case Response.Opened(List<OpenedCell> cells) ->
                    new Response.Opened(cells.stream()
                            .map(one -> new OpenedCell(one.opening(), one.openedAt(), one.head(), one.shares()))
                            .toList());
                default -> response;
            };
        }
    }
}
