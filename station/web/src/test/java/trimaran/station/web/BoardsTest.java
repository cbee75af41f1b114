package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.WardPlace;
import trimaran.station.chart.Language;

/** One board for all who look at a ward, and for nobody who was not handed what it is made of. */
class BoardsTest {

    private static final String WARD = "/services/" + FakeHospital.WARD;
    private static final Boards.Look NURSE = new Boards.Look(Language.FRENCH, true, true);

    private final OpenWeb web = new OpenWeb();
    private final Boards boards = new Boards(web.nanos::get);
    private final AtomicInteger made = new AtomicInteger();

    @BeforeEach
    void oneLies() {
        web.hospital.add("""
                {'resourceType':'AllergyIntolerance','clinicalStatus':{'coding':[{'code':'active'}]},
                'code':{'text':'pénicilline'},'patient':{'reference':'Patient/%s'}}""".formatted(FakeHospital.PATIENT));
    }

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void whatIsTheSameIsMadeOnce() {
        Boards.Made first = ask(NURSE, source(folder(), 0));
        assertThat(ask(NURSE, source(folder(), 0))).isSameAs(first);
        assertThat(ask(NURSE, source(folder(), 59))).isSameAs(first);
        assertThat(made).hasValue(1);
    }

    @Test
    void whatDiffersIsMadeAnew() {
        ask(NURSE, source(folder(), 0));
        ask(NURSE, source(folder(), 60));
        assertThat(made).as("a minute later doses are later").hasValue(2);
        ask(new Boards.Look(Language.ENGLISH, true, true), source(folder(), 60));
        ask(new Boards.Look(Language.FRENCH, false, true), source(folder(), 60));
        ask(new Boards.Look(Language.FRENCH, true, false), source(folder(), 60));
        assertThat(made).as("who reads or may do something else").hasValue(5);
        ask(NURSE, source(folder(), 60));
        assertThat(made).as("each of them is kept").hasValue(5);
        ask(NURSE, source(Outcome.done(web.hospital.patient.subList(0, 1)), 60));
        assertThat(made).as("something is no more there").hasValue(6);
        ask(NURSE, source(Outcome.refused(Refusal.of(Code.NOT_ALLOWED, "not theirs")), 60));
        assertThat(made).as("who was not handed the record").hasValue(7);
        ask(NURSE, source(Outcome.refused(Refusal.of(Code.UNAVAILABLE, "not now")), 60));
        assertThat(made).as("a board says only that it was not opened").hasValue(7);
    }

    /** Two who are handed different things take turns at asking: neither has the other's board made anew. */
    @Test
    void whoeverIsHandedLessHasABoardOfTheirOwnAndFewAreKept() {
        Boards.Made whole = ask(NURSE, source(folder(), 0));
        Boards.Made less = ask(NURSE, source(Outcome.refused(Refusal.of(Code.NOT_ALLOWED, "not theirs")), 0));
        assertThat(ask(NURSE, source(folder(), 0))).isSameAs(whole);
        assertThat(ask(NURSE, source(Outcome.refused(Refusal.of(Code.NOT_ALLOWED, "not theirs")), 0)))
                .isSameAs(less);
        for (int minute = 1; minute <= WebLimits.BOARDS_MAX + 1; minute++) {
            ask(NURSE, source(folder(), 60L * minute));
        }
        assertThat(boards.size()).isEqualTo(WebLimits.BOARDS_MAX);
    }

    @Test
    void whatNobodyLooksAtIsForgotten() {
        ask(NURSE, source(folder(), 0));
        web.pass(WebLimits.CHART_MILLIS);
        boards.forgetOld();
        assertThat(boards.size()).isEqualTo(1);
        web.pass(1);
        boards.forgetOld();
        assertThat(boards.size()).isZero();
        ask(NURSE, source(folder(), 0));
        boards.forget();
        assertThat(boards.size()).isZero();
    }

    @Test
    void askedForTwiceAtOnceIsMadeOnce() throws InterruptedException {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch on = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(() -> boards.of(NURSE, source(folder(), 0), charts -> {
            making.countDown();
            awaited(on);
            return made(charts);
        }));
        making.await();
        Thread second = Thread.startVirtualThread(() -> ask(NURSE, source(folder(), 0)));
        while (second.getState() != Thread.State.BLOCKED) {
            assertThat(second.isAlive()).as("it waits for the first").isTrue();
            Thread.onSpinWait();
        }
        on.countDown();
        first.join();
        second.join();
        assertThat(made).hasValue(1);
    }

    /** The beds are made with the page of whoever asks first: nothing of that person or page may be in them. */
    @Test
    void bedsSayNothingOfWhoLooks() {
        OpenWeb.Browser nurse = web.browser().in("infirmiere");
        String hers = nurse.get(WARD).body();
        web.hospital.whole = java.util.Optional.empty();
        OpenWeb.Browser physician = web.browser().in("medecin");
        assertThat(beds(physician.get(WARD).body())).isEqualTo(beds(hers)).contains("MOREL", "Pénicilline");
        // Made anew by the other, on another page.
        web.pass(60_000);
        String asked = physician.get(WARD + "/tableau?vu=none").body();
        web.pass(60_000);
        assertThat(beds(nurse.get(WARD).body())).isEqualTo(beds(asked));
    }

    @Test
    void whoeverIsNotHandedARecordSeesNothingOfIt() {
        OpenWeb.Browser nurse = web.browser().in("infirmiere");
        OpenWeb.Browser other = web.browser().in("medecin");
        assertThat(nurse.get(WARD).body()).contains("Pénicilline");
        web.hospital.nextFolder = Refusal.of(Code.NOT_ALLOWED, "not theirs");
        assertThat(other.get(WARD).body()).doesNotContain("Pénicilline").contains("Liste incomplète");
        assertThat(nurse.get(WARD).body()).contains("Pénicilline");
    }

    @Test
    void theRightsOfWhoLooksAreTheirs() {
        web.hospital.second = true;
        String surgery = "/services/" + FakeHospital.SURGERY;
        assertThat(web.browser().in("infirmiere").get(surgery).body()).contains("/admettre?lit=");
        web.hospital.roles = List.of("pharmacist");
        assertThat(web.browser().in("medecin").get(surgery).body()).doesNotContain("/admettre?lit=");
    }

    private static String beds(String page) {
        int from = page.indexOf("<div class=\"bar\">");
        int to = page.indexOf("<p class=\"small muted at\">");
        assertThat(from).isPositive();
        assertThat(to).isGreaterThan(from);
        return page.substring(from, to);
    }

    private Outcome<List<ResourceVersion>> folder() {
        return Outcome.done(List.copyOf(web.hospital.patient));
    }

    private static Boards.Source source(Outcome<List<ResourceVersion>> folder, long seconds) {
        WardPlace place = new WardPlace(FakeHospital.WARD, List.of(), "Médecine A", "", "", "", List.of());
        Map<ResourceId, Outcome<List<ResourceVersion>>> folders = new LinkedHashMap<>();
        folders.put(FakeHospital.PATIENT, folder);
        return new Boards.Source(
                new WardBoard(place, List.of(), List.of(), List.of(), 0, seconds * 1_000),
                List.of(),
                folders,
                Instant.ofEpochSecond(1_795_504_320L + seconds));
    }

    private Boards.Made ask(Boards.Look look, Boards.Source source) {
        return boards.of(look, source, this::made);
    }

    private Boards.Made made(Charts charts) {
        assertThat(charts.size()).isNotNegative();
        made.incrementAndGet();
        BoardView view = new BoardView(
                "",
                "",
                "",
                new BoardView.Figures(0, 0, 0, 0, 0, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                0);
        return Boards.Made.of(view, new byte[0]);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
