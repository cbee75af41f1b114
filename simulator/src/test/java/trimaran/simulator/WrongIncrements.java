package trimaran.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.message.Prepared;
import trimaran.line.message.RefreshStep;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.record.Signature;
import trimaran.seal.ShareGathering;
import trimaran.shares.SharePair;

/**
 * In a refresh of shares a fallen tier gives one of the others, or each of them, another seed than the one it goes by, so that increments
 * do not cancel; says of a cell that it lacks it; and signs to each that it prepared the very same (DESIGN §6, After a fall).
 */
final class WrongIncrements {

    private final Party fallen;

    /** Who is given another seed; the flipped bits are each one's own. */
    private final Set<Party> given = EnumSet.noneOf(Party.class);

    private final boolean lacks;
    private final boolean agrees;
    private final Map<Party, Map<Long, Prepared>> words = new EnumMap<>(Party.class);
    private final Set<Party> sown = EnumSet.noneOf(Party.class);
    private final Map<Party, Long> lowest = new HashMap<>();
    private Optional<Hospital> hospital = Optional.empty();
    private int forged;

    WrongIncrements(Party fallen, SplittableRandom random) {
        this.fallen = fallen;
        List<Party> others = Party.TIERS.stream().filter(tier -> tier != fallen).toList();
        int whom = random.nextInt(3);
        if (whom < 2) {
            given.add(others.get(whom));
        } else {
            given.addAll(others);
        }
        this.lacks = random.nextInt(3) == 0;
        this.agrees = random.nextBoolean();
    }

    void founded(Hospital founded) {
        hospital = Optional.of(founded);
    }

    /** Others that were given another seed. */
    int count() {
        return sown.size();
    }

    /** Words it signed to please who asked. */
    int forged() {
        return forged;
    }

    /** An honest tier's handler, behind the line from the fallen one. */
    CallHandler behind(Party party, CallHandler real) {
        return new Around(real) {
            @Override
            public void request(Calls calls, Bytes payload, Answer answer) {
                Optional<RefreshStep> step = step(payload);
                if (step.isPresent()
                        && step.get() instanceof RefreshStep.Seed seed
                        && calls.peer().equals(Founded.line(fallen))) {
                    real.request(calls, RequestCodec.encode(new Request.Refresh(changed(party, seed))), answer);
                } else if (step.isPresent() && step.get() instanceof RefreshStep.Show) {
                    real.request(calls, payload, new Liar.Bent(answer, response -> overheard(party, response)));
                } else {
                    real.request(calls, payload, answer);
                }
            }
        };
    }

    /** The fallen tier's handler. */
    CallHandler of(Keeper keeper, CallHandler real) {
        return new Around(real) {
            @Override
            public void request(Calls calls, Bytes payload, Answer answer) {
                boolean shows =
                        step(payload).filter(RefreshStep.Show.class::isInstance).isPresent();
                Optional<Party> asker = Party.TIERS.stream()
                        .filter(tier -> calls.peer().equals(Founded.line(tier)))
                        .findFirst();
                Answer to = shows && agrees && asker.isPresent()
                        ? new Liar.Bent(answer, response -> pleasing(keeper, asker.get(), response))
                        : answer;
                real.request(calls, payload, to);
            }
        };
    }

    private static Optional<RefreshStep> step(Bytes payload) {
        try {
            return RequestCodec.decode(payload) instanceof Request.Refresh(RefreshStep step)
                    ? Optional.of(step)
                    : Optional.empty();
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }

    private RefreshStep.Seed changed(Party to, RefreshStep.Seed seed) {
        if (!given.contains(to)) {
            return seed;
        }
        sown.add(to);
        byte[] other = seed.seed().expose().clone();
        other[to.ordinal()] ^= 1;
        List<CellId> leftOut = new ArrayList<>(seed.leftOut());
        if (lacks) {
            hospital.orElseThrow().oracle().cells().keySet().stream()
                    .findFirst()
                    .filter(cell -> !leftOut.contains(cell))
                    .ifPresent(leftOut::add);
        }
        return new RefreshStep.Seed(seed.generation(), seed.base(), SecretBytes.taking(other), leftOut);
    }

    private Response overheard(Party party, Response response) {
        if (response instanceof Response.PreparedWords(List<Prepared> said)) {
            said.stream()
                    .filter(word -> word.keeper() == party)
                    .forEach(word -> words.computeIfAbsent(party, none -> new HashMap<>())
                            .put(word.generation(), word));
        }
        return response;
    }

    /** Whatever it prepared itself, it signs what whoever asks did. */
    private Response pleasing(Keeper keeper, Party asker, Response response) {
        Map<Long, Prepared> own = words.getOrDefault(asker, Map.of());
        if (!(response instanceof Response.PreparedWords(List<Prepared> said)) || own.isEmpty()) {
            return response;
        }
        List<Prepared> answer = new ArrayList<>(
                said.stream().filter(word -> word.keeper() != fallen).toList());
        own.values().stream()
                .filter(word -> said.stream().allMatch(one -> one.generation() == word.generation()))
                .forEach(word -> answer.add(signed(keeper, word)));
        return new Response.PreparedWords(answer);
    }

    private Prepared signed(Keeper keeper, Prepared word) {
        forged++;
        int common = List.of(1, 2, 3).stream()
                .filter(number -> fallen.keepsShare(number) && word.keeper().keepsShare(number))
                .findFirst()
                .orElseThrow();
        Prepared unsigned = new Prepared(
                fallen,
                word.generation(),
                word.base(),
                word.seeds(),
                word.digest(common),
                word.digest(common),
                word.leftOut(),
                word.size(),
                Signature.NONE);
        return unsigned.signed(keeper.setting()
                .keys()
                .statements()
                .sign(unsigned.signedBytes(keeper.copy().registry().origin())));
    }

    // ---- what must hold

    /** After each operation: whoever let the old generation go has one that fits what the other honest tier has, be that up or not. */
    void step() {
        List<Tier> honest = Party.TIERS.stream()
                .filter(tier -> tier != fallen)
                .map(tier -> hospital.orElseThrow().tier(tier))
                .toList();
        for (Tier tier : honest) {
            long now = tier.seat().keys().shares().lowest();
            Long before = lowest.put(tier.party(), now);
            if (before != null && now > before) {
                honest.stream().filter(other -> other != tier).forEach(other -> fits(tier, other, before, now));
            }
        }
    }

    private void fits(Tier tier, Tier other, long before, long now) {
        Oracle oracle = hospital.orElseThrow().oracle();
        Prepared word = words.getOrDefault(other.party(), Map.of()).get(now);
        List<CellId> leftOut = word == null ? List.of() : word.leftOut();
        oracle.cells().forEach((cell, truth) -> {
            List<SharePair> pairs = Stream.of(tier, other)
                    .flatMap(one -> one.pair(now, cell).stream())
                    .toList();
            // Cells opened since lie in the new generation only, and need not have come to both yet.
            boolean isOfBefore = tier.stored(before, cell) || other.stored(before, cell);
            boolean due = pairs.size() == 2 || (isOfBefore && !leftOut.contains(cell));
            if (due && !opens(truth, cell, pairs)) {
                oracle.broken(
                        "theOldGoesOnceTheNewIsProven",
                        tier.party().word() + " let the shares of cell " + cell + " before go, though of those after "
                                + (pairs.size() == 2 ? "its own do not fit those of " : "there are none here or at ")
                                + other.party().word());
            }
        });
    }

    private static boolean opens(Author.Fresh truth, CellId cell, List<SharePair> pairs) {
        return pairs.size() == 2
                && ShareGathering.gatherPairs(cell, truth.opening().keyCommitment(), pairs)
                        .isDone();
    }
}
