package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import trimaran.model.ElementTable;

/** The search parameters this door knows (R4 search), and for which types. */
enum SearchParameter {
    ID("_id", "token"),
    IDENTIFIER("identifier", "token"),
    FAMILY("family", "string"),
    GIVEN("given", "string"),
    BIRTHDATE("birthdate", "date"),
    PATIENT("patient", "reference"),
    SUBJECT("subject", "reference"),
    CODE("code", "token");

    private final String text;
    private final String type;

    SearchParameter(String text, String type) {
        this.text = text;
        this.type = type;
    }

    /** Its name in a URL. */
    String text() {
        return text;
    }

    /** As in R4 search-param-type. */
    String type() {
        return type;
    }

    /** Whether resources of a type can be searched by it. */
    boolean isFor(String resourceType) {
        List<String> elements = ElementTable.r4().elementsOf(resourceType);
        boolean ofPatient = elements.contains("subject") || elements.contains("patient");
        return switch (this) {
            case ID -> true;
            case IDENTIFIER -> elements.contains("identifier");
            case FAMILY, GIVEN, BIRTHDATE -> resourceType.equals("Patient");
            case PATIENT -> ofPatient && !resourceType.equals("Patient");
            case SUBJECT -> elements.contains("subject");
            case CODE -> ofPatient && elements.contains("code");
        };
    }

    static List<SearchParameter> of(String resourceType) {
        List<SearchParameter> all = new ArrayList<>();
        for (SearchParameter parameter : values()) {
            if (parameter.isFor(resourceType)) {
                all.add(parameter);
            }
        }
        return all;
    }

    /** All names a search of the type may have. */
    static Set<String> names(String resourceType) {
        Set<String> names = new LinkedHashSet<>(Page.PARAMETERS);
        of(resourceType).forEach(parameter -> names.add(parameter.text));
        return names;
    }
}
