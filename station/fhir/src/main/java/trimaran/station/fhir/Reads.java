package trimaran.station.fhir;

import java.util.List;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.station.ResourceVersion;

/** Read, vread and history of one resource (R4 http). */
final class Reads {

    private static final Set<String> READ_PARAMETERS = Set.of("_format");

    private Reads() {}

    static Answer read(Call call) throws RefusedException {
        call.address().parameters().only(READ_PARAMETERS);
        Address address = call.address();
        ResourceVersion latest =
                Locator.versions(call.view(), address.type(), address.id()).getLast();
        if (latest.isDeleted()) {
            throw gone();
        }
        if (call.conditions().ifNoneMatch() == latest.version()) {
            return Answer.empty(304).version("", latest.version(), latest.lastUpdated());
        }
        call.room().take(latest.json().size());
        Answer answer = Answer.of(latest);
        boolean otherwiseNamed = !latest.id().toString().equals(address.id());
        return otherwiseNamed
                ? answer.with("Content-Location", call.base() + "/" + address.type() + "/" + latest.id())
                : answer;
    }

    static Answer vread(Call call) throws RefusedException {
        call.address().parameters().only(READ_PARAMETERS);
        Address address = call.address();
        for (ResourceVersion version : Locator.versions(call.view(), address.type(), address.id())) {
            if (version.version() == address.version()) {
                if (version.isDeleted()) {
                    throw gone();
                }
                call.room().take(version.json().size());
                return Answer.of(version);
            }
        }
        throw RefusedException.of(Code.NOT_FOUND, "there is no such version");
    }

    static Answer history(Call call) throws RefusedException {
        Address address = call.address();
        address.parameters().only(Page.PARAMETERS);
        List<ResourceVersion> versions =
                Locator.versions(call.view(), address.type(), address.id()).reversed();
        Page page = Page.of(call);
        return Answer.json(page.history(versions, (out, version) -> historical(out, call, version)));
    }

    private static void historical(JsonBytes out, Call call, ResourceVersion version) {
        String local = version.type() + "/" + version.id();
        out.raw("{\"fullUrl\":").text(call.base() + "/" + local);
        if (!version.isDeleted()) {
            out.raw(",\"resource\":").raw(version.supplied());
        }
        boolean first = version.version() == 1;
        String method = version.isDeleted() ? "DELETE" : first ? "POST" : "PUT";
        out.raw(",\"request\":{\"method\":\"").raw(method).raw("\",\"url\":\"");
        out.raw(first ? version.type() : local).raw("\"},\"response\":{\"status\":\"");
        out.raw(version.isDeleted() ? "204 No Content" : first ? "201 Created" : "200 OK");
        out.raw("\",\"etag\":\"W/\\\"").raw(version.version()).raw("\\\"\",\"lastModified\":\"");
        out.raw(version.lastUpdated().toString()).raw("\"}}");
    }

    static RefusedException gone() {
        return RefusedException.of(Code.GONE, "this resource was deleted");
    }
}
