package trimaran.station.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A form as it was filled in, and what is wrong with which field: shown again as it was typed, with a sentence beside each.
 *
 * @param wrong the sentence for each field that is wrong, by the field's name, in the order of the page
 * @param meanwhile what somebody else did since its page was made; empty for nothing
 */
record Filled(Form form, Map<String, String> wrong, Optional<Meanwhile> meanwhile) {

    Filled {
        wrong = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(wrong));
    }

    static Filled of(Form form) {
        return new Filled(form, Map.of(), Optional.empty());
    }

    Filled wrong(String field, String sentence) {
        Map<String, String> more = new LinkedHashMap<>(wrong);
        more.putIfAbsent(field, sentence);
        return new Filled(form, more, meanwhile);
    }

    /** The same, which is not taken because of what somebody else did. */
    Filled against(Meanwhile other) {
        return new Filled(form, wrong, Optional.of(other));
    }

    boolean isGood() {
        return wrong.isEmpty();
    }

    String text(String field) {
        return form.text(field).strip();
    }

    boolean isWrong(String field) {
        return wrong.containsKey(field);
    }

    String sentence(String field) {
        return wrong.getOrDefault(field, "");
    }
}
