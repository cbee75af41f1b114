package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.chart.Language;

class BedsideLimitsTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final Instant NOW = Instant.ofEpochMilli(OpenWeb.NOW);

    private static Entered typed(String... pairs) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return Entered.of(new Form(fields), Words.of(Language.FRENCH));
    }

    @Test
    void draftsAreFewAndGoAfterAWhile() {
        AtomicLong nanos = new AtomicLong();
        Drafts drafts = new Drafts(nanos::get);
        for (int i = 0; i <= WebLimits.DRAFTS_MAX; i++) {
            drafts.keep("badge-" + i, "/patients/x/donner", new Form(Map.of("a", "b")));
        }
        assertThat(drafts.size()).isEqualTo(WebLimits.DRAFTS_MAX);
        assertThat(drafts.take("badge-0", "/patients/x/donner")).isEmpty();
        assertThat(drafts.take("badge-1", "/patients/y/donner")).isEmpty();
        assertThat(drafts.take("badge-1", "/patients/x/donner")).isPresent();
        nanos.addAndGet(WebLimits.DRAFT_MILLIS * 1_000_000 + 1);
        assertThat(drafts.take("badge-2", "/patients/x/donner")).isEmpty();
    }

    @Test
    void whatIsOnlyHereIsShownForSoManyPatients() {
        KeptWrites kept = new KeptWrites();
        for (int i = 0; i <= WebLimits.KEPT_MAX; i++) {
            kept.add(FakeHospital.id(i), List.of(version(FakeHospital.id(1_000 + i), 1)));
        }
        assertThat(kept.patients()).isEqualTo(WebLimits.KEPT_MAX);
        ResourceId one = FakeHospital.id(1_001);
        assertThat(kept.over(FakeHospital.id(1), List.of())).hasSize(1);
        assertThat(kept.has(one)).isTrue();
        assertThat(kept.over(FakeHospital.id(1), List.of(version(one, 1)))).hasSize(1);
        assertThat(kept.has(one)).isFalse();
    }

    private static ResourceVersion version(ResourceId id, long version) {
        return new ResourceVersion(
                id,
                "Observation",
                version,
                new RecordTime(1),
                Bytes.ofText("{}"),
                ResourceVersion.Standing.PROVISIONAL,
                false,
                Digest.ZERO);
    }

    @Test
    void formsTakenAreRememberedUpToAThousand() {
        Kept kept = Kept.of(() -> 0);
        for (int i = 0; i <= WebLimits.TAKEN_MAX; i++) {
            kept.took("form-" + i, "/patients/x");
        }
        assertThat(kept.before("form-0")).isEmpty();
        assertThat(kept.before("form-1")).contains("/patients/x");
    }

    @Test
    void textsAndDaysAreAsLongAsTheyMayBe() {
        Entered entered = typed(
                "word", "w".repeat(WebLimits.WORD_MAX + 1),
                "comment", "c".repeat(WebLimits.COMMENT_MAX + 1),
                "note", "n".repeat(WebLimits.NOTE_MAX + 1),
                "duree", String.valueOf(WebLimits.COURSE_DAYS_MAX + 1));
        entered.required("word", WebLimits.WORD_MAX);
        entered.limited("comment", WebLimits.COMMENT_MAX);
        entered.limited("note", WebLimits.NOTE_MAX);
        entered.whole("duree", 1, WebLimits.COURSE_DAYS_MAX);
        assertThat(entered.faults()).extracting(Map.Entry::getKey).containsExactly("word", "comment", "note", "duree");
        assertThat(entered.wrong("comment")).contains("500").contains("501");
    }

    @Test
    void whatHappenedIsNotToComeAndNotLongerAgoThanAShift() {
        assertThat(typed("heure", "08:12").justNow("heure", NOW, ZONE)).contains(NOW);
        assertThat(typed("heure", "08h13").justNow("heure", NOW, ZONE)).isEmpty();
        Instant late = NOW.plusMillis(16 * 3_600_000L);
        assertThat(typed("heure", "23:50").justNow("heure", late, ZONE)).contains(late.minusSeconds(22 * 60));
        long shift = WebLimits.BACKDATED_MAX_MILLIS;
        Instant noon = NOW.plusMillis(48 * 60_000L + 3 * 3_600_000L);
        assertThat(typed("heure", "00:00").justNow("heure", noon, ZONE)).contains(noon.minusMillis(shift));
        assertThat(typed("heure", "23:59").justNow("heure", noon, ZONE)).isEmpty();
    }

    @Test
    void aDayHasSoManyDosesAndNoMore() {
        StringBuilder hours = new StringBuilder();
        for (int i = 0; i <= WebLimits.TIMES_MAX; i++) {
            hours.append(String.format(java.util.Locale.ROOT, "%02d:%02d ", i % 24, i / 24 * 30));
        }
        Entered many = typed("rythme", "FIXED", "heures", hours.toString());
        assertThat(PrescribedRhythm.read(many, NOW, NOW, ZONE)).isEmpty();
        assertThat(many.wrong("heures")).contains(String.valueOf(WebLimits.TIMES_MAX));
        Optional<PrescribedRhythm> around = PrescribedRhythm.read(typed("rythme", "EVERY_8_HOURS"), NOW, NOW, ZONE);
        assertThat(around.orElseThrow().timing().toString()).contains("00:12:00, 08:12:00, 16:12:00");
    }

    @Test
    void theFirstDoseAroundTheClockIsNotLeftBehindBySomeSeconds() {
        Instant shown = NOW;
        Instant sent = NOW.plusSeconds(97);
        PrescribedRhythm rhythm = PrescribedRhythm.read(typed("rythme", "EVERY_6_HOURS"), shown, sent, ZONE)
                .orElseThrow();
        assertThat(rhythm.timing().toString()).contains("08:14:00").doesNotContain("08:12:00");
    }

    @Test
    void aCourseEndsAtTheHourItBeganAlsoWhenTheClocksChange() {
        Instant start = Instant.parse("2026-03-26T18:30:00Z");
        PrescribedRhythm rhythm = PrescribedRhythm.read(
                        typed("rythme", "TWICE", "duree", "5"), start, start, java.time.ZoneId.of("Europe/Paris"))
                .orElseThrow();
        assertThat(rhythm.timing().toString()).contains("2026-03-31T19:29:59+02:00");
    }

    @Test
    void whatMayBeAThousandIsNotTakenForOne() {
        for (String doubtful : new String[] {"1,000", "1.000", "2,500"}) {
            Entered entered = typed("dose", doubtful);
            assertThat(entered.number("dose")).as(doubtful).isEmpty();
            assertThat(entered.wrong("dose")).contains("1000");
        }
        assertThat(typed("dose", "0,125").number("dose")).contains(new java.math.BigDecimal("0.125"));
        assertThat(typed("dose", "1000").number("dose")).contains(new java.math.BigDecimal("1000"));
        assertThat(typed("dose", "12,5").number("dose")).contains(new java.math.BigDecimal("12.5"));
    }

    @Test
    void anHourOfThisMorningIsNotTakenForOneOfThisEvening() {
        Instant evening = NOW.plusMillis(13 * 3_600_000L);
        assertThat(typed("heure", "08:05").justNow("heure", evening, ZONE)).isEmpty();
        java.time.ZoneId paris = java.time.ZoneId.of("Europe/Paris");
        Instant second = Instant.parse("2026-10-25T01:40:00Z");
        assertThat(typed("heure", "02:30").justNow("heure", second, paris))
                .contains(Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(typed("heure", "02:30").justNow("heure", Instant.parse("2026-10-25T01:10:00Z"), paris))
                .contains(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @Test
    void whatIsPastedBringsNoControlCharacters() throws Exception {
        Form form = Form.read("note=a%0Cb%0Dc%0A%0Bd%7F".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(form.text("note")).isEqualTo("a b\rc\n d ");
    }

    @Test
    void aPrescriptionBeginsWithinAYear() {
        try (OpenWeb web = new OpenWeb()) {
            web.hospital.roles = List.of("physician");
            OpenWeb.Browser physician = web.browser().in("medecin");
            String record = "/patients/" + FakeHospital.PATIENT;
            physician.get(record + "/prescrire?m=paracetamol");
            String day = new Clock(ZONE, Words.of(Language.FRENCH))
                    .day(NOW.plusMillis(WebLimits.AHEAD_MAX_MILLIS + 86_400_000L));
            assertThat(physician
                            .post(
                                    record + "/prescrire",
                                    "m",
                                    "paracetamol",
                                    "dose",
                                    "1",
                                    "unite",
                                    "g",
                                    "voie",
                                    "ORAL",
                                    "rythme",
                                    "TWICE",
                                    "jour",
                                    day,
                                    "heure",
                                    "08:00")
                            .body())
                    .contains("Entre il y a 12 heures et dans un an.");
            assertThat(web.hospital.written).isEmpty();
        }
    }

    @Test
    void aDoseThatIsOnlyHereGoesAfterAllThatIsMeasuredAndNoted() {
        for (String type : List.of("MedicationAdministration", "MedicationRequest", "Encounter")) {
            KeptWrites kept = new KeptWrites();
            ResourceVersion dose = version(FakeHospital.id(1_000), type);
            kept.add(FakeHospital.id(0), List.of(dose));
            for (int i = 1; i <= WebLimits.KEPT_MAX; i++) {
                kept.add(FakeHospital.id(0), List.of(version(FakeHospital.id(1_000 + i), 1)));
            }
            for (int i = 1; i <= WebLimits.KEPT_MAX; i++) {
                kept.add(FakeHospital.id(i), List.of(version(FakeHospital.id(2_000 + i), 1)));
            }
            assertThat(kept.patients()).isEqualTo(WebLimits.KEPT_MAX);
            assertThat(kept.has(FakeHospital.id(1_001))).isFalse();
            assertThat(kept.has(FakeHospital.id(2_001))).isFalse();
            assertThat(kept.over(FakeHospital.id(0), List.of()))
                    .hasSize(WebLimits.KEPT_MAX)
                    .contains(dose);
        }
    }

    private static ResourceVersion version(ResourceId id, String type) {
        return new ResourceVersion(
                id,
                type,
                1,
                new RecordTime(1),
                Bytes.ofText("{}"),
                ResourceVersion.Standing.PROVISIONAL,
                false,
                Digest.ZERO);
    }
}
