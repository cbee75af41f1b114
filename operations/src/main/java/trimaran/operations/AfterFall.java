package trimaran.operations;

import java.util.Optional;
import trimaran.kernel.Party;

/** What is left to do once a fallen hull's copy is whole: what had been released to it is not taken back by that. */
final class AfterFall {

    private AfterFall() {}

    /** One line; of the witness none, which is handed neither keys nor shares. */
    static Optional<String> said(Party fallen) {
        return switch (fallen) {
            case WITNESS -> Optional.empty();
            // Handed keys, so these are drawn anew; the two others are handed shares alone.
            case APPLICATION ->
                Optional.of(
                        "the copy of application is whole; keys and shares that were released to it may be known to whoever"
                                + " took it: trimaran roll --party application --from T --officer A --officer B, T when it may"
                                + " have been taken, then trimaran refresh --officer A --officer B");
            case ACCESS, DATA ->
                Optional.of("the copy of " + fallen.word()
                        + " is whole; shares that were released to it may be known to whoever took it: trimaran refresh"
                        + " --officer A --officer B");
        };
    }
}
