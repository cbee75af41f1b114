package trimaran.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * How one party is, as it says itself.
 *
 * @param report its counters and faults; empty while it is not reached
 * @param silence why it is not reached, or empty
 */
record PartyStatus(Party party, Optional<Response.Report> report, String silence) {

    /** How the counters of alarms begin. */
    private static final String ALARM = "alarm.";

    static PartyStatus ask(Console console, Party party) {
        return of(party, console.ask(party, new Request.Status(), Console.SHORT_MILLIS));
    }

    static PartyStatus of(Party party, Outcome<Response> answer) {
        return switch (answer) {
            case Outcome.Done<Response>(Response.Report report) -> new PartyStatus(party, Optional.of(report), "");
            case Outcome.Done<Response> foreign ->
                new PartyStatus(party, Optional.empty(), "it answered something else than a report");
            case Outcome.Refused<Response>(Refusal refusal) ->
                new PartyStatus(party, Optional.empty(), refusal.sentence());
        };
    }

    boolean isUp() {
        return report.isPresent();
    }

    OptionalLong counter(String name) {
        return report.stream()
                .flatMap(found -> found.counters().stream())
                .filter(counter -> counter.name().equals(name))
                .mapToLong(Response.Counter::value)
                .findFirst();
    }

    List<String> faults() {
        return report.map(Response.Report::faults).orElse(List.of());
    }

    long size() {
        return counter("size").orElse(0);
    }

    /** What it knows to be cut: tiers by their words, and {@code all}. */
    List<String> cut() {
        long bits = counter("cut").orElse(0);
        List<String> names = parties(bits);
        if ((bits >> Party.values().length & 1) == 1) {
            names.add("all");
        }
        return names;
    }

    /** Who cosigned its latest checkpoint, from a set of bits by the parties' order. */
    List<String> cosigners() {
        return parties(counter("cosigners").orElse(0));
    }

    private static List<String> parties(long bits) {
        List<String> names = new ArrayList<>();
        for (Party one : Party.values()) {
            if ((bits >> one.ordinal() & 1) == 1) {
                names.add(one.word());
            }
        }
        return names;
    }

    /** The age of its latest checkpoint by its own clock; cosignatures count in whole seconds. Empty if it says none. */
    OptionalLong checkpointAgeMillis() {
        OptionalLong time = counter("checkpoint.time");
        return time.isPresent() && time.getAsLong() > 0 && report.isPresent()
                ? OptionalLong.of(Math.max(0, report.get().time().millis() - time.getAsLong() * 1000))
                : OptionalLong.empty();
    }

    /** Entries the largest copy has and this one lacks. */
    long lacks(long largest) {
        return Math.max(0, largest - size());
    }

    /** Blobs of entries that have their place and are not here yet. */
    long lacksBlobs() {
        return counter("blobs.missing").orElse(0);
    }

    /** Cells of which this tier has no shares: until it has, they open from the two others alone. */
    long lacksShares() {
        return counter("shares.lacking").orElse(0);
    }

    /** Those of them nobody has good shares of, as of a cell an author opened with rubbish. */
    private long hopelessShares() {
        return Math.min(counter("shares.hopeless").orElse(0), lacksShares());
    }

    /** Blobs and shares it may get yet: what one author's rubbish left without shares for good is none of them. */
    long missing() {
        return lacksBlobs() + lacksShares() - hopelessShares();
    }

    /** Whether it has refreshed shares of which it cannot say yet whether they are true: beside others' they may open nothing. */
    boolean isUnproven() {
        return counter("shares.unproven").orElse(0) > 0;
    }

    /** In a person's words; empty if it is whole. */
    String lacking(long largest) {
        String lacks = lacking(largest, lacksShares());
        if (!isUnproven()) {
            return lacks;
        }
        return (lacks.isEmpty() ? "" : lacks + ", ") + "the proof that its refreshed shares are true";
    }

    /**
     * As {@link #lacking(long)}, but what nobody can give it does not count: no waiting mends that. Nor does the proof: shares that are not
     * true end no refresh.
     */
    String lackingOfWhatThereIs(long largest) {
        return lacking(largest, lacksShares() - hopelessShares());
    }

    private String lacking(long largest, long shares) {
        StringJoiner lacks = new StringJoiner(", ");
        if (lacks(largest) > 0) {
            lacks.add(String.format("%,d entries", lacks(largest)));
        }
        if (lacksBlobs() > 0) {
            lacks.add(String.format("%,d blobs", lacksBlobs()));
        }
        if (shares > 0) {
            lacks.add(String.format("the shares of %,d cells", shares));
        }
        return lacks.toString();
    }

    Map<String, Object> json(long largest) {
        Map<String, Object> map = new LinkedHashMap<>();
        // The counters first: some have names of ours, and what a person reads counts.
        report.ifPresent(found -> found.counters().forEach(counter -> map.put(counter.name(), counter.value())));
        map.put("party", party.word());
        map.put("up", isUp());
        if (isUp()) {
            map.put("cosigned_by", cosigners());
            map.put("cut", cut());
            checkpointAgeMillis().ifPresent(age -> map.put("checkpoint_age_millis", age));
            if (party.isTier()) {
                map.put("lacks", lacks(largest));
            }
            map.put("faults", faults());
        } else {
            map.put("why", silence);
        }
        return map;
    }

    String line(long largest) {
        if (!isUp()) {
            return String.format("%-12s down   %s", party.word(), silence);
        }
        StringBuilder text = new StringBuilder(String.format("%-12s up    ", party.word()));
        counter("size").ifPresent(size -> text.append(String.format(" %,d entries,", size)));
        counter("checkpoint.size").ifPresent(size -> text.append(String.format(" checkpoint %,d", size)));
        checkpointAgeMillis().ifPresent(age -> text.append(String.format(", %.1f s old", age / 1000.0)));
        if (!cosigners().isEmpty()) {
            text.append(", cosigned by ").append(String.join(" ", cosigners()));
        }
        if (party.isTier()) {
            String lacking = lacking(largest, lacksShares());
            text.append(", lacks ").append(lacking.isEmpty() ? "nothing" : lacking);
            counter("shares.late").stream()
                    .filter(keys -> keys > 0)
                    .forEach(keys -> text.append(String.format(
                            ", keeps the sealing keys of %,d generations before (refresh once more when they are gone)",
                            keys)));
            if (isUnproven()) {
                text.append(", has not yet shown that its refreshed shares are true");
            }
            counter("roll.waiting").stream()
                    .filter(cells -> cells > 0)
                    .forEach(cells -> text.append(
                            String.format(", %,d cells are given a new key when they are next written to", cells)));
            counter("roll.late").stream()
                    .filter(entries -> entries > 0)
                    .forEach(entries -> text.append(
                            String.format(", placed %,d entries under a key that was replaced before", entries)));
            counter("held").ifPresent(held -> text.append(String.format(", holds %,d", held)));
        }
        cut().forEach(closed -> text.append(", knows CUT ").append(closed));
        alarms().forEach((alarm, count) -> text.append(String.format(", ALARM %s %,d", alarm, count)));
        faults().forEach(fault -> text.append("\n             ALARM ").append(fault));
        return text.toString();
    }

    /** What a person has to look at: the party's counters of alarms that are not zero, by their words. */
    Map<String, Long> alarms() {
        Map<String, Long> alarms = new LinkedHashMap<>();
        report.ifPresent(found -> found.counters().stream()
                .filter(counter -> counter.name().startsWith(ALARM) && counter.value() > 0)
                .forEach(counter -> alarms.put(counter.name().substring(ALARM.length()), counter.value())));
        return alarms;
    }
}
