package trimaran.drills;

import java.util.ArrayList;
import java.util.List;

/** The wards of the hospital a day is played in, as it describes itself before: each with rooms of two beds. */
final class DayPlaces {

    static final String FACILITY = "CHJOUR";
    private static final String SYSTEM = "urn:trimaran:drill:place";
    private static final String KINDS = "http://terminology.hl7.org/CodeSystem/location-physical-type";
    private static final List<String> SIDES = List.of("porte", "fenêtre");

    /** One bed, as the hospital and as its senders call it. */
    record Bed(String ward, String room, String side) {

        /** PV1-3. */
        String told() {
            return ward + "^" + room + "^" + (side.equals("porte") ? "P" : "F") + "^" + FACILITY;
        }

        String name() {
            return room + " " + side;
        }
    }

    private final List<Bed> beds = new ArrayList<>();
    private final int wards;

    DayPlaces(int wards, int roomsEach) {
        this.wards = wards;
        for (int ward = 1; ward <= wards; ward++) {
            for (int room = 1; room <= roomsEach; room++) {
                for (String side : SIDES) {
                    beds.add(new Bed(code(ward), String.valueOf(100 * ward + room), side));
                }
            }
        }
    }

    private static String code(int ward) {
        return String.format("S%02d", ward);
    }

    List<Bed> beds() {
        return List.copyOf(beds);
    }

    /** A FHIR transaction that describes all of them. */
    String bundle() {
        List<String> entries = new ArrayList<>();
        for (int ward = 1; ward <= wards; ward++) {
            String code = code(ward);
            entries.add(entry(code, "Service " + code, "wa", ""));
            String room = "";
            for (Bed bed : beds.stream().filter(one -> one.ward().equals(code)).toList()) {
                if (!bed.room().equals(room)) {
                    room = bed.room();
                    entries.add(entry(code + "-CH" + room, "Chambre " + room, "ro", code));
                }
                String letter = bed.side().equals("porte") ? "P" : "F";
                entries.add(entry(code + "-" + room + letter, bed.name(), "bd", code + "-CH" + room));
            }
        }
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private static String entry(String code, String name, String kind, String within) {
        String partOf = within.isEmpty() ? "" : ",\"partOf\":{\"reference\":\"" + url(within) + "\"}";
        return "{\"fullUrl\":\"" + url(code)
                + "\",\"resource\":{\"resourceType\":\"Location\",\"identifier\":[{\"system\":\""
                + SYSTEM + "\",\"value\":\"" + code + "\"}],\"status\":\"active\",\"name\":\"" + name
                + "\",\"mode\":\"instance\",\"physicalType\":{\"coding\":[{\"system\":\"" + KINDS + "\",\"code\":\""
                + kind + "\"}]}" + partOf + "},\"request\":{\"method\":\"POST\",\"url\":\"Location\"}}";
    }

    private static String url(String code) {
        return "urn:uuid:" + java.util.UUID.nameUUIDFromBytes(code.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
