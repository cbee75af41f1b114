package trimaran.station.fhir;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Code;

/** Which formats are spoken (R4 http, mime types): FHIR JSON of version 4.0, and nothing else. */
final class Negotiation {

    static final String FHIR_JSON = "application/fhir+json; charset=utf-8";

    private static final Set<String> JSON = Set.of("application/fhir+json", "application/json", "text/json");
    private static final Set<String> ANY = Set.of("*/*", "application/*");

    private Negotiation() {}

    /** Refuses to answer a reader that takes no FHIR JSON. The parameter counts before the header. */
    static void answerable(String accept, Optional<String> format) throws RefusedException {
        if (format.isPresent()) {
            String wanted = format.get().strip().toLowerCase(Locale.ROOT).replace(' ', '+');
            if (!wanted.equals("json") && !isJson(wanted, false)) {
                throw RefusedException.at(Code.NOT_ACCEPTABLE, "_format", "this door speaks FHIR JSON only");
            }
            return;
        }
        if (accept.isEmpty() || accept.equals("application/fhir+json") || accept.equals("*/*")) {
            return;
        }
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", 64)) {
            if (isJson(range, true) && !isZero(range)) {
                return;
            }
        }
        throw RefusedException.at(Code.NOT_ACCEPTABLE, "Accept", "this door speaks FHIR JSON only");
    }

    /** The first language of the wished ones that is spoken here (RFC 9110 §12.5.4): French, else English. */
    static Locale language(String acceptLanguage) {
        Locale best = Locale.FRENCH;
        double most = 0;
        for (String range : acceptLanguage.toLowerCase(Locale.ROOT).split(",", 16)) {
            String[] parts = range.strip().split(";", 2);
            double weight = weight(parts.length > 1 ? parts[1].strip() : "");
            boolean english = parts[0].equals("en") || parts[0].startsWith("en-");
            boolean french = parts[0].equals("fr") || parts[0].startsWith("fr-") || parts[0].equals("*");
            if ((english || french) && weight > most) {
                best = english ? Locale.ENGLISH : Locale.FRENCH;
                most = weight;
            }
        }
        return best;
    }

    private static double weight(String parameter) {
        if (parameter.isEmpty()) {
            return 1;
        }
        String quality = parameter.startsWith("q=") ? parameter.substring(2) : "";
        return quality.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(quality) : 0;
    }

    /** Refuses a body that is not announced as FHIR JSON. */
    static void readable(String contentType) throws RefusedException {
        if (contentType.equals("application/fhir+json") || contentType.equals(FHIR_JSON)) {
            return;
        }
        if (!isJson(contentType.toLowerCase(Locale.ROOT), false)) {
            throw RefusedException.at(
                    Code.UNSUPPORTED_MEDIA, "Content-Type", "a body is application/fhir+json in UTF-8");
        }
    }

    private static boolean isJson(String type, boolean ranges) {
        String[] parts = type.split(";", -1);
        String name = parts[0].strip();
        if (!JSON.contains(name) && !(ranges && ANY.contains(name))) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            boolean otherText = parameter.startsWith("charset=") && !parameter.equals("charset=utf-8");
            boolean otherVersion = parameter.startsWith("fhirversion=") && !parameter.startsWith("fhirversion=4.0");
            if (otherText || otherVersion) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String range) {
        for (String part : range.split(";", -1)) {
            String parameter = part.strip();
            if (parameter.startsWith("q=") && parameter.substring(2).matches("0(\\.0*)?")) {
                return true;
            }
        }
        return false;
    }
}
