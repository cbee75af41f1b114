package trimaran.station.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import trimaran.cut.Announcing;
import trimaran.cut.CutTarget;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.LedgerLook;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.model.Trait;
import trimaran.record.Session;
import trimaran.record.Signer;
import trimaran.station.BadgeStanding;
import trimaran.station.Desk;
import trimaran.station.LedgerView;
import trimaran.station.OwnSession;
import trimaran.station.PatientFolder;
import trimaran.station.RefusedEntry;
import trimaran.station.ResourceVersion;
import trimaran.station.StationState;
import trimaran.station.Transaction;
import trimaran.station.Unreviewed;
import trimaran.station.WardBoard;
import trimaran.station.WardCopy;
import trimaran.station.WriteResult;
import trimaran.station.chart.Language;

/** The record through a station's {@link Desk}: waits for its answers in the thread of the request. */
public final class DeskRecord implements CareRecord {

    /** Prints wards, beside the desk since paper is a part of its own. */
    public interface Press {
        /** Of whom the session may open, noted by two tiers before it is handed out. */
        Outcome<byte[]> wardPack(OwnSession session, String ward, Locale locale);
    }

    private final Desk desk;
    private final Press press;

    public DeskRecord(Desk desk, Press press) {
        this.desk = desk;
        this.press = press;
    }

    @Override
    public Outcome<Care> open(Signer badge, long lifeMillis) {
        CompletableFuture<Outcome<OwnSession>> opening = desk.open(badge, lifeMillis);
        Outcome<OwnSession> opened = awaited(opening, WebLimits.OPEN_MILLIS);
        if (!opened.isDone()) {
            // It may open later, when nobody waits for it any more.
            CompletableFuture<?> _ = opening.thenAccept(this::closeLate);
        }
        return opened.map(DeskCare::new);
    }

    private void closeLate(Outcome<OwnSession> opened) {
        if (opened instanceof Outcome.Done<OwnSession>(OwnSession session)) {
            CompletableFuture<Boolean> _ = desk.close(session);
        }
    }

    @Override
    public StationState state() {
        return within(desk.state(), WebLimits.ANSWER_MILLIS, () -> {
            throw new IllegalStateException("the station core does not answer");
        });
    }

    @Override
    public BadgeStanding standing(Digest badge) {
        return within(desk.standing(badge), WebLimits.ANSWER_MILLIS, () -> new BadgeStanding(false, false));
    }

    @Override
    public Optional<LedgerView.Badge> author(Digest session) {
        return within(desk.author(session), WebLimits.ANSWER_MILLIS, Optional::empty);
    }

    @Override
    public Map<String, Digest> stations() {
        Outcome<Map<String, Digest>> stations = awaited(desk.stations(), WebLimits.ANSWER_MILLIS);
        return stations instanceof Outcome.Done<Map<String, Digest>>(Map<String, Digest> all) ? all : Map.of();
    }

    @Override
    public Outcome<Announcing.Announced> cut(CutTarget target, String why, Signer officer) {
        return awaited(desk.cut(target, why, officer), WebLimits.ANSWER_MILLIS);
    }

    @Override
    public Outcome<LedgerLook> look(Signer officer) {
        return awaited(desk.look(officer), WebLimits.ANSWER_MILLIS);
    }

    @Override
    public Outcome<Response> ask(LedgerLook look, Party tier, Request request) {
        return awaited(desk.ask(look, tier, request), WebLimits.LEDGER_PAGE_MILLIS);
    }

    @Override
    public List<RefusedEntry> refused() {
        return within(desk.refused(), WebLimits.ANSWER_MILLIS, List::of);
    }

    @Override
    public Set<Digest> waiting(Set<Digest> entries) {
        return within(desk.waiting(entries), WebLimits.ANSWER_MILLIS, () -> entries);
    }

    private static <T> Outcome<T> awaited(CompletableFuture<Outcome<T>> running, long millis) {
        return within(running, millis, () -> Outcome.refused(Code.UNAVAILABLE, "the station did not answer in time"));
    }

    private static <T> T within(CompletableFuture<T> running, long millis, Supplier<T> late) {
        try {
            return running.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            return late.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return late.get();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the station core broke", broken.getCause());
        }
    }

    private final class DeskCare implements Care {

        private final OwnSession session;

        DeskCare(OwnSession session) {
            this.session = session;
        }

        @Override
        public List<String> roles() {
            return session.granted().map(Session::roles).orElse(List.of());
        }

        @Override
        public boolean isLive() {
            return !session.isClosed();
        }

        @Override
        public Outcome<List<WardBoard>> wards() {
            return awaited(desk.wards(session), WebLimits.ANSWER_MILLIS);
        }

        @Override
        public Outcome<WardBoard> ward(ResourceId ward) {
            return awaited(desk.ward(session, ward), WebLimits.ANSWER_MILLIS);
        }

        @Override
        public Outcome<List<ResourceVersion>> patient(ResourceId patient) {
            return awaited(desk.patient(session, patient.cell(), Request.Purpose.CARE), WebLimits.ANSWER_MILLIS)
                    .map(PatientFolder::resources);
        }

        @Override
        public Map<ResourceId, Outcome<List<ResourceVersion>>> patients(Collection<ResourceId> patients) {
            Map<ResourceId, CompletableFuture<Outcome<PatientFolder>>> running = new LinkedHashMap<>();
            patients.forEach(one -> running.put(one, desk.patient(session, one.cell(), Request.Purpose.CARE)));
            Map<ResourceId, Outcome<List<ResourceVersion>>> folders = new LinkedHashMap<>();
            running.forEach((id, one) ->
                    folders.put(id, awaited(one, WebLimits.ANSWER_MILLIS).map(PatientFolder::resources)));
            return folders;
        }

        @Override
        public Outcome<List<ResourceVersion>> breakGlass(ResourceId patient) {
            return awaited(desk.patient(session, patient.cell(), Request.Purpose.BREAK_GLASS), WebLimits.ANSWER_MILLIS)
                    .map(PatientFolder::resources);
        }

        @Override
        public Outcome<LedgerView> ledgers(ResourceId patient, boolean afterReason) {
            Request.Purpose purpose = afterReason ? Request.Purpose.BREAK_GLASS : Request.Purpose.CARE;
            return awaited(desk.ledgers(session, patient.cell(), purpose), WebLimits.ANSWER_MILLIS);
        }

        @Override
        public Outcome<List<ResourceId>> findAny(String type, List<Trait> traits) {
            return awaited(desk.findAny(session, type, traits), WebLimits.ANSWER_MILLIS);
        }

        @Override
        public Outcome<List<ResourceVersion>> house() {
            return awaited(desk.house(session), WebLimits.ANSWER_MILLIS).map(PatientFolder::resources);
        }

        @Override
        public Outcome<List<ResourceVersion>> latest(Collection<ResourceId> ids) {
            return awaited(
                    desk.latest(session, List.copyOf(ids), Request.Purpose.ADMINISTRATION), WebLimits.ANSWER_MILLIS);
        }

        @Override
        public Outcome<Boolean> exported(Collection<ResourceId> patients, String station) {
            List<CellId> cells =
                    patients.stream().map(ResourceId::cell).distinct().toList();
            Digest recipient = Digest.sha256(Bytes.ofText(station));
            return awaited(desk.exported(session, cells, recipient), WebLimits.ANSWER_MILLIS);
        }

        @Override
        public Outcome<Bytes> wardPack(ResourceId ward, Language language) {
            Locale locale = language == Language.ENGLISH ? Locale.ENGLISH : Locale.FRENCH;
            return press.wardPack(session, ward.toString(), locale).map(Bytes::wrap);
        }

        @Override
        public WriteResult write(Transaction transaction) {
            return within(
                    desk.write(session, transaction),
                    WebLimits.ANSWER_MILLIS,
                    () -> new WriteResult.Waiting(
                            Digest.ZERO,
                            List.of(),
                            Refusal.of(Code.UNAVAILABLE, "the station did not answer in time")));
        }

        @Override
        public Outcome<List<Unreviewed>> unreviewed(ResourceId patient) {
            return awaited(desk.unreviewed(session, patient.cell(), Request.Purpose.CARE), WebLimits.ANSWER_MILLIS);
        }

        @Override
        public Outcome<RefusedEntry.Content> refused(Digest entry) {
            return awaited(desk.refused(session, entry), WebLimits.ANSWER_MILLIS);
        }

        @Override
        public Outcome<Boolean> putAway(Digest entry) {
            return awaited(desk.putAway(session, entry), WebLimits.ANSWER_MILLIS);
        }

        @Override
        public void opened(WardCopy copy) {
            desk.opened(copy);
        }

        @Override
        public void close() {
            within(desk.close(session), WebLimits.ANSWER_MILLIS, () -> false);
        }
    }
}
