package trimaran.keeper;

import java.util.List;
import trimaran.line.Answer;
import trimaran.line.PeerId;
import trimaran.line.message.Request;

/** What one tier does beyond keeping: data places, application approves. */
public interface Role {

    /** Takes a request this role is for; false leaves it to the keeper. */
    boolean takes(PeerId from, Request request, Answer answer);

    /** What keeps it from doing that, in sentences for the operator; empty if nothing does. */
    default List<String> faults() {
        return List.of();
    }

    /** A role that does nothing more. */
    static Role none() {
        return (from, request, answer) -> false;
    }
}
