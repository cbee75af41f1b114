package trimaran.station.hl7;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;

/** A counter on a record in memory, for an invented hospital in Paris. */
final class Counters {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    final MemoryDisk disk = new MemoryDisk();
    final MemoryRecord record = new MemoryRecord();
    final List<Hl7Event> events = new ArrayList<>();
    Counter counter = new Counter(setting(true), record, journal());

    Journal journal() {
        return new Journal(
                disk, SecretBytes.taking(new byte[32]), new java.util.SplittableRandom(1)::nextBytes, events::add);
    }

    /** Another life of the station: what it remembered it has to find again. */
    void restart() {
        counter = new Counter(setting(true), record, journal());
    }

    ReceptionSetting setting(boolean demo) {
        return new ReceptionSetting(
                Hl7Limits.STANDARD, PARIS, demo, () -> new WallTime(1_795_767_000_000L), events::add);
    }

    /** What is answered, as text. */
    String ask(byte[] message) {
        return new String(counter.answer(message), StandardCharsets.UTF_8);
    }

    /** Deals with a message that has to be taken. */
    String taken(byte[] message) {
        String answer = ask(message);
        if (!answer.contains("\rMSA|AA|")) {
            throw new AssertionError(answer.replace('\r', '\n'));
        }
        return answer;
    }

    /** A movement of patient P1's stay V1 on one day, dealt with. */
    String move(String event, String place, String id, String at, String action, String original) {
        return taken(Messages.move(event, "P1", place, "V1", id, "20261127" + at, action, original));
    }

    /** Where the only stay was and is: place, status, from and to. */
    List<String> places() {
        return Json.items(record.only("Encounter"), "location").stream()
                .map(one -> Json.text(one, "location", "display") + " " + Json.text(one, "status") + " "
                        + Json.text(one, "period", "start").substring(11, 16)
                        + (Json.text(one, "period", "end").isEmpty()
                                ? ""
                                : "-" + Json.text(one, "period", "end").substring(11, 16)))
                .toList();
    }
}
