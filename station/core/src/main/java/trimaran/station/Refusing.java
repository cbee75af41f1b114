package trimaran.station;

import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.record.Registry;
import trimaran.record.Statement;

/**
 * What becomes of an entry that can never be placed. Whoever waits for it is told. Where it was promised already, nobody waits and
 * somebody goes by it: it is kept until a person has seen that it is not in the record, and why.
 */
final class Refusing {

    private final StationSetting setting;
    private final Outbox outbox;
    private final Registry registry;

    Refusing(StationSetting setting, Outbox outbox, Registry registry) {
        this.setting = setting;
        this.outbox = outbox;
        this.registry = registry;
    }

    void refuse(Submission submission, Refusal refusal) {
        Runnable told = () -> {
            setting.events().accept(new StationEvent.EntryRefused(submission.digest(), refusal.code()));
            submission.fate().refused(refusal);
        };
        if (submission.isOwed() && !isOnlyRepeated(submission, refusal)) {
            outbox.refuse(submission.digest(), refusal.code(), told);
        } else {
            outbox.drop(submission.digest(), told);
        }
    }

    /** Machines send again what they have no answer to: the record has it by another way. */
    private boolean isOnlyRepeated(Submission submission, Refusal refusal) {
        return refusal.code() == Code.DUPLICATE
                && registry.session(submission.author().session())
                        .filter(session -> session.kind() == Statement.BadgeKind.SERVICE)
                        .isPresent();
    }
}
