package trimaran.model;

import org.jspecify.annotations.Nullable;
import trimaran.kernel.Refusal;

/**
 * One entry of a Bundle as it came. Texts that were absent are empty.
 *
 * @param index position in the Bundle, from 0
 * @param resource the checked resource; null if there was none or it was refused
 * @param issue why the resource was refused, with its place from {@code Bundle.entry[index]} on, else null
 */
public record BundleEntry(
        int index,
        String fullUrl,
        @Nullable Resource resource,
        @Nullable Refusal issue,
        Request request) {

    /** What the entry asks for (R4 Bundle, entry.request). All empty if the entry asks nothing. */
    public record Request(
            String method, String url, String ifNoneMatch, String ifModifiedSince, String ifMatch, String ifNoneExist) {

        static final Request NONE = new Request("", "", "", "", "", "");

        public boolean isPresent() {
            return !method.isEmpty();
        }
    }
}
