package trimaran.drills;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Party;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * What the hospital's station says of the hulls on top of each page, as a browser gets it that nobody logged in at, twice a
 * second. A page that stays open asks for the same every 0.7 s. Where nothing says what to do and what works, a hull that is named
 * counts for nothing: nobody at a bed is helped by a name. MAY be asked from another thread.
 */
final class StationPage implements AutoCloseable {

    /**
     * A page, once read.
     *
     * @param sentence what the strip says of the hulls; empty where all is well
     * @param advice what stands beside it of what to do; empty where nothing does
     * @param works whether the page says of anything that it works
     */
    record Told(String sentence, String advice, boolean works) {

        /** Whether somebody who reads it knows how to go on. */
        boolean helps() {
            return !advice.isEmpty() && works;
        }
    }

    /** What the hospital promises: so long after a hull is ill every station says so, in plain French. */
    static final long SAID_MILLIS_MAX = 5_000;

    /** So much longer a page is looked at that says nothing in time: one that is slow is told from one that says nothing. */
    private static final long LATE_MILLIS = 3_000;

    private static final long LOOK_MILLIS = 500;

    /** For a hull that just came up to be told of as such. */
    private static final long CALM_SECONDS_MAX = 90;

    /** Of a hull that answers and lies; of one that is just being reached another thing is said. */
    private static final String LIE = "ne dit pas la même chose";

    private static final String LEFT_OUT = "ou pas à tout";

    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private static final Pattern STRIP = Pattern.compile("(?s)<div id=\"bandeau-coques\"[^>]*>(.*?)<main");
    private static final Pattern SENTENCE = Pattern.compile("<b>([^<]*)</b>([^<]*)");
    private static final Pattern WORKS = Pattern.compile("(?s)<ul class=\"[^\"]*\\bticks-ok\\b[^\"]*\">(.*?)</ul>");
    private static final Pattern ITEM = Pattern.compile("<span>[^<]*[^<\\s][^<]*</span>");

    private final URI page;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();
    private final Thread thread;
    private volatile boolean going = true;
    private @Nullable Party expected;
    private String how = "";
    private long expectedNanos;
    private String said = "";
    private Instant saidAt = Instant.EPOCH;
    private OptionalLong longestMillis = OptionalLong.empty();

    StationPage(TrialHospital hospital) {
        this(URI.create("http://localhost:" + hospital.port() + "/coques"));
    }

    StationPage(URI page) {
        this.page = page;
        this.thread = Thread.ofPlatform().daemon().start(this::keepLooking);
    }

    /** What is done to this tier is done now: the time until a page says so is measured. No page says so before. */
    void expect(Party tier) {
        Waiting.until(
                CALM_SECONDS_MAX,
                "no page says that " + tier.word() + " is ill",
                () -> told().map(one -> !names(one.sentence(), tier)).orElse(false));
        expect(tier, "");
    }

    /** The same where it is ill already, so that a page may say so by now: whoever was told early was told in time. */
    void expectByNow(Party tier) {
        expect(tier, "");
    }

    /** The same of what it leaves out, in the words for that. */
    void expectLeftOut(Party tier) {
        expect(tier);
        expect(tier, LEFT_OUT);
    }

    /** The station began anew: what it says of this lie it heard since. */
    synchronized void expectLie(Party tier) {
        expect(tier, LIE);
    }

    private synchronized void expect(Party tier, String words) {
        expected = tier;
        how = words;
        expectedNanos = System.nanoTime();
    }

    /** Nobody heard anything that could be said. */
    synchronized void expectNothing() {
        expected = null;
    }

    /** Waits until a page says it, or until it is late even for a slow one; whether it was said in time. */
    boolean isSaidInTime() {
        while (!isSaid() && lateMillis() <= LATE_MILLIS) {
            Waiting.pause(LOOK_MILLIS / 5);
        }
        return isSaid() && longestMillis().orElse(0) <= SAID_MILLIS_MAX;
    }

    /** The same of a lie the station heard then: before, there is nothing it could say. */
    boolean isLieSaidInTime(Instant heard) {
        while (!isSaid() && Instant.now().isBefore(heard.plusMillis(SAID_MILLIS_MAX))) {
            Waiting.pause(LOOK_MILLIS / 5);
        }
        synchronized (this) {
            if (expected == null) {
                longestMillis = OptionalLong.of(
                        Math.max(0, Duration.between(heard, saidAt).toMillis()));
            }
            return expected == null && longestMillis.orElse(0) <= SAID_MILLIS_MAX;
        }
    }

    /** How much too late it is for what is not said. */
    private synchronized long lateMillis() {
        return (System.nanoTime() - expectedNanos) / 1_000_000 - SAID_MILLIS_MAX;
    }

    /** Whether a page said what was expected last. */
    synchronized boolean isSaid() {
        return expected == null;
    }

    /** From what was done to what a page said: the longest, where it was done several times. Empty if no page said anything. */
    synchronized OptionalLong longestMillis() {
        return longestMillis;
    }

    /** The sentence, as somebody at the station reads it. */
    synchronized String said() {
        return said;
    }

    private void keepLooking() {
        while (going) {
            Waiting.pause(LOOK_MILLIS);
            if (isSaid()) {
                continue;
            }
            long begun = System.nanoTime();
            told().ifPresent(told -> heard(told, begun));
        }
    }

    private synchronized void heard(Told told, long begun) {
        Party tier = expected;
        String sentence = told.sentence();
        boolean isIt = tier != null && names(sentence, tier) && sentence.contains(how) && told.helps();
        if (isIt && begun - expectedNanos >= 0) {
            long millis = (System.nanoTime() - expectedNanos) / 1_000_000;
            longestMillis = OptionalLong.of(Math.max(millis, longestMillis.orElse(0)));
            said = sentence;
            saidAt = Instant.now();
            expected = null;
        }
    }

    /** Empty where there is no page: a station that does not run says nothing. */
    private Optional<Told> told() {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(page)
                            .header("Accept-Language", "fr")
                            .timeout(ANSWER_MAX)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(told(answer.body())) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What a page says of the hulls, for those who read it. */
    static Told told(String page) {
        Matcher strip = STRIP.matcher(page);
        if (!strip.find()) {
            throw new IllegalStateException("a page without a strip for the hulls: " + page);
        }
        Matcher works = WORKS.matcher(page);
        boolean hasWorks = works.find()
                && ITEM.matcher(Objects.requireNonNull(works.group(1))).find();
        Matcher sentence = SENTENCE.matcher(Objects.requireNonNull(strip.group(1)));
        return sentence.find()
                ? new Told(
                        Objects.requireNonNull(sentence.group(1)),
                        Objects.requireNonNull(sentence.group(2)).strip(),
                        hasWorks)
                : new Told("", "", hasWorks);
    }

    /** Whether a sentence of the strip is about this tier, by the name people know it by. */
    static boolean names(String sentence, Party tier) {
        String name = switch (tier) {
            case ACCESS -> "Accès";
            case APPLICATION -> "Application";
            case DATA -> "Données";
            case WITNESS -> "Témoin";
        };
        return Pattern.compile("(La coque|Les coques) .*\\b" + name + "\\b", Pattern.UNICODE_CHARACTER_CLASS)
                .matcher(sentence)
                .find();
    }

    @Override
    public void close() {
        going = false;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
