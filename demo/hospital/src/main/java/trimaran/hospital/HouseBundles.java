package trimaran.hospital;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The house as transactions: places first, then people, each in pieces of a size a station seals at once. */
final class HouseBundles {

    /** Resources of one transaction of staff. */
    private static final int STAFF_A_BUNDLE = 500;

    private static final String NAME = "Centre hospitalier des Trois-Îles";

    private final House house;
    private final Staff staff;
    private final Occupancy occupancy;
    private final Chance chance;

    HouseBundles(Setting setting, House house, Staff staff, Occupancy occupancy) {
        this.house = house;
        this.staff = staff;
        this.occupancy = occupancy;
        this.chance = Chance.of(setting.seed(), "house", setting.beds());
    }

    /** Organisation, site, buildings, wards, rooms and beds, all at once: a ward without its building is no ward. */
    String places() {
        List<String> entries = new ArrayList<>();
        String organisation = chance.urn();
        entries.add(Fhir.entry(
                organisation,
                "Organization",
                Fhir.resource(
                        "Organization",
                        Fhir.list("identifier", Fhir.identifier(Systems.HOUSE, "CHTI")),
                        Fhir.raw("active", "true"),
                        Fhir.list(
                                "type",
                                Fhir.concept(Systems.HL7 + "organization-type", "prov", "Établissement de santé")),
                        Fhir.text("name", NAME + " (fictif)"),
                        Fhir.list("telecom", phone("01 99 00 00 00")))));
        String site = chance.urn();
        entries.add(place(site, "SITE", "Site des Trois-Îles", "", "si", "Site", "", organisation, ""));
        Map<String, String> buildings = new LinkedHashMap<>();
        for (Ward ward : house.wards()) {
            String name = ward.kind().building();
            String building = buildings.computeIfAbsent(name, none -> {
                String url = chance.urn();
                entries.add(place(
                        url,
                        "BAT-" + name.charAt(name.length() - 1),
                        name,
                        "",
                        "bu",
                        "Bâtiment",
                        site,
                        organisation,
                        ""));
                return url;
            });
            ward(entries, ward, building, organisation);
        }
        return Fhir.transaction(entries);
    }

    private void ward(List<String> entries, Ward ward, String building, String organisation) {
        String url = chance.urn();
        entries.add(Fhir.entry(url, "Location", ward(ward, building, organisation)));
        Map<String, String> rooms = new LinkedHashMap<>();
        for (Bed bed : ward.beds()) {
            String room = rooms.computeIfAbsent(bed.room(), number -> {
                String made = chance.urn();
                String code = ward.code() + "-CH" + number;
                entries.add(place(made, code, "Chambre " + number, "", "ro", "Chambre", url, organisation, ""));
                return made;
            });
            String state = occupancy.state(bed);
            entries.add(place(
                    chance.urn(), bed.code(), bed.name(), state, "bd", "Lit", room, organisation, occupancy.note(bed)));
        }
    }

    private static String ward(Ward ward, String building, String organisation) {
        WardKind kind = ward.kind();
        return Fhir.resource(
                "Location",
                Fhir.list(
                        "identifier",
                        Fhir.identifier(Systems.PLACE, kind.code()),
                        Fhir.identifier(Systems.UNIT, kind.uf())),
                Fhir.text("status", "active"),
                Fhir.text("name", kind.name()),
                Fhir.list("alias", Fhir.quoted(kind.shortName())),
                Fhir.text("mode", "instance"),
                Fhir.list("type", Fhir.concept(Systems.POLE, kind.pole(), kind.pole())),
                Fhir.list("telecom", phone(kind.phone())),
                Fhir.raw("physicalType", physical("wa", "Service")),
                Fhir.raw("managingOrganization", Fhir.reference(organisation, NAME)),
                Fhir.raw("partOf", Fhir.reference(building)));
    }

    private static String phone(String number) {
        return Fhir.object(Fhir.text("system", "phone"), Fhir.text("value", number), Fhir.text("use", "work"));
    }

    private static String physical(String code, String display) {
        return Fhir.concept(Systems.HL7 + "location-physical-type", code, display);
    }

    /**
     * @param state a code of v2-0116, or empty
     * @param partOf the place it lies in, or empty
     */
    private static String place(
            String url,
            String code,
            String name,
            String state,
            String physical,
            String kind,
            String partOf,
            String organisation,
            String note) {
        boolean closed = state.equals(Occupancy.CLOSED);
        String extension = note.isEmpty() ? "" : Fhir.extension(Systems.BED_NOTE, Fhir.text("valueString", note));
        return Fhir.entry(
                url,
                "Location",
                Fhir.resource(
                        "Location",
                        Fhir.list("extension", extension),
                        Fhir.list("identifier", Fhir.identifier(Systems.PLACE, code)),
                        Fhir.text("status", closed ? "suspended" : "active"),
                        Fhir.raw(
                                "operationalStatus",
                                state.isEmpty()
                                        ? ""
                                        : Fhir.coding(Systems.HL7 + "v2-0116", state, Occupancy.word(state))),
                        Fhir.text("name", name),
                        Fhir.text("mode", "instance"),
                        Fhir.raw("physicalType", physical(physical, kind)),
                        Fhir.raw("managingOrganization", Fhir.reference(organisation)),
                        Fhir.raw("partOf", partOf.isEmpty() ? "" : Fhir.reference(partOf))));
    }

    /** Practitioners, each with the role they have, so that who has no post is never there. */
    List<String> staff() {
        List<String> bundles = new ArrayList<>();
        List<Staff.Member> members = staff.members();
        int step = STAFF_A_BUNDLE / 2;
        for (int from = 0; from < members.size(); from += step) {
            List<String> entries = new ArrayList<>();
            for (Staff.Member member : members.subList(from, Math.min(members.size(), from + step))) {
                member(entries, member);
            }
            bundles.add(Fhir.transaction(entries));
        }
        return bundles;
    }

    private void member(List<String> entries, Staff.Member member) {
        String url = chance.urn();
        Function function = member.function();
        String code = Fhir.concept(Systems.FUNCTION, function.code(), member.word());
        String ward = member.ward().isEmpty()
                ? ""
                : Fhir.reference(Fhir.conditional("Location", Systems.PLACE, member.ward()), wardName(member.ward()));
        entries.add(Fhir.entry(
                url,
                "Practitioner",
                Fhir.resource(
                        "Practitioner",
                        Fhir.list("identifier", Fhir.identifier(Systems.STAFF, member.identifier())),
                        Fhir.raw("active", "true"),
                        Fhir.list(
                                "name",
                                Fhir.object(
                                        Fhir.text("family", member.family()),
                                        Fhir.list("given", Fhir.quoted(member.given())),
                                        function.prefix().isEmpty()
                                                ? ""
                                                : Fhir.list("prefix", Fhir.quoted(function.prefix())))),
                        Fhir.text("gender", member.sex().code()),
                        Fhir.list("qualification", Fhir.object(Fhir.raw("code", code))))));
        entries.add(Fhir.entry(
                chance.urn(),
                "PractitionerRole",
                Fhir.resource(
                        "PractitionerRole",
                        Fhir.raw("active", "true"),
                        Fhir.raw("practitioner", Fhir.reference(url, member.shown())),
                        Fhir.list("code", code),
                        Fhir.list("location", ward))));
    }

    private String wardName(String code) {
        return house.wards().stream()
                .filter(ward -> ward.code().equals(code))
                .findFirst()
                .orElseThrow()
                .name();
    }
}
