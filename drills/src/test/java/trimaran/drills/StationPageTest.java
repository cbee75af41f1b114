package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimaran.kernel.Party;
import trimaran.trial.Waiting;

/** What a page says of the hulls is read as a person reads it, and measured from what was done to when it was said. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StationPageTest {

    private static final String DATA = "La coque Données ne répond plus depuis 14:05. Le service continue.";
    private static final String ADVICE = "Lisez et saisissez comme d’habitude.";
    private static final String WORKS = "Lire les dossiers de votre service";

    @Test
    void theSentenceOfTheStripIsTheOneThatCounts() {
        assertThat(StationPage.told(page(DATA)).sentence()).isEqualTo(DATA);
        assertThat(StationPage.told(page("")).sentence()).isEmpty();
        assertThatThrownBy(() -> StationPage.told("<html>a page of somebody else</html>"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatToDoStandsBesideTheSentenceAndWhatWorksOnThePage() {
        assertThat(StationPage.told(page(DATA))).isEqualTo(new StationPage.Told(DATA, ADVICE, true));
        assertThat(StationPage.told(page(DATA)).helps()).isTrue();
        assertThat(StationPage.told(page(DATA, "", WORKS)).helps()).isFalse();
        assertThat(StationPage.told(page(DATA, ADVICE, " ")).helps()).isFalse();
        assertThat(StationPage.told(page(DATA, ADVICE, WORKS).replace("ticks-ok ", ""))
                        .helps())
                .as("a list of what waits alone")
                .isFalse();
    }

    /** A name helps nobody at a bed who is not told how to go on. */
    @ParameterizedTest
    @CsvSource({"'', Lire", "Lisez., ''"})
    void aHullThatIsNamedWithoutWhatToDoOrWhatWorksIsNotSaid(String advice, String works) throws Exception {
        try (Pages pages = new Pages();
                StationPage page = new StationPage(pages.address())) {
            pages.advice = advice;
            pages.works = works;
            page.expect(Party.DATA);
            pages.sentence = DATA;
            Waiting.pause(1_500);
            assertThat(page.isSaid()).isFalse();
            pages.advice = ADVICE;
            pages.works = WORKS;
            assertThat(page.isSaidInTime()).isTrue();
            assertThat(page.longestMillis().orElse(0)).isGreaterThanOrEqualTo(1_500L);
        }
    }

    @Test
    void aHullIsNamedByTheNamePeopleKnowItBy() {
        assertThat(StationPage.names(DATA, Party.DATA)).isTrue();
        assertThat(StationPage.names(DATA, Party.ACCESS)).isFalse();
        assertThat(StationPage.names("Les coques Accès et Données ne répondent plus.", Party.ACCESS))
                .isTrue();
        assertThat(StationPage.names("La coque Accès répond lentement.", Party.ACCESS))
                .isTrue();
        assertThat(StationPage.names("Données du patient", Party.DATA)).isFalse();
        assertThat(StationPage.names("", Party.DATA)).isFalse();
    }

    @Test
    void whatIsSaidInTimeIsMeasured() throws Exception {
        try (Pages pages = new Pages();
                StationPage page = new StationPage(pages.address())) {
            page.expect(Party.DATA);
            Waiting.pause(600);
            pages.sentence = DATA;
            assertThat(page.isSaidInTime()).isTrue();
            assertThat(page.longestMillis().orElse(0)).isBetween(600L, StationPage.SAID_MILLIS_MAX);
            assertThat(page.said()).isEqualTo(DATA);
        }
    }

    /** Another hull's illness is not this one's, and what is said too late was not said in time, though the time is kept. */
    @Test
    void whatIsSaidLateOrOfAnotherHullIsNotSaidInTime() throws Exception {
        try (Pages pages = new Pages();
                StationPage page = new StationPage(pages.address())) {
            page.expect(Party.ACCESS);
            pages.sentence = DATA;
            assertThat(page.isSaidInTime()).isFalse();
            assertThat(page.isSaid()).isFalse();
            assertThat(page.longestMillis()).isEmpty();
            pages.sentence = "La coque Accès ne répond plus depuis 14:05.";
            Waiting.until(10, "it is said", () -> page.longestMillis().isPresent());
            assertThat(page.isSaidInTime()).isFalse();
            assertThat(page.longestMillis().orElse(0)).isGreaterThan(StationPage.SAID_MILLIS_MAX);
            assertThat(page.isSaid()).isTrue();
        }
    }

    /** A page that is slow says nothing in time, and is told from one that says nothing at all. */
    @Test
    void whatIsSaidALittleLateIsStillHeard() throws Exception {
        try (Pages pages = new Pages();
                StationPage page = new StationPage(pages.address())) {
            page.expect(Party.ACCESS);
            Thread.ofPlatform().daemon().start(() -> {
                Waiting.pause(StationPage.SAID_MILLIS_MAX + 500);
                pages.sentence = "La coque Accès ne répond plus depuis 14:05.";
            });
            assertThat(page.isSaidInTime()).isFalse();
            assertThat(page.isSaid()).isTrue();
        }
    }

    /** Of a lie it counts from when it was heard, and another sentence about the hull is not the one. */
    @Test
    void aLieIsMeasuredFromWhenItWasHeard() throws Exception {
        try (Pages pages = new Pages();
                StationPage page = new StationPage(pages.address())) {
            page.expectLie(Party.DATA);
            pages.sentence = DATA;
            Waiting.pause(1_500);
            assertThat(page.longestMillis()).isEmpty();
            Instant heard = Instant.now();
            pages.sentence = "La coque Données ne dit pas la même chose que les autres depuis 14:05.";
            assertThat(page.isLieSaidInTime(heard)).isTrue();
            assertThat(page.longestMillis().orElse(-1)).isBetween(0L, StationPage.SAID_MILLIS_MAX);

            page.expectLie(Party.ACCESS);
            assertThat(page.isLieSaidInTime(Instant.now())).isFalse();
        }
    }

    /** What the page said before proves nothing. */
    @Test
    void thePageIsCalmBeforeItIsMeasured() throws Exception {
        try (Pages pages = new Pages();
                StationPage page = new StationPage(pages.address())) {
            pages.sentence = DATA;
            Thread calming = Thread.ofPlatform().daemon().start(() -> {
                Waiting.pause(900);
                pages.sentence = "";
            });
            page.expect(Party.DATA);
            assertThat(pages.sentence).isEmpty();
            calming.join();
            assertThat(page.isSaidInTime()).isFalse();
        }
    }

    private static String page(String sentence) {
        return page(sentence, ADVICE, WORKS);
    }

    /** As the station writes it: a link stands in the strip in any case, and what waits is a list as well. */
    private static String page(String sentence, String advice, String works) {
        String strip = sentence.isEmpty()
                ? ""
                : "<div class=\"strip \"><svg></svg><div><b>" + sentence + "</b> " + advice
                        + " <a href=\"/coques\">Détail des coques</a></div>\n</div>\n";
        return "<html><body><b>Trimaran</b><div id=\"bandeau-coques\" role=\"status\">\n" + strip
                + "</div><main id=\"contenu\"><b>La coque Données</b><ul class=\"panel-b ticks ticks-ok small\">\n<li><svg></svg><span>"
                + works
                + "</span></li>\n</ul><ul class=\"panel-b ticks small\"><li><span>Rien n’attend.</span></li></ul>"
                + "</main></body></html>";
    }

    /** A station that has one page. */
    private static final class Pages implements AutoCloseable {
        private final ServerSocket door;
        private volatile String sentence = "";
        private volatile String advice = ADVICE;
        private volatile String works = WORKS;

        Pages() throws IOException {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofPlatform().daemon().start(this::serve);
        }

        URI address() {
            return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + door.getLocalPort()
                    + "/coques");
        }

        private void serve() {
            while (!door.isClosed()) {
                try (Socket one = door.accept()) {
                    byte[] body = page(sentence, advice, works).getBytes(StandardCharsets.UTF_8);
                    one.getInputStream().read(new byte[8 << 10]);
                    OutputStream out = one.getOutputStream();
                    out.write(
                            ("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\nContent-Length: "
                                            + body.length + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    out.write(body);
                    out.flush();
                } catch (IOException closed) {
                    // The test is over, or the browser went.
                }
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
