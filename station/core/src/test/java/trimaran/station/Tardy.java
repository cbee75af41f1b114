package trimaran.station;

import trimaran.kernel.Bytes;
import trimaran.kernel.Refusal;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.simulated.VirtualLoops;

/** A tier that beats as ever and answers late, or leaves one question in so many without an answer, once a test says so. */
final class Tardy implements CallHandler {

    private final VirtualLoops loops;
    private final CallHandler tier;
    long laterMillis;
    /** One in so many is never answered; none while it is zero. */
    int neverOneIn;

    private int asked;

    Tardy(VirtualLoops loops, CallHandler tier) {
        this.loops = loops;
        this.tier = tier;
    }

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        asked++;
        if (neverOneIn == 0 || asked % neverOneIn != 0) {
            tier.request(calls, payload, laterMillis == 0 ? answer : new Later(answer));
        }
    }

    private final class Later implements Answer {
        private final Answer answer;

        Later(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void done(Bytes payload) {
            loops.after(laterMillis * 1_000_000, () -> answer.done(payload));
        }

        @Override
        public void refuse(Refusal refusal) {
            loops.after(laterMillis * 1_000_000, () -> answer.refuse(refusal));
        }
    }

    @Override
    public void opened(Calls calls) {
        tier.opened(calls);
    }

    @Override
    public void notice(Calls calls, Bytes payload) {
        tier.notice(calls, payload);
    }

    @Override
    public void closed(Calls calls, CloseReason reason) {
        tier.closed(calls, reason);
    }
}
