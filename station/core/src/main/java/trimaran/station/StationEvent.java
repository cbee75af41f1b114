package trimaran.station;

import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.CloseReason;

/** What a station tells its operators. No event can carry anything about a patient. */
public sealed interface StationEvent {

    /** What concerns a station's buddy, or the station it is the buddy of. */
    sealed interface OfBuddy extends StationEvent {}

    record TierUp(Party tier) implements StationEvent {}

    record TierDown(Party tier, CloseReason reason) implements StationEvent {}

    /** Somebody answers at the tier's address, but not as the tier of this hospital. */
    record WrongTier(Party tier, Code code) implements StationEvent {}

    /** A tier's feed does not fit its own checkpoint, or goes back: it is no longer listened to. Alarm. */
    record FeedDropped(Party tier, Code code, long size) implements StationEvent {}

    /** Two checkpoints of one size under quorum have different roots. Alarm. */
    record RootsDiffer(Party tier, long size) implements StationEvent {}

    /** Two tiers say different things of one placed entry. Alarm. */
    record TiersDiffer(Party tier, long index) implements StationEvent {}

    /** A tier's share of a cell is proven wrong. Alarm. */
    record BadShare(Party tier, CellId cell) implements StationEvent {}

    /**
     * A tier gave no share of a cell two others have, or said no to opening it: it may be taking it later.
     *
     * @param openedAt position of the entry that opened the cell; negative if that is only held
     */
    record NoShare(Party tier, CellId cell, long openedAt) implements StationEvent {}

    /** Two tiers' shares or openings of a cell differ, and it is not proven which lies. Alarm. */
    record SharesDiffer(CellId cell) implements StationEvent {}

    /** What a tier gave of a cell does not verify. Alarm. */
    record BadParts(Party tier, CellId cell, Code code) implements StationEvent {}

    /** What enough tiers gave makes no key of a part of a cell, or it has too many: the part is left out. Alarm. */
    record PartUnread(CellId cell, Digest entry, Code code) implements StationEvent {}

    /** A tier did not show what another told of; it may be catching up. */
    record TierBehind(Party tier, CellId cell) implements StationEvent {}

    /** Two holders of a lookup secret differ. Alarm. */
    record LookupSecretsDiffer(int number) implements StationEvent {}

    /** A held statement or receipt of a tier is not signed by it. Alarm. */
    record BadSignature(Party tier, Digest entry) implements StationEvent {}

    /** An entry of this station was refused for good. */
    record EntryRefused(Digest entry, Code code) implements StationEvent {}

    /** Somebody has seen that an entry was refused which had been promised, and put it away. */
    record RefusedPutAway(Digest entry, Digest session) implements StationEvent {}

    /** An entry that was promised and refused lies in a file beside the outbox, since nobody looked and there is no room. Alarm. */
    record RefusedSetAside(Digest entry) implements StationEvent {}

    /** An entry of this station was placed in conflict: a person has to look. */
    record PlacedInConflict(Digest entry) implements StationEvent {}

    /** This station's buddy is reached, and has so many of the entries that wait here. */
    record BuddyReached(int entries) implements OfBuddy {}

    /** The buddy is not reached any more: what is written from now on lies here alone. */
    record BuddySilent(CloseReason reason) implements OfBuddy {}

    /** The buddy does not take what it is brought, or speaks to this station not at all. Told once for each reason until it has everything. */
    record BuddyRefuses(Code code) implements OfBuddy {}

    /** So many entries have lain here for long and are not at the buddy; none once it has them all. */
    record BuddyBehind(int entries) implements OfBuddy {}

    /** The station this one is the buddy of speaks, and has so many entries here. */
    record WardHeard(int entries) implements OfBuddy {}

    /** The station this one is the buddy of says nothing any more, and has so many entries here. */
    record WardSilent(int entries) implements OfBuddy {}

    /** Another station than the one this one is the buddy of came to its door, or that one under another hospital or cut. */
    record WardRefused(Code code) implements OfBuddy {}

    /** So many entries of a station that is silent, or came back without them, are brought to the tiers from here. */
    record WardTakenOver(int entries) implements OfBuddy {}

    /** An entry of that station cannot be brought, and is kept. Told once for each reason. */
    record WardEntryStays(Digest entry, Code code) implements OfBuddy {}

    /** So many bytes of what is kept for that station cannot be read: they lie beside it, and its own station may have them. Alarm. */
    record WardKeptDamaged(long bytes) implements OfBuddy {}

    /** The outbox ended in a torn record after a crash; it was never confirmed to anybody. */
    record OutboxTorn(long bytes) implements StationEvent {}

    /** So many bytes of the outbox cannot be read, and are no torn tail: they lie beside it, and an entry may be lost. Alarm. */
    record OutboxDamaged(long bytes) implements StationEvent {}

    /** A ward's sealed copy could not be made, and the last one grows old. Told once for each reason. */
    record WardCopyRefused(Code code) implements StationEvent {}

    /** The registry on this station's disk could not be read and is fetched anew. */
    record RegistryRefetched() implements StationEvent {}
}
