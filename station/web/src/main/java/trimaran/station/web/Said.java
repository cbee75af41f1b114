package trimaran.station.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.station.chart.Chart;

/**
 * What a person is told after they wrote something, on every page of that patient for some minutes.
 *
 * @param what was written, in words
 * @param written ids of what was written; empty if the station did not say
 * @param undo what can still be taken back
 */
record Said(State state, String what, ResourceId patient, Instant at, List<ResourceId> written, Optional<Undo> undo) {

    /** How far what was written got, in words that promise no more. */
    enum State {
        /** The record has acknowledged it. */
        SAVED,
        /** The same, without application's approval: it will be reviewed. */
        REVIEW,
        /** It lies in this station's outbox. */
        LOCAL,
        /** The station did not say in time what became of it. */
        UNSURE,
        /** It lay here, is here no more, and the record does not show it: it was refused later. */
        LOST,
        /** Somebody changed the same a moment before: both are kept. */
        CONFLICT
    }

    /** @param version which is taken back: a later one is not */
    record Undo(ResourceId id, long version) {}

    Said {
        written = List.copyOf(written);
    }

    /**
     * The same as far as it has got by now: what lay here is in the record, what nobody had approved has been reviewed.
     *
     * @param isCopy whether the chart is a sealed copy's
     */
    Said by(Chart chart, KeptWrites kept, boolean isCopy) {
        return switch (state) {
            case LOCAL -> written.stream().anyMatch(kept::has) ? this : as(placed(chart));
            // A copy may have been made before it was written.
            case REVIEW -> !isCopy && chart.shown().containsAll(written) ? as(placed(chart)) : this;
            case SAVED, UNSURE, LOST, CONFLICT -> this;
        };
    }

    private State placed(Chart chart) {
        if (!chart.shown().containsAll(written)) {
            return State.LOST;
        }
        return written.stream().anyMatch(chart.unreviewed()::contains) ? State.REVIEW : State.SAVED;
    }

    private Said as(State now) {
        return new Said(now, what, patient, at, written, undo);
    }

    /** The form and symbol its line has. */
    String form() {
        return switch (state) {
            case SAVED, REVIEW -> "";
            case LOCAL, UNSURE -> "toast-local";
            case LOST -> "toast-refused";
            case CONFLICT -> "toast-conflict";
        };
    }

    String icon() {
        return switch (state) {
            case SAVED -> "partage";
            case REVIEW -> "revoir";
            case LOCAL, UNSURE -> "poste";
            case LOST -> "non-donne";
            case CONFLICT -> "conflit";
        };
    }

    String key() {
        return "said." + state.name().toLowerCase(java.util.Locale.ROOT);
    }
}
