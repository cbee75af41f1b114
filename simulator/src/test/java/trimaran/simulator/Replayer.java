package trimaran.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Approval;
import trimaran.record.Header;
import trimaran.record.Sanction;

/**
 * A fallen tier sends what was asked before once more to the others, as itself: what it got, and what whoever recorded lines saw others
 * get, as if nothing were encrypted. What was approved of one entry it says of another; and a fallen application gives an approval of
 * before for a draft of now.
 */
final class Replayer {

    /** A burst in one of so many operations. */
    private static final int BURST_EACH = 5;

    private static final int BURST_MAX = 4;

    /** Of each kind of request; a later one takes an earlier one's place. */
    private static final int RECORDED_MAX = 24;

    private static final int APPROVALS_MAX = 64;

    private static final int APPROVED_AGAIN_PERCENT = 20;

    private final Party fallen;
    private final SplittableRandom random;
    private final Map<String, List<Request>> recorded = new TreeMap<>();
    private final List<Approval> approvals = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private Optional<Hospital> hospital = Optional.empty();

    Replayer(Party fallen, SplittableRandom random) {
        this.fallen = fallen;
        this.random = random;
        none().forEach(counts::put);
    }

    void founded(Hospital founded) {
        hospital = Optional.of(founded);
    }

    Map<String, Integer> events() {
        return counts;
    }

    /** What a run without it counts. */
    static Map<String, Integer> none() {
        Map<String, Integer> none = new LinkedHashMap<>();
        List.of("requests replayed", "session requests replayed", "approvals crossed", "approvals given again")
                .forEach(event -> none.put(event, 0));
        return none;
    }

    private void count(String event) {
        counts.merge(event, 1, Integer::sum);
    }

    // ---- what is recorded

    /** A tier's handler, with its line recorded. */
    CallHandler at(CallHandler real) {
        return new Around(real) {
            @Override
            public void request(Calls calls, Bytes payload, Answer answer) {
                try {
                    record(RequestCodec.decode(payload));
                } catch (MalformedException malformed) {
                    // Nothing to send again.
                }
                real.request(calls, payload, answer);
            }
        };
    }

    private void record(Request request) {
        boolean worthless = switch (request) {
            case Request.Hello _,
                    Request.Highest _,
                    Request.Status _,
                    Request.Follow _,
                    Request.Fetch _,
                    Request.FetchBlob _,
                    Request.FetchEntries _,
                    Request.ProveInclusion _,
                    Request.ProveConsistency _ -> true;
            default -> false;
        };
        if (worthless) {
            return;
        }
        List<Request> same = recorded.computeIfAbsent(request.getClass().getSimpleName(), none -> new ArrayList<>());
        if (same.size() < RECORDED_MAX) {
            same.add(request);
        } else {
            same.set(random.nextInt(RECORDED_MAX), request);
        }
    }

    /** A fallen application's approval: now and then one of before, of this entry or of another. */
    Response.Approved approved(Response.Approved now) {
        approvals.add(now.approval());
        if (random.nextInt(100) >= APPROVED_AGAIN_PERCENT) {
            return now;
        }
        if (approvals.size() > APPROVALS_MAX) {
            approvals.removeFirst();
        }
        count("approvals given again");
        return new Response.Approved(approvals.get(random.nextInt(approvals.size())));
    }

    // ---- what is sent again

    /** Before each operation. */
    void next() {
        boolean bursts = random.nextInt(BURST_EACH) == 0;
        if (!bursts || recorded.isEmpty() || hospital.isEmpty()) {
            return;
        }
        Tier tier = hospital.get().tier(fallen);
        if (!tier.isUp() || tier.seat().given().isPresent()) {
            return;
        }
        int times = 1 + random.nextInt(BURST_MAX);
        for (int i = 0; i < times; i++) {
            List<String> kinds = List.copyOf(recorded.keySet());
            Request request = pick(recorded.getOrDefault(pick(kinds), List.of()));
            send(tier.keeper(), pick(others()), random.nextInt(3) == 0 ? crossed(request) : request);
        }
    }

    private List<Party> others() {
        return List.of(Party.values()).stream().filter(party -> party != fallen).toList();
    }

    private void send(Keeper keeper, Party to, Request request) {
        count("requests replayed");
        boolean session = request instanceof Request.AsSession;
        if (session) {
            count("session requests replayed");
        }
        long lines = lines(to);
        keeper.peers().ask(to, request, outcome -> {
            if (session && outcome.isDone()) {
                broken("aSessionSpeaksOverItsOwnLine", to.word() + " answered a replay");
            }
            if (outcome instanceof Outcome.Done<Response>(Response.Opened opened)
                    && !opened.cells().isEmpty()
                    && lines(to) == lines) {
                broken(
                        "nothingIsOpenedWithoutALine",
                        to.word() + " opened " + opened.cells().size());
            }
        });
    }

    private long lines(Party party) {
        if (!party.isTier() || !hospital.orElseThrow().isUp(party)) {
            return -1;
        }
        return hospital.get().tier(party).keeper().report().counters().stream()
                .filter(counter -> counter.name().equals("ledger.lines"))
                .mapToLong(Response.Counter::value)
                .sum();
    }

    private void broken(String invariant, String what) {
        hospital.orElseThrow().oracle().broken(invariant, what);
    }

    /** An entry somebody brought, with the approval of another. */
    private Request crossed(Request request) {
        return switch (request) {
            case Request.Append(SealedEntry entry) -> new Request.Append(crossed(entry));
            case Request.Hold(SealedEntry entry) -> new Request.Hold(crossed(entry));
            default -> request;
        };
    }

    private SealedEntry crossed(SealedEntry entry) {
        List<Sanction> approved = new ArrayList<>();
        for (String kind : List.of("Append", "Hold")) {
            for (Request request : recorded.getOrDefault(kind, List.of())) {
                SealedEntry other =
                        request instanceof Request.Append append ? append.entry() : ((Request.Hold) request).entry();
                header(other)
                        .map(Header::sanction)
                        .filter(Sanction.Approved.class::isInstance)
                        .ifPresent(approved::add);
            }
        }
        Optional<Header> header = header(entry);
        if (approved.isEmpty() || header.isEmpty()) {
            return entry;
        }
        count("approvals crossed");
        return new SealedEntry(
                SealedEntry.Item.inline(header.get().with(pick(approved)).encode()),
                entry.annex(),
                entry.escrow(),
                entry.blobs(),
                entry.place());
    }

    private static Optional<Header> header(SealedEntry entry) {
        try {
            Optional<Bytes> bytes = entry.header().inline();
            return bytes.isEmpty() ? Optional.empty() : Optional.of(Reader.whole(bytes.get(), Header::read));
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
