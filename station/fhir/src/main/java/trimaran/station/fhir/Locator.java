package trimaran.station.fhir;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;

/** Finds the resource an address or a condition means. */
final class Locator {

    private Locator() {}

    /** An id this record gave out itself. */
    static Optional<ResourceId> own(String id) {
        try {
            return Optional.of(ResourceId.parse(id));
        } catch (MalformedException chosenByOthers) {
            return Optional.empty();
        }
    }

    /** The id of this record an id in an address means: itself, or the one that was found for a client's own choice. */
    static Optional<ResourceId> find(RecordView view, String type, String id) throws RefusedException {
        Optional<ResourceId> own = own(id);
        if (own.isPresent()) {
            return own;
        }
        return RefusedException.value(view.findChosen(type, id)).stream().findFirst();
    }

    /** All versions of the resource at the address, oldest first. */
    static List<ResourceVersion> versions(RecordView view, String type, String id) throws RefusedException {
        ResourceId found = find(view, type, id).orElseThrow(Locator::missing);
        return versions(view, type, found);
    }

    static List<ResourceVersion> versions(RecordView view, String type, ResourceId id) throws RefusedException {
        List<ResourceVersion> versions = RefusedException.value(view.versions(id));
        if (versions.isEmpty() || !versions.getLast().type().equals(type)) {
            throw missing();
        }
        return versions;
    }

    /** As {@link #versions}, where not to be there is no fault. */
    static Optional<List<ResourceVersion>> versionsIfAny(RecordView view, String type, ResourceId id)
            throws RefusedException {
        return switch (view.versions(id)) {
            case Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> versions) ->
                Optional.of(versions)
                        .filter(some -> !some.isEmpty() && some.getLast().type().equals(type));
            case Outcome.Refused<List<ResourceVersion>>(Refusal refusal) -> {
                if (refusal.code() != Code.NOT_FOUND) {
                    throw new RefusedException(refusal);
                }
                yield Optional.empty();
            }
        };
    }

    /** The identifier a condition asks for: {@code identifier=system|value}, as R4's ifNoneExist and PUT conditions have it. */
    static Trait condition(String query, String place) throws RefusedException {
        return condition(Parameters.parse(query.startsWith("?") ? query.substring(1) : query), place);
    }

    static Trait condition(Parameters parameters, String place) throws RefusedException {
        if (parameters.all().size() != 1 || !parameters.all().getFirst().name().equals("identifier")) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER, place, "a condition names one identifier: identifier=system|value");
        }
        return identifier(parameters.all().getFirst().value(), place);
    }

    static Trait identifier(String token, String place) throws RefusedException {
        int bar = token.indexOf('|');
        if (bar < 0 || bar == token.length() - 1) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER,
                    place,
                    "an identifier is asked for as system|value, or |value without a system");
        }
        return Trait.identifier(token.substring(0, bar), token.substring(bar + 1));
    }

    static RefusedException missing() {
        return RefusedException.of(Code.NOT_FOUND, "there is no such resource");
    }
}
