package trimaran.operations;

import java.nio.file.Path;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.process.FileDisk;
import trimaran.record.PartyKeys;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * What this home made for a rebuild that broke off before all parties agreed: an epoch has one successor, so whoever agreed to it agrees to
 * no other, and the same keys must go on.
 */
record BegunRebuild(Home home) {

    /** Where the keys of a party are drafted that has its folder here. */
    Path draft(Party fallen) {
        return home.folder().resolve(".rebuilding-" + fallen.word());
    }

    /** The change that gives a party its keys in this epoch, if it was signed for the folder that is drafted here. */
    Optional<SignedStatement> drafted(Party fallen, long epoch) {
        return of(draft(fallen), fallen, epoch);
    }

    /** The same for a party that has a machine of its own: it lies in the folder that is carried there. */
    Optional<SignedStatement> parcelled(Party fallen, long epoch) {
        return of(Parcel.place(home, fallen, epoch), fallen, epoch);
    }

    /** Whether this change was signed here. */
    boolean isOwn(SignedStatement signed) {
        return signed.statement() instanceof Statement.EpochChange change
                && (isOne(signed, drafted(change.replaced(), change.epoch()))
                        || isOne(signed, parcelled(change.replaced(), change.epoch())));
    }

    /** Whether it gives a party these keys. */
    static boolean gives(SignedStatement signed, PartyKeys keys) {
        return signed.statement() instanceof Statement.EpochChange change
                && change.keys().equals(keys);
    }

    private static boolean isOne(SignedStatement signed, Optional<SignedStatement> begun) {
        // Not by its bytes: whoever shows it may have added a signature of nobody's.
        return begun.map(SignedStatement::id).equals(Optional.of(signed.id()));
    }

    private static Optional<SignedStatement> of(Path folder, Party fallen, long epoch) {
        try {
            SignedStatement signed = SignedStatement.decode(
                    FileDisk.in(folder).read(Parcel.EPOCH_FILE).orElse(Bytes.EMPTY));
            return signed.statement() instanceof Statement.EpochChange change
                            && change.epoch() == epoch
                            && change.replaced() == fallen
                    ? Optional.of(signed)
                    : Optional.empty();
        } catch (MalformedException none) {
            return Optional.empty();
        }
    }
}
