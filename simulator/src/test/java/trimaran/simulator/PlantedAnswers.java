package trimaran.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.CopyGroup;
import trimaran.keeper.Cosigner;
import trimaran.keeper.EntryContent;
import trimaran.keeper.HeldLoss;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Note;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.record.Header;
import trimaran.record.Judgement;
import trimaran.record.Place;
import trimaran.record.Verdict;

/** Bugs in what a party answers. */
final class PlantedAnswers {

    private PlantedAnswers() {}

    /** A handler that looks at each request first. */
    abstract static class Before extends Around {

        final Keeper keeper;

        Before(Keeper keeper) {
            super(keeper);
            this.keeper = keeper;
        }

        /** True if the request is answered. */
        abstract boolean takes(Request request, Answer answer) throws MalformedException;

        Answer around(Answer answer, Request unused) {
            return answer;
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            try {
                Request request = RequestCodec.decode(payload);
                if (!takes(request, answer)) {
                    keeper.request(calls, payload, around(answer, request));
                }
            } catch (MalformedException malformed) {
                keeper.request(calls, payload, answer);
            }
        }
    }

    private static Bytes cosigned(Keeper keeper, Bytes note) throws MalformedException {
        Checkpoint checkpoint = Checkpoint.parse(Note.parse(note).text());
        return ResponseCodec.encode(new Response.Cosigned(Cosigner.lines(List.of(keeper.setting()
                .keys()
                .cosigner()
                .sign(checkpoint, keeper.cosigner().nowSeconds())))));
    }

    /** Access says it has what data sends, and has nothing. */
    static final class SkippedCopy extends Plants {
        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return tier.party() != Party.ACCESS
                    ? keeper
                    : new Before(keeper) {
                        @Override
                        boolean takes(Request request, Answer answer) throws MalformedException {
                            if (request instanceof Request.Replicate replicate
                                    && !replicate.note().isEmpty()) {
                                answer.done(cosigned(keeper, replicate.note()));
                                return true;
                            }
                            return false;
                        }
                    };
        }
    }

    /** Application cosigns at once and stores afterwards, if at all. */
    static final class BlindCosigner extends Plants {
        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return tier.party() != Party.APPLICATION
                    ? keeper
                    : new Before(keeper) {
                        @Override
                        boolean takes(Request request, Answer answer) throws MalformedException {
                            boolean behind = request instanceof Request.Replicate replicate
                                    && replicate.firstIndex() > keeper.copy().size()
                                    && !replicate.note().isEmpty();
                            if (behind) {
                                answer.done(cosigned(keeper, ((Request.Replicate) request).note()));
                            }
                            return behind;
                        }
                    };
        }
    }

    /** Access gives a third share that it should never have had. */
    static final class ThirdShare extends Plants {
        private Optional<Hospital> hospital = Optional.empty();

        @Override
        void founded(Hospital founded) {
            hospital = Optional.of(founded);
        }

        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return tier.party() != Party.ACCESS
                    ? keeper
                    : new Before(keeper) {
                        @Override
                        boolean takes(Request request, Answer answer) {
                            return false;
                        }

                        @Override
                        Answer around(Answer answer, Request request) {
                            return new Liar.Bent(
                                    answer,
                                    response -> response instanceof Response.Opened(List<OpenedCell> cells)
                                            ? new Response.Opened(cells.stream()
                                                    .map(ThirdShare.this::whole)
                                                    .toList())
                                            : response);
                        }
                    };
        }

        private OpenedCell whole(OpenedCell cell) {
            Author.Fresh truth =
                    hospital.orElseThrow().oracle().cells().get(cell.opening().cell());
            if (truth == null || cell.shares().isEmpty()) {
                return cell;
            }
            List<OpenedCell.NumberedShare> shares = new ArrayList<>(cell.shares());
            shares.add(new OpenedCell.NumberedShare(1, 0, truth.shares().share(1)));
            return new OpenedCell(cell.opening(), cell.openedAt(), cell.head(), shares);
        }
    }

    /** Tiers let go of what they hold as soon as data says it has a place, before they have that place themselves. */
    static final class DroppedEarly extends Plants {
        private Optional<Hospital> hospital = Optional.empty();

        @Override
        void founded(Hospital founded) {
            hospital = Optional.of(founded);
        }

        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return tier.party() != Party.DATA
                    ? keeper
                    : new Before(keeper) {
                        @Override
                        boolean takes(Request request, Answer answer) {
                            return false;
                        }

                        @Override
                        Answer around(Answer answer, Request request) {
                            return request instanceof Request.Append append
                                    ? new Liar.Bent(answer, response -> dropped(append, response))
                                    : answer;
                        }
                    };
        }

        private Response dropped(Request.Append append, Response response) {
            if (response instanceof Response.Placed && hospital.isPresent()) {
                try {
                    Digest entry = Reader.whole(append.entry().header().inline().orElse(Bytes.EMPTY), Header::read)
                            .digest();
                    for (Party party : new Party[] {Party.ACCESS, Party.APPLICATION}) {
                        if (hospital.get().isUp(party)) {
                            HeldLoss.of(hospital.get().tier(party).keeper().union(), entry);
                        }
                    }
                } catch (MalformedException malformed) {
                    return response;
                }
            }
            return response;
        }
    }

    /** Data's clock is set back, and data places by it. */
    static final class TimeBack extends Plants {
        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return tier.party() != Party.DATA
                    ? keeper
                    : new Before(keeper) {
                        @Override
                        boolean takes(Request request, Answer answer) {
                            if (!(request instanceof Request.Append append)
                                    || !tier.sequencer().orElseThrow().isServing()
                                    || keeper.copy().size() < 40
                                    || !(keeper.complete(append.entry())
                                            instanceof Outcome.Done<EntryContent>(EntryContent content))) {
                                return false;
                            }
                            RecordTime time =
                                    new RecordTime(keeper.copy().lastTime().millis() - 5);
                            CopyGroup group = keeper.copy().begin();
                            Judgement judgement = group.judge(content, time, List.of());
                            if (judgement.verdict() != Verdict.VALID) {
                                return false;
                            }
                            Place place = group.place(judgement, time, List.of());
                            group.add(content, place);
                            keeper.copy().commit(group);
                            keeper.feed().remember(group);
                            answer.done(ResponseCodec.encode(new Response.Placed(place.encode())));
                            return true;
                        }
                    };
        }
    }
}
