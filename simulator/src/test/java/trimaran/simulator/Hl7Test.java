package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.model.Trait;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.station.OwnSession;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.WardBoard;
import trimaran.station.WriteResult;
import trimaran.station.hl7.Counter;
import trimaran.station.hl7.Hl7Event;
import trimaran.station.hl7.Hl7Limits;
import trimaran.station.hl7.Hl7Record;
import trimaran.station.hl7.Journal;
import trimaran.station.hl7.ReceptionSetting;

/** HL7 v2 messages into a whole hospital: the real station core, the real tiers and rules, over simulated time and network. */
final class Hl7Test {

    private static final long WHILE_MILLIS = 60_000;
    private static final long SESSION_MILLIS = 8 * 3_600_000L;
    private static final String VISIT = "urn:oid:1.2.250.1.999.2";

    private final Hospital hospital = new Hospital(3, Suites.standIn(), new Plants());
    private final List<Hl7Event> events = new java.util.ArrayList<>();
    private RealStation station;
    private Signer badge;
    private Counter counter;
    private int next;

    /** The record as the door sees it; whoever waits for an answer lets virtual time pass. */
    private final class Waiting implements Hl7Record {
        private final OwnSession session;

        Waiting(OwnSession session) {
            this.session = session;
        }

        private <T> T await(CompletableFuture<T> running) {
            assertThat(hospital.runUntil(running::isDone, WHILE_MILLIS)).isTrue();
            return running.join();
        }

        @Override
        public Outcome<List<ResourceId>> find(String type, Trait trait) {
            return await(ask(desk -> desk.find(session, type, List.of(trait))));
        }

        @Override
        public Outcome<List<ResourceVersion>> versions(ResourceId id) {
            return await(ask(desk -> desk.versions(session, id)));
        }

        @Override
        public Outcome<List<ResourceVersion>> places() {
            return await(ask(desk -> desk.house(session)))
                    .map(house -> house.resources().stream()
                            .filter(one -> one.type().equals("Location"))
                            .toList());
        }

        @Override
        public WriteResult write(Transaction transaction) {
            return await(ask(desk -> desk.write(session, transaction)));
        }
    }

    private <T> CompletableFuture<T> ask(
            java.util.function.Function<trimaran.station.Desk, CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        station.ask(question, answer::complete);
        return answer;
    }

    @BeforeEach
    void aConnectorStation() {
        Console console = hospital.start(List.of());
        station = hospital.enrol("accueil", console);
        badge = hospital.suites().badge(hospital.loops().entropy());
        console.state(new Statement.Grant(
                badge.publicKey(),
                Statement.BadgeKind.SERVICE,
                List.of("connector"),
                List.of("system/Patient.cru", "system/Encounter.cru"),
                List.of(),
                new RecordTime(hospital.loops().trueTime().millis())));
        station.start();
        assertThat(hospital.runUntil(() -> console.isDone() && station.isReady(), WHILE_MILLIS))
                .isTrue();
        counter = open();
    }

    private Counter open() {
        CompletableFuture<Outcome<OwnSession>> opening = ask(desk -> desk.open(badge, SESSION_MILLIS));
        assertThat(hospital.runUntil(opening::isDone, WHILE_MILLIS)).isTrue();
        OwnSession session = ((Outcome.Done<OwnSession>) opening.join()).value();
        ReceptionSetting setting = new ReceptionSetting(
                Hl7Limits.STANDARD,
                ZoneId.of("Europe/Paris"),
                true,
                () -> hospital.loops().trueTime(),
                events::add);
        return new Counter(
                setting,
                new Waiting(session),
                new Journal(
                        new SimulatedDisk(),
                        SecretBytes.random(hospital.loops().entropy(), 32),
                        hospital.loops().entropy(),
                        events::add));
    }

    private byte[] message(String event, String ipp, String family, String place, String zbe) {
        return String.join(
                        "\r",
                        "MSH|^~\\&|GAM|CHDEMO|TRIMARAN|CHDEMO|20260301120000||ADT^" + event + "^ADT_A01|S" + ++next
                                + "|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM",
                        "EVN||20260301120000",
                        "PID|||" + ipp + "^^^CHDEMO&1.2.250.1.999.1&ISO^PI||" + family
                                + "^Odile^^^^^L||19510203|F|||||||||||||||||||||||PROV",
                        "PV1||I|" + place + "||||||||||||||||V-" + ipp + "^^^CHDEMO&1.2.250.1.999.2&ISO^VN",
                        zbe)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String zbe(String id, String time, String action, String original) {
        return "ZBE|" + id + "^CHDEMO|20260301" + time + "||" + action + "|N|" + original;
    }

    private String answer(byte[] message) {
        return new String(counter.answer(message), StandardCharsets.UTF_8);
    }

    private void taken(byte[] message) {
        assertThat(answer(message)).contains("MSA|AA|");
    }

    private ResourceVersion stay(String ipp) {
        Hl7Record record = new Waiting(session());
        ResourceId id = ((Outcome.Done<List<ResourceId>>) record.find("Encounter", Trait.identifier(VISIT, "V-" + ipp)))
                .value()
                .getFirst();
        return ((Outcome.Done<List<ResourceVersion>>) record.versions(id))
                .value()
                .getLast();
    }

    private OwnSession session() {
        CompletableFuture<Outcome<OwnSession>> opening = ask(desk -> desk.open(badge, SESSION_MILLIS));
        assertThat(hospital.runUntil(opening::isDone, WHILE_MILLIS)).isTrue();
        return ((Outcome.Done<OwnSession>) opening.join()).value();
    }

    private static String text(ResourceVersion version) {
        return new String(version.json().toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void aStayIsToldMovedCorrectedAndEnded() {
        taken(message("A01", "P1", "Quatrevent", "CARDIO^12^P", zbe("m1", "080000", "INSERT", "")));
        taken(message("A02", "P1", "Quatrevent", "REA^1^A", zbe("m2", "090000", "INSERT", "")));
        taken(message("Z99", "P1", "Quatrevent", "REA^2^B", zbe("m2", "093000", "UPDATE", "A02")));
        assertThat(text(stay("P1"))).contains("\"status\":\"in-progress\"").contains("REA 2 B");
        taken(message("A12", "P1", "Quatrevent", "CARDIO^12^P", zbe("m2", "093000", "CANCEL", "A02")));
        taken(message("A03", "P1", "Quatrevent", "", zbe("m3", "100000", "INSERT", "")));
        ResourceVersion last = stay("P1");
        assertThat(text(last)).contains("\"status\":\"finished\"").contains("\"end\":\"2026-03-01T10:00:00+01:00\"");
        assertThat(last.version()).isEqualTo(5);
        // Facts of another system: flagged to be reviewed, never asked of application.
        assertThat(last.continuity()).isTrue();
        assertThat(hospital.oracle().broken()).isEmpty();
    }

    /** A ward the hospital never described: its patient is on a board all the same. */
    @Test
    void aWardOnlyTheSenderNamesHasABoardWithItsPatient() {
        taken(message("A01", "P1", "Quatrevent", "URGENCES^BOX^3", zbe("m1", "080000", "INSERT", "")));
        OwnSession reader = session();
        CompletableFuture<Outcome<List<WardBoard>>> asked = ask(desk -> desk.wards(reader));
        assertThat(hospital.runUntil(asked::isDone, WHILE_MILLIS)).isTrue();
        List<WardBoard> boards = ((Outcome.Done<List<WardBoard>>) asked.join()).value();
        assertThat(boards).singleElement().satisfies(board -> {
            assertThat(board.ward().name()).isEqualTo("URGENCES");
            assertThat(board.beds())
                    .singleElement()
                    .satisfies(bed -> assertThat(bed.lying()).hasSize(1));
        });
    }

    /** Two patients in one bed break a rule of the hospital; the other system says it is so. */
    @Test
    void aLegacyFactIsNotRefusedByARule() {
        taken(message("A01", "P1", "Quatrevent", "CARDIO^12^P", zbe("m1", "080000", "INSERT", "")));
        taken(message("A01", "P2", "Ruisseau", "CARDIO^12^P", zbe("m1", "081000", "INSERT", "")));
        assertThat(text(stay("P2"))).contains("CARDIO 12 P");
        assertThat(hospital.oracle().broken()).isEmpty();
    }

    @Test
    void anyHullMayBeAwayWhileMessagesCome() {
        int stay = 0;
        for (Party party : Party.TIERS) {
            hospital.crash(party);
            String ipp = "P" + ++stay;
            taken(message("A01", ipp, "Quatrevent" + stay, "CARDIO^" + stay, zbe("m", "080000", "INSERT", "")));
            hospital.restart(party);
            hospital.runMillis(10_000);
            assertThat(text(stay(ipp))).contains("in-progress");
        }
        assertThat(hospital.oracle().broken()).isEmpty();
    }

    @Test
    void theSameMessageAgainIsRecordedOnce() {
        byte[] admission = message("A01", "P1", "Quatrevent", "CARDIO^12^P", zbe("m1", "080000", "INSERT", ""));
        taken(admission);
        taken(message("A02", "P1", "Quatrevent", "REA^1^A", zbe("m2", "090000", "INSERT", "")));
        long before = stay("P1").version();
        taken(admission);
        // A station that lost its journal asks the record, which knows the message by its token.
        counter = open();
        taken(admission);
        assertThat(stay("P1").version()).isEqualTo(before);
    }

    @Test
    void withTwoHullsAwayTheSenderIsToldToComeAgainAndNothingDoubles() {
        taken(message("A01", "P1", "Quatrevent", "CARDIO^12^P", zbe("m1", "080000", "INSERT", "")));
        hospital.crash(Party.ACCESS);
        hospital.crash(Party.DATA);
        byte[] transfer = message("A02", "P1", "Quatrevent", "REA^1^A", zbe("m2", "090000", "INSERT", ""));
        assertThat(answer(transfer)).contains("MSA|AR|");
        hospital.restart(Party.ACCESS);
        hospital.restart(Party.DATA);
        hospital.runMillis(30_000);
        taken(transfer);
        String text = text(stay("P1"));
        assertThat(text.split("urn:trimaran:movement", -1)).hasSize(3);
        assertThat(hospital.oracle().broken()).isEmpty();
    }
}
