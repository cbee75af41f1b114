package trimaran.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import trimaran.keeper.Copy;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.simulated.VirtualLoops;
import trimaran.record.CellPart;
import trimaran.record.NewCell;
import trimaran.record.RollOrder;
import trimaran.record.Session;
import trimaran.record.Statement;
import trimaran.station.OwnSession;
import trimaran.station.WriteResult;

/**
 * Two officers order new keys for all that a station, a badge or a hull was handed, at random moments: what a station that knows of the
 * order writes then is under no key they had, and nobody's care is refused for it (DESIGN §6 After a fall).
 */
final class Rolls {

    /** Each order has every cell somebody had written to once more: a few in a run are enough. */
    private static final int ORDERS_MAX = 2;

    private final Hospital hospital;
    private final SplittableRandom random;
    private final Console console;
    private final List<Order> orders = new ArrayList<>();

    /** By line key and by badge: cells somebody was seen to read or write there, so that they have the key. */
    private final Map<Digest, Set<CellId>> had = new HashMap<>();

    /** What was written where these orders were known. */
    private final Map<Digest, Set<Statement.Roll>> knowing = new HashMap<>();

    /** @param had what its holder was seen to have before it was signed */
    private record Order(Statement.Roll roll, Set<CellId> had) {}

    Rolls(Hospital hospital, SplittableRandom random, Console console) {
        this.hospital = hospital;
        this.random = random;
        this.console = console;
    }

    int count() {
        return orders.size();
    }

    void next() {
        if (orders.size() < ORDERS_MAX) {
            switch (random.nextInt(4)) {
                case 0 -> order(Statement.Holder.PARTY, Statement.Target.subjectOf(Party.APPLICATION));
                case 1, 2 ->
                    order(
                            Statement.Holder.STATION,
                            hospital.wards()
                                    .get(random.nextInt(hospital.wards().size()))
                                    .self()
                                    .keyDigest());
                default -> badges().stream().findFirst().ifPresent(badge -> order(Statement.Holder.BADGE, badge));
            }
        }
    }

    /** Those whose sessions had something, in the order of their names. */
    private List<Digest> badges() {
        return had.keySet().stream()
                .filter(one -> hospital.wards().stream()
                        .noneMatch(ward -> ward.self().keyDigest().equals(one)))
                .sorted((one, other) -> one.hex().compareTo(other.hex()))
                .toList();
    }

    private void order(Statement.Holder holder, Digest subject) {
        RecordTime now = new RecordTime(hospital.loops().trueTime().millis());
        Statement.Roll roll = new Statement.Roll(holder, subject, new RecordTime(VirtualLoops.START_MILLIS), now, now);
        orders.add(new Order(roll, Set.copyOf(had.getOrDefault(subject, Set.of()))));
        hospital.loops().note("roll");
        console.state(roll);
    }

    // ---- what people at stations see

    /** In this session these were read or written. */
    void had(RealStation station, OwnSession session, Stream<ResourceId> resources) {
        List<CellId> cells = resources.map(ResourceId::cell).toList();
        List<Digest> holders = new ArrayList<>(List.of(station.self().keyDigest()));
        session.granted().map(Session::badge).ifPresent(holders::add);
        holders.forEach(holder ->
                had.computeIfAbsent(holder, none -> new LinkedHashSet<>()).addAll(cells));
    }

    /** The orders a station knows, before somebody writes there. */
    Set<Statement.Roll> known(RealStation station) {
        Set<Statement.Roll> known = new HashSet<>();
        station.station().registry().rolls().stream().map(RollOrder::roll).forEach(known::add);
        return known;
    }

    /** What came of something written where these orders were known. */
    void told(RealStation station, OwnSession session, Set<Statement.Roll> known, WriteResult result) {
        switch (result) {
            case WriteResult.Recorded recorded ->
                written(station, session, known, recorded.entry(), recorded.versions());
            case WriteResult.Waiting waiting -> written(station, session, known, waiting.entry(), waiting.versions());
            case WriteResult.Refused(Refusal refusal) -> {
                if (refusal.sentence().contains("later key")) {
                    hospital.oracle().broken("careIsNotRefusedForAnOrder", refusal.toString());
                }
            }
        }
    }

    private void written(
            RealStation station,
            OwnSession session,
            Set<Statement.Roll> known,
            Digest entry,
            List<WriteResult.Changed> changed) {
        knowing.put(entry, known);
        had(station, session, changed.stream().map(WriteResult.Changed::id));
    }

    // ---- what must hold in the end

    /** Goes through the record of a tier that told the truth. */
    void end(Copy copy) {
        if (orders.isEmpty()) {
            return;
        }
        Map<Statement.Roll, Long> placed = new HashMap<>();
        copy.registry().rolls().forEach(order -> placed.put(order.roll(), order.index()));
        Map<CellId, Long> opened = new HashMap<>();
        copy.entries(0, stored -> {
            for (NewCell cell : stored.header().author().newCells()) {
                opened.putIfAbsent(cell.cell(), stored.index());
            }
            Set<Statement.Roll> known = knowing.getOrDefault(stored.header().digest(), Set.of());
            orders.stream()
                    .filter(order -> known.contains(order.roll()))
                    .forEach(order -> look(stored, order, Optional.ofNullable(placed.get(order.roll())), opened));
            return true;
        });
    }

    private void look(Copy.Stored stored, Order order, Optional<Long> placed, Map<CellId, Long> opened) {
        for (CellPart part : stored.header().author().parts()) {
            // A cell that got its place behind the order is not meant by it (RollOrder).
            boolean meant = placed.isPresent()
                    && order.had().contains(part.cell())
                    && opened.getOrDefault(part.cell(), Long.MAX_VALUE) < placed.get();
            if (meant && !part.isRolled()) {
                hospital.oracle()
                        .broken(
                                "nothingIsWrittenUnderAStolenKey",
                                "entry " + stored.index() + " in cell " + part.cell() + ", ordered at " + placed.get()
                                        + " by " + order.roll().holder());
            }
        }
    }
}
