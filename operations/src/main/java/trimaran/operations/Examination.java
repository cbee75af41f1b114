package trimaran.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.line.message.Ground;
import trimaran.line.message.Ground.Trait;

/**
 * Looks for what would make two parties fall together (DESIGN §13). The hospital survives the fall of one tier, so whatever two tiers
 * share takes the promise away, and what the witness or the spare relay shares with a tier takes their part of it.
 */
final class Examination {

    /** A heartbeat older than this is said to be old, and an approval's time is judged: clocks further apart cost both. */
    static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(2);

    /** Who looks at a new release on one tier for a day finds what is wrong with it before the next tier has it. */
    static final Duration STAGGER_MIN = Duration.ofHours(24);

    /**
     * What one party answered.
     *
     * @param clockMillis how far its clock is before the console's
     */
    record Look(Ground ground, long clockMillis) {}

    /** How this machine is called among the parties of a finding. */
    private static final String CONSOLE = "console";

    private final Map<Party, Look> looks;
    private final List<Party> silent;
    private final Map<Role, Address> addresses;
    private final Hosts hosts;
    private final Ground relay;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param silent parties that did not answer
     * @param addresses where each program of the hospital listens
     * @param relay what is written down of the spare relay
     */
    private Examination(
            Map<Party, Look> looks, List<Party> silent, Map<Role, Address> addresses, Hosts hosts, Ground relay) {
        this.looks = new EnumMap<>(Party.class);
        this.looks.putAll(looks);
        this.silent = silent;
        this.addresses = addresses;
        this.hosts = hosts;
        this.relay = relay;
    }

    static List<Finding> of(
            Map<Party, Look> looks, List<Party> silent, Map<Role, Address> addresses, Hosts hosts, Ground relay) {
        Examination examination = new Examination(looks, silent, addresses, hosts, relay);
        Shared.ALL.forEach(examination::shared);
        examination.relay();
        examination.relayGround();
        examination.clocks();
        examination.releases();
        examination.notSeen();
        examination.notWrittenDown();
        examination.notReached();
        examination.findings.sort((a, b) -> a.weight().compareTo(b.weight()));
        return List.copyOf(examination.findings);
    }

    private void shared(Shared kind) {
        Map<Long, List<Party>> byMark = new TreeMap<>();
        looks.forEach((party, look) -> look.ground()
                .of(kind.trait())
                .ifPresent(mark ->
                        byMark.computeIfAbsent(mark, none -> new ArrayList<>()).add(party)));
        for (List<Party> together : byMark.values()) {
            long tiers = together.stream().filter(Party::isTier).count();
            if (tiers > 1) {
                add(Finding.Weight.GRAVE, kind, together, kind.tiers());
            } else if (tiers == 1 && together.size() > 1) {
                add(Finding.Weight.WARNING, kind, together, kind.guard());
            }
        }
    }

    private void add(Finding.Weight weight, Shared kind, List<Party> together, String consequence) {
        findings.add(new Finding(
                weight,
                word(kind.trait()),
                words(together),
                listed(words(together)) + " " + kind.sentence(),
                consequence));
    }

    /** A relay says nothing of itself; where it listens tells whether it stands beside a tier. */
    private void relay() {
        Address listening = addresses.get(Role.RELAY);
        if (listening == null) {
            findings.add(new Finding(
                    Finding.Weight.WARNING,
                    "relay",
                    List.of("relay"),
                    "there is no spare relay",
                    "a station that loses its way to the tiers has no second one"));
            return;
        }
        Set<String> its = hosts.addresses(listening.host());
        List<String> unknown = new ArrayList<>(its.isEmpty() ? List.of("relay") : List.of());
        for (Role tier : List.of(Role.ACCESS, Role.APPLICATION, Role.DATA)) {
            Address address = addresses.get(tier);
            if (address == null) {
                continue;
            }
            Set<String> theirs = hosts.addresses(address.host());
            if (address.host().equals(listening.host()) || !Collections.disjoint(its, theirs)) {
                findings.add(new Finding(
                        Finding.Weight.WARNING,
                        "relay",
                        List.of("relay", tier.word()),
                        "the spare relay stands beside " + tier.word(),
                        "what cuts off that place takes the second way to the other tiers as well"));
            } else if (theirs.isEmpty()) {
                unknown.add(tier.word());
            }
        }
        if (!unknown.isEmpty()) {
            findings.add(new Finding(
                    Finding.Weight.UNKNOWN,
                    "relay",
                    unknown,
                    "where " + listed(unknown)
                            + " stands could not be found out: its name in card/parties is not known here",
                    "the spare relay may stand beside a tier, and this examination would not see it"));
        }
    }

    /** Two machines with an address each may be one host's: what carries the relay is known only where its people wrote it down. */
    private void relayGround() {
        if (!addresses.containsKey(Role.RELAY)) {
            return;
        }
        List<String> without = new ArrayList<>();
        for (Shared kind : Shared.ALL) {
            if (!RelayGround.COMPARED.contains(kind.trait())) {
                continue;
            }
            OptionalLong its = relay.of(kind.trait());
            List<String> together = new ArrayList<>(List.of("relay"));
            looks.forEach((party, look) -> {
                if (party.isTier()
                        && its.isPresent()
                        && look.ground().of(kind.trait()).equals(its)) {
                    together.add(party.word());
                }
            });
            if (its.isEmpty()) {
                without.add(kind.trait().key());
            } else if (together.size() > 1) {
                findings.add(new Finding(
                        Finding.Weight.WARNING,
                        word(kind.trait()),
                        together,
                        listed(together) + " " + kind.sentence(),
                        "what takes the tier there takes the second way to the other tiers as well"));
            }
        }
        if (!without.isEmpty()) {
            findings.add(new Finding(
                    Finding.Weight.UNKNOWN,
                    "relay",
                    List.of("relay"),
                    listed(without) + (without.size() > 1 ? " are" : " is")
                            + " not written down for the spare relay, in " + RelayGround.FILE
                            + " of this home: a relay says nothing of itself",
                    "it may fall together with a tier, and this examination would not see it"));
        }
    }

    private void clocks() {
        if (looks.isEmpty()) {
            return;
        }
        Comparator<Party> byClock = Comparator.comparingLong(this::clock);
        Party slowest = Collections.min(looks.keySet(), byClock);
        Party fastest = Collections.max(looks.keySet(), byClock);
        long apart = clock(fastest) - clock(slowest);
        if (apart > CLOCKS_APART_MAX.toMillis()) {
            findings.add(
                    new Finding(
                            Finding.Weight.WARNING,
                            "clock",
                            List.of(slowest.word(), fastest.word()),
                            "the clocks of " + slowest.word() + " and " + fastest.word() + " are " + apart / 1000
                                    + " s apart, " + fastest.word() + "'s ahead",
                            "what one of them signs is old or not yet to the other: heartbeats look late, approvals are flagged"));
        } else if (looks.size() > 1 && (isOff(clock(slowest)) && isOff(clock(fastest)))) {
            // They agree, and to all of them this machine is off: it is not they who are to be set right.
            findings.add(new Finding(
                    Finding.Weight.WARNING,
                    "clock",
                    List.of(CONSOLE),
                    "the clock of this console is " + Math.abs(clock(slowest)) / 1000 + " s "
                            + (clock(slowest) > 0 ? "behind" : "ahead of") + " that of every party that answered",
                    "what officers sign here is dated wrong, or refused; set this machine's clock right"));
            return;
        }
        eachAgainstThisOne();
    }

    private static boolean isOff(long millis) {
        return Math.abs(millis) > CLOCKS_APART_MAX.toMillis();
    }

    private long clock(Party party) {
        Look look = looks.get(party);
        return look == null ? 0 : look.clockMillis();
    }

    private void eachAgainstThisOne() {
        looks.forEach((party, look) -> {
            if (isOff(look.clockMillis())) {
                findings.add(new Finding(
                        Finding.Weight.WARNING,
                        "clock",
                        List.of(party.word()),
                        "the clock of " + party.word() + " is " + Math.abs(look.clockMillis()) / 1000 + " s "
                                + (look.clockMillis() > 0 ? "ahead of" : "behind") + " this one",
                        "sessions end early or late there, and what it signs is flagged or not believed"));
            }
        });
    }

    private void releases() {
        Map<Long, List<Party>> byRelease = new TreeMap<>();
        looks.forEach((party, look) -> {
            if (party.isTier()) {
                look.ground()
                        .of(Trait.RELEASE)
                        .ifPresent(mark -> byRelease
                                .computeIfAbsent(mark, none -> new ArrayList<>())
                                .add(party));
            }
        });
        for (List<Party> same : byRelease.values()) {
            List<Party> together = new ArrayList<>();
            for (Party party : same) {
                if (same.stream().anyMatch(other -> other != party && isSoonAfter(party, other))) {
                    together.add(party);
                }
            }
            if (together.size() > 1) {
                findings.add(new Finding(
                        Finding.Weight.WARNING,
                        "release",
                        words(together),
                        listed(words(together)) + " were given one release within " + STAGGER_MIN.toHours() + " hours",
                        "a poisoned or broken release reaches them before anybody saw it on one"));
            }
        }
    }

    private boolean isSoonAfter(Party one, Party other) {
        OptionalLong first = released(one);
        OptionalLong second = released(other);
        return first.isPresent()
                && second.isPresent()
                && Math.abs(first.getAsLong() - second.getAsLong()) < STAGGER_MIN.toSeconds();
    }

    private OptionalLong released(Party party) {
        Look look = looks.get(party);
        return look == null ? OptionalLong.empty() : look.ground().of(Trait.RELEASED);
    }

    /** What a party's machine should show and it does not say: nobody can tell then whether it is shared. */
    private void notSeen() {
        for (Trait trait : List.of(Trait.MACHINE, Trait.ACCOUNT, Trait.DISK, Trait.RELEASE)) {
            List<Party> without = new ArrayList<>();
            looks.forEach((party, look) -> {
                if (look.ground().of(trait).isEmpty()) {
                    without.add(party);
                }
            });
            unknown(trait, without, "the " + word(trait) + " of " + listed(words(without)) + " could not be found out");
        }
    }

    private void unknown(Trait trait, List<Party> without, String sentence) {
        if (!without.isEmpty()) {
            findings.add(new Finding(
                    Finding.Weight.UNKNOWN,
                    word(trait),
                    words(without),
                    sentence,
                    "two of them may fall together, and this examination would not see it"));
        }
    }

    /** What no machine shows of itself has to be written into its configuration, or nobody can compare it. */
    private void notWrittenDown() {
        Map<Trait, String> why = new EnumMap<>(Trait.class);
        why.put(Trait.HOST, "a virtual machine cannot see which host carries it");
        why.put(Trait.STORAGE, "a virtual machine cannot see on which storage its disk lies");
        why.put(Trait.ADMINISTRATOR, "no machine shows who holds its keys");
        why.put(Trait.BACKUP, "no machine shows where its backups go");
        why.forEach((trait, reason) -> {
            List<Party> without = new ArrayList<>();
            looks.forEach((party, look) -> {
                boolean below = trait == Trait.HOST || trait == Trait.STORAGE;
                boolean needed = !below || look.ground().of(Trait.VIRTUAL).orElse(1) == 1;
                if (needed && look.ground().of(trait).isEmpty()) {
                    without.add(party);
                }
            });
            unknown(trait, without, trait.key() + " is not written down for " + listed(words(without)) + ": " + reason);
        });
    }

    private void notReached() {
        if (!silent.isEmpty()) {
            findings.add(new Finding(
                    Finding.Weight.UNKNOWN,
                    "silent",
                    words(silent),
                    listed(words(silent)) + " did not answer",
                    "nothing is said of what is not reached"));
        }
    }

    private static String word(Trait trait) {
        return trait.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> words(List<Party> parties) {
        return parties.stream().map(Party::word).toList();
    }

    private static String listed(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
