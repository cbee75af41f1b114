package trimaran.station.hl7;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.record.Signer;
import trimaran.station.Desk;
import trimaran.station.OwnSession;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/** The record through a station's {@link Desk}, in the session of the connector's badge, which is opened anew when it ends. */
public final class DeskRecord implements Hl7Record {

    /** The connector's session. */
    static final long SESSION_MILLIS = 12 * 3_600_000L;

    /** How long the station may take for one answer: longer than the patience of its core, which answers before. */
    static final long ANSWER_MILLIS = 30_000;

    private final Desk desk;
    private final Signer badge;
    private @Nullable OwnSession session;

    public DeskRecord(Desk desk, Signer badge) {
        this.desk = desk;
        this.badge = badge;
    }

    @Override
    public Outcome<List<ResourceId>> find(String type, Trait trait) {
        return ask(own -> desk.find(own, type, List.of(trait)));
    }

    @Override
    public Outcome<List<ResourceVersion>> versions(ResourceId id) {
        return ask(own -> desk.versions(own, id));
    }

    @Override
    public Outcome<List<ResourceVersion>> places() {
        return ask(desk::house)
                .map(house -> house.resources().stream()
                        .filter(one -> one.type().equals("Location"))
                        .toList());
    }

    @Override
    public WriteResult write(Transaction transaction) {
        WriteResult first = tryWrite(transaction);
        return first instanceof WriteResult.Refused(Refusal refusal) && isOver(refusal) ? tryWrite(transaction) : first;
    }

    private WriteResult tryWrite(Transaction transaction) {
        return switch (session()) {
            case Outcome.Refused<OwnSession>(Refusal refusal) -> new WriteResult.Refused(refusal);
            case Outcome.Done<OwnSession>(OwnSession own) -> {
                WriteResult result = wait(desk.write(own, transaction), DeskRecord::unheard);
                if (result instanceof WriteResult.Refused(Refusal refusal) && isOver(refusal)) {
                    forget(own);
                }
                yield result;
            }
        };
    }

    /** The core answers before; if it does not, the outbox may have the entry all the same. */
    private static WriteResult unheard(Refusal refusal) {
        return new WriteResult.Waiting(Digest.ZERO, List.of(), refusal);
    }

    private <T> Outcome<T> ask(Function<OwnSession, CompletableFuture<Outcome<T>>> question) {
        Outcome<T> first = tryAsk(question);
        return first instanceof Outcome.Refused<T>(Refusal refusal) && isOver(refusal) ? tryAsk(question) : first;
    }

    private <T> Outcome<T> tryAsk(Function<OwnSession, CompletableFuture<Outcome<T>>> question) {
        return session().then(own -> {
            Outcome<T> outcome = wait(question.apply(own), Outcome::refused);
            if (outcome instanceof Outcome.Refused<T>(Refusal refusal) && isOver(refusal)) {
                forget(own);
            }
            return outcome;
        });
    }

    private static boolean isOver(Refusal refusal) {
        return refusal.code() == Code.SESSION_ENDED;
    }

    private synchronized void forget(OwnSession ended) {
        if (ended.equals(session)) {
            session = null;
        }
    }

    private synchronized Outcome<OwnSession> session() {
        OwnSession known = session;
        if (known != null) {
            return Outcome.done(known);
        }
        Outcome<OwnSession> opened = wait(desk.open(badge, SESSION_MILLIS), Outcome::refused);
        if (opened instanceof Outcome.Done<OwnSession>(OwnSession fresh)) {
            session = fresh;
        }
        return opened;
    }

    private static <T> T wait(CompletableFuture<T> running, Function<Refusal, T> late) {
        try {
            return running.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            return late.apply(Refusal.of(Code.UNAVAILABLE, "the station did not answer in time"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return late.apply(Refusal.of(Code.UNAVAILABLE, "the station is stopping"));
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the station core broke", broken.getCause());
        }
    }
}
