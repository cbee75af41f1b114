package trimaran.station.fhir;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Refusal;
import trimaran.model.Facts;
import trimaran.model.NationalIdentity;
import trimaran.model.Resource;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;

/** Looks at the national identifiers of Patients before they are written: rules never see them (DESIGN §6). */
final class NationalIdentifiers {

    private NationalIdentifiers() {}

    /** The first identifier that may not be held, with the change it is in. */
    static Optional<Refusal> refusal(Transaction transaction, boolean demo) {
        List<Change> changes = transaction.changes();
        for (int i = 0; i < changes.size(); i++) {
            Optional<Refusal> refusal = resource(changes.get(i)).flatMap(resource -> refusal(resource.facts(), demo));
            if (refusal.isPresent()) {
                int index = i;
                return refusal.map(one -> Refusal.at(one.code(), "[" + index + "]." + one.place(), one.sentence()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Resource> resource(Change change) {
        return switch (change) {
            case Change.Create create -> Optional.of(create.resource());
            case Change.Update update -> Optional.of(update.resource());
            case Change.Delete delete -> Optional.empty();
        };
    }

    private static Optional<Refusal> refusal(Facts facts, boolean demo) {
        return facts.type().equals("Patient")
                ? facts.identifiers().stream()
                        .flatMap(identifier -> NationalIdentity.refusal(identifier.system(), demo).stream())
                        .findFirst()
                : Optional.empty();
    }
}
