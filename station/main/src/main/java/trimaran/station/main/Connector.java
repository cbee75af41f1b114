package trimaran.station.main;

import java.nio.file.Path;
import java.util.Optional;
import trimaran.kernel.Entropy;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.SecretBytes;
import trimaran.line.Address;
import trimaran.process.FileDisk;
import trimaran.station.Desk;
import trimaran.station.hl7.Counter;
import trimaran.station.hl7.DeskRecord;
import trimaran.station.hl7.Hl7Door;
import trimaran.station.hl7.Hl7DoorSetting;
import trimaran.station.hl7.Hl7Limits;
import trimaran.station.hl7.Inbox;
import trimaran.station.hl7.Journal;
import trimaran.station.hl7.ReceptionSetting;
import trimaran.station.web.Received;

/**
 * The door for HL7 v2 senders, where the configuration names one. What they tell is written in the name of the service whose
 * badge lies in {@code clients/hl7}, under this machine's secret.
 */
final class Connector {

    private static final String CLIENT = "hl7";

    private final Address address;
    private final Counter counter;
    private final Inbox inbox;
    private final StationLog events;

    private Connector(Address address, Counter counter, Inbox inbox, StationLog events) {
        this.address = address;
        this.counter = counter;
        this.inbox = inbox;
        this.events = events;
    }

    /** All but the door itself. */
    static Outcome<Optional<Connector>> of(
            Path folder,
            StationConfiguration conf,
            StationKeys keys,
            Desk desk,
            Loop loop,
            SecretBytes outbox,
            Entropy entropy,
            StationLog events) {
        if (conf.hl7().isEmpty()) {
            return Outcome.done(Optional.empty());
        }
        Address address = conf.hl7().get();
        Path badge = folder.resolve("clients").resolve(CLIENT).resolve("badge.key");
        return keys.badge(badge).map(signer -> {
            ReceptionSetting setting =
                    new ReceptionSetting(Hl7Limits.STANDARD, conf.zone(), conf.demo(), loop::wallTime, events::write);
            Journal journal = new Journal(FileDisk.in(folder), outbox, entropy, events::write);
            Counter counter = new Counter(setting, new DeskRecord(desk, signer), journal);
            return Optional.of(new Connector(address, counter, new Inbox(journal, counter), events));
        });
    }

    /** What came, for those who look after it. */
    Received received() {
        return new ReceivedMessages(inbox);
    }

    /** Lets senders in. */
    Outcome<Hl7Door> open() {
        return Hl7Door.open(
                new Hl7DoorSetting(address.host(), address.port(), Hl7Limits.STANDARD, System::nanoTime, events::write),
                counter);
    }
}
