package trimaran.data;

import trimaran.keeper.Keeper;
import trimaran.kernel.Party;
import trimaran.line.Answer;
import trimaran.line.PeerId;
import trimaran.line.message.Request;
import trimaran.tier.TierProcess;

/** Starts the data tier: a keeper that places. */
public final class DataMain {

    private DataMain() {}

    public static void main(String[] arguments) {
        TierProcess.run(Party.DATA, arguments, DataMain::placing);
    }

    private static TierProcess.Extension placing(Keeper keeper) {
        Sequencer sequencer = new Sequencer(keeper);
        return new TierProcess.Extension() {
            @Override
            public void start() {
                sequencer.start();
            }

            @Override
            public boolean takes(PeerId from, Request request, Answer answer) {
                return sequencer.takes(from, request, answer);
            }
        };
    }
}
