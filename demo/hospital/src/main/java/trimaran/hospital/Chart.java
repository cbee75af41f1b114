package trimaran.hospital;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** What is written of one patient: the entries of one transaction, and what all of them refer to. */
final class Chart {

    private final Resident resident;
    private final Moments moments;
    private final Staff staff;
    private final Chance chance;
    private final long seed;
    private final String patient;
    private final String encounter;
    private final List<String> entries = new ArrayList<>();

    Chart(Setting setting, Staff staff, Resident resident) {
        this.resident = resident;
        this.moments = new Moments(setting.now());
        this.staff = staff;
        this.seed = setting.seed();
        this.chance = Chance.of(setting.seed(), "chart", resident.number());
        this.patient = chance.urn();
        this.encounter = chance.urn();
    }

    Resident resident() {
        return resident;
    }

    Moments moments() {
        return moments;
    }

    Chance chance() {
        return chance;
    }

    String patient() {
        return patient;
    }

    String encounter() {
        return encounter;
    }

    /**
     * Adds a resource.
     *
     * @return the urn others refer to it by
     */
    String add(String type, String... members) {
        String url = chance.urn();
        addAs(url, type, members);
        return url;
    }

    void addAs(String url, String type, String... members) {
        entries.add(Fhir.entry(url, type, Fhir.resource(type, members)));
    }

    /** The member by which a resource says whom it is about. */
    String subject() {
        return Fhir.raw("subject", Fhir.reference(patient));
    }

    /** The member by which a resource says in which stay it came about. */
    String during() {
        return Fhir.raw("encounter", Fhir.reference(encounter));
    }

    /** Somebody of the ward, as an author or performer. */
    String somebody(String function) {
        return Staff.reference(staff.of(function, resident.ward(), chance));
    }

    /** The nurse who had this patient at a time: of a ward's shift two or three share the patients. */
    String nurse(LocalDateTime at) {
        int shift = at.getHour() < 7 || at.getHour() >= 21 ? 0 : at.getHour() < 14 ? 1 : 2;
        String duty = resident.ward().code() + at.plusHours(3).toLocalDate() + "/" + shift;
        return Staff.reference(staff.of("ide", resident.ward(), Chance.of(seed, duty, resident.number() % 3)));
    }

    /** How long somebody had been here. */
    long hoursSince(LocalDateTime time) {
        return java.time.Duration.between(resident.begin(), time).toHours();
    }

    int years() {
        return resident.person().years(moments.day());
    }

    List<String> entries() {
        return entries;
    }

    String bundle() {
        return Fhir.transaction(entries);
    }
}
