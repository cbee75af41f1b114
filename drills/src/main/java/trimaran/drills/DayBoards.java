package trimaran.drills;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.trial.TrialHospital;

/** The boards of all wards as a nurse's browser is shown them. */
final class DayBoards implements AutoCloseable {

    private static final Pattern WARD = Pattern.compile("<a href=\"(/services/[^\"/]+)\">Service (S\\d\\d)</a>");
    private static final Pattern BED = Pattern.compile(
            "<li class=\"bed [^\"]*\"><span class=\"bed-no\"><span class=\"vh\">[^<]*</span>([^<]*?) <small>"
                    + "([^<]*)</small></span>\\s*<span class=\"bed-name\"><a href=\"/patients/([^\"/]+)");

    private final PlainBrowser nurse;

    DayBoards(TrialHospital hospital) {
        this.nurse = new PlainBrowser(hospital, "infirmiere");
    }

    /** Who lies where: patients' ids by ward and bed, as {@code S01 101 porte}. */
    Map<String, Set<String>> lying() {
        Map<String, String> wards = new LinkedHashMap<>();
        Matcher ward = WARD.matcher(get("/services"));
        while (ward.find()) {
            wards.put(String.valueOf(ward.group(2)), String.valueOf(ward.group(1)));
        }
        Map<String, Set<String>> lying = new TreeMap<>();
        wards.forEach((code, path) -> {
            Matcher bed = BED.matcher(get(path));
            while (bed.find()) {
                lying.computeIfAbsent(code + " " + bed.group(1) + " " + bed.group(2), none -> new TreeSet<>())
                        .add(String.valueOf(bed.group(3)));
            }
        });
        return lying;
    }

    private String get(String path) {
        HttpResponse<String> answer = nurse.look(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode());
        }
        return answer.body();
    }

    @Override
    public void close() {
        nurse.close();
    }
}
