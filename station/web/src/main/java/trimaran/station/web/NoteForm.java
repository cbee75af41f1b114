package trimaran.station.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import trimaran.station.Transaction.Change;

/** A focused note as French wards write it: its focus, then what was seen, done and reached. */
final class NoteForm implements BedsideForms.Sheet {

    /** The parts beside the focus, each by its field and as the note words it. */
    private static final List<Map.Entry<String, String>> PARTS = List.of(
            Map.entry("donnees", "Données"), Map.entry("actions", "Actions"), Map.entry("resultats", "Résultats"));

    private final Writing writing;

    NoteForm(Writing writing) {
        this.writing = writing;
    }

    @Override
    public Reply show(Ground ground) {
        return page(ground, 200);
    }

    private static Reply page(Ground ground, int status) {
        Frame frame = ground.frame(Act.NOTE);
        return Inside.page(
                status,
                (out, tags) -> JtetransmettreGenerated.render(out, tags, frame, ground.record(), ground.entered()));
    }

    @Override
    public Reply take(Ground ground) {
        Entered entered = ground.entered();
        String focus = entered.required("cible", WebLimits.WORD_MAX);
        List<String> lines = new ArrayList<>(List.of("Cible : " + focus));
        for (Map.Entry<String, String> part : PARTS) {
            String text = entered.limited(part.getKey(), WebLimits.NOTE_MAX);
            if (!text.isEmpty()) {
                lines.add(part.getValue() + " : " + text);
            }
        }
        if (lines.size() == 1) {
            entered.fault("donnees", "note.empty");
        }
        if (!entered.isRight()) {
            return page(ground, 422);
        }
        List<Change> changes = List.of(Writing.create(document(ground, focus, String.join("\n", lines))));
        String what = ground.words().say("note.what", focus);
        return writing.answer(
                ground, Act.NOTE, what, false, changes, writing.write(ground, changes), status -> page(ground, status));
    }

    private static Map<String, Object> document(Ground ground, String focus, String text) {
        boolean physician = ground.seat().care().roles().contains("physician");
        Map<String, Object> type = physician
                ? Json.concept(Json.LOINC, "11506-3", "Note d'évolution")
                : Json.concept(Json.LOINC, "34746-8", "Transmission infirmière");
        return Json.resource(
                "DocumentReference",
                ground.fictive(),
                "status",
                "current",
                "docStatus",
                "final",
                "type",
                type,
                "subject",
                ground.subject(),
                "date",
                ground.time(ground.now()),
                "author",
                Json.list(ground.author()),
                "content",
                Json.list(Json.of(
                        "attachment",
                        Json.of(
                                "contentType",
                                "text/plain; charset=utf-8",
                                "language",
                                "fr",
                                "data",
                                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)),
                                "title",
                                type.get("text") + " : " + focus))),
                "context",
                ground.encounter().isEmpty() ? Map.of() : Json.of("encounter", Json.list(ground.encounter())));
    }
}
