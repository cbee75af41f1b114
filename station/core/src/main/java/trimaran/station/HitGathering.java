package trimaran.station;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * Asks every tier that is reached which resources some tokens lead to, and takes all they name together. One that is late is not waited
 * for once two others have answered who have all that a quorum covered as they were asked: one of these two is honest, so nothing covered
 * is missing, whatever the other keeps back.
 */
final class HitGathering {

    private static final int ENOUGH = 2;

    private final Loop loop;
    private final HeadWatch watch;
    private final OwnSession session;
    private final List<Digest> all = new ArrayList<>();
    private final List<Term> owners = new ArrayList<>();
    private final Map<Term, Set<ResourceId>> found = new LinkedHashMap<>();
    private final Consumer<Outcome<Map<Term, List<ResourceId>>>> then;
    private final Map<Party, Asked> asked = new EnumMap<>(Party.class);
    private Loop.Timer looking = () -> {};
    private boolean late;
    private boolean over;
    private @Nullable Refusal refusal;

    /** What one tier was asked, page by page, and has not answered yet. */
    private static final class Asked {
        private final TierLine line;
        /** Whether it had all that a quorum covered: what comes to it after its answer is not in that. */
        private final boolean level;

        private int left;
        private boolean refused;
        private boolean answered;

        Asked(TierLine line, boolean level) {
            this.line = line;
            this.level = level;
        }
    }

    HitGathering(
            Loop loop,
            HeadWatch watch,
            OwnSession session,
            Map<Term, List<Digest>> tokens,
            Consumer<Outcome<Map<Term, List<ResourceId>>>> then) {
        this.loop = loop;
        this.watch = watch;
        this.session = session;
        this.then = then;
        tokens.forEach((term, values) -> {
            found.put(term, new LinkedHashSet<>());
            values.forEach(value -> {
                all.add(value);
                owners.add(term);
            });
        });
    }

    void run(List<TierLine> tiers) {
        if (tiers.isEmpty() || all.isEmpty()) {
            then.accept(Outcome.refused(Code.UNAVAILABLE, "no tier is reached"));
            return;
        }
        int pages = (all.size() + MessageLimits.LOOKUPS_MAX - 1) / MessageLimits.LOOKUPS_MAX;
        for (TierLine line : tiers) {
            Asked one = new Asked(line, watch.isLevel(line.tier()));
            one.left = pages;
            asked.put(line.tier(), one);
        }
        for (Asked one : List.copyOf(asked.values())) {
            for (int from = 0; from < all.size(); from += MessageLimits.LOOKUPS_MAX) {
                ask(one, from);
            }
        }
        lookAgain();
    }

    private void lookAgain() {
        looking = loop.after(StationLimits.ASK_NEXT_MILLIS, () -> {
            late = true;
            look();
            if (!over) {
                lookAgain();
            }
        });
    }

    private void ask(Asked one, int from) {
        List<Digest> page = all.subList(from, Math.min(all.size(), from + MessageLimits.LOOKUPS_MAX));
        Request request = new Request.Lookup(page);
        one.line.ask(session, request, Response.Hits.class, StationLimits.CALL_MILLIS, outcome -> {
            one.left--;
            switch (outcome) {
                case Outcome.Refused<Response.Hits>(Refusal no) -> {
                    one.refused = true;
                    if (refusal == null || Approvals.isPassing(refusal.code())) {
                        refusal = no;
                    }
                }
                case Outcome.Done<Response.Hits>(Response.Hits hits) -> {
                    one.answered = true;
                    int count = Math.min(page.size(), hits.resources().size());
                    for (int i = 0; i < count; i++) {
                        found.getOrDefault(owners.get(from + i), new LinkedHashSet<>())
                                .addAll(hits.resources().get(i));
                    }
                }
            }
            if (!over) {
                look();
            }
        });
    }

    private void look() {
        if (asked.values().stream().allMatch(one -> one.left == 0) || (isEnough() && isRestLate())) {
            over = true;
            looking.cancel();
            then.accept(answer());
        }
    }

    private boolean isEnough() {
        return asked.values().stream()
                        .filter(one -> one.left == 0 && !one.refused && one.level)
                        .count()
                >= ENOUGH;
    }

    private boolean isRestLate() {
        return late || asked.values().stream().allMatch(one -> one.left == 0 || one.line.isSlow());
    }

    private Outcome<Map<Term, List<ResourceId>>> answer() {
        Refusal no = refusal;
        boolean answered = asked.values().stream().anyMatch(one -> one.answered);
        if (no != null && (!Approvals.isPassing(no.code()) || !answered)) {
            return Outcome.refused(no);
        }
        Map<Term, List<ResourceId>> lists = new HashMap<>();
        found.forEach((term, ids) -> lists.put(term, List.copyOf(ids)));
        return Outcome.done(lists);
    }
}
