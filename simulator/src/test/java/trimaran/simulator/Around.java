package trimaran.simulator;

import trimaran.kernel.Bytes;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;

/** A handler that passes all but requests on. */
abstract class Around implements CallHandler {

    private final CallHandler real;

    Around(CallHandler real) {
        this.real = real;
    }

    final CallHandler real() {
        return real;
    }

    @Override
    public final void opened(Calls calls) {
        real.opened(calls);
    }

    @Override
    public final void notice(Calls calls, Bytes payload) {
        real.notice(calls, payload);
    }

    @Override
    public final void closed(Calls calls, CloseReason reason) {
        real.closed(calls, reason);
    }
}
