package trimaran.station.fhir;

/** What an operator should know about the door. Types that cannot carry what a client sent. */
public sealed interface DoorEvent {

    /** The door listens. */
    record Opened(int port) implements DoorEvent {}

    /**
     * A request could not be answered because of a fault of this program.
     *
     * @param thrown of which only types and places in the code may be written down
     */
    record Broken(Throwable thrown) implements DoorEvent {}
}
