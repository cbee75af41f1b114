package trimaran.station;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import trimaran.cut.Announcing;
import trimaran.cut.CutTarget;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.LedgerLook;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.model.Trait;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;

/**
 * The station for doors: every method may be called from any thread and hops onto the loop. What is open and current is
 * answered at once, without the loop.
 */
public final class Desk {

    private final Station station;

    public Desk(Station station) {
        this.station = station;
    }

    /** Opens a session for a badge; done once two tiers know it, or, where nobody is reached for long, it lies in the outbox. */
    public CompletableFuture<Outcome<OwnSession>> open(Signer badge, long lifeMillis) {
        return hop(then -> station.open(badge, lifeMillis, then));
    }

    /** Ends a session and forgets what only it had open. */
    public CompletableFuture<Boolean> close(OwnSession session) {
        return hop(then -> {
            station.close(session);
            then.accept(true);
        });
    }

    /** The station's own session, once two tiers know it. */
    public CompletableFuture<Optional<OwnSession>> service() {
        return hop(then -> then.accept(station.service()));
    }

    /** Writes all changes or none. */
    public CompletableFuture<WriteResult> write(OwnSession session, Transaction transaction) {
        return hop(then -> station.write(session, transaction, then));
    }

    /** Puts a signed registry statement into the record. */
    public CompletableFuture<WriteResult> register(SignedStatement statement) {
        return hop(then -> station.register(statement, then));
    }

    /** All versions of a resource, oldest first, for care. */
    public CompletableFuture<Outcome<List<ResourceVersion>>> versions(OwnSession session, ResourceId id) {
        return versions(session, id, Request.Purpose.CARE);
    }

    public CompletableFuture<Outcome<List<ResourceVersion>>> versions(
            OwnSession session, ResourceId id, Request.Purpose purpose) {
        Optional<List<ResourceVersion>> atHand = station.versionsAtHand(session, id);
        return atHand.isPresent()
                ? CompletableFuture.completedFuture(Outcome.done(atHand.get()))
                : hop(then -> station.versions(session, id, purpose, then));
    }

    /** Everything of one patient, by any of their cells. */
    public CompletableFuture<Outcome<PatientFolder>> patient(OwnSession session, CellId cell, Request.Purpose purpose) {
        return hop(then -> station.patient(session, cell, purpose, then));
    }

    /** What of a patient nobody has reviewed. Opens the patient as {@link #patient} does. */
    public CompletableFuture<Outcome<List<Unreviewed>>> unreviewed(
            OwnSession session, CellId cell, Request.Purpose purpose) {
        return hop(then ->
                station.patient(session, cell, purpose, folder -> then.accept(folder.map(PatientFolder::unreviewed))));
    }

    /** Organisations, staff, places, catalogues. */
    public CompletableFuture<Outcome<PatientFolder>> house(OwnSession session) {
        return hop(then -> station.house(session, true, then));
    }

    /** The boards of all wards, by name: beds, who lies where, who is expected. Opens no patient. */
    public CompletableFuture<Outcome<List<WardBoard>>> wards(OwnSession session) {
        return hop(then -> station.boards().all(session, then));
    }

    /**
     * A ward's sealed copy was opened here: while nobody is reached its patients are written of without their record. Whoever hands it
     * over MUST have checked who sealed it.
     */
    public void opened(WardCopy copy) {
        station.setting().loop().run(() -> station.boards().opened(copy));
    }

    /** The board of one ward; {@code NOT_FOUND} if the house has none of this id. Opens no patient. */
    public CompletableFuture<Outcome<WardBoard>> ward(OwnSession session, ResourceId ward) {
        return hop(then -> station.boards().one(session, ward, then));
    }

    /** Done once two tiers have written down that these cells were printed; whoever prints MUST wait for it. */
    public CompletableFuture<Outcome<Boolean>> printed(OwnSession session, List<CellId> cells, Digest printer) {
        return hop(then -> station.printing().note(session, LedgerLine.Act.PRINTED, cells, printer, then));
    }

    /** The same of what is shown, or taken away, of these cells from where the station keeps it beside the record. */
    public CompletableFuture<Outcome<Boolean>> exported(OwnSession session, List<CellId> cells, Digest recipient) {
        return hop(then -> station.printing().note(session, LedgerLine.Act.EXPORTED, cells, recipient, then));
    }

    /** Who was handed a patient's cells, from the ledgers of every tier that is reached. Opens the patient as {@link #patient} does. */
    public CompletableFuture<Outcome<LedgerView>> ledgers(OwnSession session, CellId cell, Request.Purpose purpose) {
        return hop(then -> station.patient(session, cell, purpose, folder -> {
            switch (folder) {
                case Outcome.Refused<PatientFolder>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<PatientFolder>(PatientFolder open) ->
                    station.ledgers().read(session, open.cells(), then);
            }
        }));
    }

    /** Whose badge opened a session, as far as the registry of this station still knows it. */
    public CompletableFuture<Optional<LedgerView.Badge>> author(Digest session) {
        return hop(then -> then.accept(station.ledgers().author(session)));
    }

    /** Resources of a type that have all of these traits. */
    public CompletableFuture<Outcome<List<ResourceId>>> find(OwnSession session, String type, List<Trait> traits) {
        return hop(then -> station.find(session, type, traits, then));
    }

    /** Resources of a type that have any of these traits: one lookup and one line in each ledger, however many traits. */
    public CompletableFuture<Outcome<List<ResourceId>>> findAny(OwnSession session, String type, List<Trait> traits) {
        return hop(then -> station.findAny(session, type, traits, then));
    }

    /**
     * The latest version of each of some resources, without what is taken back; what is not open yet is opened together, a
     * line in each ledger for many.
     */
    public CompletableFuture<Outcome<List<ResourceVersion>>> latest(
            OwnSession session, List<ResourceId> ids, Request.Purpose purpose) {
        return hop(then -> station.latest(session, ids, purpose, then));
    }

    /** The resource whose author chose this id. */
    public CompletableFuture<Outcome<List<ResourceId>>> findChosen(OwnSession session, String type, String id) {
        return hop(then -> station.findChosen(session, type, id, then));
    }

    /**
     * The index of all patients, for a session with the whole record in its scope, once it holds all this station knows of;
     * {@code BUSY} if that takes long. Who keeps it asks again when it is no longer current.
     */
    public CompletableFuture<Outcome<SystemIndex>> index(OwnSession session) {
        return hop(then -> station.index(session, then));
    }

    /** What the registry says of a badge: whether an officer's, and whether it opens sessions. */
    public CompletableFuture<BadgeStanding> standing(Digest badge) {
        return hop(then -> then.accept(station.cutting().standing(badge)));
    }

    /** Every enrolled station by name. */
    public CompletableFuture<Outcome<Map<String, Digest>>> stations() {
        return hop(then -> then.accept(station.cutting().stations()));
    }

    /**
     * Has an officer cut something: answered within the second, whichever tier is silent.
     *
     * @param why as {@link trimaran.record.Statement.Cut#isWhy} allows
     */
    public CompletableFuture<Outcome<Announcing.Announced>> cut(CutTarget target, String why, Signer officer) {
        return hop(then -> station.cutting().cut(target, why, officer, then));
    }

    /** An officer's word that this station may have the release ledgers read: whoever asks lets the signer go after. */
    public CompletableFuture<Outcome<LedgerLook>> look(Signer officer) {
        return hop(then -> then.accept(station.reading().look(officer)));
    }

    /** Asks a tier for what an exposure report is made from: its record without content, and ledgers against an officer's word. */
    public CompletableFuture<Outcome<Response>> ask(LedgerLook look, Party tier, Request request) {
        return hop(then -> station.reading().ask(look, tier, request, then));
    }

    public CompletableFuture<StationState> state() {
        return hop(then -> then.accept(station.state()));
    }

    /** Which of these entries lie in the outbox still: of the others it is known what became of them. */
    public CompletableFuture<Set<Digest>> waiting(Set<Digest> entries) {
        return hop(then -> then.accept(station.waiting(entries)));
    }

    /** What was promised here and refused since, oldest first. */
    public CompletableFuture<List<RefusedEntry>> refused() {
        return hop(then -> then.accept(station.refused().all()));
    }

    /** What was in one of them, as far as the session has open what it was written into. */
    public CompletableFuture<Outcome<RefusedEntry.Content>> refused(OwnSession session, Digest entry) {
        return hop(then -> then.accept(station.refused().content(session, entry)));
    }

    /** Whoever looked has seen that one of them is not in the record; false if it was not there. */
    public CompletableFuture<Outcome<Boolean>> putAway(OwnSession session, Digest entry) {
        return hop(then -> station.refused().putAway(session, entry, then));
    }

    /** How old the newest heartbeat is; without the loop. */
    public long ageMillis() {
        return station.ageMillis();
    }

    private <T> CompletableFuture<T> hop(Consumer<Consumer<T>> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        station.setting().loop().run(() -> {
            try {
                work.accept(answer::complete);
            } catch (RuntimeException broken) {
                answer.completeExceptionally(broken);
                throw broken;
            }
        });
        return answer;
    }
}
