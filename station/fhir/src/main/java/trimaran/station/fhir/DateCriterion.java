package trimaran.station.fhir;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.station.ResourceVersion;
import trimaran.station.fhir.SearchParameter.Path;

/** A date or a span of time (R4 search, date and prefixes). */
record DateCriterion(SearchParameter parameter, List<Wanted> wanted, ZoneId zone) implements Criterion {

    /** How what a resource says is compared with what was asked for (R4 search, prefixes). */
    enum Prefix {
        EQ,
        NE,
        GT,
        LT,
        GE,
        LE,
        SA,
        EB,
        AP;

        static Optional<Prefix> of(String text) {
            for (Prefix prefix : values()) {
                if (text.startsWith(prefix.name().toLowerCase(java.util.Locale.ROOT))) {
                    return Optional.of(prefix);
                }
            }
            return Optional.empty();
        }

        boolean fits(DateSpan own, DateSpan asked) {
            return switch (this) {
                case EQ -> asked.contains(own);
                case NE -> !asked.contains(own);
                case GT -> own.high().isAfter(asked.high());
                case LT -> own.low().isBefore(asked.low());
                case GE -> own.high().isAfter(asked.high()) || asked.contains(own);
                case LE -> own.low().isBefore(asked.low()) || asked.contains(own);
                case SA -> !own.low().isBefore(asked.high());
                case EB -> !own.high().isAfter(asked.low());
                case AP -> about(asked).overlaps(own);
            };
        }

        /** A day more on both sides: R4 leaves it to the server what is about. */
        private static DateSpan about(DateSpan asked) {
            Duration width = Duration.ofDays(1);
            return new DateSpan(asked.low().minus(width), asked.high().plus(width));
        }
    }

    record Wanted(Prefix prefix, DateSpan span) {}

    static DateCriterion of(Asked asked, ZoneId zone) throws RefusedException {
        List<Wanted> wanted = new ArrayList<>(1);
        for (String text : asked.values()) {
            Optional<Prefix> prefix = Prefix.of(text);
            DateSpan span = DateSpan.of(prefix.isPresent() ? text.substring(2) : text, zone)
                    .orElseThrow(() -> asked.refusal(
                            "expected a date or time, as in 1970-12-31, ge2026-01 or lt2026-11-27T08:00:00%2B01:00"));
            wanted.add(new Wanted(prefix.orElse(Prefix.EQ), span));
        }
        return new DateCriterion(asked.parameter(), wanted, zone);
    }

    @Override
    public boolean fits(ResourceVersion version) {
        return spans(parameter, version, zone).stream()
                .anyMatch(own -> wanted.stream().anyMatch(one -> one.prefix().fits(own, one.span())));
    }

    /** What a resource says of when. */
    static List<DateSpan> spans(SearchParameter parameter, ResourceVersion version, ZoneId zone) {
        if (parameter.paths().isEmpty()) {
            Instant at = Instant.ofEpochMilli(version.lastUpdated().millis());
            return List.of(new DateSpan(at, at.plusMillis(1)));
        }
        byte[] json = version.json().unsafeArray();
        List<DateSpan> spans = new ArrayList<>(1);
        for (Path path : parameter.paths()) {
            if (path.type().equals("Period")) {
                StoredText.objects(json, path.below()).stream()
                        .flatMap(period -> DateSpan.ofPeriod(period, zone).stream())
                        .forEach(spans::add);
            } else {
                StoredText.texts(json, path.below()).stream()
                        .flatMap(text -> DateSpan.of(text, zone).stream())
                        .forEach(spans::add);
            }
        }
        return spans;
    }

    /** The instant a resource is sorted by: of several the first. */
    static Optional<Instant> sortedBy(SearchParameter parameter, ResourceVersion version, ZoneId zone) {
        return spans(parameter, version, zone).stream().map(DateSpan::low).min(Instant::compareTo);
    }
}
