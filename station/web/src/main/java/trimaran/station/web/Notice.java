package trimaran.station.web;

import trimaran.station.WriteResult;

/**
 * What became of the last thing a person wrote, said once at the top of the next page.
 *
 * @param form of the frame: {@code ok}, {@code local} for what is only here so far, {@code conflict}
 * @param words first what is saved where, then what it was
 */
record Notice(String form, String icon, String words) {

    /** @param what what was done, as a sentence */
    static Notice of(WriteResult result, String what, Words words) {
        return switch (result) {
            case WriteResult.Recorded recorded
            when recorded.conflict() ->
                new Notice("toast-conflict", "conflit", words.say("move.saved.conflict") + " " + what);
            case WriteResult.Recorded _ -> new Notice("", "donne", words.say("move.saved") + " " + what);
            case WriteResult.Waiting waiting
            when waiting.versions().isEmpty() ->
                new Notice("toast-local", "poste", words.say("said.unsure") + " " + what);
            case WriteResult.Waiting _ -> new Notice("toast-local", "poste", words.say("move.saved.here") + " " + what);
            case WriteResult.Refused refused -> throw new IllegalArgumentException("nothing was saved: " + refused);
        };
    }
}
