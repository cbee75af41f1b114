package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * One attempt of a tier that was made anew to bring its ledger back: the longer copy, of which the other is a beginning. Where it is
 * none the predecessor told two histories. Then what both have comes back as it was, and what each of them has alone is written down
 * again, in the order of its time: nobody whom either of them names is left out.
 */
final class LedgerReturn {

    private final Party own;
    private final ReleaseLedger ledger;
    private final Peers peers;
    private final Consumer<Boolean> end;
    private final Map<Party, Response.LedgerKept> copies = new EnumMap<>(Party.class);
    private final List<Party> others;

    /** @param end told whether all is back; if not, another attempt is made */
    LedgerReturn(Party own, ReleaseLedger ledger, Peers peers, Consumer<Boolean> end) {
        this.own = own;
        this.ledger = ledger;
        this.peers = peers;
        this.end = end;
        this.others = new ArrayList<>(
                Party.TIERS.stream().filter(party -> party != own).toList());
    }

    void ask() {
        for (Party party : others) {
            peers.ask(party, new Request.CopyLedger(own, List.of()), outcome -> {
                if (!(outcome instanceof Outcome.Done<Response>(Response.LedgerKept answer))) {
                    end.accept(false);
                    return;
                }
                copies.put(party, answer);
                if (copies.size() == others.size()) {
                    others.sort(Comparator.comparingLong(this::lines).reversed());
                    compare();
                }
            });
        }
    }

    private long lines(Party party) {
        return copy(party).lines();
    }

    private Response.LedgerKept copy(Party party) {
        return copies.getOrDefault(party, new Response.LedgerKept(0, Digest.ZERO));
    }

    /** Whether the shorter copy is a beginning of the longer one. */
    private void compare() {
        Response.LedgerKept shorter = copy(others.getLast());
        Response.LedgerKept longer = copy(others.getFirst());
        if (shorter.lines() == longer.lines()) {
            go(shorter.chain().equals(longer.chain()));
            return;
        }
        page(others.getFirst(), shorter.lines(), lines -> {
            if (lines.isEmpty()) {
                end.accept(false);
            } else {
                go(lines.getFirst().previous().equals(shorter.chain()));
            }
        });
    }

    private void go(boolean one) {
        if (one && ledger.joined().isEmpty()) {
            fetch(0);
        } else {
            new Joining().goOn();
        }
    }

    private void page(Party from, long number, Consumer<List<LedgerLine>> then) {
        peers.ask(from, new Request.FetchLedger(own, number), outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.LedgerLines(List<LedgerLine> lines))) {
                then.accept(lines);
            } else {
                end.accept(false);
            }
        });
    }

    /** The longer copy as far as its chain holds, then what the other has more. */
    private void fetch(int turn) {
        if (turn == others.size()) {
            finish();
            return;
        }
        Party from = others.get(turn);
        if (lines(from) <= ledger.lines()) {
            fetch(turn + 1);
            return;
        }
        // What does not continue the chain is left: the copy is none from there on.
        page(from, ledger.lines(), lines -> fetch(ledger.restore(lines) == 0 ? turn + 1 : turn));
    }

    /** A copy that is no beginning of what came back is found again, and alarmed, when lines are copied to it. */
    private void finish() {
        ledger.back();
        end.accept(true);
    }

    /** One of the two copies, as far as it was read and not taken yet. */
    private final class Branch {
        private final Party keeper;
        private final Deque<LedgerLine> read = new ArrayDeque<>();
        private long next;

        Branch(Party keeper) {
            this.keeper = keeper;
        }

        boolean isOver() {
            return read.isEmpty() && next >= lines(keeper);
        }

        /** Whether it has to be read on before anything can be said of its next line. */
        boolean isUnread() {
            return read.isEmpty() && !isOver();
        }

        void take(List<LedgerLine> lines) {
            read.addAll(lines);
            // Nothing more is there, whatever was said: this is its end.
            next = lines.isEmpty() ? lines(keeper) : lines.getLast().number() + 1;
        }
    }

    /** Both copies, line by line: together as long as they are one, then whichever line is older. */
    private final class Joining {
        private final Branch one = new Branch(others.getFirst());
        private final Branch other = new Branch(others.getLast());
        private boolean apart;
        private long parting;

        void goOn() {
            for (Branch branch : List.of(one, other)) {
                if (branch.isUnread()) {
                    page(branch.keeper, branch.next, lines -> {
                        branch.take(lines);
                        goOn();
                    });
                    return;
                }
            }
            if (one.isOver() && other.isOver()) {
                finish();
                return;
            }
            List<LedgerLine> next = new ArrayList<>();
            if (!apart) {
                together(next);
                ledger.restore(next);
                if (apart) {
                    // Only now are all lines before it there.
                    ledger.join(parting);
                }
            } else {
                byTime(next);
                ledger.writeAgain(next);
            }
            goOn();
        }

        private boolean isAtALine() {
            return !one.isUnread() && !other.isUnread() && !(one.isOver() && other.isOver());
        }

        private void together(List<LedgerLine> next) {
            while (isAtALine() && !apart) {
                Optional<LedgerLine> first = Optional.ofNullable(one.read.peek());
                Optional<LedgerLine> second = Optional.ofNullable(other.read.peek());
                if (first.isPresent() && second.isPresent() && !first.equals(second)) {
                    apart = true;
                    parting = first.get().number();
                    return;
                }
                LedgerLine same = first.or(() -> second).orElseThrow();
                one.read.poll();
                other.read.poll();
                if (same.number() >= ledger.lines()) {
                    next.add(same);
                }
            }
        }

        private void byTime(List<LedgerLine> next) {
            while (isAtALine()) {
                LedgerLine first = one.read.peek();
                LedgerLine second = other.read.peek();
                boolean isFirst = second == null
                        || (first != null
                                && first.time().millis() <= second.time().millis());
                LedgerLine older = (isFirst ? one : other).read.remove();
                next.add(older);
            }
        }
    }
}
