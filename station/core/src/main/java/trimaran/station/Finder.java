package trimaran.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.MessageLimits;
import trimaran.seal.CellKey;
import trimaran.seal.LookupTokens;

/** Finds resources by trait without showing the trait to any tier (DESIGN §8), and makes the tokens for what is written. */
final class Finder {

    /** Gives the key of the search cell. */
    interface SearchKey {
        void get(Consumer<Outcome<CellKey>> then);
    }

    private final StationSetting setting;
    private final Supplier<List<TierLine>> tiers;
    private final HeadWatch watch;
    private final SearchKey searchKey;
    private final TokenQueue queue = new TokenQueue();
    private final Map<Term, List<Digest>> remembered = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Term, List<Digest>> eldest) {
            return size() > StationLimits.TOKENS_REMEMBERED;
        }
    };

    Finder(StationSetting setting, Supplier<List<TierLine>> tiers, HeadWatch watch, SearchKey searchKey) {
        this.setting = setting;
        this.tiers = tiers;
        this.watch = watch;
        this.searchKey = searchKey;
    }

    /** The tokens of each term: one, or more while holders of a lookup secret disagree. */
    void tokens(OwnSession session, Collection<Term> terms, Consumer<Outcome<Map<Term, List<Digest>>>> then) {
        Map<Term, List<Digest>> known = new HashMap<>();
        List<Term> missing = new ArrayList<>();
        for (Term term : new LinkedHashSet<>(terms)) {
            List<Digest> tokens = remembered.get(term);
            if (tokens != null) {
                known.put(term, tokens);
            } else {
                missing.add(term);
            }
        }
        if (missing.isEmpty()) {
            then.accept(Outcome.done(known));
            return;
        }
        queue.ask(
                session.id(),
                missing,
                (asked, next) -> ask(session, asked, next),
                outcome -> then.accept(outcome.map(fresh -> {
                    missing.forEach(term -> known.put(term, fresh.getOrDefault(term, List.of())));
                    return known;
                })));
    }

    private void ask(OwnSession session, List<Term> missing, Consumer<Outcome<Map<Term, List<Digest>>>> then) {
        searchKey.get(key -> {
            switch (key) {
                case Outcome.Refused<CellKey>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<CellKey>(CellKey found) -> page(session, found, missing, 0, new HashMap<>(), then);
            }
        });
    }

    private void page(
            OwnSession session,
            CellKey key,
            List<Term> missing,
            int from,
            Map<Term, List<Digest>> known,
            Consumer<Outcome<Map<Term, List<Digest>>>> then) {
        if (from >= missing.size()) {
            then.accept(Outcome.done(known));
            return;
        }
        List<Term> page = missing.subList(from, Math.min(missing.size(), from + MessageLimits.LOOKUPS_MAX));
        List<Digest> values = page.stream()
                .map(term -> LookupTokens.term(key, term.kind(), term.value()))
                .toList();
        new TokenGathering(setting, session, values, outcome -> {
                    switch (outcome) {
                        case Outcome.Refused<List<List<Digest>>>(Refusal refusal) ->
                            then.accept(Outcome.refused(refusal));
                        case Outcome.Done<List<List<Digest>>>(List<List<Digest>> tokens) -> {
                            for (int i = 0; i < page.size(); i++) {
                                known.put(page.get(i), tokens.get(i));
                                remembered.put(page.get(i), tokens.get(i));
                            }
                            page(session, key, missing, from + page.size(), known, then);
                        }
                    }
                })
                .run(tiers.get());
    }

    /** The resources of each term, as all tiers that are reached know them. */
    void find(OwnSession session, Collection<Term> terms, Consumer<Outcome<Map<Term, List<ResourceId>>>> then) {
        if (terms.isEmpty()) {
            then.accept(Outcome.done(Map.of()));
            return;
        }
        tokens(session, terms, outcome -> {
            switch (outcome) {
                case Outcome.Refused<Map<Term, List<Digest>>>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Map<Term, List<Digest>>>(Map<Term, List<Digest>> tokens) ->
                    lookup(session, tokens, then);
            }
        });
    }

    private void lookup(
            OwnSession session, Map<Term, List<Digest>> tokens, Consumer<Outcome<Map<Term, List<ResourceId>>>> then) {
        new HitGathering(setting.loop(), watch, session, tokens, then).run(tiers.get());
    }
}
