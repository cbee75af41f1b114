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

    private final KeeperSetting setting;
    private final Copy copy;
    private final Ledgers ledgers;
    private final LedgerQueue queue;

    /** The look of each officer that stands in the ledger, by its name: a new one takes the place of the one before. */
    private final Map<Digest, Digest> begun = new HashMap<>();

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
        LedgerLook look = read.look();
        RecordTime now = setting.now();
        Optional<Refusal> refusal = standing(peer, read.ledger(), look, now);
        if (refusal.isPresent()) {
            answer.accept(Outcome.refused(refusal.get()));
            return;
        }
        Digest id = look.id(copy.registry().origin());
        if (id.equals(begun.get(look.officer()))) {
            answer.accept(Outcome.done(lines(read.ledger(), read.from())));
            return;
        }
        refusal = refusal(look, now);
        if (refusal.isPresent()) {
            answer.accept(Outcome.refused(refusal.get()));
            return;
        }
        queue.write(new ReleaseLedger.Act(LedgerLine.Act.LEDGERS_READ, look.officer(), peer, id, List.of()), () -> {
            begun.put(look.officer(), id);
            answer.accept(Outcome.done(lines(read.ledger(), read.from())));
        });
    }

    /** Officers and stations change: who is none any more reads nothing more, whatever was signed before. */
    private Optional<Refusal> standing(Digest peer, Party ledger, LedgerLook look, RecordTime now) {
        if (copy.registry().officer(look.officer()).isEmpty()
                || copy.registry().station(peer).isEmpty()) {
            return no(Code.NOT_ALLOWED, "the ledgers are read by an officer at a station of this hospital");
        }
        if (!look.station().equals(peer)) {
            return no(Code.NOT_ALLOWED, "an officer asked for this at another station");
        }
        if (!ledger.isTier()) {
            return no(Code.NOT_FOUND, ledger.word() + " keeps no ledger");
        }
        return now.isAfter(look.until())
                ? no(Code.NOT_ALLOWED, "the officer's word is over; compare the station's clock, or sign another")
                : Optional.empty();
    }

    /** Why a look is not begun, if it is not. */
    private Optional<Refusal> refusal(LedgerLook look, RecordTime now) {
        if (look.until().millis() - look.from().millis() > LedgerLook.LIFE_MILLIS_MAX
                || look.from().isAfter(now.plusMillis(RecordLimits.SESSION_AHEAD_MILLIS_MAX))) {
            return no(Code.NOT_ALLOWED, "the officer's word is not in force yet; compare the station's clock");
        }
        byte[] message = look.signedBytes(copy.registry().origin());
        PublicKey officer = copy.registry().officer(look.officer()).orElseThrow();
        if (!setting.verifier().verify(officer, message, look.signature())) {
            return no(Code.NOT_ALLOWED, "the officer's signature is wrong");
        }
        return queue.isBack()
                ? Optional.empty()
                : no(
                        Code.UNAVAILABLE,
                        "the release ledger of " + setting.party().word() + " is not back yet after it was rebuilt");
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
