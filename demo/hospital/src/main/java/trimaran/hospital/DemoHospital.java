package trimaran.hospital;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An invented hospital as the FHIR R4 transactions by which a client puts it into a station, each made when it is asked for. The
 * house comes first, since patients lie in its beds; then the queues, which may be sent side by side: each holds the patients of
 * one ward, in order, so that two transactions seldom change the same ward's board.
 */
public final class DemoHospital {

    /**
     * One transaction.
     *
     * @param name for messages; it names no patient
     * @param body the Bundle
     * @param patient whether it is a patient's
     */
    public record Load(String name, String body, boolean patient) {}

    /**
     * What there is once all is in.
     *
     * @param unplaced of those present, without a bed
     */
    public record Census(
            int wards, int beds, int staff, int present, int unplaced, int expected, int left, int soiled, int closed) {

        /** All patients, of whom each is one transaction. */
        public int patients() {
            return present + expected + left;
        }
    }

    private final Setting setting;
    private final House house;
    private final Staff staff;
    private final Roster roster;
    private final Occupancy occupancy;

    public DemoHospital(Setting setting) {
        this.setting = setting;
        this.house = new House(setting.beds());
        this.staff = new Staff(setting, house.wards());
        this.roster = new Roster(setting, house);
        this.occupancy = new Occupancy(setting, house, roster);
    }

    /** What everything else refers to, in the order in which it must be sent. */
    public List<Load> house() {
        HouseBundles bundles = new HouseBundles(setting, house, staff, occupancy);
        List<Load> loads = new ArrayList<>(List.of(new Load("places", bundles.places(), false)));
        for (String bundle : bundles.staff()) {
            loads.add(new Load("staff " + loads.size(), bundle, false));
        }
        return loads;
    }

    /** Numbers of patients, one list for each ward. */
    public List<List<Integer>> queues() {
        Map<String, List<Integer>> queues = new LinkedHashMap<>();
        for (Resident resident : roster.residents()) {
            queues.computeIfAbsent(resident.ward().code(), none -> new ArrayList<>())
                    .add(resident.number());
        }
        return List.copyOf(queues.values());
    }

    /** @param number of a patient, as {@link #queues} has it */
    public Load patient(int number) {
        Resident resident = resident(number);
        Chart chart = chart(resident);
        return new Load("patient " + number + " of " + resident.ward().code(), chart.bundle(), true);
    }

    public Census census() {
        return new Census(
                house.wards().size(),
                setting.beds(),
                staff.members().size(),
                count(Presence.PRESENT),
                (int) roster.residents().stream()
                        .filter(one ->
                                one.presence() == Presence.PRESENT && one.bed().isEmpty())
                        .count(),
                count(Presence.EXPECTED),
                count(Presence.LEFT),
                occupancy.count(Occupancy.SOILED),
                occupancy.count(Occupancy.CLOSED));
    }

    private int count(Presence presence) {
        return (int) roster.residents().stream()
                .filter(one -> one.presence() == presence)
                .count();
    }

    Roster roster() {
        return roster;
    }

    House wards() {
        return house;
    }

    private Resident resident(int number) {
        return roster.residents().stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no patient " + number));
    }

    private Chart chart(Resident resident) {
        Chart chart = new Chart(setting, staff, resident);
        IdentityPages identity = new IdentityPages(chart);
        List<String> drugs = DrugPages.keys(resident);
        identity.write();
        new StayPages(chart).write();
        identity.allergies(drugs);
        switch (resident.presence()) {
            case PRESENT -> {
                new StayPages(chart).safety();
                new DrugPages(chart).write(drugs);
                new VitalPages(chart).write();
                new ResultPages(chart).write();
                new NotePages(chart).write();
            }
            case LEFT -> new NotePages(chart).farewell();
            case EXPECTED -> {
                // What is known before somebody comes stands above.
            }
        }
        return chart;
    }
}
