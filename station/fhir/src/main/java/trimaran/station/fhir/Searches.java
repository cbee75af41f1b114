package trimaran.station.fhir;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Placement;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;

/**
 * Searches one type. The most selective parameter says where to look (R4 search); everything found is compared with all
 * parameters, so that a lookup token that was once true gives no wrong answer.
 */
final class Searches {

    private final Call call;
    private final Criteria criteria;

    private Searches(Call call, Criteria criteria) {
        this.call = call;
        this.criteria = criteria;
    }

    /** A parameter nobody here knows is refused, or left out if the client prefers lenient handling (R4 search). */
    static Answer search(Call asked) throws RefusedException {
        String type = asked.address().type();
        Call call = asked.conditions().lenient()
                ? asked.asking(asked.address()
                        .parameters()
                        .among(name -> Page.isParameter(name) || Criteria.isKnown(type, name)))
                : asked;
        ZoneId zone = call.listing().zone();
        Page page = Page.of(call);
        Optional<Comparator<ResourceVersion>> order = Sorting.of(call, zone);
        Includes includes = Includes.of(call);
        Searches search = new Searches(call, Criteria.parse(call, zone));
        List<ResourceVersion> candidates = search.candidates();
        List<ResourceVersion> found = search.found(candidates);
        order.ifPresent(found::sort);
        return Answer.json(page.searchset(found, includes.having(candidates)));
    }

    private List<ResourceVersion> found(List<ResourceVersion> candidates) {
        Map<ResourceId, ResourceVersion> found = new LinkedHashMap<>();
        for (ResourceVersion candidate : candidates) {
            boolean fits = !candidate.isDeleted()
                    && candidate.type().equals(call.address().type())
                    && criteria.fits(candidate);
            if (fits) {
                found.put(candidate.id(), candidate);
            }
        }
        return new ArrayList<>(found.values());
    }

    private List<ResourceVersion> candidates() throws RefusedException {
        if (!criteria.ids().isEmpty()) {
            Set<ResourceId> ids = new LinkedHashSet<>();
            for (String id : criteria.ids().getFirst()) {
                Locator.own(id).ifPresent(ids::add);
            }
            return latest(ids);
        }
        if (!criteria.identifiers().isEmpty()) {
            Set<ResourceId> ids = new LinkedHashSet<>();
            for (Trait trait : criteria.identifiers().getFirst()) {
                ids.addAll(
                        RefusedException.value(call.view().find(call.address().type(), trait)));
            }
            return latest(ids);
        }
        if (!criteria.patients().isEmpty()) {
            List<ResourceVersion> all = new ArrayList<>();
            for (String patient : criteria.patients().getFirst()) {
                all.addAll(folder(patient));
            }
            return all;
        }
        if (!criteria.people().isEmpty()) {
            List<ResourceVersion> all = new ArrayList<>();
            for (PersonQuery query : criteria.people()) {
                all.addAll(RefusedException.value(call.view().patients(query)));
            }
            return all;
        }
        if (Placement.HOUSE.contains(call.address().type())) {
            return RefusedException.value(call.view().house());
        }
        throw RefusedException.of(
                Code.BAD_PARAMETER,
                call.address().type().equals("Patient")
                        ? "a search of patients names _id, identifier, name, family, given or birthdate"
                        : "a search names _id, identifier or a patient");
    }

    private List<ResourceVersion> latest(Set<ResourceId> ids) throws RefusedException {
        List<ResourceVersion> latest = new ArrayList<>();
        for (ResourceId id : ids) {
            Locator.versionsIfAny(call.view(), call.address().type(), id)
                    .ifPresent(versions -> latest.add(versions.getLast()));
        }
        return latest;
    }

    /** Everything of one patient; nothing if there is no such patient. */
    private List<ResourceVersion> folder(String patient) throws RefusedException {
        Optional<ResourceId> id = Locator.own(patient);
        if (id.isEmpty()) {
            return List.of();
        }
        return switch (call.view().everything(id.get())) {
            case Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> all) -> all;
            case Outcome.Refused<List<ResourceVersion>>(Refusal refusal) -> {
                if (refusal.code() != Code.NOT_FOUND) {
                    throw new RefusedException(refusal);
                }
                yield List.of();
            }
        };
    }
}
