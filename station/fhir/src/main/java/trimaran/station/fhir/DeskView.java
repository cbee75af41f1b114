package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.model.Trait;
import trimaran.station.Desk;
import trimaran.station.OwnSession;
import trimaran.station.PatientFolder;
import trimaran.station.ResourceVersion;
import trimaran.station.SystemIndex;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/** The record through a station's {@link Desk}, for one session. Main makes one when {@link Clients} lets a client in. */
public final class DeskView implements RecordView {

    private final Desk desk;
    private final OwnSession session;
    private final boolean demo;
    private final Press press;
    private volatile @Nullable SystemIndex index;

    /** Prints ward packs: what is on them is opened under the session of whoever asks. */
    @FunctionalInterface
    public interface Press {
        Outcome<byte[]> wardPack(OwnSession session, String ward, Locale language);
    }

    /** @param demo whether the hospital is invented, which decides on national identifiers */
    public DeskView(Desk desk, OwnSession session, boolean demo, Press press) {
        this.demo = demo;
        this.desk = desk;
        this.session = session;
        this.press = press;
    }

    @Override
    public Outcome<byte[]> wardPack(String ward, Locale language) {
        return press.wardPack(session, ward, language);
    }

    @Override
    public Outcome<List<ResourceVersion>> versions(ResourceId id) {
        return wait(desk.versions(session, id));
    }

    @Override
    public Outcome<List<ResourceVersion>> everything(ResourceId patient) {
        return wait(desk.patient(session, patient.cell(), Request.Purpose.CARE)).map(PatientFolder::resources);
    }

    @Override
    public Outcome<List<ResourceVersion>> house() {
        return wait(desk.house(session)).map(PatientFolder::resources);
    }

    @Override
    public Outcome<List<ResourceId>> find(String type, Trait trait) {
        return wait(desk.find(session, type, List.of(trait)));
    }

    @Override
    public Outcome<List<ResourceId>> findChosen(String type, String id) {
        return wait(desk.findChosen(session, type, id));
    }

    /** By the index if this session has the whole record in its scope, else by lookup token. */
    @Override
    public Outcome<List<ResourceVersion>> patients(PersonQuery query) {
        return switch (index()) {
            case Outcome.Done<SystemIndex>(SystemIndex open) ->
                named(open::search, query).then(this::latest);
            case Outcome.Refused<SystemIndex>(Refusal refusal)
            when refusal.code() == Code.NOT_ALLOWED -> lookedUp(query);
            case Outcome.Refused<SystemIndex>(Refusal refusal) -> Outcome.refused(refusal);
        };
    }

    /** Asked for anew unless it is current: it would leave out whom it has not read yet. */
    private Outcome<SystemIndex> index() {
        SystemIndex known = index;
        if (known != null && known.isCurrent()) {
            return Outcome.done(known);
        }
        Outcome<SystemIndex> asked = wait(desk.index(session));
        if (asked instanceof Outcome.Done<SystemIndex>(SystemIndex open)) {
            index = open;
        }
        return asked;
    }

    /** Patients by name, as {@link SystemIndex#search} finds them. */
    interface Names {
        List<ResourceId> search(String family, String given, String birthDate, int max);
    }

    /** Whom the index finds, unless they are too many to be the answer to anything. */
    static Outcome<List<ResourceId>> named(Names index, PersonQuery query) {
        List<ResourceId> ids =
                index.search(query.family(), query.given(), query.birthDate(), DoorLimits.PATIENTS_MAX + 1);
        return ids.size() > DoorLimits.PATIENTS_MAX
                ? Outcome.refused(Code.BAD_PARAMETER, "too many patients fit; say more about the one")
                : Outcome.done(ids);
    }

    private Outcome<List<ResourceVersion>> lookedUp(PersonQuery query) {
        if (query.family().isEmpty() || query.birthDate().isEmpty()) {
            return Outcome.refused(
                    Code.NOT_ALLOWED, "this session looks patients up by family name and birth date together");
        }
        return find("Patient", Trait.nameAndBirth(query.familyText(), query.birthDate()))
                .then(this::latest);
    }

    private Outcome<List<ResourceVersion>> latest(List<ResourceId> ids) {
        List<ResourceVersion> latest = new ArrayList<>();
        for (ResourceId id : ids) {
            switch (versions(id)) {
                case Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> versions) ->
                    latest.add(versions.getLast());
                case Outcome.Refused<List<ResourceVersion>>(Refusal refusal) -> {
                    if (refusal.code() != Code.NOT_FOUND) {
                        return Outcome.refused(refusal);
                    }
                }
            }
        }
        return Outcome.done(latest);
    }

    @Override
    public WriteResult write(Transaction transaction) {
        Optional<Refusal> wrong = NationalIdentifiers.refusal(transaction, demo);
        if (wrong.isPresent()) {
            return new WriteResult.Refused(wrong.get());
        }
        CompletableFuture<WriteResult> running = desk.write(session, transaction);
        try {
            return running.get(DoorLimits.ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // The core answers before; if it does not, the outbox may have the entry all the same.
            return new WriteResult.Waiting(Digest.ZERO, List.of(), silent());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new WriteResult.Waiting(Digest.ZERO, List.of(), silent());
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the station core broke", broken.getCause());
        }
    }

    private static <T> Outcome<T> wait(CompletableFuture<Outcome<T>> running) {
        try {
            return running.get(DoorLimits.ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Outcome.refused(silent());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Outcome.refused(silent());
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the station core broke", broken.getCause());
        }
    }

    private static Refusal silent() {
        return Refusal.of(Code.UNAVAILABLE, "the station did not answer in time");
    }
}
