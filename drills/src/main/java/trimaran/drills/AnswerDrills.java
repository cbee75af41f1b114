package trimaran.drills;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.trial.Waiting;

/**
 * A tier whose program was altered under its true key, so that it gives signs of life as ever, says nothing that is false, and answers
 * stations late, or not always. It is in nobody's way but in that of who asks it.
 */
final class AnswerDrills {

    /** Later than a station waits before it says that a hull is slow, and earlier than it gives an ordinary question up. */
    private static final long LATE_MILLIS = 4_000;

    /** A tier that is known to be ill is asked last, so that it hears little more than the question after its name, once a second. */
    private static final long ILL_MILLIS = 20_000;

    /** Questions that were dealt with so, for the attack to have been one. */
    private static final int ILL_MIN = 4;

    private AnswerDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        for (Party party : Party.TIERS) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "late-answers-" + word,
                    "44",
                    "the program of " + word
                            + ", altered under its true key: it beats as ever and answers stations four seconds late",
                    "the ward goes on, never five seconds without a write, and its station says so within five seconds",
                    scene -> ill(scene, party, "answers late", 1, LATE_MILLIS)));
            drills.add(Drill.withstood(
                    "some-answers-" + word,
                    "44",
                    "the program of " + word
                            + ", altered under its true key: it beats as ever and answers stations every other question",
                    "the ward goes on, never five seconds without a write, and its station says so within five seconds",
                    scene -> ill(scene, party, "answers only some", 2, Impostor.Lies.NEVER)));
        }
        return drills;
    }

    /** One question in so many of stations is answered so much later, or never. Its counts MAY be read from any thread. */
    private static final class Illness implements Impostor.Lies {
        private final Set<Digest> stations;
        private final int oneIn;
        private final long laterMillis;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger ill = new AtomicInteger();
        private volatile boolean begun;

        Illness(Set<Digest> stations, int oneIn, long laterMillis) {
            this.stations = stations;
            this.oneIn = oneIn;
            this.laterMillis = laterMillis;
        }

        @Override
        public long laterMillis(Digest caller, Request request) {
            if (!begun || !stations.contains(caller) || asked.incrementAndGet() % oneIn != 0) {
                return 0;
            }
            ill.incrementAndGet();
            return laterMillis;
        }
    }

    private static void ill(Scene scene, Party party, String how, int oneIn, long laterMillis) throws IOException {
        Digest station = AlteredTier.station(scene.hospital().home()).peerId().keyDigest();
        Illness illness = new Illness(Set.of(station), oneIn, laterMillis);
        try (AlteredTier altered = AlteredTier.of(scene, party, illness)) {
            scene.awaitCare("beside an altered " + party.word());
            scene.expectSaid(party);
            scene.strike();
            illness.begun = true;
            scene.requireSaid(party, how);
            Waiting.pause(ILL_MILLIS);
            scene.awaitCare("beside a " + party.word() + " that " + how);
            scene.stopMeasuring();
            scene.evidence(
                    illness.ill.get() >= ILL_MIN && altered.broken().isEmpty(),
                    party.word() + " " + how + ": " + illness.ill + " of " + illness.asked + " questions of the station"
                            + altered.broken());
            illness.begun = false;
        }
    }
}
