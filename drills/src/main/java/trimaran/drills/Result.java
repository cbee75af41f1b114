package trimaran.drills;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a drill came out.
 *
 * @param evidence what shows that the attack took place, in order
 * @param missing evidence that did not show: then nothing was tried
 * @param breaches what was not kept
 * @param exposure whether the exposure report was held against what a thief read and fitted
 * @param alarm who noticed first, or empty
 * @param alarmMillis from the attack to the first alarm
 * @param said what the station told people of the hull that was attacked, or empty
 * @param saidMillis from the attack to a page that said it, the longest where there were several
 * @param readMillis longest stretch without a read on the ward while attacked, and {@code writeMillis} without a write
 * @param rebuildMillis from the decision to rebuild to a whole copy
 * @param skipped why it was not carried out, or empty
 */
record Result(
        Drill drill,
        List<String> evidence,
        List<String> missing,
        List<Breach> breaches,
        Optional<Exposure> exposure,
        String alarm,
        OptionalLong alarmMillis,
        String said,
        OptionalLong saidMillis,
        OptionalLong readMillis,
        OptionalLong writeMillis,
        OptionalLong rebuildMillis,
        long tookMillis,
        String skipped) {

    /** How the exposure report compares with what was read. */
    enum Exposure {
        /** Everybody, and nobody else. */
        EXACT,
        /** Everybody; whether anybody besides, was not asked. */
        COMPLETE,
        /** Somebody is missing where that alone was asked. */
        INCOMPLETE,
        WRONG
    }

    Result {
        evidence = List.copyOf(evidence);
        missing = List.copyOf(missing);
        breaches = List.copyOf(breaches);
    }

    /** Of a drill that could not even begin. */
    static Result brokenOff(Drill drill, String why) {
        return new Result(
                drill,
                List.of(),
                List.of(),
                List.of(new Breach(Breach.Kind.BROKEN_OFF, why)),
                Optional.empty(),
                "",
                OptionalLong.empty(),
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0,
                "");
    }

    /** Whether the attack was carried out, as far as it shows. */
    boolean tookPlace() {
        return !evidence.isEmpty() && missing.isEmpty();
    }

    boolean isSkipped() {
        return !skipped.isEmpty() && breaches.isEmpty();
    }

    /** An attack that took place and came out as was said before. */
    boolean isAsExpected() {
        if (!tookPlace() || count(Breach.Kind.BROKEN_OFF) > 0) {
            return false;
        }
        return drill.harm().map(harm -> harm.isAmong(breaches)).orElse(breaches.isEmpty() && isReported());
    }

    private boolean isReported() {
        return exposure.filter(found -> found == Exposure.INCOMPLETE || found == Exposure.WRONG)
                .isEmpty();
    }

    long count(Breach.Kind kind) {
        return breaches.stream().filter(breach -> breach.kind() == kind).count();
    }

    String verdict() {
        if (isSkipped()) {
            return "skipped";
        }
        if (!tookPlace()) {
            return "NO ATTACK";
        }
        if (count(Breach.Kind.BROKEN_OFF) > 0) {
            return "BROKEN OFF";
        }
        if (drill.isHarmful()) {
            return isAsExpected() ? "harmed, as expected" : "HELD (unexpected)";
        }
        return isAsExpected() ? "held" : "BREACHED";
    }
}
