package trimaran.hospital;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who the patient is, whom to call, what they do not bear. */
final class IdentityPages {

    private static final List<String> KIN =
            List.of("Conjoint", "Conjointe", "Fille", "Fils", "Sœur", "Frère", "Voisine");
    private static final List<String> PARENTS = List.of("Mère", "Père");

    private final Chart chart;
    private final Person person;

    IdentityPages(Chart chart) {
        this.chart = chart;
        this.person = chart.resident().person();
    }

    void write() {
        chart.addAs(
                chart.patient(),
                "Patient",
                Fhir.list("extension", extensions()),
                Fhir.list("identifier", identifiers()),
                Fhir.raw("active", "true"),
                Fhir.list("name", names()),
                Fhir.list("telecom", person.isUnknown() ? "" : phone()),
                Fhir.text("gender", person.sex().code()),
                Fhir.text("birthDate", person.born().map(Object::toString).orElse("")),
                Fhir.list("address", person.isUnknown() ? "" : address()));
        if (!person.isUnknown()) {
            contact();
        }
    }

    private List<String> extensions() {
        List<String> all = new ArrayList<>();
        all.add(Fhir.extension(
                Systems.IDENTITY_STATE, Fhir.text("valueCode", person.state().word())));
        if (person.homonym()) {
            all.add(Fhir.extension(Systems.IDENTITY_ATTRIBUTE, Fhir.text("valueCode", "homonyme")));
        }
        if (person.isUnknown()) {
            all.add(Fhir.extension(Systems.IDENTITY_ATTRIBUTE, Fhir.text("valueCode", "douteuse")));
        } else {
            all.add(Fhir.extension(
                    "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
                    Fhir.raw(
                            "valueAddress",
                            Fhir.object(Fhir.text("city", chart.chance().pick(Names.TOWNS))))));
        }
        return all;
    }

    private List<String> identifiers() {
        List<String> all = new ArrayList<>();
        all.add(Fhir.object(
                Fhir.text("use", "usual"),
                Fhir.raw("type", Fhir.concept(Systems.IDENTIFIER_TYPES, "PI", "IPP")),
                Fhir.text("system", Systems.IPP),
                Fhir.text("value", person.ipp())));
        if (!person.ins().isEmpty()) {
            all.add(Fhir.object(
                    Fhir.text("use", "official"),
                    Fhir.raw("type", Fhir.concept(Systems.IDENTIFIER_TYPES, "NI", "INS (numéro de test)")),
                    Fhir.text("system", Systems.INS_TEST),
                    Fhir.text("value", person.ins())));
        }
        return all;
    }

    /** The name in use stands first where it is another than the one at birth. */
    private List<String> names() {
        List<String> given = person.given().stream().map(Fhir::quoted).toList();
        if (person.isUnknown()) {
            String shown = "X inconnu "
                    + String.format(Locale.ROOT, "%03d", chart.resident().number());
            return List.of(Fhir.object(
                    Fhir.text("use", "temp"),
                    Fhir.text("text", shown),
                    Fhir.text("family", person.family()),
                    Fhir.list("given", given)));
        }
        String birth = Fhir.object(
                Fhir.text("use", "official"), Fhir.text("family", person.birthFamily()), Fhir.list("given", given));
        if (person.family().equals(person.birthFamily())) {
            return List.of(birth);
        }
        return List.of(
                Fhir.object(
                        Fhir.text("use", "usual"),
                        Fhir.text("family", person.family()),
                        Fhir.list("given", Fhir.quoted(person.given().getFirst()))),
                birth);
    }

    /** Numbers that are given to nobody (ARCEP, 06 39 98). */
    private String phone() {
        int number = chart.chance().below(10_000);
        String text = String.format(Locale.ROOT, "06 39 98 %02d %02d", number / 100, number % 100);
        return Fhir.object(Fhir.text("system", "phone"), Fhir.text("value", text), Fhir.text("use", "mobile"));
    }

    private String address() {
        Chance chance = chart.chance();
        return Fhir.object(
                Fhir.text("use", "home"),
                Fhir.list("line", Fhir.quoted(chance.between(1, 98) + " " + chance.pick(Names.STREETS))),
                Fhir.text("city", chance.pick(Names.TOWNS)),
                Fhir.text("postalCode", "99" + chance.between(100, 999)),
                Fhir.text("country", "FR"));
    }

    private void contact() {
        Chance chance = chart.chance();
        boolean child = chart.years() < 16;
        String kin = chance.pick(child ? PARENTS : KIN);
        Sex sex = kin.matches("Conjointe|Fille|Sœur|Voisine|Mère") ? Sex.FEMALE : Sex.MALE;
        String given = chance.pick(Names.given(sex, child ? 34 : 58));
        chart.add(
                "RelatedPerson",
                Fhir.raw("active", "true"),
                Fhir.raw("patient", Fhir.reference(chart.patient())),
                Fhir.list("relationship", Fhir.concept(kin)),
                Fhir.list(
                        "name",
                        Fhir.object(
                                Fhir.text(
                                        "family",
                                        kin.equals("Voisine") ? chance.pick(Names.FAMILIES) : person.family()),
                                Fhir.list("given", Fhir.quoted(given)))),
                Fhir.list("telecom", phone()));
    }

    /** @param drugs keys of what the patient gets */
    void allergies(List<String> drugs) {
        Chance chance = chart.chance();
        switch (Allergy.state(chance, person)) {
            case KNOWN -> Allergy.drawn(chance, drugs).forEach(this::allergy);
            case NONE_KNOWN ->
                chart.add(
                        "AllergyIntolerance",
                        clinical("active", "Active"),
                        verification(),
                        Fhir.raw("code", Fhir.concept(Systems.SNOMED, "716186003", "Aucune allergie connue")),
                        Fhir.raw("patient", Fhir.reference(chart.patient())),
                        recorded());
            case NOT_RECORDED -> {
                // Nothing says so: a record that is silent is not a patient without allergies.
            }
        }
    }

    private void allergy(Allergy allergy) {
        String code = allergy.snomed().isEmpty()
                ? Fhir.concept(allergy.name())
                : Fhir.concept(Systems.SNOMED, allergy.snomed(), allergy.name());
        chart.add(
                "AllergyIntolerance",
                clinical("active", "Active"),
                verification(),
                Fhir.text("type", "allergy"),
                Fhir.list("category", Fhir.quoted(allergy.category())),
                Fhir.text("criticality", allergy.severe() ? "high" : "low"),
                Fhir.raw("code", code),
                Fhir.raw("patient", Fhir.reference(chart.patient())),
                recorded(),
                Fhir.list(
                        "reaction",
                        Fhir.object(
                                Fhir.list("manifestation", Fhir.concept(allergy.reaction())),
                                Fhir.text("severity", allergy.severe() ? "severe" : "mild"))));
    }

    private static String clinical(String code, String display) {
        return Fhir.raw("clinicalStatus", Fhir.concept(Systems.HL7 + "allergyintolerance-clinical", code, display));
    }

    private static String verification() {
        return Fhir.raw(
                "verificationStatus",
                Fhir.concept(Systems.HL7 + "allergyintolerance-verification", "confirmed", "Confirmée"));
    }

    private String recorded() {
        return Fhir.text(
                "recordedDate",
                Moments.text(
                        chart.resident().begin().isAfter(chart.moments().now())
                                ? chart.moments().at(-2, 10, 0)
                                : chart.resident().begin().plusMinutes(20)));
    }
}
