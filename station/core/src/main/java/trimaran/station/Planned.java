package trimaran.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.Trait;

/** One change of a transaction on its way from what its author said to what will be signed. */
final class Planned {

    private final Transaction.Change change;
    private final int index;

    @Nullable
    ResourceId id;

    @Nullable
    Target target;
    /** A conditional create found this one. */
    @Nullable
    ResourceId existing;

    Planned(Transaction.Change change, int index) {
        this.change = change;
        this.index = index;
    }

    /** A refusal with the change it is about: {@code [3].Observation.subject}; doors say it in their own words. */
    Refusal at(Refusal refusal) {
        String inside = refusal.place().isEmpty() ? "" : "." + refusal.place();
        return Refusal.at(refusal.code(), "[" + index + "]" + inside, refusal.sentence());
    }

    Transaction.Change change() {
        return change;
    }

    int index() {
        return index;
    }

    Optional<Resource> resource() {
        return switch (change) {
            case Transaction.Change.Create create -> Optional.of(create.resource());
            case Transaction.Change.Update update -> Optional.of(update.resource());
            case Transaction.Change.Delete delete -> Optional.empty();
        };
    }

    String type() {
        return switch (change) {
            case Transaction.Change.Create create -> create.resource().type();
            case Transaction.Change.Update update -> update.resource().type();
            case Transaction.Change.Delete delete -> delete.type();
        };
    }

    String fullUrl() {
        return switch (change) {
            case Transaction.Change.Create create -> create.fullUrl();
            case Transaction.Change.Update update -> update.fullUrl();
            case Transaction.Change.Delete delete -> "";
        };
    }

    long replaces() {
        return switch (change) {
            case Transaction.Change.Create create -> 0;
            case Transaction.Change.Update update -> update.version();
            case Transaction.Change.Delete delete -> delete.version();
        };
    }

    boolean isWritten() {
        return existing == null;
    }

    /** Under which terms the resource is to be found. */
    List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        resource().ifPresent(resource -> {
            for (Trait trait : Trait.of(resource.facts())) {
                terms.add(Term.of(resource.type(), trait));
            }
        });
        if (change instanceof Transaction.Change.Create) {
            uniqueTerms().stream().filter(term -> !terms.contains(term)).forEach(terms::add);
        }
        return terms;
    }

    /** Terms no other live resource may have. */
    List<Term> uniqueTerms() {
        List<Term> terms = new ArrayList<>();
        if (change instanceof Transaction.Change.Create create) {
            create.onlyIfNone().forEach(trait -> terms.add(Term.of(type(), trait)));
            if (!create.chosenId().isEmpty()) {
                terms.add(Term.ofChosenId(type(), create.chosenId()));
            }
        }
        return terms;
    }

    ResourceId requiredId() {
        ResourceId known = existing != null ? existing : id;
        if (known == null) {
            throw new IllegalStateException("change " + index + " has no id yet");
        }
        return known;
    }

    Target requiredTarget() {
        if (target == null) {
            throw new IllegalStateException("change " + index + " has no cell yet");
        }
        return target;
    }

    WriteResult.Changed changed(long version, RecordTime time) {
        return written().changed(version, time);
    }

    /** What is still to be told of it once it is sealed: without the resource, which may be large and wait for long. */
    Written written() {
        return new Written(requiredId(), type(), replaces(), existing != null);
    }

    /** A change whose resource was let go. */
    record Written(ResourceId id, String type, long replaces, boolean existed) {

        WriteResult.Changed changed(long version, RecordTime time) {
            return new WriteResult.Changed(id, type, version, time, existed);
        }
    }
}
