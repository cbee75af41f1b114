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

        Told(Response.FoundLine line) {
            this.line = line;
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

    void told(Party teller, List<Response.FoundLine> page) {
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
        lines.forEach((place, told) -> {
            if (told.size() > 1) {
                contradicted.add(place.ledger());
            }
        });
        return new LedgerView(acts(registry), silent, omitted(), contradicted, !floors.isEmpty());
    }

    /** A line older than copies take to arrive, which a tier that told of all of that ledger did not tell of. */
    private Map<Party, Integer> omitted() {
        Map<Party, Integer> omitted = new EnumMap<>(Party.class);
        lines.forEach((place, told) -> {
            boolean arrived = told.stream()
                    .allMatch(one -> one.line.time().millis() < asked.millis() - StationLimits.LEDGER_COPY_MILLIS);
            for (Party tier : complete) {
                long floor = floors.getOrDefault(tier, Map.of()).getOrDefault(place.ledger(), 0L);
                if (arrived && place.number() >= floor && told.stream().noneMatch(one -> one.tellers.contains(tier))) {
                    omitted.merge(tier, 1, Integer::sum);
                }
            }
        });
        return omitted;
    }

    /** What makes two lines those of one request. */
    private record Asking(LedgerLine.Act act, Digest session, Digest recipient, Digest request) {
        static Asking of(Response.FoundLine line) {
            return new Asking(line.act(), line.session(), line.recipient(), line.request());
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

    private List<LedgerView.Act> acts(Registry registry) {
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
            List<Group> alike = open.computeIfAbsent(Asking.of(told.line), none -> new ArrayList<>());
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
        return groups.stream().map(group -> act(group, registry)).toList();
    }

    private LedgerView.Act act(Group group, Registry registry) {
        Response.FoundLine first = group.lines.getLast().line;
        Optional<Session> session = registry.session(first.session());
        Map<Digest, Set<Party>> words = new HashMap<>();
        group.lines.forEach(line ->
                line.badges.forEach((badge, tiers) -> words.computeIfAbsent(badge, none -> EnumSet.noneOf(Party.class))
                        .addAll(tiers)));
        Optional<Digest> badge = session.map(Session::badge).or(() -> agreed(words));
        boolean twoBadges = session.isEmpty() && words.size() > 1;
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
                group.lines.getFirst().contradicted || twoBadges);
    }

    /** One tier alone could name anybody: two must say it, unless only one answered, which is said then. */
    private Optional<Digest> agreed(Map<Digest, Set<Party>> words) {
        if (words.size() != 1) {
            return Optional.empty();
        }
        Map.Entry<Digest, Set<Party>> word = words.entrySet().iterator().next();
        return word.getValue().size() > 1 || complete.size() < 2 ? Optional.of(word.getKey()) : Optional.empty();
    }

    private static LedgerView.Badge badge(Digest id, Registry registry) {
        Optional<Statement.Grant> grant = registry.badge(id);
        return new LedgerView.Badge(
                id,
                grant.map(Statement.Grant::kind),
                grant.map(Statement.Grant::roles).orElse(List.of()));
    }
}
