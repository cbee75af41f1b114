package trimaran.station.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who the patient is and whom to call. */
final class IdentitySection implements Section {

    private static final String INS = "urn:oid:1.2.250.1.213.1.4.";
    private static final String STATE = "urn:trimaran:identity-state";
    private static final String ATTRIBUTE = "urn:trimaran:identity-attribute";

    private final View view;
    private final List<Entry> patients = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();

    IdentitySection(View view) {
        this.view = view;
    }

    @Override
    public boolean take(Entry entry) {
        return switch (entry.type()) {
            case "Patient" -> patients.add(entry);
            case "RelatedPerson" -> !entry.json().text("active").equals("false") && contacts.add(related(entry));
            default -> false;
        };
    }

    /** The Patient the folder is about: one that is in use before one that was put aside, else the older id. */
    private Optional<Entry> patient() {
        return patients.stream()
                .min(Comparator.comparing(
                                (Entry one) -> one.json().text("active").equals("false"))
                        .thenComparing(one -> one.source().id()));
    }

    /** Patients that are not the one: said among the others. */
    List<Entry> furtherPatients() {
        Optional<Entry> one = patient();
        return patients.stream().filter(each -> !one.equals(Optional.of(each))).toList();
    }

    Banner banner() {
        return patient().map(this::banner).orElse(Banner.NONE);
    }

    private Banner banner(Entry entry) {
        Node json = entry.json();
        List<Node> names = json.items("name");
        Optional<FhirTime> birth = json.time("birthDate");
        Optional<FhirTime> death = json.time("deceasedDateTime");
        LocalDate on = death.flatMap(time -> time.day(view.zone())).orElse(view.today());
        String ins = "";
        String ipp = "";
        List<Banner.Identifier> others = new ArrayList<>();
        for (Node one : json.items("identifier")) {
            Coded type = one.concept("type");
            String value = one.text("value");
            boolean over = one.text("use").equals("old") || one.item("period").has("end");
            if (ins.isEmpty() && !over && one.text("system").startsWith(INS)) {
                ins = value;
            } else if (ipp.isEmpty() && !over && (type.has("PI") || type.has("MR"))) {
                ipp = value;
            } else if (!value.isEmpty()) {
                others.add(new Banner.Identifier(type.text(), one.text("system"), value));
            }
        }
        return new Banner(
                Optional.of(entry.source()),
                PersonName.inUse(names),
                PersonName.atBirth(names),
                birth,
                Banner.age(birth, on, view.zone()),
                json.text("gender"),
                Banner.IdentityState.of(json.extension(STATE, "valueCode")),
                json.items("extension").stream()
                        .filter(one -> one.text("url").equals(ATTRIBUTE))
                        .map(one -> new Banner.Attribute(one.text("valueCode")))
                        .sorted(Comparator.comparing(Banner.Attribute::code))
                        .toList(),
                ins,
                ipp,
                others,
                death.isPresent() || json.text("deceasedBoolean").equals("true"),
                death,
                json.item("meta").items("tag").stream()
                        .anyMatch(tag -> tag.text("code").equals("HTEST")));
    }

    List<Contact> contacts() {
        List<Contact> all = new ArrayList<>(contacts);
        patient()
                .ifPresent(entry -> entry.json()
                        .items("contact")
                        .forEach(one -> all.add(contact(
                                entry.source(), one, List.of(one.item("name")), one.concepts("relationship")))));
        all.sort(Comparator.comparing((Contact one) -> one.source().id())
                .thenComparing(Contact::name)
                .thenComparing(one -> String.join(",", one.phones())));
        return all;
    }

    private static Contact related(Entry entry) {
        return contact(
                entry.source(),
                entry.json(),
                entry.json().items("name"),
                entry.json().concepts("relationship"));
    }

    private static Contact contact(Source source, Node json, List<Node> names, List<Coded> relationships) {
        return new Contact(
                source,
                PersonName.inUse(names).map(PersonName::words).orElse(""),
                Node.joined(", ", relationships, Coded::text),
                json.items("telecom").stream()
                        .filter(one -> !one.text("use").equals("old"))
                        .filter(one -> List.of("phone", "sms", "pager", "").contains(one.text("system")))
                        .map(one -> one.text("value"))
                        .filter(value -> !value.isEmpty())
                        .toList());
    }
}
