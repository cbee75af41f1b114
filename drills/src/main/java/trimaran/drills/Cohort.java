package trimaran.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.Waiting;

/**
 * The invented patients of a drill, each with a canary in every cell, one in the cell of the house, and what the station answered when
 * they were written. The cells of wards hold references and dates, those of search and of keys nothing: no text could stand there.
 */
final class Cohort {

    /** A door that asks to come again is asked again so often. */
    private static final int ATTEMPTS_MAX = 120;

    private static final long AGAIN_MILLIS = 250;

    private final FhirClient client;
    private final Random random;
    private final List<Patient> patients = new ArrayList<>();
    /** What belongs to no patient. */
    private final List<Marked> house = new ArrayList<>();

    /**
     * A resource as it was acknowledged.
     *
     * @param canary a text that is in this resource and nowhere else
     */
    record Marked(String reference, Reply written, Canary canary) {}

    /** One patient: identity, dossier and the rest in a cell each. */
    record Patient(String id, List<Marked> resources) {
        Patient {
            resources = List.copyOf(resources);
        }

        /** As an exposure report names it. */
        String handle() {
            return id.substring(0, id.indexOf('-'));
        }

        List<Canary> canaries() {
            return resources.stream().map(Marked::canary).toList();
        }
    }

    Cohort(FhirClient client, Random random) {
        this.client = client;
        this.random = random;
    }

    List<Patient> patients() {
        return List.copyOf(patients);
    }

    List<Canary> canaries() {
        return Stream.concat(patients.stream().map(Patient::resources), Stream.of(house))
                .flatMap(List::stream)
                .map(Marked::canary)
                .toList();
    }

    /** Writes so many more, and what is the house's before the first. */
    void write(int count) {
        if (house.isEmpty()) {
            Canary name = canary("Organisme");
            Reply reply =
                    create("Organization", "{\"resourceType\":\"Organization\",\"name\":\"" + name.text() + "\"}");
            house.add(new Marked("Organization/" + reply.id(), reply, name));
        }
        for (int i = 0; i < count; i++) {
            patients.add(written(List.of()));
        }
    }

    /** One more, who is admitted: application is shown a movement before it approves it. */
    Patient admit() {
        Canary reason = canary("Motif");
        String encounter = "{\"resourceType\":\"Encounter\",\"status\":\"in-progress\",\"class\":{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"IMP\"},\"subject\":{\"reference\":"
                + "\"SUBJECT\"},\"period\":{\"start\":\"2026-03-01T08:00:00Z\"},\"reasonCode\":[{\"text\":\""
                + reason.text() + "\"}]}";
        Patient admitted = written(List.of(new Draft("Encounter", encounter, reason)));
        patients.add(admitted);
        return admitted;
    }

    /** Why they lie there is told anew: application reads the stay before it approves that. */
    Patient told(Patient patient) {
        Marked encounter = patient.resources().getLast();
        Canary reason = canary("Motif");
        String body = encounter.written().body().replace(encounter.canary().text(), reason.text());
        Reply reply = again(() -> client.update(encounter.reference(), body, ""));
        List<Marked> resources = new ArrayList<>(patient.resources());
        resources.set(resources.size() - 1, new Marked(encounter.reference(), reply, reason));
        return replaced(patient, resources);
    }

    /** One finding more of somebody who was admitted, in the cell of their stay. */
    Patient noted(Patient patient) {
        Canary value = canary("Valeur");
        String stay = patient.resources().stream()
                .map(Marked::reference)
                .filter(reference -> reference.startsWith("Encounter/"))
                .findFirst()
                .orElseThrow();
        String resource = Load.observation(value.text(), "Patient/" + patient.id())
                .replaceFirst("\\{", "{\"encounter\":{\"reference\":\"" + stay + "\"},");
        Reply reply = create("Observation", resource);
        List<Marked> resources = new ArrayList<>(patient.resources());
        resources.add(new Marked("Observation/" + reply.id(), reply, value));
        return replaced(patient, resources);
    }

    private Patient replaced(Patient patient, List<Marked> resources) {
        Patient fresh = new Patient(patient.id(), resources);
        patients.set(patients.indexOf(patient), fresh);
        return fresh;
    }

    private record Draft(String type, String resource, Canary canary) {}

    private Patient written(List<Draft> more) {
        Canary family = canary("Famille");
        Reply identity = create("Patient", Load.patient(family.text()));
        String subject = "Patient/" + identity.id();
        Canary allergy = canary("Allergie");
        Canary value = canary("Valeur");
        List<Draft> drafts = new ArrayList<>();
        drafts.add(new Draft(
                "AllergyIntolerance",
                "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"text\":\"" + allergy.text()
                        + "\"},\"patient\":{\"reference\":\"" + subject + "\"}}",
                allergy));
        drafts.add(new Draft("Observation", Load.observation(value.text(), subject), value));
        drafts.addAll(more);
        List<Marked> resources = new ArrayList<>(List.of(new Marked(subject, identity, family)));
        for (Draft draft : drafts) {
            Reply reply = create(draft.type(), draft.resource().replace("SUBJECT", subject));
            resources.add(new Marked(draft.type() + "/" + reply.id(), reply, draft.canary()));
        }
        return new Patient(identity.id(), resources);
    }

    private Reply create(String type, String resource) {
        return again(() -> client.create(type, resource));
    }

    private static Reply again(Supplier<Reply> write) {
        for (int attempt = 1; ; attempt++) {
            Reply reply = write.get();
            if (reply.isDone()) {
                return reply;
            }
            if (attempt == ATTEMPTS_MAX || (reply.status() / 100 == 4 && reply.status() != 429)) {
                throw new IllegalStateException("a patient of the drill is not taken: " + reply);
            }
            Waiting.pause(AGAIN_MILLIS);
        }
    }

    private Canary canary(String kind) {
        StringBuilder text = new StringBuilder(kind);
        while (text.length() < kind.length() + Canary.LENGTH_MIN) {
            text.append(Character.forDigit(random.nextInt(36), 36));
        }
        return new Canary(text.toString());
    }

    /** Reads everything again and holds it against what was acknowledged. */
    List<Breach> reread() {
        List<Breach> breaches = new ArrayList<>();
        patients.forEach(
                patient -> patient.resources().forEach(marked -> reread(marked).ifPresent(breaches::add)));
        house.forEach(marked -> reread(marked).ifPresent(breaches::add));
        return breaches;
    }

    private Optional<Breach> reread(Marked marked) {
        Reply read = read(marked.reference());
        if (read.status() == 404 || read.status() == 410) {
            return Optional.of(new Breach(Breach.Kind.OMITTED, marked.reference() + " is not shown"));
        }
        if (!read.isDone()) {
            return Optional.of(new Breach(Breach.Kind.LOST, marked.reference() + " is not answered: " + read));
        }
        return Written.plain(read.body()).equals(Written.plain(marked.written().body()))
                ? Optional.empty()
                : Optional.of(new Breach(
                        Breach.Kind.FORGED, marked.reference() + " comes back as something else: " + read.body()));
    }

    private Reply read(String reference) {
        for (int attempt = 1; ; attempt++) {
            Reply reply = client.read(reference);
            boolean isAnswer = reply.status() / 100 == 4 && reply.status() != 429;
            if (reply.isDone() || isAnswer || attempt == ATTEMPTS_MAX) {
                return reply;
            }
            Waiting.pause(AGAIN_MILLIS);
        }
    }
}
