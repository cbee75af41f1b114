package trimaran.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.record.AuthorPart;

/**
 * Every opening a tier answered and every draft application was shown, as they passed over the lines, to be held in the end against what
 * the tiers have written down (DESIGN §6). Whoever opened a cell had pairs of two tiers, and a draft is shown to a fallen application
 * against another's receipt: so it is enough that a tier that did not fall has a line for each of its own answers. Of one that fell no
 * line is believed.
 */
final class HandedOut {

    private static final Digest APPLICATION = Digest.sha256(Bytes.ofText(Party.APPLICATION.word()));

    private final Hospital hospital;
    private final Map<Tier, List<Opening>> openings = new LinkedHashMap<>();
    private final Map<Receipt, Tier> filed = new HashMap<>();
    private final Set<Shown> shown = new LinkedHashSet<>();

    /** For whom and for what, as a line names it. */
    private record Asked(Digest session, Digest recipient, Digest request) {}

    private record Opening(Asked asked, List<CellId> cells) {}

    private record Shown(Digest entry, Digest draft, Receipt receipt) {}

    HandedOut(Hospital hospital) {
        this.hospital = hospital;
    }

    /** Openings that were answered. */
    int opened() {
        return openings.values().stream().mapToInt(List::size).sum();
    }

    /** Drafts application was shown. */
    int shown() {
        return shown.size();
    }

    /** A tier's handler, with what leaves it seen. */
    CallHandler at(Tier tier, CallHandler real) {
        return new Around(real) {
            @Override
            public void request(Calls calls, Bytes payload, Answer answer) {
                real.request(calls, payload, seen(tier, calls.peer().keyDigest(), payload, answer));
            }
        };
    }

    private Answer seen(Tier tier, Digest peer, Bytes payload, Answer answer) {
        try {
            return switch (RequestCodec.decode(payload)) {
                case Request.AsSession as -> {
                    Asked asked = new Asked(as.session(), peer, Digest.sha256(as.request()));
                    yield new Seen(answer, response -> answered(tier, asked, response));
                }
                case Request.OpenForDraft open -> {
                    Asked asked = new Asked(Digest.ZERO, APPLICATION, open.entry());
                    yield new Seen(answer, response -> answered(tier, asked, response));
                }
                case Request.Approve approve -> {
                    shown.add(new Shown(
                            AuthorPart.digest(approve.authorBytes()),
                            approve.draft().digest(),
                            approve.receipt()));
                    yield answer;
                }
                default -> answer;
            };
        } catch (MalformedException malformed) {
            return answer;
        }
    }

    private void answered(Tier tier, Asked asked, Response response) {
        switch (response) {
            case Response.Opened(List<OpenedCell> cells) ->
                openings.computeIfAbsent(tier, none -> new ArrayList<>())
                        .add(new Opening(
                                asked,
                                cells.stream().map(one -> one.opening().cell()).toList()));
            case Response.Filed(Receipt receipt) -> filed.put(receipt, tier);
            default -> {
                // Nothing was handed out.
            }
        }
    }

    /** In the end, whoever is up or down: what a tier handed out is on its disk, as a crash would leave that. */
    void end() {
        openings.forEach((tier, given) -> {
            if (hospital.oracle().isHonest(tier.seat())) {
                released(tier, given);
            }
        });
        Map<Tier, Map<Long, LedgerLine>> ledgers = new HashMap<>();
        shown.forEach(one -> {
            Tier tier = filed.get(one.receipt());
            if (tier == null) {
                broken("everyDraftShownIsOnASurvivingLedger", one.entry() + " was shown against a receipt nobody gave");
            } else if (hospital.oracle().isHonest(tier.seat())) {
                filed(tier, one, ledgers.computeIfAbsent(tier, HandedOut::lines));
            }
        });
    }

    /** Asked for the same twice in one session a tier gives twice, and has two lines. */
    private void released(Tier tier, List<Opening> given) {
        Map<Asked, Map<CellId, Integer>> written = new HashMap<>();
        lines(tier).values().stream()
                .filter(line -> line.act() == LedgerLine.Act.RELEASED || line.act() == LedgerLine.Act.BROKE_GLASS)
                .forEach(line -> {
                    Asked asked = new Asked(line.session(), line.recipient(), line.request());
                    Map<CellId, Integer> cells = written.computeIfAbsent(asked, none -> new HashMap<>());
                    line.cells().forEach(cell -> cells.merge(cell, 1, Integer::sum));
                });
        given.forEach(opening -> {
            Map<CellId, Integer> left = written.getOrDefault(opening.asked(), Map.of());
            opening.cells().forEach(cell -> {
                if (left.getOrDefault(cell, 0) == 0) {
                    broken(
                            "everyReleaseIsOnASurvivingLedger",
                            tier.party().word() + " opened cell " + cell + " and has no line of it");
                } else {
                    left.merge(cell, -1, Integer::sum);
                }
            });
        });
    }

    /** The receipt names the last of the lines. */
    private void filed(Tier tier, Shown one, Map<Long, LedgerLine> lines) {
        LedgerLine line = lines.get(one.receipt().line());
        boolean stands = line != null
                && (line.act() == LedgerLine.Act.SHOWN_TO_APPLICATION
                        || line.act() == LedgerLine.Act.NAMED_TO_APPLICATION)
                && line.recipient().equals(APPLICATION)
                && line.request().equals(one.entry())
                && line.draft().equals(one.draft());
        if (!stands) {
            broken(
                    "everyDraftShownIsOnASurvivingLedger",
                    tier.party().word() + " gave a receipt for " + one.entry() + " and has no line of it");
        }
    }

    private static Map<Long, LedgerLine> lines(Tier tier) {
        Map<Long, LedgerLine> lines = new HashMap<>();
        tier.disk().snapshotDurable().scan(Space.LEDGER, number(0), number(Long.MAX_VALUE), (key, value) -> {
            try {
                LedgerLine line = Reader.whole(value, LedgerLine::read);
                lines.put(line.number(), line);
            } catch (MalformedException broken) {
                throw new IllegalStateException("a ledger line on this disk cannot be read", broken);
            }
            return true;
        });
        return lines;
    }

    private static Bytes number(long line) {
        return new Writer(8).i64(line).toBytes();
    }

    private void broken(String invariant, String what) {
        hospital.oracle().broken(invariant, what);
    }

    /** An answer that is looked at on its way out, and goes as it is. */
    private record Seen(Answer answer, Consumer<Response> look) implements Answer {

        @Override
        public void done(Bytes payload) {
            try {
                look.accept(ResponseCodec.decode(payload));
            } catch (MalformedException malformed) {
                throw new IllegalStateException("a tier's own answer cannot be read", malformed);
            }
            answer.done(payload);
        }

        @Override
        public void refuse(Refusal refusal) {
            answer.refuse(refusal);
        }
    }
}
