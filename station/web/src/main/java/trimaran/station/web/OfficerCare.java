package trimaran.station.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.LedgerView;
import trimaran.station.RefusedEntry;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Unreviewed;
import trimaran.station.WardBoard;
import trimaran.station.WardCopy;
import trimaran.station.WriteResult;
import trimaran.station.chart.Language;

/**
 * What an officer sees of the record: nothing. An officer of the founding has no grant and opens no session, so that the badge that
 * cuts is not one that reads; and it works while no hull answers.
 */
enum OfficerCare implements Care {
    NOTHING;

    private static final Refusal NO = Refusal.of(Code.NOT_ALLOWED, "an officer's badge opens no record");

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public List<String> roles() {
        return List.of("officer");
    }

    @Override
    public Outcome<List<WardBoard>> wards() {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<WardBoard> ward(ResourceId ward) {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<List<ResourceVersion>> patient(ResourceId patient) {
        return Outcome.refused(NO);
    }

    @Override
    public Map<ResourceId, Outcome<List<ResourceVersion>>> patients(Collection<ResourceId> patients) {
        Map<ResourceId, Outcome<List<ResourceVersion>>> none = new LinkedHashMap<>();
        patients.forEach(one -> none.put(one, Outcome.refused(NO)));
        return none;
    }

    @Override
    public Outcome<List<Unreviewed>> unreviewed(ResourceId patient) {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<RefusedEntry.Content> refused(Digest entry) {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<Boolean> putAway(Digest entry) {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<List<ResourceVersion>> breakGlass(ResourceId patient) {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<LedgerView> ledgers(ResourceId patient, boolean afterReason) {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<List<ResourceId>> findAny(String type, List<Trait> traits) {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<List<ResourceVersion>> house() {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<List<ResourceVersion>> latest(Collection<ResourceId> ids) {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<Boolean> exported(Collection<ResourceId> patients, String station) {
        return Outcome.refused(NO);
    }

    @Override
    public Outcome<Bytes> wardPack(ResourceId ward, Language language) {
        return Outcome.refused(NO);
    }

    @Override
    public WriteResult write(Transaction transaction) {
        return new WriteResult.Refused(NO);
    }

    @Override
    public void opened(WardCopy copy) {
        // Writes nothing.
    }

    @Override
    public void close() {
        // No session was opened.
    }
}
