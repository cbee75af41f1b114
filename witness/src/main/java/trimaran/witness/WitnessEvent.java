package trimaran.witness;

/** What the witness tells its operators. It sees sizes, roots and memberships, so there is nothing else an event could carry. */
public sealed interface WitnessEvent {

    record EpochBegun(long epoch) implements WitnessEvent {}

    /** The log signed a tree that does not extend the one the witness signed. Alarm. */
    record Equivocation(long size) implements WitnessEvent {}
}
