package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Bundle;
import trimaran.model.BundleEntry;
import trimaran.model.Resource;
import trimaran.model.Trait;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.WriteResult.Changed;

/** A transaction (R4 http, transaction): all entries become one entry of the log, or none does. */
final class TransactionBundle {

    private final RecordView view;
    private final String input;
    private final List<Change> changes = new ArrayList<>();
    private final Set<ResourceId> touched = new HashSet<>();
    private final Set<String> conditions = new HashSet<>();
    private boolean matched;

    private TransactionBundle(RecordView view, String input) {
        this.view = view;
        this.input = input;
    }

    static Answer carryOut(Call call, Bundle bundle) throws RefusedException {
        for (int attempt = 0; attempt < ConditionalUpdate.ATTEMPTS_MAX; attempt++) {
            TransactionBundle transaction = read(call, bundle);
            WriteResult result = transaction.write();
            // Nothing of it was written. Read again, it changes what somebody else was faster to create.
            if (!ConditionalUpdate.overtaken(transaction.changes, result)) {
                return transaction.answer(result);
            }
        }
        throw ConditionalUpdate.overtakenAlways();
    }

    private static TransactionBundle read(Call call, Bundle bundle) throws RefusedException {
        TransactionBundle transaction = new TransactionBundle(call.view(), call.input());
        Set<String> urls = new HashSet<>();
        for (BundleEntry entry : bundle.entries()) {
            try {
                // R4 Bundle, bdl-7: of two with one fullUrl nobody could say which is referred to.
                if (!entry.fullUrl().isEmpty() && !urls.add(entry.fullUrl())) {
                    throw RefusedException.at(Code.BAD_VALUE, "fullUrl", "two entries have the same fullUrl");
                }
                transaction.changes.add(transaction.change(entry));
            } catch (RefusedException fault) {
                throw placed(fault.refusal(), entry.index());
            }
        }
        return transaction;
    }

    /** The same refusal with the entry it is about. */
    static RefusedException placed(Refusal refusal, int index) {
        String entry = "Bundle.entry[" + index + "]";
        String place = refusal.place().startsWith(entry)
                ? refusal.place()
                : entry + (refusal.place().isEmpty() ? "" : "." + refusal.place());
        return RefusedException.at(refusal.code(), place, refusal.sentence());
    }

    private Change change(BundleEntry entry) throws RefusedException {
        BundleEntry.Request request = entry.request();
        Address address = address(request.url());
        if (!address.parameters().all().isEmpty() && !request.method().equals("PUT")) {
            throw RefusedException.at(Code.BAD_PARAMETER, "request.url", "only a PUT may have a condition here");
        }
        long ifMatch = Conditions.parse(request.ifMatch(), "", "", "").ifMatch();
        matched |= ifMatch > 0;
        return switch (request.method()) {
            case "POST" -> create(entry, address, request.ifNoneExist());
            case "PUT" -> update(entry, address, ifMatch);
            case "DELETE" -> delete(address, ifMatch);
            default ->
                throw RefusedException.at(
                        Code.NOT_SUPPORTED, "request.method", "a transaction here takes POST, PUT and DELETE");
        };
    }

    /** An entry's URL is relative to the door. */
    static Address address(String url) throws RefusedException {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        try {
            return Address.parse(
                    path.startsWith("/") ? path.substring(1) : path, query < 0 ? "" : url.substring(query + 1));
        } catch (RefusedException fault) {
            throw RefusedException.at(
                    fault.refusal().code(), "request.url", fault.refusal().sentence());
        }
    }

    private Change create(BundleEntry entry, Address address, String ifNoneExist) throws RefusedException {
        List<Trait> onlyIfNone =
                ifNoneExist.isEmpty() ? List.of() : List.of(Locator.condition(ifNoneExist, "request.ifNoneExist"));
        return new Change.Create(resource(entry, address, Interaction.Shape.TYPE), entry.fullUrl(), onlyIfNone, "");
    }

    private Change update(BundleEntry entry, Address address, long ifMatch) throws RefusedException {
        if (address.shape() == Interaction.Shape.TYPE) {
            return conditionalUpdate(entry, address, ifMatch);
        }
        Resource resource = resource(entry, address, Interaction.Shape.INSTANCE);
        address.parameters().only(Set.of());
        return once(Writes.update(view, resource, address.id(), entry.fullUrl(), ifMatch));
    }

    private Change conditionalUpdate(BundleEntry entry, Address address, long ifMatch) throws RefusedException {
        Resource resource = resource(entry, address, Interaction.Shape.TYPE);
        String url = entry.request().url();
        Trait trait = Locator.condition(url.substring(url.indexOf('?') + 1), "request.url");
        if (!conditions.add(resource.type() + " " + trait.value())) {
            // Where nothing fits yet, the second would be created beside the first.
            throw sameTwice();
        }
        return once(ConditionalUpdate.change(view, resource, trait, entry.fullUrl(), ifMatch, "request.url"));
    }

    private Change delete(Address address, long ifMatch) throws RefusedException {
        if (address.shape() != Interaction.Shape.INSTANCE) {
            throw RefusedException.at(Code.NOT_SUPPORTED, "request.url", "a DELETE names one resource: Type/id");
        }
        var latest = Locator.versions(view, address.type(), address.id()).getLast();
        Writes.matching(latest, ifMatch);
        if (latest.isDeleted()) {
            throw RefusedException.at(Code.GONE, "request.url", "this resource was deleted");
        }
        return once(new Change.Delete(latest.id(), latest.type(), latest.version()));
    }

    private static Resource resource(BundleEntry entry, Address address, Interaction.Shape shape)
            throws RefusedException {
        Resource resource = entry.resource();
        if (address.shape() != shape) {
            throw RefusedException.at(Code.NOT_SUPPORTED, "request.url", "this method is not offered at this address");
        }
        if (resource == null) {
            throw RefusedException.at(Code.CARDINALITY, "resource", "this method needs a resource");
        }
        if (!resource.type().equals(address.type())) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER, "request.url", "the resource is of another type than the address says");
        }
        return resource;
    }

    /** R4: a transaction changes a resource once. */
    private Change once(Change change) throws RefusedException {
        ResourceId id = switch (change) {
            case Change.Create create -> null;
            case Change.Update update -> update.id();
            case Change.Delete delete -> delete.id();
        };
        if (id != null && !touched.add(id)) {
            throw sameTwice();
        }
        return change;
    }

    private static RefusedException sameTwice() {
        return RefusedException.at(Code.BAD_VALUE, "request.url", "two entries change the same resource");
    }

    private WriteResult write() {
        return changes.isEmpty()
                ? new WriteResult.Recorded(Digest.ZERO, List.of(), WriteResult.Acknowledgement.NOTHING_TO_WRITE, false)
                : view.write(Transaction.clinical(changes).named(input));
    }

    private Answer answer(WriteResult result) throws RefusedException {
        return switch (result) {
            case WriteResult.Recorded nothing
            when changes.isEmpty() ->
                Answer.json(new JsonBytes(128)
                        .raw("{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\"}")
                        .toArray());
            case WriteResult.Recorded before
            when before.versions().size() < changes.size() ->
                Answer.json(Issues.information(
                        Refusal.of(Code.DUPLICATE, "this input was recorded before; nothing was written again")));
            case WriteResult.Recorded recorded -> Answer.json(response(recorded.versions(), recorded.conflict(), 0));
            case WriteResult.Waiting waiting
            when waiting.versions().isEmpty() -> Answer.empty(202).body(Writes.stillHere(waiting.reason()), true);
            case WriteResult.Waiting waiting ->
                Answer.json(response(waiting.versions(), false, 202)).status(202);
            case WriteResult.Refused(Refusal refusal) -> throw new RefusedException(refused(refusal));
        };
    }

    /** The core counts changes, of which there is one an entry. */
    private Refusal refused(Refusal said) {
        Refusal refusal = said.place().startsWith("[")
                ? Refusal.at(said.code(), "Bundle.entry" + said.place(), said.sentence())
                : said;
        return refusal.code() == Code.VERSION_CONFLICT && matched
                ? Refusal.at(Code.PRECONDITION_FAILED, refusal.place(), refusal.sentence())
                : refusal;
    }

    private byte[] response(List<Changed> versions, boolean conflict, int status) {
        JsonBytes out = new JsonBytes(128 + versions.size() * 240);
        out.raw("{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[");
        for (int i = 0; i < versions.size(); i++) {
            Changed changed = versions.get(i);
            Answer answer = Answer.empty(status > 0 ? status : status(changes.get(i), changed.existed()));
            answer = changed.existed()
                    ? answer.version(changed.type() + "/" + changed.id(), 0, changed.lastUpdated())
                    : Writes.located(answer, changed);
            if (conflict) {
                answer = answer.body(Writes.conflict(), true);
            }
            out.raw(i == 0 ? "" : ",");
            EntryResponse.write(out, answer);
        }
        return out.raw("]}").toArray();
    }

    private static int status(Change change, boolean existed) {
        return switch (change) {
            case Change.Create create -> existed ? 200 : 201;
            case Change.Update update -> 200;
            case Change.Delete delete -> 204;
        };
    }
}
