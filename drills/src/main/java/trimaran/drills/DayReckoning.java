package trimaran.drills;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;

/** Holds record and boards against what a day's messages say: each stay as it ends, each result once, each bed as it is taken. */
final class DayReckoning {

    private static final int LOOKERS = 4;
    private static final int FAULTS_SAID = 20;
    private static final String PATIENTS = "urn:oid:1.2.250.1.999.1";
    private static final String VISITS = "urn:oid:1.2.250.1.999.2";
    private static final String ORDERS = "urn:trimaran:authority:LABO";
    private static final String DOCUMENTS = "urn:trimaran:authority:DOCS";
    private static final Pattern STATUS = Pattern.compile("\"status\":\"(planned|in-progress|finished|cancelled)\",");
    private static final Pattern SUBJECT = Pattern.compile("\"subject\":\\{\"reference\":\"Patient/([^\"]+)\"");
    private static final Pattern NUMBER =
            Pattern.compile("\"system\":\"" + Pattern.quote(PATIENTS) + "\",\"value\":\"(J\\d+)\"");

    private final FhirClient client;
    private final Map<String, String> numbers = new ConcurrentHashMap<>();

    DayReckoning(FhirClient client) {
        this.client = client;
    }

    /** @return a sentence for everything that is not as it must be */
    List<String> faults(DayFold fold, Map<String, Set<String>> lying) {
        Map<String, DayFold.Ending> endings = fold.endings();
        List<String> faults = new ArrayList<>();
        faults.addAll(each(List.copyOf(endings.entrySet()), one -> stay(fold, one.getKey(), one.getValue())));
        faults.addAll(each(List.copyOf(fold.orders()), order -> once("DiagnosticReport", ORDERS, order)));
        faults.addAll(each(List.copyOf(fold.documents()), one -> once("DocumentReference", DOCUMENTS, one)));
        faults.addAll(boards(fold, endings, lying));
        if (faults.size() <= FAULTS_SAID) {
            return faults;
        }
        List<String> some = new ArrayList<>(faults.subList(0, FAULTS_SAID));
        some.add("and " + (faults.size() - FAULTS_SAID) + " more");
        return some;
    }

    private <T> List<String> each(List<T> all, Function<T, List<String>> look) {
        List<String> faults = new ArrayList<>();
        try (ExecutorService lookers = Executors.newFixedThreadPool(LOOKERS)) {
            List<Future<List<String>>> looks = all.stream()
                    .map(one -> lookers.submit(() -> look.apply(one)))
                    .toList();
            for (Future<List<String>> one : looks) {
                faults.addAll(one.get());
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the reckoning broke off", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return faults;
    }

    private String page(String type, String system, String value) {
        Reply reply = client.read(type + "?identifier=" + FhirClient.encoded(system + "|" + value));
        if (reply.status() != 200) {
            throw new IllegalStateException("search failed: " + reply);
        }
        return reply.body();
    }

    private List<String> once(String type, String system, String value) {
        int found = client.found(type, system, value);
        return found == 1 ? List.of() : List.of(type + " " + value + " is there " + found + " times");
    }

    private List<String> stay(DayFold fold, String visit, DayFold.Ending ending) {
        String page = page("Encounter", VISITS, visit);
        long there = TrialHospital.count(page, "\"fullUrl\":");
        if (there != 1) {
            return List.of("stay " + visit + " is there " + there + " times");
        }
        List<String> faults = new ArrayList<>();
        Matcher status = STATUS.matcher(page.substring(page.indexOf("\"resourceType\":\"Encounter\"")));
        String said = status.find() ? String.valueOf(status.group(1)) : "none";
        if (!said.equals(ending.status())) {
            faults.add("stay " + visit + " is " + said + ", not " + ending.status());
        }
        long moves = TrialHospital.count(page, Pattern.quote("\"url\":\"urn:trimaran:movement\""));
        if (moves != ending.movements()) {
            faults.add("stay " + visit + " has " + moves + " movements, not " + ending.movements());
        }
        Matcher subject = SUBJECT.matcher(page);
        String number = subject.find() ? number(String.valueOf(subject.group(1))) : "";
        if (!fold.goesOnAs(number).equals(fold.goesOnAs(ending.patient()))) {
            faults.add("stay " + visit + " is of " + number + ", not of " + ending.patient());
        }
        return faults;
    }

    /** The number of a patient. */
    private String number(String id) {
        return numbers.computeIfAbsent(id, unknown -> {
            Matcher number = NUMBER.matcher(client.read("Patient/" + id).body());
            return number.find() ? String.valueOf(number.group(1)) : "";
        });
    }

    private List<String> boards(DayFold fold, Map<String, DayFold.Ending> endings, Map<String, Set<String>> lying) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        endings.values().stream()
                .filter(one -> one.status().equals("in-progress"))
                .forEach(one -> wanted.computeIfAbsent(bed(one.place()), none -> new TreeSet<>())
                        .add(fold.goesOnAs(one.patient())));
        Map<String, Set<String>> shown = new HashMap<>();
        lying.forEach((bed, patients) -> patients.forEach(
                patient -> shown.computeIfAbsent(bed, none -> new TreeSet<>()).add(fold.goesOnAs(number(patient)))));
        Set<String> beds = new TreeSet<>(wanted.keySet());
        beds.addAll(shown.keySet());
        List<String> faults = new ArrayList<>();
        for (String bed : beds) {
            Set<String> is = shown.getOrDefault(bed, Set.of());
            Set<String> must = wanted.getOrDefault(bed, Set.of());
            if (!is.equals(must)) {
                faults.add("bed " + bed + ": the board shows " + is + ", the messages say " + must);
            }
        }
        return faults;
    }

    /** PV1-3 as a board words it. */
    private static String bed(String place) {
        String[] parts = place.split("\\^", -1);
        return parts[0] + " " + parts[1] + " " + (parts[2].equals("P") ? "porte" : "fenêtre");
    }
}
