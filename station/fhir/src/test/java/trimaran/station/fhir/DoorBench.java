package trimaran.station.fhir;

import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import trimaran.kernel.Outcome;

/**
 * The door alone, over a record in memory, for the load generator: what it uses is the door's share. Run by hand; prints its
 * address and stays until it is stopped.
 */
final class DoorBench {

    private DoorBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length == 0 ? 18_080 : Integer.parseInt(arguments[0]);
        FakeRecord record = new FakeRecord(1);
        DoorSetting setting = new DoorSetting(
                "127.0.0.1",
                port,
                "",
                DoorLimits.STANDARD,
                ZoneId.of("Europe/Paris"),
                System::nanoTime,
                new SecureRandom()::nextBytes,
                System.out::println);
        Outcome<Door> door = Door.open(setting, (client, secret) -> Outcome.done(record));
        System.out.println(door + " for any token, as Bearer tri_bench_x");
        new CountDownLatch(1).await();
    }
}
