package trimaran.station;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Response;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.Statement;

/**
 * What several tiers tell of the ledgers, laid together: the same line from two tiers is one line, the lines two tiers wrote about
 * one request are one act, and what one tier tells otherwise, or leaves out, is found. Knows no line and no clock.
 */
final class LedgerFold {

    private final WallTime asked;
    private final Map<Place, List<Told>> lines = new HashMap<>();
    private final Set<Party> complete = EnumSet.noneOf(Party.class);
    private final Set<Party> ahead = EnumSet.noneOf(Party.class);
    private final Map<Party, Map<Party, Long>> floors = new EnumMap<>(Party.class);

    /** @param asked when the tiers were asked */
    LedgerFold(WallTime asked) {
        this.asked = asked;
    }

    /** Where a line stands. */
    private record Place(Party ledger, long number) {}

    /** A line as one or more tiers tell it. Which cells it names and whose badge it was each tier says as far as it knows. */
    private static final class Told {
        final Response.FoundLine line;
        final Set<Party> tellers = EnumSet.noneOf(Party.class);
        final Map<Digest, Set<Party>> badges = new HashMap<>();
        boolean contradicted;
        Optional<Party> alone = Optional.empty();

        /** The cells it names are not kept: they may be thousands, and no two tiers need to know the same of them. */
        Told(Response.FoundLine line) {
            this.line = new Response.FoundLine(
                    line.ledger(),
                    line.number(),
                    line.time(),
                    line.act(),
                    line.session(),
                    line.badge(),
                    line.recipient(),
                    line.request(),
                    List.of(),
                    line.chain());
        }

        boolean isSame(Response.FoundLine other) {
            return line.chain().equals(other.chain())
                    && line.time().equals(other.time())
                    && line.act() == other.act()
                    && line.session().equals(other.session())
                    && line.recipient().equals(other.recipient())
                    && line.request().equals(other.request());
        }

        void add(Party teller, Response.FoundLine told) {
            tellers.add(teller);
            if (!told.badge().equals(Digest.ZERO)) {
                badges.computeIfAbsent(told.badge(), none -> EnumSet.noneOf(Party.class))
                        .add(teller);
            }
        }
    }

    /** @param now when the page came: no line on it can have been written after that */
    void told(Party teller, List<Response.FoundLine> page, WallTime now) {
        for (Response.FoundLine line : page) {
            List<Told> here =
                    lines.computeIfAbsent(new Place(line.ledger(), line.number()), none -> new ArrayList<>(1));
            Told same =
                    here.stream().filter(one -> one.isSame(line)).findFirst().orElse(null);
            if (same == null) {
                same = new Told(line);
                here.add(same);
                if (here.size() > 1) {
                    here.forEach(one -> one.contradicted = true);
                }
            }
            if (line.time().millis() > now.millis() + StationLimits.LEDGER_AHEAD_MILLIS_MAX) {
                same.contradicted = true;
                ahead.add(line.ledger());
            }
            same.add(teller, line);
        }
    }

    /** A tier was not asked for lines of a ledger before this one. */
    void leftOff(Party teller, Party ledger, long number) {
        floors.computeIfAbsent(teller, none -> new EnumMap<>(Party.class)).merge(ledger, number, Math::max);
    }

    /** A tier told all it was to be asked for. */
    void complete(Party teller) {
        complete.add(teller);
    }

    boolean isToldByNobody() {
        return complete.isEmpty() && lines.isEmpty();
    }

    /** @param registry says whose sessions and stations these are, as far as it still knows */
    LedgerView view(Registry registry) {
        Set<Party> silent = EnumSet.copyOf(Party.TIERS);
        silent.removeAll(complete);
        Set<Party> contradicted = EnumSet.noneOf(Party.class);
        Map<Party, Integer> omitted = new EnumMap<>(Party.class);
        Map<Party, Integer> alone = new EnumMap<>(Party.class);
        lines.forEach((place, told) -> {
            if (told.size() > 1) {
                contradicted.add(place.ledger());
            }
            compare(place, told, omitted, alone);
        });
        List<Group> groups = groups();
        int twoBadges = (int)
                groups.stream().filter(group -> hasTwoBadges(group, registry)).count();
        List<LedgerView.Act> acts =
                groups.stream().map(group -> act(group, registry)).toList();
        return new LedgerView(
                acts,
                silent,
                new LedgerView.Differences(omitted, alone, contradicted, ahead, flooded(), twoBadges),
                !floors.isEmpty());
    }

    /**
     * Who does not tell of a line older than copies take to arrive, though all its lines of that ledger were read. What two tiers tell of a
     * third leaves out; of what one alone tells nobody knows whether it made it up or the others hide it.
     */
    private void compare(Place place, List<Told> told, Map<Party, Integer> omitted, Map<Party, Integer> alone) {
        Set<Party> tellers = EnumSet.noneOf(Party.class);
        told.stream().filter(this::isArrived).forEach(one -> tellers.addAll(one.tellers));
        Set<Party> others = EnumSet.copyOf(Party.TIERS);
        told.forEach(one -> others.removeAll(one.tellers));
        others.removeIf(tier -> !complete.contains(tier)
                || place.number() < floors.getOrDefault(tier, Map.of()).getOrDefault(place.ledger(), 0L));
        if (tellers.size() > 1) {
            others.forEach(tier -> omitted.merge(tier, 1, Integer::sum));
        } else if (tellers.size() == 1 && told.size() == 1 && !others.isEmpty()) {
            Party teller = tellers.iterator().next();
            told.getFirst().alone = Optional.of(teller);
            alone.merge(teller, 1, Integer::sum);
        }
    }

    private boolean isArrived(Told told) {
        return told.line.time().millis() < asked.millis() - StationLimits.LEDGER_COPY_MILLIS;
    }

    /** A tier that buries a ledger under lines cannot be seen to leave out old ones: where another's were all read, it is named. */
    private Set<Party> flooded() {
        Set<Party> flooded = EnumSet.noneOf(Party.class);
        floors.forEach((teller, ledgers) -> {
            boolean othersWhole = complete.stream()
                    .filter(tier -> tier != teller)
                    .anyMatch(tier ->
                            !floors.getOrDefault(tier, Map.of()).keySet().containsAll(ledgers.keySet()));
            if (othersWhole) {
                flooded.add(teller);
            }
        });
        return flooded;
    }

    /** What makes two lines those of one request. */
    private record Asking(LedgerLine.Act act, Digest session, Digest recipient, Digest request, Optional<Party> alone) {
        /** What one tier alone tells is not mixed into an act that others tell of. */
        static Asking of(Told told) {
            Response.FoundLine line = told.line;
            return new Asking(line.act(), line.session(), line.recipient(), line.request(), told.alone);
        }
    }

    /** Lines about one request, each of another ledger. */
    private static final class Group {
        final List<Told> lines = new ArrayList<>(3);

        Group(Told first) {
            lines.add(first);
        }

        /** The same request again is another act: a ledger has one line of each. */
        boolean takes(Told other) {
            return lines.stream().allMatch(one -> one.line.ledger() != other.line.ledger())
                    && lines.getFirst().line.time().millis() - other.line.time().millis()
                            <= StationLimits.REQUEST_MILLIS;
        }
    }

    private List<Group> groups() {
        List<Told> newest = lines.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.<Told>comparingLong(one -> one.line.time().millis())
                        .thenComparingLong(one -> one.line.number())
                        .reversed()
                        .thenComparing(one -> one.line.ledger()))
                .toList();
        List<Group> groups = new ArrayList<>();
        Map<Asking, List<Group>> open = new HashMap<>();
        for (Told told : newest) {
            List<Group> alike = open.computeIfAbsent(Asking.of(told), none -> new ArrayList<>());
            alike.removeIf(group -> group.lines.getFirst().line.time().millis()
                            - told.line.time().millis()
                    > StationLimits.REQUEST_MILLIS);
            Optional<Group> fitting =
                    alike.stream().filter(group -> group.takes(told)).findFirst();
            if (fitting.isPresent() && !told.contradicted) {
                fitting.get().lines.add(told);
            } else {
                Group group = new Group(told);
                groups.add(group);
                if (!told.contradicted) {
                    alike.add(group);
                }
            }
        }
        return groups;
    }

    /** The badges the tiers name for an act, each with those that name it. */
    private static Map<Digest, Set<Party>> words(Group group) {
        Map<Digest, Set<Party>> words = new HashMap<>();
        group.lines.forEach(line ->
                line.badges.forEach((badge, tiers) -> words.computeIfAbsent(badge, none -> EnumSet.noneOf(Party.class))
                        .addAll(tiers)));
        return words;
    }

    /** Whether the tiers name two badges and the registry does not say which it was. */
    private static boolean hasTwoBadges(Group group, Registry registry) {
        return registry.session(group.lines.getLast().line.session()).isEmpty()
                && words(group).size() > 1;
    }

    private LedgerView.Act act(Group group, Registry registry) {
        Response.FoundLine first = group.lines.getLast().line;
        Optional<Session> session = registry.session(first.session());
        Optional<Digest> badge = session.map(Session::badge).or(() -> agreed(words(group)));
        Set<Party> ledgers = new HashSet<>();
        group.lines.forEach(line -> ledgers.add(line.line.ledger()));
        return new LedgerView.Act(
                first.time(),
                first.act(),
                first.session(),
                badge.map(id -> badge(id, registry)),
                session.map(Session::station)
                        .or(() -> Optional.of(first.recipient()))
                        .flatMap(registry::station)
                        .map(Statement.StationEnrolment::name),
                ledgers,
                group.lines.getFirst().contradicted || hasTwoBadges(group, registry),
                group.lines.getFirst().alone);
    }

    /** One tier alone could name anybody: two must say it, unless it alone answered to the end, which is said then. */
    private Optional<Digest> agreed(Map<Digest, Set<Party>> words) {
        if (words.size() != 1) {
            return Optional.empty();
        }
        Map.Entry<Digest, Set<Party>> word = words.entrySet().iterator().next();
        return word.getValue().size() > 1 || complete.equals(word.getValue())
                ? Optional.of(word.getKey())
                : Optional.empty();
    }

    static LedgerView.Badge badge(Digest id, Registry registry) {
        Optional<Statement.Grant> grant = registry.badge(id);
        return new LedgerView.Badge(
                id,
                grant.map(Statement.Grant::kind),
                grant.map(Statement.Grant::roles).orElse(List.of()));
    }
}
