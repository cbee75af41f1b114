package trimaran.station.fhir;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;

/** An update of the one resource that fits a condition, or its creation where none does (R4 http, conditional update). */
final class ConditionalUpdate {

    /** How often the condition is asked again when somebody else created what fits it in the meantime. */
    static final int ATTEMPTS_MAX = 3;

    private ConditionalUpdate() {}

    /** {@code PUT Type?identifier=system|value}. */
    static Answer carryOut(Call call) throws RefusedException {
        Resource resource = call.required();
        Set<String> names = call.address().parameters().all().stream()
                .map(Parameters.Parameter::name)
                .filter(name -> !name.equals("_format"))
                .collect(Collectors.toSet());
        Trait trait = Locator.condition(call.address().parameters().among(names::contains), "identifier");
        long ifMatch = call.conditions().ifMatch();
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Change change = change(call.view(), resource, trait, "", ifMatch, "identifier");
            WriteResult result = call.view().write(Transaction.of(change).named(call.input()));
            if (!overtaken(List.of(change), result)) {
                return Writes.answer(call, change, result);
            }
        }
        throw overtakenAlways();
    }

    /** A creation that found what it was to create had all refused: what is there now has to be updated. */
    static boolean overtaken(List<Change> changes, WriteResult result) {
        return result instanceof WriteResult.Refused(Refusal refusal)
                && refusal.code() == Code.DUPLICATE
                && changes.stream().anyMatch(change -> change instanceof Change.Create create && create.elseRefused());
    }

    static RefusedException overtakenAlways() {
        return RefusedException.of(
                Code.VERSION_CONFLICT, "others create what this condition names at the same time; try again");
    }

    /**
     * The change a conditional update asks for. An id in the resource is the one that fits, or the one it is created under.
     *
     * @param ifMatch the version it must replace; 0 for the last this station knows
     * @param place what a refusal of the condition points at
     */
    static Change change(RecordView view, Resource resource, Trait trait, String fullUrl, long ifMatch, String place)
            throws RefusedException {
        List<ResourceId> found = RefusedException.value(view.find(resource.type(), trait));
        if (found.size() > 1) {
            throw RefusedException.at(Code.PRECONDITION_FAILED, place, "more than one resource fits the condition");
        }
        if (found.isEmpty()) {
            return creation(view, resource, trait, fullUrl, ifMatch);
        }
        ResourceId id = found.getFirst();
        boolean same = resource.id().isEmpty()
                || Locator.find(view, resource.type(), resource.id())
                        .filter(id::equals)
                        .isPresent();
        if (!same) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER,
                    resource.type() + ".id",
                    "the id in the resource must be that of the one that fits the condition");
        }
        ResourceVersion latest = Locator.versions(view, resource.type(), id).getLast();
        Writes.matching(latest, ifMatch);
        return new Change.Update(id, latest.version(), resource, fullUrl);
    }

    private static Change creation(RecordView view, Resource resource, Trait trait, String fullUrl, long ifMatch)
            throws RefusedException {
        if (ifMatch > 0) {
            throw RefusedException.of(Code.PRECONDITION_FAILED, "there is no such resource");
        }
        if (!resource.id().isEmpty()
                && Locator.find(view, resource.type(), resource.id()).isPresent()) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER,
                    resource.type() + ".id",
                    "nothing fits the condition, and the id in the resource is one this record gave out");
        }
        return new Change.Create(resource, fullUrl, List.of(trait), resource.id(), true);
    }
}
