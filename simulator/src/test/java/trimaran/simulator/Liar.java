package trimaran.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import trimaran.keeper.Cosigner;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.SecretBytes;
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
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.AuthorPart;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.record.Verdict;

/** One tier under an attacker: now and then it says what it did not do, keeps back what it has, or hands out what is false. */
final class Liar extends Plants {

    private static final int LIES_PERCENT = 40;

    private static final int DENIES_PERCENT = 20;

    private final Party fallen;
    private final SplittableRandom random;

    /** Whether it keeps every cut to itself: it acts by none, passes none on, and as data gives none a place. */
    private final boolean hidesCuts;

    private final FedAlone feeding = new FedAlone();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    private final Optional<Replayer> replays;

    /** What else is wrong, in everybody. */
    private final Plants beside;

    private final Optional<WrongIncrements> increments;
    private final FalseHeaders headers;

    Liar(
            Party fallen,
            SplittableRandom random,
            Optional<Replayer> replays,
            Optional<WrongIncrements> increments,
            FalseHeaders headers,
            Plants beside) {
        this.increments = increments;
        this.headers = headers;
        this.fallen = fallen;
        this.replays = replays;
        this.beside = beside;
        this.random = random;
        this.hidesCuts = random.nextInt(3) > 0;
    }

    Map<String, Integer> events() {
        Map<String, Integer> events = none();
        events.putAll(counts);
        events.put("fed alone", feeding.count());
        return events;
    }

    /** What a run without it counts. */
    static Map<String, Integer> none() {
        Map<String, Integer> none = new LinkedHashMap<>();
        List.of("fed alone", "parts left out", "shares spoilt", "held by word only", "cosigned by word only")
                .forEach(event -> none.put(event, 0));
        return none;
    }

    private void count(String event) {
        counts.merge(event, 1, Integer::sum);
    }

    @Override
    Optional<FedAlone> feeding() {
        return fallen == Party.DATA ? Optional.of(feeding) : Optional.empty();
    }

    @Override
    boolean takesAnyShare() {
        return beside.takesAnyShare();
    }

    @Override
    boolean believesOneTier() {
        return beside.believesOneTier();
    }

    @Override
    CallHandler handler(Tier tier, Keeper keeper) {
        // Whoever takes its place is another.
        boolean lies = tier.party() == fallen && tier.seat().epoch() == 1;
        CallHandler real = lies ? new Lying(tier, keeper) : feeding.at(tier.party(), beside.handler(tier, keeper));
        CallHandler behind = lies ? real : headers.behind(real);
        CallHandler handler = increments
                .map(wrong -> lies ? wrong.of(keeper, real) : wrong.behind(tier.party(), behind))
                .orElse(behind);
        return replays.isPresent() ? replays.get().at(handler) : handler;
    }

    @Override
    void founded(Hospital hospital) {
        replays.ifPresent(replayer -> replayer.founded(hospital));
        increments.ifPresent(wrong -> wrong.founded(hospital));
        headers.founded(hospital);
        beside.founded(hospital);
    }

    @Override
    void started(Tier tier, Keeper keeper, VirtualLoop loop) {
        beside.started(tier, keeper, loop);
    }

    @Override
    CallHandler handler(WitnessBox witness, CallHandler real) {
        return feeding.at(Party.WITNESS, beside.handler(witness, real));
    }

    private final class Lying extends Around {

        private final Tier tier;
        private final Keeper keeper;

        Lying(Tier tier, Keeper keeper) {
            super(keeper);
            this.tier = tier;
            this.keeper = keeper;
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            try {
                Request request = RequestCodec.decode(payload);
                if (hidesCuts && request instanceof Request.Announce) {
                    answer.done(ResponseCodec.encode(new Response.Done()));
                    return;
                }
                if (request instanceof Request.HoldCopy && random.nextInt(100) < DENIES_PERCENT) {
                    // Whatever it told its author.
                    answer.refuse(Code.CUT, "its author is cut");
                    return;
                }
                Optional<Response> lie = random.nextInt(100) < LIES_PERCENT ? lie(request) : Optional.empty();
                if (lie.isPresent()) {
                    answer.done(ResponseCodec.encode(lie.get()));
                    return;
                }
            } catch (MalformedException malformed) {
                // The real keeper says so.
            }
            keeper.request(calls, payload, new Bent(answer, this::bend));
        }

        /** An answer without the deed. */
        private Optional<Response> lie(Request request) throws MalformedException {
            return switch (request) {
                case Request.Hold hold -> held(hold);
                case Request.HoldCopy copied -> Optional.of(new Response.Done());
                case Request.Publish published -> Optional.of(new Response.Done());
                case Request.Replicate replicate when !replicate.note().isEmpty() -> cosigned(replicate.note());
                case Request.Highest highest -> Optional.of(new Response.Note(Bytes.EMPTY));
                case Request.Append append -> placed();
                case Request.CopyLedger lines -> Optional.of(new Response.Done());
                default -> Optional.empty();
            };
        }

        private Optional<Response> held(Request.Hold hold) throws MalformedException {
            Header header = Reader.whole(hold.entry().header().inline().orElse(Bytes.EMPTY), Header::read);
            Digest entry = AuthorPart.digest(header.authorBytes());
            if (!tier.keeps(entry)) {
                count("held by word only");
            }
            RecordTime now = keeper.setting().now();
            byte[] message = Held.signedBytes(keeper.copy().registry().origin(), fallen, 1, entry, now);
            return Optional.of(new Response.HeldAnswer(new Held(
                    fallen, 1, entry, now, keeper.setting().keys().statements().sign(message))));
        }

        private Optional<Response> cosigned(Bytes note) throws MalformedException {
            Checkpoint checkpoint = Checkpoint.parse(Note.parse(note).text());
            if (checkpoint.size() > keeper.copy().size()) {
                count("cosigned by word only");
            }
            return Optional.of(new Response.Cosigned(Cosigner.lines(List.of(keeper.setting()
                    .keys()
                    .cosigner()
                    .sign(checkpoint, keeper.cosigner().nowSeconds())))));
        }

        private Optional<Response> placed() {
            Place place = new Place(keeper.copy().size(), keeper.setting().now(), Verdict.VALID, List.of(), List.of());
            return Optional.of(new Response.Placed(place.encode()));
        }

        /** A true answer, bent. */
        private Response bend(Response response) {
            if (replays.isPresent() && response instanceof Response.Approved approved) {
                return replays.get().approved(approved);
            }
            if (random.nextInt(100) >= LIES_PERCENT) {
                return response;
            }
            return switch (response) {
                case Response.Parts parts ->
                    new Response.Parts(
                            parts.cells().stream().map(this::shortened).toList());
                case Response.Opened opened ->
                    new Response.Opened(
                            opened.cells().stream().map(this::spoilt).toList());
                case Response.Welcome welcome ->
                    new Response.Welcome(
                            welcome.party(),
                            welcome.epoch(),
                            welcome.size() / 2,
                            welcome.version(),
                            welcome.search(),
                            welcome.lookup());
                default -> response;
            };
        }

        private Response.CellParts shortened(Response.CellParts cell) {
            List<Response.SealedPart> parts = cell.parts();
            if (parts.isEmpty()) {
                return cell;
            }
            count("parts left out");
            return new Response.CellParts(parts.subList(0, parts.size() - 1), cell.head(), false);
        }

        /** Wrong shares, or wrong ones said to be of another refresh, beside the true ones. */
        private OpenedCell spoilt(OpenedCell cell) {
            if (!cell.shares().isEmpty()) {
                count("shares spoilt");
            }
            List<OpenedCell.NumberedShare> shares = new ArrayList<>();
            long generation = random.nextInt(3);
            for (OpenedCell.NumberedShare share : cell.shares()) {
                byte[] wrong = share.value().expose().clone();
                wrong[0] ^= 1;
                if (shares.stream()
                        .noneMatch(one -> one.number() == share.number() && one.generation() == generation)) {
                    shares.add(new OpenedCell.NumberedShare(share.number(), generation, SecretBytes.taking(wrong)));
                }
                if (share.generation() != generation) {
                    shares.add(share);
                }
            }
            return new OpenedCell(cell.opening(), cell.openedAt(), cell.head(), shares);
        }

        @Override
        public String toString() {
            return "lying " + tier.party().word();
        }
    }

    /** An answer that is changed on its way out. */
    record Bent(Answer answer, UnaryOperator<Response> change) implements Answer {

        @Override
        public void done(Bytes payload) {
            try {
                answer.done(ResponseCodec.encode(change.apply(ResponseCodec.decode(payload))));
            } catch (MalformedException malformed) {
                throw new IllegalStateException("a tier's own answer cannot be read", malformed);
            }
        }

        @Override
        public void refuse(Refusal refusal) {
            answer.refuse(refusal);
        }

        @Override
        public void give(Outcome<Bytes> outcome) {
            switch (outcome) {
                case Outcome.Done<Bytes>(Bytes payload) -> done(payload);
                case Outcome.Refused<Bytes>(Refusal refusal) -> refuse(refusal);
            }
        }
    }
}
