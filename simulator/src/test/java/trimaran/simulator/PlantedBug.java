package trimaran.simulator;

import trimaran.line.message.Request;

/** Bugs the parties could have, each planted between a party and its world; the simulator must find every one of them. */
enum PlantedBug {
    ACKNOWLEDGES_BEFORE_SYNC,
    SKIPS_A_COPY,
    ACCEPTS_AN_OLDER_HEAD,
    COSIGNS_WHAT_IS_NOT_HELD,
    REUSES_AN_APPROVAL,
    WITNESS_SIGNS_FIRST,
    VOID_USES_UP_A_DIGEST,
    ONE_TIERS_SHARE_AS_TWO,
    DROPS_A_HELD_ENTRY_EARLY,
    PLACE_TIME_GOES_BACK,
    DROPS_SHARES_TOO_SOON,
    MAKES_OTHER_SHARES,
    FORGETS_A_CUT,
    HEARS_NO_CUT_FROM_OTHERS,
    HEEDS_NO_ORDER_TO_ROLL,
    FORGETS_A_MEMBERSHIP,
    BELIEVES_AN_OLDER_DISK,
    ANSWERS_A_REPLAY,
    DROPS_SHARES_UNPROVEN,
    DROPS_SHARES_UNWAITING,
    RELEASES_BEFORE_ITS_LINE,
    GIVES_RECEIPTS_WITHOUT_A_LINE,
    TAKES_ANY_SHARE,
    BELIEVES_ONE_TIERS_PARTS;

    Plants plants() {
        return switch (this) {
            case ACKNOWLEDGES_BEFORE_SYNC -> new PlantedGrounds.Unsynced();
            case SKIPS_A_COPY -> new PlantedAnswers.SkippedCopy();
            case ACCEPTS_AN_OLDER_HEAD -> new PlantedGrounds.ForgottenHead();
            case COSIGNS_WHAT_IS_NOT_HELD -> new PlantedAnswers.BlindCosigner();
            case REUSES_AN_APPROVAL -> new PlantedGrounds.ReusedApproval();
            case WITNESS_SIGNS_FIRST -> new PlantedGrounds.WitnessFirst();
            case VOID_USES_UP_A_DIGEST -> new PlantedGrounds.VoidCounts();
            case ONE_TIERS_SHARE_AS_TWO -> new PlantedAnswers.ThirdShare();
            case DROPS_A_HELD_ENTRY_EARLY -> new PlantedAnswers.DroppedEarly();
            case PLACE_TIME_GOES_BACK -> new PlantedAnswers.TimeBack();
            case DROPS_SHARES_TOO_SOON -> new PlantedShares.TooSoon();
            case MAKES_OTHER_SHARES -> new PlantedShares.OtherSeed();
            case FORGETS_A_CUT -> new PlantedOrders.Forgotten(Request.Announce.class);
            case HEARS_NO_CUT_FROM_OTHERS -> new PlantedOrders.UnheardCut();
            case HEEDS_NO_ORDER_TO_ROLL -> new PlantedOrders.UnheededRoll();
            case FORGETS_A_MEMBERSHIP -> new PlantedOrders.Forgotten(Request.ChangeEpoch.class);
            case BELIEVES_AN_OLDER_DISK -> new PlantedDeeds.NothingAsked();
            case ANSWERS_A_REPLAY -> new PlantedDeeds.AnsweredBefore();
            case DROPS_SHARES_UNPROVEN -> new PlantedDeeds.Unproven();
            case DROPS_SHARES_UNWAITING -> new PlantedDeeds.Unwaiting();
            case RELEASES_BEFORE_ITS_LINE -> new PlantedLedgers.Late();
            case GIVES_RECEIPTS_WITHOUT_A_LINE -> new PlantedLedgers.Unfiled();
            case TAKES_ANY_SHARE -> new PlantedReaders.AnyShare();
            case BELIEVES_ONE_TIERS_PARTS -> new PlantedReaders.OneTier();
        };
    }
}
