package trimaran.application.main;

import java.util.List;
import trimaran.application.Office;
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
        Office office = new Office(new Office.Setting(
                keeper.setting().loop(),
                () -> keeper.copy().registry(),
                keeper.setting().verifier(),
                keeper.setting().keys().statements(),
                new DraftCells(keeper),
                List.of(new Movements(), new Care())));
        return new TierProcess.Extension() {
            @Override
            public void start() {
                // The office waits to be asked.
            }

            @Override
            public boolean takes(PeerId from, Request request, Answer answer) {
                if (request instanceof Request.Approve approve) {
                    office.approve(approve, outcome -> Keeper.give(answer, outcome));
                    return true;
                }
                return false;
            }
        };
    }
}
