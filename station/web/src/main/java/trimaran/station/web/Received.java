package trimaran.station.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.model.Trait;

/** The messages other systems sent to this station, with what became of each. Called from many threads; reads a disk. */
public interface Received {

    /** What became of a message. */
    enum Fate {
        DONE,
        DOUBTFUL,
        REFUSED,
        WAITING
    }

    /**
     * What is asked for; an empty text asks for any.
     *
     * @param controlId the sender's number for it (MSH-10)
     * @param patient one of the patient's numbers (PID-3)
     */
    record Query(String controlId, String patient, Instant from, Instant to, Optional<Fate> fate) {}

    /**
     * A message, however often it came, as it was dealt with last.
     *
     * @param id by which it is opened
     * @param type as {@code ADT A02}
     * @param french what was told of its first fault; empty for none
     * @param english the same
     */
    record Line(
            String id,
            Instant at,
            String sender,
            String type,
            String controlId,
            String patient,
            Fate fate,
            String french,
            String english) {}

    /**
     * A message with its segments, as they came.
     *
     * @param numbers by which the record of whom it speaks of is found
     */
    record Content(Line line, List<String> segments, List<Trait> numbers) {
        public Content {
            segments = List.copyOf(segments);
            numbers = List.copyOf(numbers);
        }
    }

    /** The newest that fit, newest first; {@code BUSY} while somebody else searches. */
    Outcome<List<Line>> find(Query query, int most);

    Optional<Content> open(String id);

    /** Deals with it once more; empty if there is none of this id. */
    Optional<Line> again(String id);

    /** A station no other system sends anything to. */
    Received NONE = new Received() {
        @Override
        public Outcome<List<Line>> find(Query query, int most) {
            return Outcome.done(List.of());
        }

        @Override
        public Optional<Content> open(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<Line> again(String id) {
            return Optional.empty();
        }
    };
}
