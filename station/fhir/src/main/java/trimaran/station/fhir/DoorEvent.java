package trimaran.station.fhir;

/** What an operator should know about the door. Types that cannot carry what a client sent. */
public sealed interface DoorEvent {

    /** The door listens. */
    record Opened(int port) implements DoorEvent {}

    /**
     * A request could not be answered because of a fault of this program.
     *
     * @param fault class of the exception
     * @param where class and line that threw it
     */
    record Broken(String fault, String where) implements DoorEvent {}
}
