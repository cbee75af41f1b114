package trimaran.station.hl7;

import java.util.List;
import java.util.Optional;

/** A message that could be taken apart: at least an MSH, in the order the segments came. */
record Message(List<Segment> segments) {

    Message {
        segments = List.copyOf(segments);
    }

    Segment header() {
        return segments.getFirst();
    }

    Optional<Segment> first(String name) {
        return segments.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    List<Segment> all(String name) {
        return segments.stream().filter(one -> one.name().equals(name)).toList();
    }

    /** {@code ADT}, {@code ORU}… */
    String type() {
        return header().value(9).component(1);
    }

    /** {@code A01}… */
    String event() {
        String event = header().value(9).component(2);
        return event.isEmpty() ? first("EVN").map(evn -> evn.text(1)).orElse("") : event;
    }

    String controlId() {
        return header().text(10);
    }

    /** Application and facility that sent it, as they name themselves. */
    String sender() {
        return header().text(3) + "|" + header().text(4);
    }
}
