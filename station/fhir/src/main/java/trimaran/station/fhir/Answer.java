package trimaran.station.fhir;

import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.station.ResourceVersion;

/**
 * What is answered to one request, or to one entry of a Bundle.
 *
 * @param status HTTP status
 * @param body JSON unless a header says otherwise; empty for none
 * @param isIssue whether the body is an OperationOutcome
 * @param location {@code Type/id/_history/version} below the door; empty for none
 * @param version for the ETag; 0 for none
 * @param lastModified {@link RecordTime#ZERO} for none
 * @param more other headers
 */
record Answer(
        int status,
        Bytes body,
        boolean isIssue,
        String location,
        long version,
        RecordTime lastModified,
        Map<String, String> more) {

    static Answer json(byte[] body) {
        return new Answer(200, Bytes.wrap(body), false, "", 0, RecordTime.ZERO, Map.of());
    }

    /** A sheet of paper. */
    static Answer pdf(byte[] body) {
        return json(body).with("Content-Type", "application/pdf");
    }

    static Answer empty(int status) {
        return new Answer(status, Bytes.EMPTY, false, "", 0, RecordTime.ZERO, Map.of());
    }

    /** One version of a resource. */
    static Answer of(ResourceVersion version) {
        return new Answer(
                200, Bytes.wrap(version.supplied()), false, "", version.version(), version.lastUpdated(), Map.of());
    }

    static Answer refused(Refusal refusal) {
        return new Answer(
                refusal.code().httpStatus(),
                Bytes.wrap(Issues.error(refusal)),
                true,
                "",
                0,
                RecordTime.ZERO,
                more(refusal));
    }

    private static Map<String, String> more(Refusal refusal) {
        return switch (refusal.code().httpStatus()) {
            case 401 -> Map.of("WWW-Authenticate", "Bearer realm=\"trimaran\"");
            case 429, 503 -> Map.of("Retry-After", "1");
            default -> Map.of();
        };
    }

    Answer status(int other) {
        return new Answer(other, body, isIssue, location, version, lastModified, more);
    }

    Answer body(byte[] other, boolean issue) {
        return new Answer(status, Bytes.wrap(other), issue, location, version, lastModified, more);
    }

    Answer version(String at, long number, RecordTime time) {
        return new Answer(status, body, isIssue, at, number, time, more);
    }

    Answer with(String header, String value) {
        return new Answer(status, body, isIssue, location, version, lastModified, Map.of(header, value));
    }

    /** As R4 writes it into an entry's response. */
    String statusLine() {
        String reason = switch (status) {
            case 200 -> " OK";
            case 201 -> " Created";
            case 202 -> " Accepted";
            case 204 -> " No Content";
            case 304 -> " Not Modified";
            default -> "";
        };
        return status + reason;
    }
}
