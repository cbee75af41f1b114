package trimaran.keeper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerHead;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.LedgerLook;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.PublicKey;
import trimaran.record.RecordLimits;
import trimaran.record.Signature;

/**
 * Shows release ledgers, this tier's own and the copies it keeps: to the console, to the tier whose ledger it is, and to a station at
 * which an officer has asked for them. What a station is shown stands in this tier's ledger before it leaves.
 */
final class LedgerShowing {

    /** Looks that go on at once: an officer or two at every console there is. Beyond, an officer waits until one has ended. */
    static final int LOOKS_MAX = 16;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Ledgers ledgers;
    private final LedgerQueue queue;

    /** Looks that stand in the ledger, by their names, and when each ends. */
    private final Map<Digest, RecordTime> looks = new HashMap<>();

    LedgerShowing(KeeperSetting setting, Copy copy, Ledgers ledgers) {
        this.setting = setting;
        this.copy = copy;
        this.ledgers = ledgers;
        this.queue = new LedgerQueue(setting.loop(), setting::now, ledgers.own());
    }

    /**
     * Answers one of the three requests about ledgers.
     *
     * @param peer key of the line it came over
     * @param party whose line that is, if a party's
     * @param console whether it is the operators'
     */
    void serve(
            Digest peer, Optional<Party> party, boolean console, Request request, Consumer<Outcome<Response>> answer) {
        switch (request) {
            case Request.FetchLedger(Party ledger, long from)
            when console || party.equals(Optional.of(ledger)) -> answer.accept(Outcome.done(lines(ledger, from)));
            case Request.SignLedger sign when console -> answer.accept(head(sign));
            case Request.ReadLedger read -> read(peer, read, answer);
            default ->
                answer.accept(Outcome.refused(Code.NOT_ALLOWED, "this party does not take this request from you"));
        }
    }

    private Response lines(Party ledger, long from) {
        return new Response.LedgerLines(ledgers.from(ledger, from));
    }

    private void read(Digest peer, Request.ReadLedger read, Consumer<Outcome<Response>> answer) {
        RecordTime now = setting.now();
        looks.values().removeIf(now::isAfter);
        Digest look = read.look().id(copy.registry().origin());
        Optional<Refusal> refusal = standing(peer, read.look());
        if (refusal.isEmpty() && !looks.containsKey(look)) {
            refusal = refusal(read.look(), now);
            if (refusal.isEmpty()) {
                ReleaseLedger.Act act = new ReleaseLedger.Act(
                        LedgerLine.Act.LEDGERS_READ, read.look().officer(), peer, look, List.of());
                queue.write(act, () -> {
                    looks.put(look, read.look().until());
                    answer.accept(Outcome.done(lines(read.ledger(), read.from())));
                });
                return;
            }
        }
        answer.accept(refusal.<Outcome<Response>>map(Outcome::refused)
                .orElseGet(() -> Outcome.done(lines(read.ledger(), read.from()))));
    }

    /** Officers and stations change: who is none any more reads nothing more, whatever was signed before. */
    private Optional<Refusal> standing(Digest peer, LedgerLook look) {
        if (copy.registry().officer(look.officer()).isEmpty()
                || copy.registry().station(peer).isEmpty()) {
            return no(Code.NOT_ALLOWED, "the ledgers are read by an officer at a station of this hospital");
        }
        return look.station().equals(peer)
                ? Optional.empty()
                : no(Code.NOT_ALLOWED, "an officer asked for this at another station");
    }

    /** Why a look is not begun, if it is not. */
    private Optional<Refusal> refusal(LedgerLook look, RecordTime now) {
        if (look.until().millis() - look.from().millis() > LedgerLook.LIFE_MILLIS_MAX
                || look.from().isAfter(now.plusMillis(RecordLimits.SESSION_AHEAD_MILLIS_MAX))
                || now.isAfter(look.until())) {
            return no(Code.NOT_ALLOWED, "the officer's word is over or not yet in force; compare the station's clock");
        }
        byte[] message = look.signedBytes(copy.registry().origin());
        PublicKey officer = copy.registry().officer(look.officer()).orElseThrow();
        if (!setting.verifier().verify(officer, message, look.signature())) {
            return no(Code.NOT_ALLOWED, "the officer's signature is wrong");
        }
        if (!queue.isBack()) {
            return no(
                    Code.UNAVAILABLE,
                    "the release ledger of " + setting.party().word() + " is not back yet after it was rebuilt");
        }
        return looks.size() >= LOOKS_MAX
                ? no(Code.BUSY, LOOKS_MAX + " officers are reading the ledgers already; try again in a while")
                : Optional.empty();
    }

    private static Optional<Refusal> no(Code code, String words) {
        return Optional.of(Refusal.of(code, words));
    }

    /** Says signed how far it reaches. A line is on disk before anybody gets what it speaks of, so what is missing here was not given. */
    Outcome<Response> head(Request.SignLedger asked) {
        Party whose = asked.ledger();
        if (!whose.isTier()) {
            return Outcome.refused(Code.NOT_FOUND, whose.word() + " keeps no ledger");
        }
        if (whose == setting.party() && !ledgers.own().isBack()) {
            // Its predecessor's lines are with the other tiers still: a word about fewer would deny them.
            return Outcome.refused(
                    Code.UNAVAILABLE,
                    "the release ledger of " + whose.word()
                            + " is not back yet after it was rebuilt; its copies are true");
        }
        long total = whose == setting.party()
                ? ledgers.own().lines()
                : ledgers.copies().head(whose).lines();
        if (asked.lines() > total) {
            return Outcome.refused(
                    Code.UNKNOWN_ENTRY, "the release ledger of " + whose.word() + " ends at line " + total + " here");
        }
        Digest chain = Digest.ZERO;
        if (asked.lines() > 0) {
            List<LedgerLine> page = ledgers.from(whose, asked.lines() - 1);
            if (page.isEmpty() || page.getFirst().number() != asked.lines() - 1) {
                return Outcome.refused(
                        Code.UNAVAILABLE,
                        "line " + (asked.lines() - 1) + " of the release ledger of " + whose.word()
                                + " is not on this disk; see: trimaran verify");
            }
            chain = page.getFirst().chain();
        }
        LedgerHead head = new LedgerHead(
                setting.party(), whose, asked.lines(), chain, total, setting.now(), asked.about(), Signature.NONE);
        byte[] message = head.signedBytes(copy.registry().origin());
        return Outcome.done(new Response.LedgerSigned(
                head.signed(setting.keys().statements().sign(message))));
    }
}
