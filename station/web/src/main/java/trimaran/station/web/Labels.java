package trimaran.station.web;

import java.util.Map;
import java.util.Optional;

/** What the fields of forms are called, so that a list of faults says which. */
final class Labels {

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("dose", "presc.dose"),
            Map.entry("unite", "presc.unit"),
            Map.entry("voie", "rx.route"),
            Map.entry("rythme", "presc.rhythm"),
            Map.entry("heures", "presc.hours.label"),
            Map.entry("besoin", "presc.need"),
            Map.entry("ecart", "presc.apart"),
            Map.entry("maximum", "presc.most"),
            Map.entry("jour", "presc.start.day"),
            Map.entry("duree", "presc.days"),
            Map.entry("commentaire", "presc.comment"),
            Map.entry("motif", "presc.reason"),
            Map.entry("heure", "col.time"),
            Map.entry("quantite", "give.amount"),
            Map.entry("raison", "give.reason"),
            Map.entry("precision", "give.words"),
            Map.entry("confirme", "give.confirm"),
            Map.entry("cible", "note.focus"),
            Map.entry("donnees", "note.data"),
            Map.entry("actions", "note.actions"),
            Map.entry("resultats", "note.results"));

    /** Where a form calls by the same name what another calls otherwise. */
    private static final Map<String, String> MORE = Map.of(
            "nom", "admit.family",
            "prenom", "admit.given",
            "usage", "admit.usual",
            "naissance", "pat.birth",
            "motif", "access.kind",
            "mots", "access.words",
            "age", "unknown.age.label");

    private Labels() {}

    /** What a person types into it is called; empty for a field nobody types into. */
    static Optional<String> find(String field, Words words) {
        String key = MORE.getOrDefault(field, KEYS.getOrDefault(field, "vit." + field));
        return words.has(key) ? Optional.of(words.say(key)) : Optional.empty();
    }

    static String of(String field, Words words) {
        String key = KEYS.getOrDefault(field, "vit." + field);
        return words.has(key) ? words.say(key) : field;
    }
}
