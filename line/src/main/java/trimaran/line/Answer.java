package trimaran.line;

import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/** The way back for one request. To be used once, on the loop; after the channel closed it leads nowhere. */
public interface Answer {

    /** A payload over {@link LineLimits#PAYLOAD_MAX_BYTES} goes out as the refusal {@code TOO_LARGE}. */
    void done(Bytes payload);

    void refuse(Refusal refusal);

    default void refuse(Code code, String sentence) {
        refuse(Refusal.of(code, sentence));
    }

    default void give(Outcome<Bytes> outcome) {
        switch (outcome) {
            case Outcome.Done<Bytes>(Bytes payload) -> done(payload);
            case Outcome.Refused<Bytes>(Refusal refusal) -> refuse(refusal);
        }
    }
}
