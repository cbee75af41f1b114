package trimaran.station;

import java.util.List;
import java.util.function.Consumer;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;

/** Tells whoever handed in a registry statement what became of it. */
final class RegisteredFate implements Submission.Fate {

    private final Digest statement;
    private final Consumer<WriteResult> then;
    private boolean told;

    RegisteredFate(Digest statement, Consumer<WriteResult> then) {
        this.statement = statement;
        this.then = then;
    }

    @Override
    public void placed(Header header, Place place) {
        tell(new WriteResult.Recorded(header.digest(), List.of(), WriteResult.Acknowledgement.CHECKPOINT, false));
    }

    @Override
    public void held(Header header, List<Held> statements) {
        tell(new WriteResult.Recorded(header.digest(), List.of(), WriteResult.Acknowledgement.HELD, false));
    }

    @Override
    public void refused(Refusal refusal) {
        tell(new WriteResult.Refused(refusal));
    }

    @Override
    public void waiting(Refusal reason) {
        tell(new WriteResult.Waiting(statement, List.of(), reason));
    }

    private void tell(WriteResult result) {
        if (!told) {
            told = true;
            then.accept(result);
        }
    }
}
