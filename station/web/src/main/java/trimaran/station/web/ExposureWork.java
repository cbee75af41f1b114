package trimaran.station.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import trimaran.exposure.Exposure;
import trimaran.exposure.ExposureSource;
import trimaran.exposure.Fallen;
import trimaran.exposure.Reckoning;
import trimaran.exposure.Remark;
import trimaran.exposure.UnreadableException;
import trimaran.exposure.Window;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLook;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * The report an officer asked for: worked out beside the pages, one at a time, so that who leaves the page finds it again. It stays in
 * memory, for every officer who sits down here, until the next one or until this station starts anew. It names records and nobody in
 * them.
 */
final class ExposureWork {

    /**
     * What was asked.
     *
     * @param words the fallen party as the form sends it
     * @param to empty for as late as any tier's clock says
     */
    record Asked(Fallen fallen, String words, RecordTime from, Optional<RecordTime> to) {}

    /** How it stands. */
    sealed interface Stage {
        /** Nobody asked. */
        record None() implements Stage {}

        record Running(Asked asked, Instant since, Optional<Remark> progress) implements Stage {}

        /** @param lacks what is missing: with any the rest is no answer */
        record Done(Asked asked, Window window, Instant at, Exposure exposure, List<Remark> lacks, List<Remark> notes)
                implements Stage {
            public Done {
                lacks = List.copyOf(lacks);
                notes = List.copyOf(notes);
            }
        }

        /** @param remark what happened and what to do; without one the code says it */
        record Failed(Asked asked, Code code, Optional<Remark> remark) implements Stage {}
    }

    private final Inside inside;
    private final AtomicReference<Stage> stage = new AtomicReference<>(new Stage.None());

    ExposureWork(Inside inside) {
        this.inside = inside;
    }

    Stage stage() {
        return stage.get();
    }

    /** False while another is being worked out. */
    boolean begin(Asked asked, LedgerLook look, Instant now) {
        Stage before = stage.get();
        if (before instanceof Stage.Running
                || !stage.compareAndSet(before, new Stage.Running(asked, now, Optional.empty()))) {
            return false;
        }
        Thread.ofVirtual().name("exposure").start(() -> {
            // Whatever happens, another can be asked for.
            Stage ended = new Stage.Failed(asked, Code.UNAVAILABLE, Optional.empty());
            try {
                ended = worked(asked, look, now);
            } catch (RuntimeException broken) {
                inside.setting().events().accept(new WebEvent.Broken(broken));
            } finally {
                stage.set(ended);
            }
        });
        return true;
    }

    private Stage worked(Asked asked, LedgerLook look, Instant since) {
        ExposureSource source = new ExposureSource(
                trusted(asked.fallen()),
                (party, request) -> asked(look, party, request),
                progress -> stage.set(new Stage.Running(asked, since, Optional.of(progress))),
                WebLimits.EXPOSURE_ENTRIES_MAX);
        RecordTime now =
                source.latest(new RecordTime(inside.setting().now().get().millis()));
        Window window = new Window(asked.from(), asked.to().orElse(now));
        Reckoning reckoning = new Reckoning(asked.fallen(), window);
        try {
            source.read(reckoning, window);
        } catch (UnreadableException stopped) {
            return new Stage.Failed(asked, stopped.code(), Optional.of(stopped.remark()));
        }
        Exposure exposure = reckoning.exposure();
        List<Remark> lacks = new ArrayList<>(source.lacks());
        lacks.addAll(reckoning.lacks(exposure, asked.words()));
        return new Stage.Done(asked, window, inside.setting().now().get().instant(), exposure, lacks, source.notes());
    }

    /** Until the officer's word ends: a tier that answers without end, or as slowly as it may, holds nobody up for longer. */
    private Outcome<Response> asked(LedgerLook look, Party party, Request request) {
        return inside.setting().now().get().millis() > look.until().millis()
                ? Outcome.refused(Code.UNAVAILABLE, "the officer's word is over")
                : inside.record().ask(look, party, request);
    }

    /** All tiers but the one that fell. */
    private static List<Party> trusted(Fallen fallen) {
        return Party.TIERS.stream()
                .filter(tier -> !fallen.equals(new Fallen.Tier(tier)))
                .toList();
    }
}
