package trimaran.process;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import trimaran.kernel.Outcome;

/** A process of its own for the tests: takes a folder's lock and stops on a signal, in time or not. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        Outcome<HomeLock> lock = HomeLock.take(Path.of(arguments[0]));
        long stopMillis = Long.parseLong(arguments[1]);
        Signals.onStop(500, () -> {
            try {
                Thread.sleep(stopMillis);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            System.out.println("stopped");
        });
        System.out.println(lock.isDone() ? "taken" : "refused");
        new CountDownLatch(1).await();
    }
}
