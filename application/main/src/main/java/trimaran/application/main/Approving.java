package trimaran.application.main;

import java.util.List;
import trimaran.application.Application;
import trimaran.application.Office;
import trimaran.application.Showing;
import trimaran.keeper.Keeper;
import trimaran.keeper.Role;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.Workbench;
import trimaran.line.Answer;
import trimaran.line.PeerId;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** What makes a keeper the application tier: it takes what stations show, whole or piece by piece, and has its office decide. */
public final class Approving implements Role {

    private final Office office;
    private final Showing showing;

    /**
     * @param applications all that answer for some type
     * @param workbench where large drafts are looked at; on the loop itself where nobody waits meanwhile
     */
    public Approving(Keeper keeper, List<Application> applications, Workbench workbench) {
        office = new Office(new Office.Setting(
                keeper.setting().loop(),
                () -> keeper.copy().registry(),
                keeper::speaker,
                keeper.setting().verifier(),
                keeper.setting().keys().statements(),
                new DraftCells(keeper),
                applications,
                workbench));
        showing = new Showing(keeper.setting().loop());
    }

    @Override
    public boolean takes(PeerId from, Request request, Answer answer) {
        switch (request) {
            case Request.Approve approve -> office.approve(approve, outcome -> Keeper.give(answer, outcome));
            case Request.Show show -> Keeper.give(answer, showing.take(from.keyDigest(), show));
            case Request.ApproveShown shown -> approve(from, shown, answer);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** As any other request, once all of it is here; what may be asked again stays until then. */
    private void approve(PeerId from, Request.ApproveShown shown, Answer answer) {
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
