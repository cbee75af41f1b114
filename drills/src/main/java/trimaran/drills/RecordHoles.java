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
                        Breach.Kind.FORGED,
                        new Hole("trimaran.record.JdkVerifier", "verify", Hole.Answer.TRUE)),
                everywhere(
                        "replay-access",
                        "an entry that has its place gets no other",
                        Breach.Kind.FORGED,
                        new Hole("trimaran.keeper.Copy", "position", Hole.Answer.NO_NUMBER),
                        new Hole("trimaran.record.Validity", "common", Hole.Answer.NO_VALUE)),
                everywhere(
                        "rogue-admin-application",
                        "a statement counts only if officers signed it",
                        Breach.Kind.FORGED,
                        new Hole("trimaran.record.StatementJudgement", "officers", Hole.Answer.NO_VALUE)),
                at(
                        "witness",
                        "split-view",
                        "the witness signs only what extends what it signed before",
                        Breach.Kind.FORGED,
                        new Hole("trimaran.ledger.Succession", "mayBeCosigned", Hole.Answer.TRUE)),
                everywhere(
                        "spoil-data",
                        "whoever reads a message asks whether it goes on before reading on",
                        Breach.Kind.UNDEFENDED,
                        new Hole("trimaran.kernel.Reader", "need", Hole.Answer.NOTHING)));
    }

    /** What one copy lost or altered the others have. */
    private static List<Unguarded> copied() {
        return List.of(
                everywhere(
                        "alter-record-data",
                        "a tier says what it finds altered when it rereads its copy, and copies are held against one another",
                        Breach.Kind.UNDEFENDED,
                        new Hole("trimaran.keeper.CheckFaults", "add", Hole.Answer.NOTHING),
                        new Hole("trimaran.operations.Verification", "compare", Hole.Answer.NOTHING)),
                everywhere(
                        "swap-shares-data",
                        "a tier holds its shares against what the entry that opened their cell says of them",
                        Breach.Kind.UNDEFENDED,
                        new Hole("trimaran.shares.CellCommitments", "covers", Hole.Answer.TRUE)),
                at(
                        "data",
                        "rollback-data",
                        "a tier takes in from the others what its disk lost",
                        Breach.Kind.UNDEFENDED,
                        new Hole("trimaran.keeper.Replica", "takeIn", Hole.Answer.NOTHING)),
                at(
                        "data",
                        "lost-writes-data",
                        "a tier takes in from the others what its disk lost",
                        Breach.Kind.LOST,
                        new Hole("trimaran.keeper.Replica", "takeIn", Hole.Answer.NOTHING)),
                everywhere(
                        "poisoned-backup",
                        "the check of a backup says what it finds altered",
                        Breach.Kind.UNDEFENDED,
                        new Hole("trimaran.backup.BackupCheck", "fault", Hole.Answer.NOTHING)));
    }

    /** What is done with a ledger its copies tell. */
    private static List<Unguarded> told() {
        return List.of(
                everywhere(
                        "cut-ledger-application",
                        "tiers and the check say what contradicts a copy of a release ledger",
                        Breach.Kind.UNDEFENDED,
                        new Hole("trimaran.keeper.Alarms", "raise", Hole.Answer.NOTHING),
                        new Hole("trimaran.keeper.LedgerCopies", "alarms", Hole.Answer.NO_LIST),
                        new Hole("trimaran.keeper.LedgerSpread", "alarms", Hole.Answer.NO_LIST),
                        new Hole("trimaran.keeper.CheckFaults", "add", Hole.Answer.NOTHING),
                        new Hole("trimaran.operations.LedgerComparison", "faults", Hole.Answer.NO_LIST)),
                everywhere(
                        "fork-access",
                        "the keepers of two copies of a release ledger hold them against each other",
                        Breach.Kind.UNDEFENDED,
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
                        Breach.Kind.READABLE,
                        new Hole("trimaran.keeper.Drafts", "covers", Hole.Answer.TRUE)),
                everywhere("return-access", speaks, Breach.Kind.UNDEFENDED, anyKeySpeaks),
                everywhere("promotion-race", speaks, Breach.Kind.UNDEFENDED, anyKeySpeaks),
                everywhere(
                        "refresh-after-theft",
                        "a tier destroys the key of the shares it had before they were refreshed",
                        Breach.Kind.READABLE,
                        new Hole("trimaran.party.OwnKeys$Folder", "destroyFile", Hole.Answer.NOTHING)),
                at(
                        "station/main",
                        "roll-after-theft",
                        "whoever writes into a cell to be rolled draws a new key for it",
                        Breach.Kind.READABLE,
                        new Hole("trimaran.station.Keying", "draws", Hole.Answer.FALSE)));
    }

    private static Unguarded everywhere(String drill, String defence, Breach.Kind harm, Hole... holes) {
        return new Unguarded(drill, defence, List.of(holes), List.of(), harm);
    }

    private static Unguarded at(String room, String drill, String defence, Breach.Kind harm, Hole... holes) {
        return new Unguarded(drill, defence, List.of(holes), List.of(room), harm);
    }
}
