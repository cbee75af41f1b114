package trimaran.access;

import trimaran.kernel.Party;
import trimaran.line.Answer;
import trimaran.line.PeerId;
import trimaran.line.message.Request;
import trimaran.tier.TierProcess;

/** Starts the access tier: a keeper and nothing more. */
public final class AccessMain {

    private AccessMain() {}

    public static void main(String[] arguments) {
        TierProcess.run(Party.ACCESS, arguments, keeper -> new TierProcess.Extension() {
            @Override
            public void start() {
                // A keeper starts by itself.
            }

            @Override
            public boolean takes(PeerId from, Request request, Answer answer) {
                return false;
            }
        });
    }
}
