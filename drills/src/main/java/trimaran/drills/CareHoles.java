package trimaran.drills;

import java.util.List;
import java.util.stream.Stream;

/** Defences at the bedside, and which drill each was meant for: who is asked next, what is told, whose session it is, who may cut. */
final class CareHoles {

    /** Of all programs. */
    private static final List<String> ALL = List.of();

    private static final List<String> STATION = List.of("station/main");

    private CareHoles() {}

    static List<Unguarded> all() {
        return Stream.of(tiersIll(), people(), thefts(), wardsAlone())
                .flatMap(List::stream)
                .toList();
    }

    /** A tier is silent, late, gone, elsewhere, of another time, or leaves something out. */
    private static List<Unguarded> tiersIll() {
        return List.of(
                new Unguarded(
                        "hang-access",
                        "a station looks which tier gives no sign of life",
                        List.of(new Hole("trimaran.station.TierSilence", "look", Hole.Answer.NOTHING)),
                        STATION,
                        Breach.Kind.UNDEFENDED),
                new Unguarded(
                        "late-answers-data",
                        "a station looks how long each tier takes to answer",
                        List.of(new Hole("trimaran.station.TierHealth", "look", Hole.Answer.NOTHING)),
                        STATION,
                        Breach.Kind.UNDEFENDED),
                new Unguarded(
                        "withhold-access",
                        "a station holds what one tier shows of a cell against how much another has of it",
                        List.of(new Hole("trimaran.station.OpenCell", "headTold", Hole.Answer.NOTHING)),
                        STATION,
                        Breach.Kind.OMITTED),
                new Unguarded(
                        "wipe-access",
                        "a tier made anew gets its shares back from the two others, and says how many it lacks",
                        List.of(
                                new Hole("trimaran.keeper.ShareRecovery", "look", Hole.Answer.NOTHING),
                                new Hole("trimaran.keeper.Shares", "lackingCount", Hole.Answer.ZERO)),
                        List.of("access"),
                        Breach.Kind.UNDEFENDED),
                new Unguarded(
                        "clock-ahead-data",
                        "data gives nothing a place by a clock that two others contradict",
                        List.of(new Hole("trimaran.data.PlacingClock", "isRight", Hole.Answer.TRUE)),
                        List.of("data"),
                        Breach.Kind.UNDEFENDED),
                new Unguarded(
                        "rogue-address",
                        "a line is that of the key it was dialled for",
                        List.of(new Hole("trimaran.line.PeerId", "equals", Hole.Answer.TRUE)),
                        STATION,
                        Breach.Kind.UNDEFENDED));
    }

    /** Somebody has a true badge, token or session, or the keys of one tier, and wants more than goes with it. */
    private static List<Unguarded> people() {
        return List.of(
                new Unguarded(
                        "lone-officer",
                        "more than one officer has to sign",
                        List.of(new Hole("trimaran.record.StatementJudgement", "enough", Hole.Answer.NO_VALUE)),
                        ALL,
                        Breach.Kind.UNDEFENDED),
                new Unguarded(
                        "sideways-access",
                        "a tier answers only an operator what is an operator's to ask",
                        List.of(new Hole("trimaran.record.Registry", "isConsole", Hole.Answer.TRUE)),
                        ALL,
                        Breach.Kind.UNDEFENDED),
                new Unguarded(
                        "rogue-client",
                        "a system does to the types it was granted what it was granted, and no more",
                        List.of(new Hole("trimaran.application.Roles", "granted", Hole.Answer.TRUE)),
                        ALL,
                        Breach.Kind.UNDEFENDED),
                new Unguarded(
                        "steal-client",
                        "whoever is cut is refused from then on",
                        List.of(new Hole("trimaran.record.Registry", "isCutByName", Hole.Answer.FALSE)),
                        ALL,
                        Breach.Kind.READABLE),
                new Unguarded(
                        "stolen-session",
                        "a cookie counts no longer than somebody is logged in",
                        List.of(new Hole("trimaran.station.web.Seats", "remove", Hole.Answer.FALSE)),
                        STATION,
                        Breach.Kind.READABLE),
                new Unguarded(
                        "exhaust-budget",
                        "patients of other wards count for a badge's budget",
                        List.of(new Hole("trimaran.keeper.WardBudget", "isFree", Hole.Answer.TRUE)),
                        ALL,
                        Breach.Kind.READABLE));
    }

    /** A disk, or all of a party, is in foreign hands. */
    private static List<Unguarded> thefts() {
        return List.of(
                new Unguarded(
                        "steal-application",
                        "the report reads in the ledgers of the others what application was shown",
                        List.of(new Hole("trimaran.exposure.Reckoning", "shownTo", Hole.Answer.NOTHING)),
                        List.of("operations"),
                        Breach.Kind.UNREPORTED),
                new Unguarded(
                        "steal-data",
                        "it takes all three shares to make a key, of which a tier keeps two",
                        List.of(
                                new Hole("trimaran.kernel.SecretBytes", "xor", Hole.Answer.GIVEN),
                                // Else the first share would be wiped with the key it is now.
                                new Hole("trimaran.kernel.SecretBytes", "wipe", Hole.Answer.NOTHING)),
                        ALL,
                        Breach.Kind.READABLE),
                new Unguarded(
                        "steal-station-disk",
                        "a station seals the drafts it writes on its disk",
                        List.of(new Hole("trimaran.station.DraftBox", "seal", Hole.Answer.UNSEALED)),
                        STATION,
                        Breach.Kind.READABLE));
    }

    /** A station reaches nobody, and ends. */
    private static List<Unguarded> wardsAlone() {
        return List.of(new Unguarded(
                "two-wards-return",
                "a station that begins anew goes on with what it had taken",
                List.of(new Hole("trimaran.station.Outbox", "load", Hole.Answer.NOTHING)),
                STATION,
                Breach.Kind.LOST));
    }
}
