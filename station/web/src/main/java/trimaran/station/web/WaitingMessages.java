package trimaran.station.web;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.Transaction.Change;

/** Reads what other systems sent and nobody's record could be found for; this door knows no format of messages. */
public interface WaitingMessages {

    /**
     * What one brings, without a value of it.
     *
     * @param sender as it names itself
     * @param sent when, as FHIR writes it; empty if it does not say
     * @param subjects what was examined, or what kind of document it is
     * @param count of values, or of parts
     */
    record Brought(boolean document, String sender, String sent, List<String> subjects, int count) {
        public Brought {
            subjects = List.copyOf(subjects);
        }
    }

    /** Empty for bytes that are no such message. */
    Optional<Brought> read(byte[] message);

    /** What it becomes in this patient's record. What is there of it already is looked up in the name of whoever decides. */
    Outcome<List<Change>> changes(byte[] message, ResourceId patient, Care care);

    /** A station no such message comes to. */
    WaitingMessages NONE = new WaitingMessages() {
        @Override
        public Optional<Brought> read(byte[] message) {
            return Optional.empty();
        }

        @Override
        public Outcome<List<Change>> changes(byte[] message, ResourceId patient, Care care) {
            return Outcome.refused(Code.NOT_SUPPORTED, "this station reads no messages");
        }
    };
}
