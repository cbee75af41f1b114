package trimaran.evidence;

import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** Asks parties under the key of the hospital's console, and waits where something is a moment late. */
public interface Lines {

    /** The answer, or why there is none. */
    Outcome<Response> ask(Party party, Request request);

    /** Lets a moment pass. */
    void pause();

    /** Something for whoever waits. */
    void progress(String line);
}
