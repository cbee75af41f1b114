package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.model.Trait;

/** Beside a tier that beats as ever and answers late, or only some of what it is asked, or nothing, a ward goes on as without it. */
class LateTierTest {

    /** The longest a ward may be without a write, and so the longest one answer may take. */
    private static final long ANSWER_MILLIS_MAX = 5_000;

    private static final long ATTACK_MILLIS = 40_000;

    private enum Ill {
        LATE,
        HALF_SILENT,
        SILENT;

        void befall(Tardy tardy) {
            switch (this) {
                case LATE -> tardy.laterMillis = 4_000;
                case HALF_SILENT -> tardy.neverOneIn = 2;
                case SILENT -> tardy.neverOneIn = 1;
            }
        }
    }

    /** A hospital of its own for each tier and each ill. */
    private static final class Ward extends StationBench {
        final OwnSession session;
        final ResourceId patient;
        private final Party tier;
        private final Ill ill;
        private int number;

        Ward(Party tier, Ill ill) {
            this.tier = tier;
            this.ill = ill;
            session = ready();
            hospital.loops.runMillis(20 * StationLimits.SETTLED_MILLIS);
            patient = create(session, PATIENT);
        }

        void strike() {
            ill.befall(hospital.tardy(tier));
        }

        /** Something with an identifier nobody has met, which is looked for first. */
        Transaction identified() {
            String value = String.valueOf(++number);
            String json = observation(patient)
                    .replace(
                            "\"status\"",
                            "\"identifier\":[{\"system\":\"urn:lab\",\"value\":\"" + value + "\"}],\"status\"");
            Trait trait = Trait.identifier("urn:lab", value);
            return Transaction.of(new Transaction.Change.Create(FakeHospital.resource(json), "", List.of(trait), ""));
        }

        void inTime(String what, Runnable work) {
            long before = hospital.loops.nowNanos();
            work.run();
            assertThat((hospital.loops.nowNanos() - before) / 1_000_000)
                    .as(what + " beside " + tier.word() + ", " + ill)
                    .isLessThan(ANSWER_MILLIS_MAX);
        }

        @Override
        public String toString() {
            return tier.word() + " " + ill;
        }
    }

    private static void besideEach(Consumer<Ward> test) {
        for (Party tier : Party.TIERS) {
            for (Ill ill : Ill.values()) {
                test.accept(new Ward(tier, ill));
            }
        }
    }

    @Test
    void eachWriteIsAcknowledgedInTimeAndNothingIsThereTwice() {
        besideEach(ward -> {
            ward.strike();
            long end = ward.hospital.loops.nowNanos() + ATTACK_MILLIS * 1_000_000;
            while (ward.hospital.loops.nowNanos() < end) {
                ward.inTime("a write", () -> ward.write(ward.session, ward.identified()));
                ward.hospital.loops.runMillis(250);
            }

            ward.hospital.tardy(ward.tier).laterMillis = 0;
            ward.hospital.tardy(ward.tier).neverOneIn = 0;
            assertThat(ward.hospital.loops.runUntil(() -> ward.station.state().waiting() == 0, 60_000))
                    .as(ward.toString())
                    .isTrue();
            ward.hospital.loops.runMillis(2_000);
            assertThat(ward.folder(ward.session, ward.patient.cell()).resources())
                    .as(ward.toString())
                    .hasSize(1 + ward.number);
        });
    }

    @Test
    void aPatientIsTakenInInTime() {
        besideEach(ward -> {
            ward.strike();
            ward.inTime(
                    "taking somebody in",
                    () -> ward.create(ward.session, StationBench.PATIENT.replace("\"1\"", "\"2\"")));
        });
    }

    @Test
    void whatIsClosedIsOpenedInTime() {
        besideEach(ward -> {
            ResourceId pulse = ward.create(ward.session, StationBench.observation(ward.patient));
            OwnSession other = ward.afresh(ward.session);
            ward.strike();
            ward.inTime("opening", () -> assertThat(ward.versions(other, pulse)).hasSize(1));
            ward.inTime(
                    "opening a folder",
                    () -> assertThat(ward.folder(other, ward.patient.cell()).resources())
                            .hasSize(2));
        });
    }

    @Test
    void somebodyLogsInAndReadsInTime() {
        besideEach(ward -> {
            ward.strike();
            ward.inTime("logging in and reading", () -> {
                OwnSession other = ward.hospital.session(ward.station, ward.hospital.machine);
                assertThat(ward.versions(other, ward.patient)).hasSize(1);
            });
        });
    }

    @Test
    void somebodyIsFoundInTime() {
        besideEach(ward -> {
            // All three have told of the last write by now.
            ward.hospital.loops.runMillis(1_000);
            ward.strike();
            ward.inTime(
                    "a search",
                    () -> assertThat(FakeHospital.done(
                                    ward.hospital.<Outcome<List<ResourceId>>>await(then -> ward.station.find(
                                            ward.session, "Patient", List.of(Trait.identifier("urn:ins", "1")), then))))
                            .containsExactly(ward.patient));
        });
    }

    @Test
    void whatIsPrintedIsWrittenDownInTime() {
        besideEach(ward -> {
            ward.strike();
            ward.inTime(
                    "printing",
                    () -> assertThat(ward.hospital.<Outcome<Boolean>>await(then -> ward.station
                                    .printing()
                                    .note(
                                            ward.session,
                                            LedgerLine.Act.PRINTED,
                                            List.of(ward.patient.cell()),
                                            Digest.ZERO,
                                            then)))
                            .isEqualTo(Outcome.done(true)));
        });
    }

    /** Nobody asks it first who is known to be late, and it is asked again once it is well. */
    @Test
    void whoIsLateIsAskedLast() {
        Ward ward = new Ward(Party.ACCESS, Ill.SILENT);
        ward.strike();
        ward.hospital.loops.runMillis(ANSWER_MILLIS_MAX);
        int before = ward.hospital.tier(Party.APPLICATION).asked(Request.Partials.class);
        long asked = ward.hospital.loops.nowNanos();
        ward.write(ward.session, ward.identified());
        assertThat((ward.hospital.loops.nowNanos() - asked) / 1_000_000)
                .as("nobody waited for it")
                .isLessThan(StationLimits.ASK_NEXT_MILLIS);
        assertThat(ward.hospital.tier(Party.APPLICATION).asked(Request.Partials.class))
                .isGreaterThan(before);

        ward.hospital.tardy(Party.ACCESS).neverOneIn = 0;
        ward.hospital.loops.runMillis(StationLimits.LATE_OVER_MILLIS + 2 * ANSWER_MILLIS_MAX);
        int after = ward.hospital.tier(Party.APPLICATION).asked(Request.Partials.class);
        ward.write(ward.session, ward.identified());
        assertThat(ward.hospital.tier(Party.APPLICATION).asked(Request.Partials.class))
                .isEqualTo(after);
    }
}
