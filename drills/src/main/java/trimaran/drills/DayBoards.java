package trimaran.drills;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;

/** The boards of all wards as a nurse's browser is shown them. */
final class DayBoards {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final String BADGE = "infirmiere";

    private static final Pattern TOKEN = Pattern.compile("name=\"jeton\" value=\"([^\"]+)\"");
    private static final Pattern WARD = Pattern.compile("<a href=\"(/services/[^\"/]+)\">Service (S\\d\\d)</a>");
    private static final Pattern BED = Pattern.compile(
            "<li class=\"bed [^\"]*\"><span class=\"bed-no\"><span class=\"vh\">[^<]*</span>([^<]*?) <small>"
                    + "([^<]*)</small></span>\\s*<span class=\"bed-name\"><a href=\"/patients/([^\"/]+)");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final String address;

    DayBoards(TrialHospital hospital) {
        this.address = "http://localhost:" + hospital.port();
        String form = get("/connexion?badge=" + BADGE);
        Matcher token = TOKEN.matcher(form);
        if (!token.find()) {
            throw new IllegalStateException("no log-in form: " + form);
        }
        HttpResponse<String> in = send(HttpRequest.newBuilder(URI.create(address + "/connexion"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("badge=" + BADGE + "&pin=" + TrialHospital.PIN + "&vers=&jeton="
                        + FhirClient.encoded(form.substring(token.start(1), token.end(1))))));
        if (in.statusCode() / 100 != 3) {
            throw new IllegalStateException("the badge does not open: " + in.statusCode() + " " + in.body());
        }
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
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(address + path)));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header("Cookie", String.join("; ", cookies.values()));
        }
        try {
            HttpResponse<String> answer = http.send(
                    request.timeout(ANSWER_MAX).header("Accept-Language", "fr").build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(set -> {
                String pair = set.split(";", 2)[0];
                cookies.put(pair.split("=", 2)[0], pair);
            });
            return answer;
        } catch (IOException lost) {
            throw new IllegalStateException("the station does not answer", lost);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
