package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Code;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;

/**
 * {@code Patient/id/$everything} (R4 operation-patient-everything): all that is in the patient's cells, and
 * what that refers to in the house: medications, staff, organisations, places.
 */
final class Everything {

    private Everything() {}

    static Answer of(Call call) throws RefusedException {
        call.address().parameters().only(Page.PARAMETERS);
        ResourceId patient =
                Locator.find(call.view(), "Patient", call.address().id()).orElseThrow(Locator::missing);
        List<ResourceVersion> all =
                new ArrayList<>(RefusedException.value(call.view().everything(patient)));
        boolean there = all.stream()
                .anyMatch(one -> one.id().equals(patient) && one.type().equals("Patient"));
        if (!there) {
            // Deleted, or an id of something else in the patient's cells.
            ResourceVersion latest =
                    Locator.versions(call.view(), "Patient", patient).getLast();
            throw latest.isDeleted() ? Reads.gone() : RefusedException.of(Code.STALE, "the patient is being written");
        }
        all.sort(order(patient));
        int own = all.size();
        for (Map.Entry<ResourceId, String> one : Mentions.house(all).entrySet()) {
            Locator.versionsIfAny(call.view(), one.getValue(), one.getKey())
                    .map(List::getLast)
                    .filter(latest -> !latest.isDeleted())
                    .ifPresent(all::add);
        }
        return Answer.json(Page.of(call).searchset(all, own));
    }

    /** The patient first, then by id: an order that is the same on every page. */
    private static Comparator<ResourceVersion> order(ResourceId patient) {
        return Comparator.<ResourceVersion, Boolean>comparing(one -> !one.id().equals(patient))
                .thenComparing(ResourceVersion::id);
    }
}
