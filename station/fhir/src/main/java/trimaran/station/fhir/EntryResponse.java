package trimaran.station.fhir;

/** Writes one entry of a transaction-response or batch-response (R4 Bundle, entry.response). */
final class EntryResponse {

    private EntryResponse() {}

    static void write(JsonBytes out, Answer answer) {
        byte[] body = answer.body().unsafeArray();
        out.raw("{");
        if (body.length > 0 && !answer.isIssue()) {
            out.raw("\"resource\":").raw(body).raw(",");
        }
        out.raw("\"response\":{\"status\":\"").raw(answer.statusLine()).raw("\"");
        if (!answer.location().isEmpty()) {
            out.raw(",\"location\":\"").raw(answer.location()).raw("\"");
        }
        if (answer.version() > 0) {
            out.raw(",\"etag\":\"W/\\\"").raw(answer.version()).raw("\\\"\"");
        }
        if (Writes.isKnown(answer.lastModified())) {
            out.raw(",\"lastModified\":\"")
                    .raw(answer.lastModified().toString())
                    .raw("\"");
        }
        if (body.length > 0 && answer.isIssue()) {
            out.raw(",\"outcome\":").raw(body);
        }
        out.raw("}}");
    }
}
