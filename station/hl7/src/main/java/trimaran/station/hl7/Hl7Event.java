package trimaran.station.hl7;

import trimaran.kernel.Code;

/** What the door tells its operator. None of it can be about a patient. */
public sealed interface Hl7Event {

    record Opened(int port) implements Hl7Event {}

    /** A line was closed by this side. */
    record Closed(Reason reason) implements Hl7Event {}

    /** The acknowledgement was not AA. */
    record NotTaken(Answer answer, Code code) implements Hl7Event {}

    /** A fault of this program; the line goes on. */
    record Broken(Throwable thrown) implements Hl7Event {}

    /** Bytes at the end of the journal that a crash cut off. */
    record JournalTorn(long bytes) implements Hl7Event {}

    /** The acknowledgements that take nothing in. */
    enum Answer {
        AE,
        AR
    }

    /** Why a line was closed. */
    enum Reason {
        TOO_MANY_LINES,
        TOO_LARGE,
        NO_ROOM,
        GARBAGE,
        TOO_SLOW,
        IDLE,
        NOT_READ
    }
}
