package trimaran.station.hl7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Messages of invented senders about invented people, in the form of PAM France 2.11. */
final class Messages {

    static final String TEST_INS = "1.2.250.1.213.1.4.10";
    private static int next;

    private Messages() {}

    static String msh(String event) {
        return "MSH|^~\\&|GAM|CHDEMO|TRIMARAN|CHDEMO|20261127083000||ADT^" + event + "^ADT_A01|M" + ++next
                + "|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM";
    }

    static String pid(String ipp, String family, String birth) {
        return "PID|||" + ipp + "^^^CHDEMO&1.2.250.1.999.1&ISO^PI||" + family + "^Odile^Odile Marthe^^^^L~" + family
                + "^Odile^^^^^D||" + birth
                + "|F|||4 rue du Moulin^^Triville^^99001^FRA^H~^^Triville^^^^BDL^^99123||0102030405"
                + "^PRN^PH|||||||||||||||||||PROV";
    }

    static String pv1(String place, String visit) {
        return "PV1||I|" + place + "||||80000000017^Arpège^Jeanne^^^^^^APP&1.2.250.1.71.4.2.1&ISO||||||||||||" + visit
                + "^^^CHDEMO&1.2.250.1.999.2&ISO^VN";
    }

    static String zbe(String id, String at, String action, String historic, String original) {
        return "ZBE|" + id + "^CHDEMO^1.2.250.1.999.3^ISO|" + at + "||" + action + "|" + historic + "|" + original
                + "|^^^^^^UF^^^2101|^^^^^^UF^^^2102|HMS";
    }

    static byte[] bytes(String... segments) {
        return text(segments).getBytes(StandardCharsets.UTF_8);
    }

    static String text(String... segments) {
        return Stream.of(segments).filter(one -> !one.isEmpty()).collect(Collectors.joining("\r")) + "\r";
    }

    /** A movement of a stay. */
    static byte[] move(
            String event,
            String ipp,
            String place,
            String visit,
            String id,
            String at,
            String action,
            String original) {
        return move(event, ipp, place, visit, id, at, action, "N", original);
    }

    static byte[] move(
            String event,
            String ipp,
            String place,
            String visit,
            String id,
            String at,
            String action,
            String historic,
            String original) {
        return bytes(
                msh(event),
                "EVN||20261127083000",
                pid(ipp, "Quatrevent", "19510203"),
                pv1(place, visit),
                zbe(id, at, action, historic, original));
    }

    static byte[] identity(String event, String ipp, String family, String birth, String... more) {
        List<String> all = new ArrayList<>(List.of(msh(event), "EVN||20261127083000", pid(ipp, family, birth)));
        all.addAll(List.of(more));
        return bytes(all.toArray(String[]::new));
    }
}
