package trimaran.drills;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import trimaran.kernel.Party;
import trimaran.line.message.Response;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** Waits until a hospital is whole again after something was done to it: everybody is up, nothing is held and no copy lacks anything. */
final class Settling {

    /** What a tier counts that it still waits for. */
    private static final Set<String> WAITS = Set.of("held", "shares.lacking", "shares.unproven");

    // Words of breaches that are expected where a defence is missing: here, and of a check (room keeper, EntryCheck).
    static final String COPIES_APART = "the copies reach to ";
    static final String SHARES_GONE = "the shares of cell ";

    private Settling() {}

    /** @throws IllegalStateException if it is not whole after this time; says what is missing where */
    static void await(TrialHospital hospital, long secondsMax) {
        List<String> missing = new ArrayList<>();
        try (OperatorEyes eyes = new OperatorEyes(hospital)) {
            Waiting.until(secondsMax, "nothing is held and nothing lacks", () -> {
                missing.clear();
                missing.addAll(missing(hospital, eyes));
                return missing.isEmpty();
            });
        } catch (IllegalStateException unsettled) {
            throw new IllegalStateException(
                    unsettled.getMessage() + ": " + missing + "\n"
                            + hospital.run("status").out(),
                    unsettled);
        }
    }

    /** The same, and has all copies reread by the operator's own check. */
    static Said verified(TrialHospital hospital, long secondsMax) {
        await(hospital, secondsMax);
        return hospital.run("verify", "--json");
    }

    private static List<String> missing(TrialHospital hospital, OperatorEyes eyes) {
        List<String> missing = new ArrayList<>();
        Stream.of("relay", TrialHospital.STATION)
                .filter(word -> !hospital.isAlive(word))
                .forEach(word -> missing.add(word + " is down"));
        Set<OptionalLong> sizes = new HashSet<>();
        for (Party party : Party.values()) {
            Optional<Response.Report> report = eyes.report(party);
            if (report.isEmpty()) {
                missing.add(party.word() + " is silent");
            } else if (Party.TIERS.contains(party)) {
                sizes.add(counter(report.get(), "size"));
                for (String name : WAITS) {
                    OptionalLong count = counter(report.get(), name);
                    if (count.isEmpty() || count.getAsLong() > 0) {
                        missing.add(party.word() + " " + name + " " + count);
                    }
                }
            }
        }
        if (sizes.size() > 1) {
            missing.add(COPIES_APART + sizes);
        }
        return missing;
    }

    private static OptionalLong counter(Response.Report report, String name) {
        return report.counters().stream()
                .filter(counter -> counter.name().equals(name))
                .mapToLong(Response.Counter::value)
                .findFirst();
    }
}
