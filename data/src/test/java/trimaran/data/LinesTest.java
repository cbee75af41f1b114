package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.PeerId;
import trimaran.line.message.Request;

/** Who has a line to data, while the record says otherwise than a moment ago. */
class LinesTest {

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.WITNESS);
    private final Writing writing = new Writing(data.house);

    @BeforeEach
    void ground() {
        assertThat(data.serves(5000)).isTrue();
        writing.ground().forEach(data::append);
    }

    @Test
    void aStationMaySpeakOnceItsEnrolmentHasItsPlace() {
        PeerId other = new PeerId(FoundedHouse.digest("another station"));
        assertThat(data.keeper().maySpeak(other)).isFalse();
        data.append(writing.enrolment(other.keyDigest()));
        assertThat(data.keeper().maySpeak(other)).isTrue();
    }

    @Test
    void aStationIsHungUpOnWhoseCutIsPlacedThoughNobodyAnnouncedIt() {
        PlacingTier.Line station = data.line(Writing.STATION);
        assertThat(station.ask(new Request.Highest()).only().isDone()).isTrue();
        data.append(writing.cutStation());
        // It is told first, where it listens, and hung up on then.
        data.loops.runMillis(200);
        assertThat(station.isOpen()).isFalse();
        assertThat(data.keeper().maySpeak(Writing.STATION)).isFalse();
    }

    /** Handshakes ask from their own threads, and a table that grows meanwhile forgets for a moment whom it holds. */
    @Test
    void aHandshakeMeanwhileNeverSeesHalfARegistry() throws InterruptedException {
        AtomicBoolean placing = new AtomicBoolean(true);
        AtomicLong refused = new AtomicLong();
        Thread handshakes = Thread.ofPlatform().start(() -> {
            while (placing.get()) {
                if (!data.keeper().maySpeak(Writing.STATION)) {
                    refused.incrementAndGet();
                }
            }
        });
        for (int number = 0; number < 300; number++) {
            Digest line = FoundedHouse.digest("station " + number);
            data.append(writing.enrolment(line));
            assertThat(data.keeper().maySpeak(new PeerId(line))).isTrue();
        }
        placing.set(false);
        handshakes.join();
        assertThat(refused).hasValue(0);
    }
}
