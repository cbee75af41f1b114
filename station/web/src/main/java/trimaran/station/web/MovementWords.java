package trimaran.station.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a form of a movement says, in words: so that whoever sent it sees it again when it is not taken. */
final class MovementWords {

    /** Where a patient goes, as the form says it (codes of R4 encounter-discharge-disposition), with the key of its words. */
    static final Map<String, String> DISPOSITIONS = Map.of(
            "home", "move.discharge.home",
            "other-hcf", "move.discharge.other",
            "rehab", "move.discharge.rehab",
            "exp", "move.discharge.dead",
            "aadvice", "move.discharge.against");

    private MovementWords() {}

    /** Act, place or destination, and the time if one was typed. */
    static String typed(Filled form, PlaceChoices places, Words words) {
        List<String> said = new ArrayList<>();
        switch (form.text("acte")) {
            case "transfert", "arrivee" -> {
                said.add(words.say(form.text("acte").equals("arrivee") ? "move.arrive" : "move.transfer"));
                said.add(place(form.text("lieu"), places));
            }
            case "echange" -> {
                String[] with = form.text("avec").split("\\.", 2);
                said.add(words.say("move.swap"));
                said.add(place(with[with.length - 1], places));
            }
            case "sortie" -> {
                String to = DISPOSITIONS.getOrDefault(form.text("vers"), "");
                said.add(words.say("move.discharge"));
                said.add(to.isEmpty() ? "" : words.say(to));
            }
            case "prevoir" -> said.add(words.say("leave.title"));
            case "annuler" -> said.add(words.say("move.undo"));
            default -> {
                // Nothing this page offers.
            }
        }
        List.of("jour", "heure", "quand", "quelle").forEach(field -> said.add(form.text(field)));
        said.removeIf(String::isEmpty);
        return String.join(", ", said);
    }

    private static String place(String id, PlaceChoices places) {
        return places.place(id).map(PlaceChoices.Place::words).orElse("");
    }
}
