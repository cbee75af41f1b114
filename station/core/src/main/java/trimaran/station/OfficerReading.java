package trimaran.station;

import java.util.function.Consumer;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLook;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Signature;
import trimaran.record.Signer;

/**
 * What an officer at this station may have read, to say whose data a fallen party could have read: the record without content, and the
 * release ledgers against their signed word. No session, no key: nothing of it can be opened. On the loop.
 */
final class OfficerReading {

    /** One page of a record or a ledger, from a tier at work. */
    static final long PAGE_MILLIS = 30_000;

    private final StationSetting setting;
    private final TierTable tiers;
    private final RegistryFold fold;

    OfficerReading(StationSetting setting, TierTable tiers, RegistryFold fold) {
        this.setting = setting;
        this.tiers = tiers;
        this.fold = fold;
    }

    /** An officer's word for as long as one may last; {@code NOT_ALLOWED} of anybody else's badge. */
    Outcome<LedgerLook> look(Signer officer) {
        Digest badge = officer.publicKey().id();
        if (fold.registry().officer(badge).isEmpty()) {
            return Outcome.refused(Code.NOT_ALLOWED, "only an officer has the ledgers read");
        }
        RecordTime now = new RecordTime(setting.loop().wallTime().millis());
        LedgerLook look =
                new LedgerLook(setting.line(), now, now.plusMillis(LedgerLook.LIFE_MILLIS_MAX), badge, Signature.NONE);
        return Outcome.done(
                look.signed(officer.sign(look.signedBytes(fold.registry().origin()))));
    }

    /** Asks one tier; a page of a ledger against the officer's word. Nothing but what a report is made from is asked. */
    void ask(LedgerLook look, Party tier, Request request, Consumer<Outcome<Response>> then) {
        switch (request) {
            case Request.FetchLedger(Party ledger, long from) ->
                send(tier, new Request.ReadLedger(ledger, from, look), then);
            case Request.Status _, Request.FetchEntries _, Request.FetchBlob _, Request.ListHeld _ ->
                send(tier, request, then);
            default -> then.accept(Outcome.refused(Code.NOT_SUPPORTED, "this is not asked for a report"));
        }
    }

    private void send(Party tier, Request request, Consumer<Outcome<Response>> then) {
        tiers.line(tier).ask(request, Response.class, PAGE_MILLIS, then);
    }
}
