package trimaran.drills;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * A connected system that asks for more than two officers granted it, under its own true token. It is the connector, whose scopes are
 * five types to be created, read and changed: what it may it is seen to do, or its refusals would say nothing.
 */
final class RogueClientDrill {

    private static final String CLIENT = "hl7";

    /** In the half of a transaction that would be its to write. */
    private static final String SMUGGLED = "smuggled-observation";

    /** Types its scopes do not name. */
    private static final List<String> FOREIGN = List.of("AllergyIntolerance");

    /** Records it opens by their numbers, which it knows. */
    private static final int READ = 3;

    /** Words of the breach that is expected where the defence is missing. */
    static final String NOT_REFUSED = "it is not refused to ";

    private RogueClientDrill() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "rogue-client",
                "19",
                "the true token of a connected system with a narrow scope, which asks for all there is",
                "refused what it may not write, list or search; what it reads is reported",
                RogueClientDrill::asked));
    }

    /**
     * @param what it asks, as a person says it
     * @param code what it must be answered with
     */
    private record Attempt(String what, Code code, Function<FhirClient, Reply> ask) {}

    private static void asked(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        // A station that began anew has nothing open: what is opened now stands on the ledgers.
        scene.forgetAtTheStation();
        scene.strike();
        List<Cohort.Patient> all = scene.cohort().patients();
        List<Cohort.Patient> opened = all.subList(all.size() - READ, all.size());
        Said token = hospital.run("token", "--client", CLIENT);
        if (!token.isWell()) {
            throw new IllegalStateException("no token of " + CLIENT + ": " + token);
        }
        Instant from = Instant.now();
        try (FhirClient rogue = new FhirClient(hospital.door(), token.out().strip())) {
            within(scene, rogue, opened.getFirst());
            // Before it may have taken anything away.
            read(scene, rogue, opened);
            List<Attempt> attempts = attempts(opened.getFirst(), all.getFirst());
            long refused = attempts.stream()
                    .filter(attempt -> isRefused(scene, attempt, attempt.ask().apply(rogue)))
                    .count();
            scene.say("  refused as they must be: " + refused + " of " + attempts.size());
            asAnother(scene, token.out().strip());
            scene.require(
                    !everything(rogue, opened.getFirst()).contains(SMUGGLED),
                    Breach.Kind.FORGED,
                    "half of a refused transaction is in the record");
        }
        scene.stopMeasuring();
        reported(scene, opened, from);
    }

    /** What it may do works: the token is true, and the door takes its word. */
    private static void within(Scene scene, FhirClient rogue, Cohort.Patient patient) {
        Reply written = rogue.create("Observation", Load.observation("connector", "Patient/" + patient.id()));
        scene.evidence(written.status() == 201, "within its scope it writes an observation: " + written.status());
    }

    private static List<Attempt> attempts(Cohort.Patient patient, Cohort.Patient other) {
        String subject = "\"subject\":{\"reference\":\"Patient/" + patient.id() + "\"}";
        String flag = "{\"resourceType\":\"Flag\",\"status\":\"active\",\"code\":{\"text\":\"x\"}," + subject + "}";
        String allergy = reference(patient, "AllergyIntolerance");
        String family = other.canaries().getFirst().text();
        return List.of(
                new Attempt("write a flag", Code.ROLE_MISSING, to -> to.create("Flag", flag)),
                new Attempt(
                        "write a care plan",
                        Code.ROLE_MISSING,
                        to -> to.create(
                                "CarePlan",
                                "{\"resourceType\":\"CarePlan\",\"status\":\"active\",\"intent\":\"plan\"," + subject
                                        + "}")),
                new Attempt("delete an allergy", Code.ROLE_MISSING, to -> to.delete(allergy)),
                new Attempt("delete a patient", Code.ROLE_MISSING, to -> to.delete("Patient/" + other.id())),
                new Attempt("list all patients", Code.BAD_PARAMETER, to -> to.read("Patient")),
                new Attempt(
                        "search patients by name alone", Code.NOT_ALLOWED, to -> to.read("Patient?family=" + family)),
                new Attempt("list all observations", Code.BAD_PARAMETER, to -> to.read("Observation")),
                new Attempt("list all allergies", Code.BAD_PARAMETER, to -> to.read("AllergyIntolerance")),
                new Attempt("take everything of all", Code.NOT_SUPPORTED, to -> to.read("Patient/$everything")),
                new Attempt(
                        "write what it may together with what it may not",
                        Code.ROLE_MISSING,
                        to -> to.transaction(bundle(Load.observation(SMUGGLED, "Patient/" + patient.id()), flag))));
    }

    private static String bundle(String observation, String flag) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":" + observation
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}},{\"resource\":" + flag
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Flag\"}}]}";
    }

    private static String reference(Cohort.Patient patient, String type) {
        return patient.resources().stream()
                .map(Cohort.Marked::reference)
                .filter(reference -> reference.startsWith(type + "/"))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isRefused(Scene scene, Attempt attempt, Reply reply) {
        boolean told = reply.status() == attempt.code().httpStatus()
                && reply.body().contains("\"" + attempt.code().tag() + "\"");
        boolean shows = scene.cohort().canaries().stream()
                .anyMatch(canary ->
                        !attempt.what().contains("name") && reply.body().contains(canary.text()));
        scene.say("  to " + attempt.what() + ": " + reply.status()
                + (told
                        ? " " + attempt.code().tag()
                        : " " + reply.body().substring(0, Math.min(reply.body().length(), 300))));
        scene.require(told, Breach.Kind.UNDEFENDED, NOT_REFUSED + attempt.what() + ": " + reply.status());
        scene.require(!shows, Breach.Kind.READABLE, "it is shown a patient when it asks to " + attempt.what());
        return told && !shows;
    }

    /** Under its own secret it is nobody else. */
    private static void asAnother(Scene scene, String token) {
        try (FhirClient other =
                new FhirClient(scene.hospital().door(), token.replace("tri_" + CLIENT + "_", "tri_bench_"))) {
            Reply reply = other.read(
                    scene.cohort().patients().getFirst().resources().getFirst().reference());
            scene.say("  as another system, with its own secret: " + reply.status());
            scene.require(
                    reply.status() == Code.NOT_SIGNED_IN.httpStatus()
                            && reply.body().contains(Code.NOT_SIGNED_IN.tag()),
                    Breach.Kind.UNDEFENDED,
                    "it is let in as another system: " + reply.status());
        }
    }

    /**
     * A scope bounds whose cells are opened without a budget, not which resources of an open cell are handed over: by their numbers it
     * reads types it was not granted, too. What is promised of that is the report.
     */
    private static void read(Scene scene, FhirClient rogue, List<Cohort.Patient> opened) {
        int whole = 0;
        int foreign = 0;
        for (Cohort.Patient patient : opened) {
            String all = everything(rogue, patient);
            whole += patient.canaries().stream().allMatch(canary -> all.contains(canary.text())) ? 1 : 0;
            foreign += (int) FOREIGN.stream()
                    .filter(type -> rogue.read(reference(patient, type)).isDone())
                    .count();
        }
        scene.say("  NOT REFUSED: " + foreign + " resources of types its scopes do not name, read by their numbers");
        scene.evidence(whole == opened.size(), "by their numbers it reads " + whole + " whole records");
    }

    private static String everything(FhirClient rogue, Cohort.Patient patient) {
        return rogue.read("Patient/" + patient.id() + "/$everything").body();
    }

    private static void reported(Scene scene, List<Cohort.Patient> opened, Instant from) throws IOException {
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        Waiting.pause(1_000);
        List<String> certain = TheftDrills.rows(scene, List.of("client", CLIENT), from, Instant.now()).stream()
                .filter(row -> row.contains("certain"))
                .map(List::getFirst)
                .toList();
        List<String> missing = opened.stream()
                .map(Cohort.Patient::handle)
                .filter(handle -> !certain.contains(handle))
                .toList();
        scene.say("  the report calls " + certain.size() + " patients certain, and misses " + missing.size()
                + " of the " + opened.size() + " it read");
        scene.exposureNames(missing.isEmpty());
        scene.require(missing.isEmpty(), Breach.Kind.UNREPORTED, "whom it read is not certain: " + missing);
    }
}
