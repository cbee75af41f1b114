package trimaran.station.fhir;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.model.Resource;

/**
 * One interaction a client asks for, by itself or as an entry of a batch.
 *
 * @param base the address of the door, without a slash at the end
 * @param listing how lists are answered, and where in one this call goes on
 * @param room memory its answer may take, and how much one page of it
 * @param input the client's name for this very input with a digest of it; empty if it may be taken again
 * @param resource the checked resource it brings; null if none
 */
record Call(
        Interaction interaction,
        Address address,
        Conditions conditions,
        @Nullable Resource resource,
        RecordView view,
        String base,
        Listing listing,
        AnswerRoom room,
        String input) {

    /** The resource of a write: of the type its address says. */
    Resource required() throws RefusedException {
        if (resource == null) {
            throw RefusedException.of(Code.MALFORMED, "this request needs a resource");
        }
        if (!resource.type().equals(address.type())) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER, resource.type(), "the resource is of another type than the address says");
        }
        return resource;
    }

    /** The same call with other parameters. */
    Call asking(Parameters parameters) {
        Address narrowed = new Address(address.shape(), address.type(), address.id(), address.version(), parameters);
        return new Call(interaction, narrowed, conditions, resource, view, base, listing, room, input);
    }

    /** The same call where the link it came by goes on, if it came by one. */
    Call resumed() throws RefusedException {
        Optional<Paging.Resumed> link = listing.paging().resumed(address);
        if (link.isEmpty()) {
            return this;
        }
        Call going = asking(link.get().parameters());
        Listing there = listing.at(link.get().mark());
        return new Call(interaction, going.address(), conditions, resource, view, base, there, room, input);
    }

    /** The same call in another session. */
    Call with(RecordView other) {
        return new Call(interaction, address, conditions, resource, other, base, listing, room, input);
    }
}
