package trimaran.station.chart;

import java.util.Optional;

/**
 * A document (R4 DocumentReference).
 *
 * @param text what stands in it, if it is plain text lying in the record itself
 * @param contentType of its first attachment
 * @param attachments how many there are
 */
public record Document(
        Source source,
        Coded what,
        String title,
        String statusText,
        boolean superseded,
        Optional<FhirTime> at,
        String author,
        String contentType,
        Optional<String> text,
        int attachments) {}
