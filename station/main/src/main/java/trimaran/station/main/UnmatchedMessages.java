package trimaran.station.main;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.hl7.Hl7Record;
import trimaran.station.hl7.WaitingMessage;
import trimaran.station.web.Care;
import trimaran.station.web.WaitingMessages;

/** Messages of the HL7 door as the browsers' door asks for them. What is looked up is looked up in the name of who decides. */
record UnmatchedMessages(ZoneId zone) implements WaitingMessages {

    @Override
    public Optional<Brought> read(byte[] message) {
        return WaitingMessage.read(message, zone)
                .map(one -> new Brought(one.isDocument(), one.sender(), one.sent(), one.subjects(), one.count()));
    }

    @Override
    public Outcome<List<Change>> changes(byte[] message, ResourceId patient, Care care) {
        return WaitingMessage.read(message, zone)
                .map(one -> one.changes(patient, new Asking(care)))
                .orElse(Outcome.refused(Code.MALFORMED, "the message cannot be read any more"));
    }

    /** The record as one person may see it. */
    private record Asking(Care care) implements Hl7Record {

        @Override
        public Outcome<List<ResourceId>> find(String type, Trait trait) {
            return care.findAny(type, List.of(trait));
        }

        @Override
        public Outcome<List<ResourceVersion>> versions(ResourceId id) {
            return care.latest(List.of(id));
        }

        @Override
        public Outcome<List<ResourceVersion>> places() {
            return care.house()
                    .map(house -> house.stream()
                            .filter(one -> one.type().equals("Location"))
                            .toList());
        }

        @Override
        public WriteResult write(Transaction transaction) {
            return new WriteResult.Refused(Refusal.of(Code.NOT_ALLOWED, "whoever decides writes by themselves"));
        }
    }
}
