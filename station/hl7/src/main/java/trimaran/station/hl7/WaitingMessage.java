package trimaran.station.hl7;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.Transaction.Change;

/**
 * A message of <i>Résultats à rattacher</i>, as {@link Subjects} left it beside the Person nobody could be found for: what it brings,
 * and what it becomes once somebody has said whose it is. Who says so, and whether they may, is for whoever asks.
 */
public final class WaitingMessage {

    private final Message message;
    private final ZoneId zone;

    private WaitingMessage(Message message, ZoneId zone) {
        this.message = message;
        this.zone = zone;
    }

    /** Empty if these bytes are no message of results or of a document. */
    public static Optional<WaitingMessage> read(byte[] er7, ZoneId zone) {
        Reading.Result read = Reading.read(er7, Hl7Limits.STANDARD.segments());
        return read.message()
                .filter(_ -> read.isGood())
                .filter(message -> message.type().matches("ORU|MDM"))
                .map(message -> new WaitingMessage(message, zone));
    }

    /** Application and facility, as they name themselves. */
    public String sender() {
        return message.sender().replace('|', ' ').strip();
    }

    /** When it was sent (MSH-7), as FHIR writes it; empty if it does not say. */
    public String sent() {
        return Moment.read(message.header().text(7), zone).map(Moment::fhir).orElse("");
    }

    public boolean isDocument() {
        return message.type().equals("MDM");
    }

    /** What was examined, or what kind of document it is; no value and no text of it. */
    public List<String> subjects() {
        List<String> all = new ArrayList<>();
        for (Segment segment : message.all(isDocument() ? "TXA" : "OBR")) {
            Value what = segment.value(isDocument() ? 2 : 4);
            String words = what.component(2).isEmpty() ? what.component(1) : what.component(2);
            if (!words.isEmpty()) {
                all.add(words);
            }
        }
        return List.copyOf(all);
    }

    /** How many values or parts it brings. */
    public int count() {
        return message.all("OBX").size();
    }

    /**
     * What it becomes in the record of a patient: the very resources it would have become, had it named them rightly. Refused with
     * the station's own refusal if what the record has of it already cannot be looked up.
     */
    public Outcome<List<Change>> changes(ResourceId patient, Hl7Record record) {
        List<Fault> faults = new ArrayList<>();
        // For this one message: nothing it finds grows old meanwhile.
        Lookups lookups = new Lookups(record, () -> 0);
        Draft draft = new Draft();
        Subjects.Subject subject = new Subjects.Subject("Patient/" + patient, "");
        try {
            if (isDocument()) {
                Documents documents = new Documents(message, zone, lookups, draft, faults);
                if (documents.isWhole()) {
                    documents.carryOut(subject);
                }
            } else {
                Results results = new Results(message, zone, lookups, draft, faults);
                if (results.isWhole()) {
                    results.carryOut(subject);
                }
            }
            return draft.isEmpty()
                    ? Outcome.refused(Code.BAD_VALUE, "the message brings nothing that can be written")
                    : Outcome.done(draft.transaction("").changes());
        } catch (StoppedException stopped) {
            return Outcome.refused(stopped.refusal());
        }
    }
}
