package trimaran.drills;

import java.util.List;
import java.util.stream.Stream;

/**
 * Defences of the record, and which drill each was meant for: signatures, quorum, copies, shares, ledgers, epochs. Of partly-encrypt and
 * flip-bits there is none: what finds that damage first is the checksum of each block, in native code and in no method of ours.
 */
final class RecordHoles {

    private RecordHoles() {}

    static List<Unguarded> all() {
        return Stream.of(judged(), copied(), told(), kept())
                .flatMap(List::stream)
                .toList();
    }

    /** What counts is judged by everybody anew. */
    private static List<Unguarded> judged() {
        return List.of(
                everywhere(
                        "forge-entry",
                        "parties check who signed an entry",
                        new Harm(Breach.Kind.FORGED, ForgeDrill.COUNTS),
                        new Hole("trimaran.record.JdkVerifier", "verify", Hole.Answer.TRUE)),
                everywhere(
                        "replay-access",
                        "an entry that has its place gets no other",
                        new Harm(Breach.Kind.FORGED, PeerDrills.TWO_PLACES),
                        new Hole("trimaran.keeper.Copy", "position", Hole.Answer.NO_NUMBER),
                        new Hole("trimaran.record.Validity", "common", Hole.Answer.NO_VALUE)),
                everywhere(
                        "rogue-admin-application",
                        "a statement counts only if officers signed it",
                        new Harm(Breach.Kind.FORGED, PeopleDrills.COUNTS),
                        new Hole("trimaran.record.StatementJudgement", "officers", Hole.Answer.NO_VALUE)),
                at(
                        "witness",
                        "split-view",
                        "the witness signs only what extends what it signed before",
                        new Harm(Breach.Kind.FORGED, SplitViewDrill.TWO_RECORDS),
                        new Hole("trimaran.ledger.Succession", "mayBeCosigned", Hole.Answer.TRUE)),
                everywhere(
                        "spoil-data",
                        "whoever reads a message asks whether it goes on before reading on",
                        new Harm(Breach.Kind.UNDEFENDED, PeerDrills.STOPPED),
                        new Hole("trimaran.kernel.Reader", "need", Hole.Answer.NOTHING)));
    }

    /** What one copy lost or altered the others have. */
    private static List<Unguarded> copied() {
        return List.of(
                everywhere(
                        "alter-record-data",
                        "a tier says what it finds altered when it rereads its copy, and copies are held against one another",
                        new Harm(Breach.Kind.UNDEFENDED, StoreDrills.UNSEEN),
                        new Hole("trimaran.keeper.CheckFaults", "add", Hole.Answer.NOTHING),
                        new Hole("trimaran.operations.Verification", "compare", Hole.Answer.NOTHING)),
                everywhere(
                        "swap-shares-data",
                        "a tier holds its shares against what the entry that opened their cell says of them",
                        new Harm(Breach.Kind.UNDEFENDED, StoreDrills.UNSEEN),
                        new Hole("trimaran.shares.CellCommitments", "covers", Hole.Answer.TRUE)),
                at(
                        "data",
                        "rollback-data",
                        "a tier takes in from the others what its disk lost",
                        new Harm(Breach.Kind.UNDEFENDED, Settling.COPIES_APART),
                        new Hole("trimaran.keeper.Replica", "takeIn", Hole.Answer.NOTHING)),
                at(
                        "data",
                        "lost-writes-data",
                        "a tier takes in from the others what its disk lost",
                        new Harm(Breach.Kind.LOST, LostWriteDrills.HAS_AGAIN),
                        new Hole("trimaran.keeper.Replica", "takeIn", Hole.Answer.NOTHING)),
                everywhere(
                        "poisoned-backup",
                        "the check of a backup says what it finds altered",
                        new Harm(Breach.Kind.UNDEFENDED, BackupDrills.MENDED_UNSEEN),
                        new Hole("trimaran.backup.BackupCheck", "fault", Hole.Answer.NOTHING)));
    }

    /** What is done with a ledger its copies tell. */
    private static List<Unguarded> told() {
        return List.of(
                everywhere(
                        "cut-ledger-application",
                        "tiers and the check say what contradicts a copy of a release ledger",
                        new Harm(Breach.Kind.UNDEFENDED, StoreDrills.CUT_UNSEEN),
                        new Hole("trimaran.keeper.Alarms", "raise", Hole.Answer.NOTHING),
                        new Hole("trimaran.keeper.LedgerCopies", "alarms", Hole.Answer.NO_LIST),
                        new Hole("trimaran.keeper.LedgerSpread", "alarms", Hole.Answer.NO_LIST),
                        new Hole("trimaran.keeper.CheckFaults", "add", Hole.Answer.NOTHING),
                        new Hole("trimaran.operations.LedgerComparison", "faults", Hole.Answer.NO_LIST)),
                everywhere(
                        "fork-access",
                        "the keepers of two copies of a release ledger hold them against each other",
                        new Harm(Breach.Kind.UNDEFENDED, ForkDrills.TWO_UNSEEN),
                        new Hole("trimaran.keeper.LedgerAgreement", "judge", Hole.Answer.NOTHING)));
    }

    /** Who is spoken with, who is handed what, and for how long it opens anything. */
    private static List<Unguarded> kept() {
        Hole anyKeySpeaks = new Hole("trimaran.keeper.Membership", "maySpeak", Hole.Answer.TRUE);
        String speaks = "tiers ask whether the key at the other end of a line is still one of a member";
        return List.of(
                everywhere(
                        "scrape-application",
                        "application is handed nothing but what a filed draft names",
                        new Harm(Breach.Kind.READABLE, PeerDrills.HANDS_OUT),
                        new Hole("trimaran.keeper.Drafts", "covers", Hole.Answer.TRUE)),
                everywhere(
                        "return-access", speaks, new Harm(Breach.Kind.UNDEFENDED, PeopleDrills.OLD_KEYS), anyKeySpeaks),
                everywhere(
                        "promotion-race",
                        speaks,
                        new Harm(Breach.Kind.UNDEFENDED, PromotionDrill.FIRST_HEARD),
                        anyKeySpeaks),
                everywhere(
                        "refresh-after-theft",
                        "a tier destroys the key of the shares it had before they were refreshed",
                        new Harm(Breach.Kind.READABLE, RefreshDrills.OPEN_AFTER),
                        new Hole("trimaran.party.OwnKeys$Folder", "destroyFile", Hole.Answer.NOTHING)),
                at(
                        "station/main",
                        "roll-after-theft",
                        "whoever writes into a cell to be rolled draws a new key for it",
                        new Harm(Breach.Kind.READABLE, RollDrills.AFTER_ORDER),
                        new Hole("trimaran.station.Keying", "draws", Hole.Answer.FALSE)));
    }

    private static Unguarded everywhere(String drill, String defence, Harm harm, Hole... holes) {
        return new Unguarded(drill, defence, List.of(holes), List.of(), harm);
    }

    private static Unguarded at(String room, String drill, String defence, Harm harm, Hole... holes) {
        return new Unguarded(drill, defence, List.of(holes), List.of(room), harm);
    }
}
