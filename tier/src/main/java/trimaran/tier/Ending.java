package trimaran.tier;

import java.nio.file.Path;
import trimaran.keeper.UnreadableCopyException;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.process.DiskFullException;
import trimaran.process.Trace;

/**
 * What the process of a tier says when it cannot go on: one line, the last on its log, with what is wrong and the way on. A trace is for who mends
 * the program, and lies in the tier's folder.
 */
record Ending(Party party, Path folder) {

    /** From any thread; does not return. */
    void broken(Throwable failure) {
        int status = Code.BROKEN.exitCode();
        try {
            Refusal refusal = refusal(failure);
            System.err.println(refusal);
            status = refusal.code().exitCode();
        } finally {
            // Also where there is no memory left to say why.
            Runtime.getRuntime().halt(status);
        }
    }

    Refusal refusal(Throwable failure) {
        return switch (failure) {
            case Throwable full when DiskFullException.isBehind(full) -> Trace.refusal(party.word(), folder, full);
            case Store.StoreFailure damaged -> Refusal.of(Code.HOME_DAMAGED, String.valueOf(damaged.getMessage()));
            case UnreadableCopyException unreadable ->
                Refusal.of(
                        Code.HOME_DAMAGED,
                        "the copy of the record in " + folder + " is damaged (" + unreadable.getMessage()
                                + "): have two officers rebuild it from the others: trimaran rebuild " + party.word()
                                + "; " + Trace.into(folder, unreadable));
            default -> Trace.refusal(party.word(), folder, failure);
        };
    }
}
