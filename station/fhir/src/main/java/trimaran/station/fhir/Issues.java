package trimaran.station.fhir;

import java.util.Locale;
import trimaran.kernel.Refusal;

/** Writes OperationOutcomes (R4 operationoutcome): code, place and sentence, never what was sent. */
final class Issues {

    /** The code system of {@link trimaran.kernel.Code}. */
    static final String SYSTEM = "urn:trimaran:code";

    /** The reader's language while its request is answered; French for whoever names none. */
    static final ScopedValue<Locale> LANGUAGE = ScopedValue.newInstance();

    private Issues() {}

    static byte[] error(Refusal refusal) {
        return write("error", refusal);
    }

    static byte[] warning(Refusal refusal) {
        return write("warning", refusal);
    }

    /** Something to know that is no fault. */
    static byte[] information(Refusal refusal) {
        return write("information", refusal);
    }

    /** That a request was carried out, for whoever prefers an OperationOutcome (R4 http, managing return content). */
    static byte[] done(String sentence) {
        return new JsonBytes(160)
                .raw("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"information\",")
                .raw("\"code\":\"informational\",\"diagnostics\":")
                .text(sentence)
                .raw("}]}")
                .toArray();
    }

    private static byte[] write(String severity, Refusal refusal) {
        JsonBytes out = new JsonBytes(512);
        out.raw("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"")
                .raw(severity);
        out.raw("\",\"code\":\"").raw(refusal.code().issueType()).raw("\",\"details\":{\"coding\":[{\"system\":\"");
        out.raw(SYSTEM).raw("\",\"code\":\"").raw(refusal.code().tag()).raw("\"}],\"text\":");
        out.text(CodeTexts.of(refusal.code(), LANGUAGE.orElse(Locale.FRENCH)));
        out.raw("},\"diagnostics\":").text(refusal.sentence());
        if (!refusal.place().isEmpty()) {
            out.raw(",\"expression\":[").text(refusal.place()).raw("]");
        }
        return out.raw("}]}").toArray();
    }
}
