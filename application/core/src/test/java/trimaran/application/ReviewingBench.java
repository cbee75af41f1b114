package trimaran.application;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.line.message.Response;
import trimaran.model.ContinuityReview;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.Session;

/** Who writes while application is silent, and who has it reviewed. */
abstract class ReviewingBench extends OfficeBench {

    final Session nurse = hospital.session("nurse", List.of("nurse"), List.of());
    final Session clerk = hospital.session("clerk", List.of("clerk"), List.of());
    final Session laboratory = hospital.session("laboratory", List.of("laboratory"), List.of());
    final NewCell dossier = known(hospital.cell(CellKind.DOSSIER, quarter.subject()));
    final NewCell stranger = known(hospital.cell(CellKind.QUARTER));

    /** The present version of something in a cell. */
    ContinuityReview.Target written(NewCell cell, String type, Session author, long version, boolean continuity) {
        ResourceId id = ResourceId.random(cell.cell(), hospital.entropy);
        Draft.Action action = version == 1 ? Draft.Action.CREATE : Draft.Action.UPDATE;
        cells.written.put(id, new CellSource.Written(version, action, author.id(), continuity));
        return new ContinuityReview.Target(type, id, version);
    }

    ContinuityReview.Target measured() {
        return written(dossier, "Observation", nurse, 1, true);
    }

    /** What only a physician may write, by a nurse. */
    ContinuityReview.Target prescription() {
        return written(quarter, "MedicationRequest", nurse, 1, true);
    }

    static String json(String remark, List<String> references) {
        List<String> targets = new ArrayList<>(List.of("{'reference':'Patient/p'}"));
        references.forEach(one -> targets.add("{'reference':'" + one + "'}"));
        String reason = remark.isEmpty() ? "" : "'reason':[{'text':'" + remark + "'}],";
        return ("{'resourceType':'Provenance','target':[" + String.join(",", targets) + "]," + reason
                        + "'activity':{'id':'" + "ab".repeat(16) + "','coding':[{'system':'" + ContinuityReview.SYSTEM
                        + "','code':'reviewed'}]}}")
                .replace('\'', '"');
    }

    Outcome<Response> asked(Session reader, String name, Draft.Action action, String json) {
        Draft draft = new Draft(
                List.of(new Draft.Item(
                        ResourceId.random(quarter.cell(), hospital.entropy),
                        ContinuityReview.TYPE,
                        action,
                        action == Draft.Action.CREATE ? 0 : 1,
                        Bytes.ofText(json))),
                List.of());
        return ask(hospital.request(hospital.part(reader, List.of(), draft), Hospital.sessionKey(name), draft), yes);
    }

    Outcome<Response> reviewed(Session reader, String name, String remark, ContinuityReview.Target... targets) {
        List<String> references = List.of(targets).stream()
                .map(ContinuityReview.Target::reference)
                .toList();
        return asked(reader, name, Draft.Action.CREATE, json(remark, references));
    }

    Draft review(ContinuityReview.Target target) {
        return new Draft(
                List.of(new Draft.Item(
                        ResourceId.random(quarter.cell(), hospital.entropy),
                        ContinuityReview.TYPE,
                        Draft.Action.CREATE,
                        0,
                        Bytes.ofText(json("", List.of(target.reference()))))),
                List.of());
    }
}
