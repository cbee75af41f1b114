package trimaran.station.fhir;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.WriteResult.Changed;

/** Create, update and delete of one resource (R4 http). */
final class Writes {

    private static final Set<String> PARAMETERS = Set.of("_format");

    private Writes() {}

    static Answer create(Call call) throws RefusedException {
        call.address().parameters().only(PARAMETERS);
        Resource resource = call.required();
        String condition = call.conditions().ifNoneExist();
        List<Trait> onlyIfNone =
                condition.isEmpty() ? List.of() : List.of(Locator.condition(condition, "If-None-Exist"));
        return write(call, new Change.Create(resource, "", onlyIfNone, ""));
    }

    static Answer update(Call call) throws RefusedException {
        call.address().parameters().only(PARAMETERS);
        return write(
                call,
                update(
                        call.view(),
                        call.required(),
                        call.address().id(),
                        "",
                        call.conditions().ifMatch()));
    }

    /**
     * The change a PUT asks for: a new version of what is there, or the creation of a resource whose id its author chose
     * (R4 http, update as create).
     *
     * @param ifMatch the version it must replace; 0 for the last this station knows
     */
    static Change update(RecordView view, Resource resource, String id, String fullUrl, long ifMatch)
            throws RefusedException {
        Optional<ResourceId> found = Locator.find(view, resource.type(), id);
        boolean otherId = !resource.id().equals(id)
                && found.filter(known -> known.toString().equals(resource.id())).isEmpty();
        if (otherId) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER,
                    resource.type() + ".id",
                    "the id in the resource must be the one in the address");
        }
        if (found.isEmpty()) {
            if (ifMatch > 0) {
                throw RefusedException.of(Code.PRECONDITION_FAILED, "there is no such resource");
            }
            return new Change.Create(resource, fullUrl, List.of(), id);
        }
        ResourceVersion latest =
                Locator.versions(view, resource.type(), found.get()).getLast();
        matching(latest, ifMatch);
        return new Change.Update(found.get(), latest.version(), resource, fullUrl);
    }

    static Answer delete(Call call) throws RefusedException {
        Address address = call.address();
        address.parameters().only(PARAMETERS);
        ResourceVersion latest =
                Locator.versions(call.view(), address.type(), address.id()).getLast();
        matching(latest, call.conditions().ifMatch());
        if (latest.isDeleted()) {
            return Answer.empty(204).version("", latest.version(), latest.lastUpdated());
        }
        return write(call, new Change.Delete(latest.id(), latest.type(), latest.version()));
    }

    static void matching(ResourceVersion latest, long ifMatch) throws RefusedException {
        if (ifMatch > 0 && ifMatch != latest.version()) {
            throw RefusedException.of(
                    Code.PRECONDITION_FAILED, "the resource has another version: " + latest.version());
        }
    }

    private static Answer write(Call call, Change change) throws RefusedException {
        return answer(call, change, call.view().write(Transaction.of(change).named(call.input())));
    }

    /** What a client is told of its one change. */
    static Answer answer(Call call, Change change, WriteResult result) throws RefusedException {
        return switch (result) {
            case WriteResult.Recorded recorded -> recorded(call, change, recorded);
            case WriteResult.Waiting waiting -> waiting(waiting);
            case WriteResult.Refused(Refusal refusal) -> throw new RefusedException(refused(call, refusal));
        };
    }

    /** Somebody was faster: who named a version failed its condition, who named none is in conflict (R4 http, update). */
    private static Refusal refused(Call call, Refusal said) {
        // There is one change here: which one it was goes without saying.
        int end = said.place().startsWith("[") ? said.place().indexOf(']') + 1 : 0;
        String place = said.place().substring(end);
        Refusal refusal = Refusal.at(said.code(), place.startsWith(".") ? place.substring(1) : place, said.sentence());
        return refusal.code() == Code.VERSION_CONFLICT && call.conditions().ifMatch() > 0
                ? Refusal.at(Code.PRECONDITION_FAILED, refusal.place(), refusal.sentence())
                : refusal;
    }

    static byte[] conflict() {
        return Issues.warning(
                Refusal.of(Code.VERSION_CONFLICT, "recorded in conflict with another version: a person looks at both"));
    }

    /** It lies in the outbox: accepted, and said so (DESIGN §5, acknowledged). */
    private static Answer waiting(WriteResult.Waiting waiting) {
        Answer answer = Answer.empty(202).body(stillHere(waiting.reason()), true);
        return waiting.versions().isEmpty()
                ? answer
                : located(answer, waiting.versions().getFirst());
    }

    static byte[] stillHere(Refusal reason) {
        return Issues.information(Refusal.of(
                reason.code(),
                "recorded at this station and not yet shared; it goes on by itself: " + reason.sentence()));
    }

    private static Answer recorded(Call call, Change change, WriteResult.Recorded recorded) throws RefusedException {
        Changed changed = recorded.versions().getFirst();
        if (changed.existed()) {
            ResourceVersion there =
                    Locator.versions(call.view(), changed.type(), changed.id()).getLast();
            Answer found = there.isDeleted() ? Answer.empty(200) : Answer.of(there);
            return found.version(
                    location(there.type(), there.id(), there.version()), there.version(), there.lastUpdated());
        }
        Answer answer = located(Answer.empty(status(change)), changed);
        if (recorded.conflict()) {
            return answer.status(200).body(conflict(), true);
        }
        return switch (call.conditions().content()) {
            case MINIMAL -> answer;
            case OUTCOME -> answer.body(Issues.done("the record has it"), true);
            case REPRESENTATION -> change instanceof Change.Delete ? answer : represented(call, answer, changed);
        };
    }

    private static int status(Change change) {
        return switch (change) {
            case Change.Create create -> 201;
            case Change.Update update -> 200;
            case Change.Delete delete -> 204;
        };
    }

    /** With the resource as it is now stored, if that can be had; the write stands either way. */
    private static Answer represented(Call call, Answer answer, Changed changed) {
        return switch (call.view().versions(changed.id())) {
            case Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> versions) ->
                versions.stream()
                        .filter(one -> one.version() == changed.version() && !one.isDeleted())
                        .findFirst()
                        .map(one -> answer.body(one.supplied(), false))
                        .orElse(answer);
            case Outcome.Refused<List<ResourceVersion>> refused -> answer;
        };
    }

    static Answer located(Answer answer, Changed changed) {
        return answer.version(
                location(changed.type(), changed.id(), changed.version()), changed.version(), changed.lastUpdated());
    }

    static String location(String type, ResourceId id, long version) {
        return type + "/" + id + "/_history/" + version;
    }

    /** Whether a time is known: an entry that only waits has none. */
    static boolean isKnown(RecordTime time) {
        return !time.equals(RecordTime.ZERO);
    }
}
