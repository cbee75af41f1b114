package trimaran.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.seal.CellKey;
import trimaran.seal.LookupTokens;
import trimaran.shares.LookupPartial;

/** Finds resources by trait without showing the trait to any tier (DESIGN §8), and makes the tokens for what is written. */
final class Finder {

    /** Gives the key of the search cell. */
    interface SearchKey {
        void get(Consumer<Outcome<CellKey>> then);
    }

    private final StationSetting setting;
    private final Supplier<List<TierLine>> tiers;
    private final SearchKey searchKey;
    private final TokenQueue queue = new TokenQueue();
    private final Map<Term, List<Digest>> remembered = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Term, List<Digest>> eldest) {
            return size() > StationLimits.TOKENS_REMEMBERED;
        }
    };

    Finder(StationSetting setting, Supplier<List<TierLine>> tiers, SearchKey searchKey) {
        this.setting = setting;
        this.tiers = tiers;
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
        new Partials(session, values, outcome -> {
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
                .run();
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
        List<Digest> all = new ArrayList<>();
        List<Term> owners = new ArrayList<>();
        tokens.forEach((term, values) -> values.forEach(value -> {
            all.add(value);
            owners.add(term);
        }));
        Map<Term, Set<ResourceId>> found = new HashMap<>();
        tokens.keySet().forEach(term -> found.put(term, new LinkedHashSet<>()));
        List<TierLine> lines = tiers.get();
        Asked asked =
                new Asked(lines.size() * ((all.size() + MessageLimits.LOOKUPS_MAX - 1) / MessageLimits.LOOKUPS_MAX));
        if (asked.left == 0) {
            then.accept(Outcome.refused(Code.UNAVAILABLE, "no tier is reached"));
            return;
        }
        for (TierLine line : lines) {
            for (int from = 0; from < all.size(); from += MessageLimits.LOOKUPS_MAX) {
                int start = from;
                List<Digest> page = all.subList(from, Math.min(all.size(), from + MessageLimits.LOOKUPS_MAX));
                line.ask(session, new Request.Lookup(page), Response.Hits.class, StationLimits.CALL_MILLIS, outcome -> {
                    asked.left--;
                    switch (outcome) {
                        case Outcome.Refused<Response.Hits>(Refusal refusal) -> asked.refused(refusal);
                        case Outcome.Done<Response.Hits>(Response.Hits hits) -> {
                            asked.answered = true;
                            int count = Math.min(page.size(), hits.resources().size());
                            for (int i = 0; i < count; i++) {
                                found.getOrDefault(owners.get(start + i), new LinkedHashSet<>())
                                        .addAll(hits.resources().get(i));
                            }
                        }
                    }
                    if (asked.left == 0) {
                        then.accept(answer(asked, found));
                    }
                });
            }
        }
    }

    private static Outcome<Map<Term, List<ResourceId>>> answer(Asked asked, Map<Term, Set<ResourceId>> found) {
        Refusal refusal = asked.refusal;
        boolean no = refusal != null && !Approvals.isPassing(refusal.code());
        if (refusal != null && (no || !asked.answered)) {
            return Outcome.refused(refusal);
        }
        Map<Term, List<ResourceId>> lists = new HashMap<>();
        found.forEach((term, ids) -> lists.put(term, List.copyOf(ids)));
        return Outcome.done(lists);
    }

    private static final class Asked {
        int left;
        boolean answered;

        @Nullable
        Refusal refusal;

        Asked(int left) {
            this.left = left;
        }

        void refused(Refusal no) {
            if (refusal == null || Approvals.isPassing(refusal.code())) {
                refusal = no;
            }
        }
    }

    /** Asks two tiers for their halves of some tokens, and the third if these differ or one is away. */
    private final class Partials {
        private final OwnSession session;
        private final List<Digest> values;
        private final Consumer<Outcome<List<List<Digest>>>> then;
        private final List<TierLine> waiting;
        private final Map<Party, Response.PartialTokens> answers = new LinkedHashMap<>();
        private int asked;
        private @Nullable Refusal refusal;

        Partials(OwnSession session, List<Digest> values, Consumer<Outcome<List<List<Digest>>>> then) {
            this.session = session;
            this.values = values;
            this.then = then;
            this.waiting = new ArrayList<>(tiers.get());
        }

        void run() {
            if (waiting.size() < 2) {
                then.accept(Outcome.refused(Code.UNAVAILABLE, "two tiers are needed to look something up"));
                return;
            }
            next();
            next();
        }

        private boolean next() {
            if (waiting.isEmpty()) {
                return false;
            }
            TierLine line = waiting.removeFirst();
            asked++;
            line.ask(
                    session,
                    new Request.Partials(values),
                    Response.PartialTokens.class,
                    StationLimits.CALL_MILLIS,
                    outcome -> {
                        asked--;
                        switch (outcome) {
                            case Outcome.Refused<Response.PartialTokens>(Refusal no) -> {
                                refusal = refusal == null || Approvals.isPassing(refusal.code()) ? no : refusal;
                                next();
                            }
                            case Outcome.Done<Response.PartialTokens>(Response.PartialTokens got) -> {
                                if (fits(line.tier(), got)) {
                                    answers.put(line.tier(), got);
                                } else {
                                    next();
                                }
                            }
                        }
                        if (asked == 0) {
                            finish();
                        }
                    });
            return true;
        }

        private boolean fits(Party tier, Response.PartialTokens got) {
            return got.firstNumber() != got.secondNumber()
                    && tier.keepsShare(got.firstNumber())
                    && tier.keepsShare(got.secondNumber())
                    && got.first().size() == values.size()
                    && got.second().size() == values.size();
        }

        private void finish() {
            if (answers.size() < 2) {
                then.accept(Outcome.refused(
                        refusal != null
                                ? refusal
                                : Refusal.of(Code.UNAVAILABLE, "two tiers are needed to look something up")));
                return;
            }
            List<List<Digest>> tokens = new ArrayList<>();
            Set<Integer> disputed = new LinkedHashSet<>();
            for (int i = 0; i < values.size(); i++) {
                List<LookupPartial> partials = new ArrayList<>();
                for (Response.PartialTokens answer : answers.values()) {
                    partials.add(new LookupPartial(
                            answer.firstNumber(), answer.first().get(i)));
                    partials.add(new LookupPartial(
                            answer.secondNumber(), answer.second().get(i)));
                }
                switch (LookupTokens.candidates(partials)) {
                    case Outcome.Refused<LookupTokens.Candidates>(Refusal no) -> {
                        then.accept(Outcome.refused(no));
                        return;
                    }
                    case Outcome.Done<LookupTokens.Candidates>(LookupTokens.Candidates found) -> {
                        tokens.add(found.tokens());
                        disputed.addAll(found.disputed());
                    }
                }
            }
            if (!disputed.isEmpty() && next()) {
                return;
            }
            disputed.forEach(number -> setting.events().accept(new StationEvent.LookupSecretsDiffer(number)));
            then.accept(Outcome.done(tokens));
        }
    }
}
