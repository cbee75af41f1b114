package trimaran.station.main;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.WallTime;
import trimaran.station.hl7.Inbox;
import trimaran.station.web.Received;

/** Shows the HL7 door's inbox to the browsers' door; neither knows the other. */
record ReceivedMessages(Inbox inbox) implements Received {

    @Override
    public Outcome<List<Line>> find(Query query, int most) {
        return inbox.find(
                        new Inbox.Query(
                                query.controlId(),
                                query.patient(),
                                time(query.from()),
                                time(query.to()),
                                query.fate().map(fate -> Inbox.Fate.valueOf(fate.name()))),
                        most)
                .map(lines -> lines.stream().map(ReceivedMessages::line).toList());
    }

    @Override
    public Optional<Content> open(String id) {
        return inbox.open(id).map(content -> new Content(line(content.line()), content.segments(), content.numbers()));
    }

    @Override
    public Optional<Line> again(String id) {
        return inbox.again(id).map(ReceivedMessages::line);
    }

    private static WallTime time(Instant instant) {
        return new WallTime(instant.toEpochMilli());
    }

    private static Line line(Inbox.Line line) {
        return new Line(
                line.id(),
                line.at().instant(),
                line.sender(),
                line.type(),
                line.controlId(),
                line.patient(),
                Fate.valueOf(line.fate().name()),
                line.french(),
                line.english());
    }
}
