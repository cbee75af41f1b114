package trimaran.station.fhir;

import java.util.Locale;
import trimaran.kernel.Code;

/**
 * What a request asks besides its address and body: R4 http, conditional interactions and return preference.
 *
 * @param ifMatch the version it expects; 0 for none
 * @param ifNoneMatch the version it has already; 0 for none
 * @param ifNoneExist a search under which nothing may exist; empty for none
 * @param content what comes back after a write
 * @param lenient whether a search leaves out parameters nobody here knows (Prefer: handling=lenient)
 */
record Conditions(long ifMatch, long ifNoneMatch, String ifNoneExist, Content content, boolean lenient) {

    /** R4 http, managing return content. */
    enum Content {
        MINIMAL,
        REPRESENTATION,
        OUTCOME
    }

    static Conditions parse(String ifMatch, String ifNoneMatch, String ifNoneExist, String prefer)
            throws RefusedException {
        return new Conditions(
                version("If-Match", ifMatch),
                version("If-None-Match", ifNoneMatch),
                ifNoneExist,
                content(prefer),
                prefer.toLowerCase(Locale.ROOT).contains("handling=lenient"));
    }

    /** {@code W/"3"}; a strong one is taken, too, as R4 recommends. */
    private static long version(String header, String tag) throws RefusedException {
        if (tag.isEmpty()) {
            return 0;
        }
        String inner = tag.strip();
        inner = inner.startsWith("W/") ? inner.substring(2) : inner;
        boolean quoted = inner.length() > 2 && inner.startsWith("\"") && inner.endsWith("\"");
        String digits = quoted ? inner.substring(1, inner.length() - 1) : "";
        boolean number = !digits.isEmpty()
                && digits.length() < 19
                && digits.charAt(0) != '0'
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw RefusedException.at(Code.BAD_PARAMETER, header, "expected one version, as in W/\"3\"");
        }
        return Long.parseLong(digits);
    }

    private static Content content(String prefer) {
        String wish = prefer.toLowerCase(Locale.ROOT);
        if (wish.contains("return=minimal")) {
            return Content.MINIMAL;
        }
        return wish.contains("return=operationoutcome") ? Content.OUTCOME : Content.REPRESENTATION;
    }
}
