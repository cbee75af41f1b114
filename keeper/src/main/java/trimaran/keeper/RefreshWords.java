package trimaran.keeper;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Party;
import trimaran.line.message.Prepared;
import trimaran.record.Registry;

/**
 * Which tiers have said that they prepared a generation, each in words it signed, on disk before they count. Tiers pass one
 * another's words on: nobody can say one thing to one and another to the other for long.
 */
final class RefreshWords {

    private final KeeperSetting setting;
    private final Registry registry;
    private final Membership membership;
    private final long generation;
    private final Map<Party, Prepared> words = new EnumMap<>(Party.class);

    /** What each tier passed on last, its own word and the other's: one that lies may keep changing what it says. */
    private final Map<Party, Map<Party, Prepared>> heard = new EnumMap<>(Party.class);

    RefreshWords(KeeperSetting setting, Registry registry, Membership membership, long generation) {
        this.setting = setting;
        this.registry = registry;
        this.membership = membership;
        this.generation = generation;
        for (Party tier : Party.TIERS) {
            setting.store()
                    .get(Space.STATE, Key.prepared(generation, tier))
                    .ifPresent(bytes -> words.put(tier, Copy.own(bytes, Prepared::read)));
        }
    }

    long generation() {
        return generation;
    }

    Optional<Prepared> of(Party tier) {
        return Optional.ofNullable(words.get(tier));
    }

    List<Prepared> all() {
        return List.copyOf(words.values());
    }

    /** This tier's own word, which it keeps to from now on. */
    void say(Prepared own) {
        byte[] message = own.signedBytes(registry.origin());
        keep(own.signed(setting.keys().statements().sign(message)));
    }

    /**
     * A tier's word, from itself or passed on. One under the keys its tier has now stands in place of one under keys that were replaced,
     * and one that agrees with this tier's own in place of one that does not: whoever says two things has given both away.
     */
    void take(Party from, Prepared word) {
        Party keeper = word.keeper();
        if (word.generation() != generation || keeper == setting.party()) {
            return;
        }
        Prepared before = words.get(keeper);
        boolean known = word.equals(before) || heard.values().stream().anyMatch(one -> word.equals(one.get(keeper)));
        if (!known && !isSigned(word)) {
            return;
        }
        heard.computeIfAbsent(from, none -> new EnumMap<>(Party.class)).put(keeper, word);
        Prepared own = words.get(setting.party());
        boolean fresher = before != null && !isPresent(before) && isPresent(word);
        boolean agreeing = before != null
                && own != null
                && !own.agrees(before)
                && own.agrees(word)
                && isPresent(before) == isPresent(word);
        if (before == null || fresher || agreeing) {
            keep(word);
        }
    }

    /** All that was heard of a tier, the word that counts first. */
    Set<Prepared> heardOf(Party tier) {
        Set<Prepared> all = new LinkedHashSet<>(of(tier).stream().toList());
        heard.values().forEach(one -> Optional.ofNullable(one.get(tier)).ifPresent(all::add));
        return all;
    }

    /**
     * By the keys its keeper has, or had at any time since the generation was named: what shares it gave can be held against what it
     * said before it fell. Keys that were replaced before are whoever's stole them.
     */
    private boolean isSigned(Prepared word) {
        byte[] message = word.signedBytes(registry.origin());
        for (long epoch = registry.epoch(); epoch >= registry.epochOf(generation); epoch--) {
            boolean good = registry.partyAt(word.keeper(), epoch)
                    .filter(keys -> setting.verifier().verify(keys.statements(), message, word.signature()))
                    .isPresent();
            if (good) {
                return true;
            }
        }
        return isPresent(word);
    }

    /** Whether it is signed with the keys its keeper speaks under now, by the membership, which is ahead of the log. */
    boolean isPresent(Prepared word) {
        return setting.verifier()
                .verify(
                        membership.keys(word.keeper()).statements(),
                        word.signedBytes(registry.origin()),
                        word.signature());
    }

    private void keep(Prepared word) {
        setting.store().write(List.of(new Put(Space.STATE, Key.prepared(generation, word.keeper()), word.encode())));
        words.put(word.keeper(), word);
    }

    /**
     * Whether all three prepared the same, each by the keys it has now. From then on nobody needs what was before. The word of a tier that
     * was replaced since does not count: its successor may have other shares, and whoever robbed it has its key.
     */
    boolean areAgreed() {
        return words.size() == Party.TIERS.size()
                && words.values().stream()
                        .allMatch(one -> words.values().stream()
                                .allMatch(other -> one.keeper() == other.keeper() || one.agrees(other)))
                && words.values().stream().allMatch(this::isPresent);
    }

    /** Tiers whose word is there, and not by the keys they have now. */
    List<Party> replacedSince() {
        return words.values().stream()
                .filter(word -> !isPresent(word))
                .map(Prepared::keeper)
                .toList();
    }

    /**
     * What keeps a generation this tier prepared from ending, in words for status.
     *
     * @param refreshed the generation this tier's shares are of
     */
    Optional<String> complaint(long refreshed) {
        Prepared own = words.get(setting.party());
        if (own == null) {
            return Optional.empty();
        }
        if (own.base() != refreshed) {
            return Optional.of(
                    "this tier prepared generation " + generation
                            + " before the one before it had ended here, so that the others made another: name a further one (refresh --again)");
        }
        Optional<Party> other = contradicting();
        if (other.isPresent()) {
            return Optional.of(
                    "what " + other.get().word()
                            + " prepared is not what this tier prepared: one of the three lies or is damaged; the shares stay as they were");
        }
        return replacedSince().stream()
                .findFirst()
                .map(
                        one -> one.word()
                                + " was made anew after it had prepared this refresh: it ends once that tier has its new shares; if it does not, name a further one (refresh --again)");
    }

    /** Whether two tiers prepared alike, each by a word under its present keys: of all that was heard, since whoever lies may say several. */
    boolean haveAgreed(Party one, Party other) {
        return heardOf(one).stream()
                .filter(this::isPresent)
                .anyMatch(word -> heardOf(other).stream().anyMatch(told -> word.agrees(told) && isPresent(told)));
    }

    /** Another tier whose word, by its present keys, is there and contradicts this tier's. */
    Optional<Party> contradicting() {
        Prepared own = words.get(setting.party());
        return own == null
                ? Optional.empty()
                : words.values().stream()
                        .filter(word -> word.keeper() != setting.party() && !own.agrees(word) && isPresent(word))
                        .map(Prepared::keeper)
                        .findFirst();
    }
}
