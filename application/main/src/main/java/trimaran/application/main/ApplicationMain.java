package trimaran.application.main;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import trimaran.application.care.Care;
import trimaran.application.movements.Movements;
import trimaran.keeper.Keeper;
import trimaran.kernel.Party;
import trimaran.line.Answer;
import trimaran.line.PeerId;
import trimaran.line.message.Request;
import trimaran.tier.TierProcess;

/** Starts the application tier: a keeper that approves. */
public final class ApplicationMain {

    private ApplicationMain() {}

    public static void main(String[] arguments) {
        TierProcess.run(Party.APPLICATION, arguments, ApplicationMain::approving);
    }

    private static TierProcess.Extension approving(Keeper keeper) {
        Executor workbench = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("workbench").daemon().factory());
        Approving approving = new Approving(keeper, List.of(new Movements(), new Care()), workbench::execute);
        return new TierProcess.Extension() {
            @Override
            public void start() {
                // The office waits to be asked.
            }

            @Override
            public boolean takes(PeerId from, Request request, Answer answer) {
                return approving.takes(from, request, answer);
            }
        };
    }
}
