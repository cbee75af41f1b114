package trimaran.station.web;

import java.util.List;
import java.util.Locale;
import trimaran.kernel.Entropy;
import trimaran.model.Trait;

/**
 * The numbers patients and stays are known by: which systems they are searched in, and the ones this door gives out. Those are
 * drawn by chance and longer than the numbers of other systems, so that two stations that cannot see each other give no number
 * twice; the record refuses the second all the same.
 *
 * @param demo whether the hospital is invented: then an INS is one of the test namespaces
 */
record Numbers(boolean demo) {

    private static final String INS = "urn:oid:1.2.250.1.213.1.4.";
    private static final int DIGITS = 8;

    String ippSystem() {
        return demo ? "urn:trimaran:demo:ipp" : "urn:trimaran:ipp";
    }

    String staySystem() {
        return demo ? "urn:trimaran:demo:sejour" : "urn:trimaran:sejour";
    }

    /** What a number may be found under, if it is a patient's. */
    List<Trait> ofPatient(String number) {
        if (isIns(number)) {
            return (demo ? List.of("10", "11") : List.of("8", "9"))
                    .stream().map(end -> Trait.identifier(INS + end, number)).toList();
        }
        return List.of(Trait.identifier(ippSystem(), number));
    }

    Trait ofStay(String number) {
        return Trait.identifier(staySystem(), number);
    }

    /** Thirteen signs and their two control digits; Corsica has letters (INSEE, NIR). */
    static boolean isIns(String number) {
        return number.matches("[0-9]{6}[0-9AB][0-9]{8}");
    }

    static String freshIpp(Entropy entropy) {
        return "97" + digits(entropy);
    }

    static String freshStay(Entropy entropy) {
        return "98" + digits(entropy);
    }

    private static String digits(Entropy entropy) {
        long number = 0;
        for (byte one : entropy.bytes(Long.BYTES)) {
            number = number << Byte.SIZE | (one & 0xff);
        }
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", Math.floorMod(number, 100_000_000L));
    }
}
