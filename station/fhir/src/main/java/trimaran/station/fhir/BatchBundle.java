package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.model.Bundle;
import trimaran.model.BundleEntry;

/** A batch (R4 http, batch): each entry for itself, several at once, in no order. */
final class BatchBundle {

    private final Call call;
    private final Function<Call, Outcome<Answer>> perform;
    private final BooleanSupplier late;
    private final Semaphore places = new Semaphore(DoorLimits.BATCH_AT_ONCE);

    /**
     * @param perform answers one entry; never throws
     * @param late whether the time of the request is over: what has not begun is then refused
     */
    BatchBundle(Call call, Function<Call, Outcome<Answer>> perform, BooleanSupplier late) {
        this.call = call;
        this.perform = perform;
        this.late = late;
    }

    Answer carryOut(Bundle bundle) {
        List<Answer> answers = new ArrayList<>(bundle.entries().size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> running = new ArrayList<>();
            for (BundleEntry entry : bundle.entries()) {
                places.acquireUninterruptibly();
                Locale language = Issues.LANGUAGE.orElse(Locale.FRENCH);
                running.add(threads.submit(() -> {
                    try {
                        return ScopedValue.where(Issues.LANGUAGE, language).call(() -> one(entry));
                    } finally {
                        places.release();
                    }
                }));
            }
            for (Future<Answer> each : running) {
                answers.add(answer(each));
            }
        }
        JsonBytes out = new JsonBytes(128 + answers.size() * 240);
        out.raw("{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[");
        for (int i = 0; i < answers.size(); i++) {
            out.raw(i == 0 ? "" : ",");
            EntryResponse.write(out, answers.get(i));
        }
        return Answer.json(out.raw("]}").toArray());
    }

    private static Answer answer(Future<Answer> running) {
        try {
            return running.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Answer.refused(Refusal.of(Code.UNAVAILABLE, "the door is closing"));
        } catch (ExecutionException broken) {
            throw new IllegalStateException("an entry of a batch broke", broken.getCause());
        }
    }

    private Answer one(BundleEntry entry) {
        try {
            return RefusedException.value(perform.apply(call(entry)));
        } catch (RefusedException fault) {
            return Answer.refused(
                    TransactionBundle.placed(fault.refusal(), entry.index()).refusal());
        }
    }

    private Call call(BundleEntry entry) throws RefusedException {
        Refusal issue = entry.issue();
        if (issue != null) {
            throw new RefusedException(issue);
        }
        if (late.getAsBoolean()) {
            throw RefusedException.of(Code.TOO_SLOW, "the time of this request is over; send the rest again");
        }
        BundleEntry.Request request = entry.request();
        Address address = TransactionBundle.address(request.url());
        Interaction interaction = Interaction.of(request.method(), address.shape())
                .filter(known -> known != Interaction.BUNDLE && known != Interaction.CAPABILITIES)
                .orElseThrow(() -> RefusedException.at(
                        Code.NOT_SUPPORTED, "request.method", "this method is not offered at this address"));
        Conditions conditions =
                Conditions.parse(request.ifMatch(), request.ifNoneMatch(), request.ifNoneExist(), "return=minimal");
        return new Call(
                interaction,
                address,
                conditions,
                entry.resource(),
                call.view(),
                call.base(),
                call.listing(),
                call.room(),
                call.input().isEmpty() ? "" : call.input() + "/" + entry.index());
    }
}
