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
                        new Harm(Breach.Kind.UNDEFENDED, Scene.SAYS_NOT)),
                new Unguarded(
                        "late-answers-data",
                        "a station looks how long each tier takes to answer",
                        List.of(new Hole("trimaran.station.TierHealth", "look", Hole.Answer.NOTHING)),
                        STATION,
                        new Harm(Breach.Kind.UNDEFENDED, Scene.SAYS_NOT)),
                new Unguarded(
                        "alter-record-access",
                        "what one tier shows wrongly is asked of the next, and who showed it is asked last from then on",
                        List.of(
                                new Hole("trimaran.station.Bringing", "next", Hole.Answer.NOTHING),
                                new Hole("trimaran.station.TierHealth", "liesNow", Hole.Answer.NOTHING)),
                        STATION,
                        new Harm(Breach.Kind.STANDSTILL, Scene.ANEW)),
                new Unguarded(
                        "withhold-access",
                        "a station holds what one tier shows of a cell against how much another has of it",
                        List.of(new Hole("trimaran.station.OpenCell", "headTold", Hole.Answer.NOTHING)),
                        STATION,
                        new Harm(Breach.Kind.OMITTED, WithholdDrills.SHOWN_WITHOUT)),
                new Unguarded(
                        "wipe-access",
                        "a tier made anew gets its shares back from the two others, and says how many it lacks",
                        List.of(
                                new Hole("trimaran.keeper.ShareRecovery", "look", Hole.Answer.NOTHING),
                                new Hole("trimaran.keeper.Shares", "lackingCount", Hole.Answer.ZERO)),
                        List.of("access"),
                        new Harm(Breach.Kind.UNDEFENDED, Settling.SHARES_GONE)),
                new Unguarded(
                        "clock-ahead-data",
                        "data gives nothing a place by a clock that two others contradict",
                        List.of(new Hole("trimaran.data.PlacingClock", "isRight", Hole.Answer.TRUE)),
                        List.of("data"),
                        new Harm(Breach.Kind.UNDEFENDED, Settling.COPIES_APART)),
                new Unguarded(
                        "rogue-address",
                        "a line is that of the key it was dialled for",
                        List.of(new Hole("trimaran.line.PeerId", "equals", Hole.Answer.TRUE)),
                        STATION,
                        new Harm(Breach.Kind.UNDEFENDED, NetworkDrills.TAKEN_FOR)));
    }

    /** Somebody has a true badge, token or session, or the keys of one tier, and wants more than goes with it. */
    private static List<Unguarded> people() {
        return List.of(
                new Unguarded(
                        "lone-officer",
                        "more than one officer has to sign",
                        List.of(new Hole("trimaran.record.StatementJudgement", "enough", Hole.Answer.NO_VALUE)),
                        ALL,
                        new Harm(Breach.Kind.UNDEFENDED, PeopleDrills.FOR_ONE)),
                new Unguarded(
                        "sideways-access",
                        "a tier answers only an operator what is an operator's to ask",
                        List.of(new Hole("trimaran.record.Registry", "isConsole", Hole.Answer.TRUE)),
                        ALL,
                        new Harm(Breach.Kind.UNDEFENDED, PeopleDrills.OPERATORS)),
                new Unguarded(
                        "rogue-client",
                        "a system does to the types it was granted what it was granted, and no more",
                        List.of(new Hole("trimaran.application.Roles", "granted", Hole.Answer.TRUE)),
                        ALL,
                        new Harm(Breach.Kind.UNDEFENDED, RogueClientDrill.NOT_REFUSED)),
                new Unguarded(
                        "steal-client",
                        "whoever is cut is refused from then on",
                        List.of(new Hole("trimaran.record.Registry", "isCutByName", Hole.Answer.FALSE)),
                        ALL,
                        new Harm(Breach.Kind.READABLE, StationDrills.READS_ON)),
                new Unguarded(
                        "stolen-session",
                        "a cookie counts no longer than somebody is logged in",
                        List.of(new Hole("trimaran.station.web.Seats", "remove", Hole.Answer.FALSE)),
                        STATION,
                        new Harm(Breach.Kind.READABLE, SessionDrill.READS_ON)),
                new Unguarded(
                        "exhaust-budget",
                        "patients of other wards count for a badge's budget",
                        List.of(new Hole("trimaran.keeper.WardBudget", "isFree", Hole.Answer.TRUE)),
                        ALL,
                        new Harm(Breach.Kind.READABLE, BudgetDrill.NO_REASON)));
    }

    /** A disk, or all of a party, is in foreign hands. */
    private static List<Unguarded> thefts() {
        return List.of(
                new Unguarded(
                        "steal-application",
                        "the report reads in the ledgers of the others what application was shown",
                        List.of(new Hole("trimaran.exposure.Reckoning", "shownTo", Hole.Answer.NOTHING)),
                        List.of("operations"),
                        new Harm(Breach.Kind.UNREPORTED, TheftDrills.NOT_REPORTED)),
                new Unguarded(
                        "steal-data",
                        "it takes all three shares to make a key, of which a tier keeps two",
                        List.of(
                                new Hole("trimaran.kernel.SecretBytes", "xor", Hole.Answer.GIVEN),
                                // Else the first share would be wiped with the key it is now.
                                new Hole("trimaran.kernel.SecretBytes", "wipe", Hole.Answer.NOTHING)),
                        ALL,
                        new Harm(Breach.Kind.READABLE, TheftDrills.READ_OUT)),
                new Unguarded(
                        "steal-station-disk",
                        "a station seals the drafts it writes on its disk",
                        List.of(new Hole("trimaran.station.DraftBox", "seal", Hole.Answer.UNSEALED)),
                        STATION,
                        new Harm(Breach.Kind.READABLE, TheftDrills.ON_DISK)));
    }

    /** A station reaches nobody, and ends. */
    private static List<Unguarded> wardsAlone() {
        return List.of(
                new Unguarded(
                        "lone-station-dies",
                        "a buddy brings what a station that is silent had taken",
                        List.of(new Hole("trimaran.station.BuddyBringing", "look", Hole.Answer.NOTHING)),
                        STATION,
                        new Harm(Breach.Kind.LOST, LoneStationDrill.LOST)),
                new Unguarded(
                        "two-wards-return",
                        "a station that begins anew goes on with what it had taken",
                        List.of(new Hole("trimaran.station.Outbox", "load", Hole.Answer.NOTHING)),
                        STATION,
                        new Harm(Breach.Kind.LOST, ReturnDrill.LOST)));
    }
}
