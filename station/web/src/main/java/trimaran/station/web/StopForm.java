package trimaran.station.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.chart.Prescription;

/** Stopping a prescription, with a reason. What was given of it stays; what is to come is not planned any more. */
final class StopForm implements BedsideForms.Sheet {

    private final PatientPages patients;
    private final Writing writing;

    StopForm(PatientPages patients, Writing writing) {
        this.patients = patients;
        this.writing = writing;
    }

    private static Optional<Prescription> prescription(Ground ground) {
        return Inside.id(ground.entered().text("p")).flatMap(ground.chart()::prescription);
    }

    private static boolean isStoppable(Prescription one) {
        return one.status() == Prescription.Status.ACTIVE || one.status() == Prescription.Status.HELD;
    }

    @Override
    public Reply show(Ground ground) {
        return prescription(ground)
                .map(one -> page(
                        ground.or(Map.of("version", String.valueOf(one.source().version()))), 200, one))
                .orElseGet(() -> Reply.to(ground.record().href(PatientPages.Tab.PRESCRIPTIONS)));
    }

    private static Reply page(Ground ground, int status, Prescription one) {
        Frame frame = ground.frame(Act.STOP);
        return Inside.page(
                status,
                (out, tags) -> JtearreterGenerated.render(
                        out, tags, frame, ground.record(), ground.entered(), one, isStoppable(one)));
    }

    @Override
    public Reply take(Ground ground) {
        Optional<Prescription> found = prescription(ground);
        if (found.isEmpty()) {
            return ground.inside().problem(ground.visit(), Code.NOT_FOUND);
        }
        Prescription one = found.get();
        ResourceId id = one.source().id();
        if (!isStoppable(one)
                || !ground.entered()
                        .text("version")
                        .equals(String.valueOf(one.source().version()))) {
            return stale(ground, one);
        }
        String reason = ground.entered().required("motif", WebLimits.COMMENT_MAX);
        Optional<ResourceVersion> stored = ground.resource(id);
        Optional<Map<String, Object>> json = stored.flatMap(version -> JsonTree.glimpse(version.json()));
        if (!ground.entered().isRight() || json.isEmpty()) {
            return page(ground, 422, one);
        }
        Map<String, Object> stopped = new LinkedHashMap<>(json.get());
        stopped.put("status", "stopped");
        stopped.put("statusReason", Json.words(reason));
        List<Object> notes = new ArrayList<>();
        notes.addAll(JsonTree.items(stopped, "note"));
        notes.add(Json.of(
                "authorString",
                ground.authorWords(),
                "time",
                ground.time(ground.now()),
                "text",
                "Arrêtée par " + ground.authorWords() + " le " + ground.clock().day(ground.now()) + " à "
                        + ground.clock().hour(ground.now()) + "."));
        stopped.put("note", notes);
        List<Change> changes = List.of(Writing.update(id, one.source().version(), stopped));
        String what = ground.words().say("stop.done", one.drugWords(ground.language()));
        WriteResult result = writing.write(ground, changes);
        if (result instanceof WriteResult.Refused(Refusal refusal) && refusal.code() == Code.VERSION_CONFLICT) {
            Ground now = ground.again(patients, Act.STOP);
            return stale(now, prescription(now).orElse(one));
        }
        return writing.answer(ground, Act.STOP, what, false, changes, result, status -> page(ground, status, one));
    }

    /** The page is of a moment when it was another: it is shown as it is now, with who changed it, and nothing is written. */
    private static Reply stale(Ground ground, Prescription now) {
        ground.entered().refuse(ground.words().say("stop.stale"));
        ground.resource(now.source().id())
                .map(latest -> Meanwhile.of(
                        ground.inside(),
                        ground.visit(),
                        Optional.of(ground.patient()),
                        latest,
                        ground.entered().text("version"),
                        state(ground, now),
                        ground.words().say("stop.go") + reason(ground)))
                .ifPresent(ground.entered()::against);
        return page(ground, 409, now);
    }

    /** Status and reason, in words. */
    static String state(Ground ground, Prescription now) {
        String status = now.status().words(ground.language());
        return now.statusReason().isEmpty() ? status : status + ", " + now.statusReason();
    }

    private static String reason(Ground ground) {
        String reason = ground.entered().text("motif");
        return reason.isEmpty() ? "" : ", " + reason;
    }
}
