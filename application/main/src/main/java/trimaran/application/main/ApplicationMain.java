package trimaran.application.main;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import trimaran.application.Office;
import trimaran.application.Showing;
import trimaran.application.care.Care;
import trimaran.application.movements.Movements;
import trimaran.keeper.Keeper;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.Answer;
import trimaran.line.PeerId;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
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
        Office office = new Office(new Office.Setting(
                keeper.setting().loop(),
                () -> keeper.copy().registry(),
                keeper.setting().verifier(),
                keeper.setting().keys().statements(),
                new DraftCells(keeper),
                List.of(new Movements(), new Care()),
                workbench::execute));
        Showing showing = new Showing(keeper.setting().loop());
        return new TierProcess.Extension() {
            @Override
            public void start() {
                // The office waits to be asked.
            }

            @Override
            public boolean takes(PeerId from, Request request, Answer answer) {
                switch (request) {
                    case Request.Approve approve -> office.approve(approve, outcome -> Keeper.give(answer, outcome));
                    case Request.Show show -> Keeper.give(answer, showing.take(from.keyDigest(), show));
                    case Request.ApproveShown shown -> approve(office, showing, from, shown, answer);
                    default -> {
                        return false;
                    }
                }
                return true;
            }
        };
    }

    /** As any other request, once all of it is here; what may be asked again stays until then. */
    private static void approve(
            Office office, Showing showing, PeerId from, Request.ApproveShown shown, Answer answer) {
        switch (showing.whole(from.keyDigest(), shown)) {
            case Outcome.Refused<Request.Approve>(Refusal refusal) ->
                Keeper.give(answer, Outcome.<Response>refused(refusal));
            case Outcome.Done<Request.Approve>(Request.Approve approve) ->
                office.approve(approve, outcome -> {
                    if (outcome instanceof Outcome.Done<Response>) {
                        showing.answered(from.keyDigest(), shown);
                    }
                    Keeper.give(answer, outcome);
                });
        }
    }
}
