package trimaran.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Refusal;

/** A Bundle while it is being read. */
final class BundleDraft {

    final List<BundleEntry> entries = new ArrayList<>();
    String type = "";
    private String fullUrl = "";
    private String method = "";
    private String url = "";
    private String ifNoneMatch = "";
    private String ifModifiedSince = "";
    private String ifMatch = "";
    private String ifNoneExist = "";
    private @Nullable Resource resource;
    private @Nullable Refusal issue;

    void resource(Resource read) {
        resource = read;
    }

    void issue(Refusal found) {
        issue = found;
    }

    void text(Role role, String text) {
        switch (role) {
            case BUNDLE_TYPE -> type = text;
            case FULL_URL -> fullUrl = text;
            case METHOD -> method = text;
            case REQUEST_URL -> url = text;
            case IF_NONE_MATCH -> ifNoneMatch = text;
            case IF_MODIFIED_SINCE -> ifModifiedSince = text;
            case IF_MATCH -> ifMatch = text;
            case IF_NONE_EXIST -> ifNoneExist = text;
            default -> throw new IllegalArgumentException("not a part of a Bundle: " + role);
        }
    }

    void entryEnds() {
        BundleEntry.Request request = method.isEmpty()
                ? BundleEntry.Request.NONE
                : new BundleEntry.Request(method, url, ifNoneMatch, ifModifiedSince, ifMatch, ifNoneExist);
        entries.add(new BundleEntry(entries.size(), fullUrl, resource, issue, request));
        fullUrl = "";
        method = "";
        url = "";
        ifNoneMatch = "";
        ifModifiedSince = "";
        ifMatch = "";
        ifNoneExist = "";
        resource = null;
        issue = null;
    }
}
