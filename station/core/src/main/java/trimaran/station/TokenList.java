package trimaran.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Digest;
import trimaran.record.Annex;
import trimaran.record.RecordLimits;

/** The lookup tokens an entry brings: the unique ones first; of more than fit, billing is found by its patient only. */
final class TokenList {

    private static final Set<String> BILLING = Set.of("Claim", "ClaimResponse", "ExplanationOfBenefit");

    private final List<Planned> changes;
    private final Optional<Term> input;
    private final Map<Term, List<Digest>> tokens;

    /** @param input by which the whole input is known when it comes again; its first resource carries it */
    TokenList(List<Planned> changes, Optional<Term> input, Map<Term, List<Digest>> tokens) {
        this.changes = changes.stream().filter(Planned::isWritten).toList();
        this.input = input;
        this.tokens = tokens;
    }

    List<Annex.Token> with(Moves moves, House house) {
        List<Annex.Token> unique = new ArrayList<>(house.anchors(changes));
        unique.addAll(moves.anchors(tokens));
        input.ifPresent(term -> of(term).forEach(token ->
                unique.add(new Annex.Token(token, changes.getFirst().requiredId(), true))));
        List<Annex.Token> plain = new ArrayList<>();
        List<Annex.Token> billing = new ArrayList<>();
        for (Planned change : changes) {
            Collection<Term> only = change.uniqueTerms();
            for (Term term : change.terms()) {
                boolean isUnique = only.contains(term);
                List<Annex.Token> kind = isUnique ? unique : BILLING.contains(change.type()) ? billing : plain;
                of(term).forEach(token -> kind.add(new Annex.Token(token, change.requiredId(), isUnique)));
            }
        }
        unique.addAll(plain);
        unique.addAll(billing);
        return unique.subList(0, Math.min(unique.size(), RecordLimits.ANNEX_ITEMS_MAX));
    }

    private List<Digest> of(Term term) {
        return tokens.getOrDefault(term, List.of());
    }
}
