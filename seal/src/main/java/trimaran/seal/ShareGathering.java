package trimaran.seal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.shares.SharePair;

/**
 * Puts together what keepers released for a cell. Two answers are enough; every share that came from two keepers is
 * compared, and the key's commitment decides which copy is right. With the third keeper's answer the one that lied is
 * named: of all choices of copies that give the committed key, the true one contradicts at most the one fallen keeper.
 */
public final class ShareGathering {

    /** Three keepers with two shares each. */
    private static final int COPIES_OF_ALL = 6;

    private static final int COPIES_OF_TWO = 4;

    private ShareGathering() {}

    /**
     * One share as one party gave it.
     *
     * @param number 1 to 3
     */
    public record Copy(Party from, int number, SecretBytes share) {
        public Copy {
            if (!from.keepsShare(number) || share.size() != SharePair.SHARE_BYTES) {
                throw new IllegalArgumentException("not a share " + from.word() + " keeps");
            }
        }
    }

    /**
     * The key, and what to alarm about.
     *
     * @param disputed share numbers of which two different copies came; if any, ask the third keeper too
     * @param liars the keeper whose copies are proven wrong; named only when all three answered and one lie explains all
     */
    public record Gathered(CellKey key, Set<Integer> disputed, Set<Party> liars) {
        public Gathered {
            disputed = Set.copyOf(disputed);
            liars = Set.copyOf(liars);
        }
    }

    /**
     * The key that matches its commitment. {@link Code#UNAVAILABLE} if a share is missing, {@link Code#BAD_SHARE} if no
     * choice among the copies gives the committed key: then ask the keeper that has not answered.
     */
    public static Outcome<Gathered> gather(CellId cell, Digest keyCommitment, List<Copy> copies) {
        List<Copy> first = of(1, copies);
        List<Copy> second = of(2, copies);
        List<Copy> third = of(3, copies);
        if (first.isEmpty() || second.isEmpty() || third.isEmpty()) {
            return Outcome.refused(Code.UNAVAILABLE, "Two keepers are needed to open cell " + cell.handle() + ".");
        }
        CellKey key = null;
        Set<Party> liars = null;
        for (Copy one : first) {
            for (Copy two : second) {
                for (Copy three : third) {
                    CellKey candidate =
                            new CellKey(cell, one.share().xor(two.share()).xor(three.share()));
                    if (candidate.commitment().equals(keyCommitment)) {
                        Set<Party> contradicted = contradicted(copies, List.of(one, two, three));
                        // Two wrong increments may cancel, so several choices can give K: the smallest blame is true.
                        if (liars == null || contradicted.size() < liars.size()) {
                            key = candidate;
                            liars = contradicted;
                        }
                    }
                }
            }
        }
        return outcome(cell, key, liars, copies);
    }

    /** @param generation which refresh of shares, or none, the keeper says the copy went through last */
    public record Given(long generation, Copy copy) {}

    /**
     * As {@link #gather}, from answers that name a generation for each share: of every generation two keepers have in common the
     * newest is tried first, and the one that gives the committed key counts. Keepers may be a moment apart in a refresh, and one
     * that lies can name any generation: what it says must not stand in the way of what the two others have in common. Where a
     * newer one did not fit somebody lied: then all three numbers are disputed.
     *
     * <p>If none fits, shares of two generations are put together: of a cell whose entry is only held the shares are as they were
     * drawn, and keepers whose copies of the record reach to this or that side of a refresh's beginning name different ones.
     */
    public static Outcome<Gathered> gatherNewest(CellId cell, Digest keyCommitment, List<Given> given) {
        NavigableMap<Long, List<Copy>> generations = new TreeMap<>();
        for (Given one : given) {
            List<Copy> copies = generations.computeIfAbsent(one.generation(), none -> new ArrayList<>());
            boolean first = copies.stream()
                    .noneMatch(copy -> copy.from() == one.copy().from()
                            && copy.number() == one.copy().number());
            if (first) {
                copies.add(one.copy());
            }
        }
        Outcome<Gathered> best = gather(cell, keyCommitment, List.of());
        List<List<Copy>> common = generations.descendingMap().values().stream()
                .filter(copies -> copies.stream().map(Copy::from).distinct().count() >= 2)
                .toList();
        for (int i = 0; i < common.size(); i++) {
            Outcome<Gathered> one = gather(cell, keyCommitment, common.get(i));
            if (one.isDone()) {
                return i == 0 ? one : one.map(ShareGathering::allDisputed);
            }
            best = one;
        }
        for (List<Copy> copies : mixed(generations.descendingMap().values())) {
            Outcome<Gathered> one = gather(cell, keyCommitment, copies);
            if (one.isDone()) {
                return common.isEmpty() ? one : one.map(ShareGathering::allDisputed);
            }
        }
        return best;
    }

    private static Gathered allDisputed(Gathered one) {
        return new Gathered(one.key(), Set.of(1, 2, 3), one.liars());
    }

    /** What one keeper has of a generation and another of any, the newest first. */
    private static List<List<Copy>> mixed(Collection<List<Copy>> newestFirst) {
        List<List<Copy>> choices = new ArrayList<>();
        for (List<Copy> one : newestFirst) {
            for (List<Copy> other : newestFirst) {
                for (Party from : Party.TIERS) {
                    for (Party beside : Party.TIERS) {
                        List<Copy> both = new ArrayList<>(of(from, one));
                        both.addAll(of(beside, other));
                        if (from != beside && both.size() == COPIES_OF_TWO) {
                            choices.add(both);
                        }
                    }
                }
            }
        }
        return choices;
    }

    private static List<Copy> of(Party from, List<Copy> copies) {
        return copies.stream().filter(copy -> copy.from() == from).toList();
    }

    /** As {@link #gather}, from whole pairs. */
    public static Outcome<Gathered> gatherPairs(CellId cell, Digest keyCommitment, List<SharePair> pairs) {
        List<Copy> copies = new ArrayList<>();
        for (SharePair pair : pairs) {
            copies.add(new Copy(pair.keeper(), SharePair.lowerNumber(pair.keeper()), pair.lower()));
            copies.add(new Copy(pair.keeper(), SharePair.higherNumber(pair.keeper()), pair.higher()));
        }
        return gather(cell, keyCommitment, copies);
    }

    private static Outcome<Gathered> outcome(
            CellId cell, @Nullable CellKey key, @Nullable Set<Party> liars, List<Copy> copies) {
        if (key == null || liars == null) {
            return Outcome.refused(Code.BAD_SHARE, "The shares of cell " + cell.handle() + " do not give its key.");
        }
        // Blame proves something only where all three gave both their copies and one liar explains them all.
        boolean proven = copies.size() == COPIES_OF_ALL && liars.size() == 1;
        return Outcome.done(new Gathered(key, disputed(copies), proven ? liars : Set.of()));
    }

    private static List<Copy> of(int number, List<Copy> copies) {
        List<Copy> chosen = new ArrayList<>();
        for (Copy copy : copies) {
            if (copy.number() == number) {
                if (chosen.stream().anyMatch(other -> other.from() == copy.from())) {
                    throw new IllegalArgumentException("two copies of one share from one keeper");
                }
                chosen.add(copy);
            }
        }
        return chosen;
    }

    private static Set<Party> contradicted(List<Copy> copies, List<Copy> chosen) {
        Set<Party> parties = EnumSet.noneOf(Party.class);
        for (Copy copy : copies) {
            if (!chosen.get(copy.number() - 1).share().equals(copy.share())) {
                parties.add(copy.from());
            }
        }
        return parties;
    }

    private static Set<Integer> disputed(List<Copy> copies) {
        Set<Integer> numbers = new TreeSet<>();
        for (Copy one : copies) {
            for (Copy other : copies) {
                if (one.number() == other.number() && !one.share().equals(other.share())) {
                    numbers.add(one.number());
                }
            }
        }
        return numbers;
    }
}
