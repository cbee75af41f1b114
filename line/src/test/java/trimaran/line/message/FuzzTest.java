package trimaran.line.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.PartContent;
import trimaran.record.Place;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * Messages and record formats from foreign bytes: a value or a {@link MalformedException}, never anything else, and one
 * encoding per value. {@code -Dseed=} replays, {@code -Dfuzz.millis=} asks for more.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("seed", new Random().nextLong());
    private static final long TEST_MILLIS = Long.getLong("fuzz.millis", 3000);
    private static final int ROUNDS_MIN = 20_000;

    static {
        System.out.println("line.message FuzzTest -Dseed=" + SEED);
    }

    private final Random random = new Random(SEED);
    private int accepted;
    private int refused;

    /** Reads bytes, and writes what they were read as. */
    private interface Reading {
        Bytes again(Bytes source) throws MalformedException;
    }

    private record Sample(String name, Bytes good, Reading reading) {}

    @Test
    void everyMessageAndStatementHasASample() {
        assertSampled(Request.class, MessageSamples.requests());
        assertSampled(Response.class, MessageSamples.responses());
        assertSampled(Push.class, MessageSamples.pushes());
        assertSampled(BuddyRequest.class, BuddySamples.requests());
        assertSampled(BuddyResponse.class, BuddySamples.responses());
        assertSampled(Statement.class, RecordSamples.statements());
    }

    @Test
    void everySampleIsReadAsItWasWritten() throws MalformedException {
        for (Sample sample : samples()) {
            assertThat(sample.reading().again(sample.good())).as(sample.name()).isEqualTo(sample.good());
        }
        for (Request request : MessageSamples.requests()) {
            assertThat(RequestCodec.decode(RequestCodec.encode(request))).isEqualTo(request);
        }
        for (Response response : MessageSamples.responses()) {
            assertThat(ResponseCodec.decode(ResponseCodec.encode(response))).isEqualTo(response);
        }
        for (Push push : MessageSamples.pushes()) {
            assertThat(PushCodec.decode(PushCodec.encode(push))).isEqualTo(push);
        }
        for (BuddyRequest request : BuddySamples.requests()) {
            assertThat(BuddyCodec.decodeRequest(BuddyCodec.encode(request))).isEqualTo(request);
        }
        for (BuddyResponse response : BuddySamples.responses()) {
            assertThat(BuddyCodec.decodeResponse(BuddyCodec.encode(response))).isEqualTo(response);
        }
        for (Statement statement : RecordSamples.statements()) {
            assertThat(Statement.decode(statement.encode())).isEqualTo(statement);
        }
    }

    @Test
    void mutatedBytesGiveAValueWithOneEncodingOrARefusal() {
        List<Sample> samples = samples();
        long end = System.nanoTime() + TEST_MILLIS * 1_000_000;
        for (int round = 0; round < ROUNDS_MIN || System.nanoTime() < end; round++) {
            Sample sample = samples.get(random.nextInt(samples.size()));
            attempt(sample, mutated(sample.good().toArray()));
        }
        assertThat(accepted).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void aHugeLengthAnywhereAllocatesNothingOfThatSize() {
        // Each is more than the heap of a test: an allocation of that size would end it.
        for (Sample sample : samples()) {
            for (int at = 0; at + 4 <= sample.good().size(); at++) {
                for (int first : new int[] {0x7f, 0x80, 0xff}) {
                    byte[] bytes = sample.good().toArray();
                    bytes[at] = (byte) first;
                    bytes[at + 1] = bytes[at + 2] = bytes[at + 3] = (byte) 0xff;
                    attempt(sample, bytes);
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void everyPrefixAndAnyMoreBytesAreRefused() {
        for (Sample sample : samples()) {
            accepted = 0;
            for (int end = 0; end < sample.good().size(); end++) {
                attempt(
                        sample,
                        Bytes.ofRange(sample.good().unsafeArray(), 0, end).toArray());
            }
            attempt(sample, new Writer().raw(sample.good().unsafeArray()).u8(0).toArray());
            assertThat(accepted).as(sample.name()).isZero();
        }
    }

    private void attempt(Sample sample, byte[] bytes) {
        Bytes source = Bytes.of(bytes);
        try {
            assertThat(sample.reading().again(source)).isEqualTo(source);
            accepted++;
        } catch (MalformedException wrong) {
            assertThat(wrong.getMessage()).isNotEmpty();
            refused++;
        } catch (RuntimeException | AssertionError fault) {
            throw new AssertionError("-Dseed=" + SEED + " " + sample.name() + " on " + source.hex(), fault);
        }
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        MessageSamples.requests()
                .forEach(one -> samples.add(new Sample(
                        name(one),
                        RequestCodec.encode(one),
                        source -> RequestCodec.encode(RequestCodec.decode(source)))));
        MessageSamples.responses()
                .forEach(one -> samples.add(new Sample(
                        name(one),
                        ResponseCodec.encode(one),
                        source -> ResponseCodec.encode(ResponseCodec.decode(source)))));
        MessageSamples.pushes()
                .forEach(one -> samples.add(new Sample(
                        name(one), PushCodec.encode(one), source -> PushCodec.encode(PushCodec.decode(source)))));
        addBuddies(samples);
        RecordSamples.statements()
                .forEach(one -> samples.add(new Sample(
                        name(one),
                        one.encode(),
                        source -> Statement.decode(source).encode())));
        RecordSamples.headers().forEach(one -> samples.add(new Sample("Header", one.encode(), FuzzTest::headerAgain)));
        RecordSamples.places()
                .forEach(one -> samples.add(new Sample(
                        "Place", one.encode(), source -> Place.decode(source).encode())));
        samples.add(new Sample(
                "SignedStatement",
                RecordSamples.signedStatement().encode(),
                source -> SignedStatement.decode(source).encode()));
        samples.add(new Sample(
                "AuthorPart",
                RecordSamples.author().encode(),
                source -> AuthorPart.decode(source).encode()));
        samples.add(new Sample(
                "Held",
                encoded(RecordSamples.held(Party.ACCESS)),
                source -> encoded(Reader.whole(source, Held::read))));
        samples.add(new Sample(
                "Annex",
                RecordSamples.annex().encode(),
                source -> Annex.decode(source).encode()));
        samples.add(new Sample(
                "Escrow",
                RecordSamples.escrow().encode(),
                source -> Escrow.decode(source).encode()));
        samples.add(new Sample(
                "PartContent",
                RecordSamples.content().encode(),
                source -> PartContent.decode(source).encode()));
        samples.add(new Sample(
                "Draft",
                MessageSamples.draft().encode(),
                source -> Draft.decode(source).encode()));
        return samples;
    }

    private static void addBuddies(List<Sample> samples) {
        BuddySamples.requests()
                .forEach(one -> samples.add(new Sample(
                        name(one),
                        BuddyCodec.encode(one),
                        source -> BuddyCodec.encode(BuddyCodec.decodeRequest(source)))));
        BuddySamples.responses()
                .forEach(one -> samples.add(new Sample(
                        name(one),
                        BuddyCodec.encode(one),
                        source -> BuddyCodec.encode(BuddyCodec.decodeResponse(source)))));
    }

    /** The author part is written anew, too: the header itself keeps its bytes as they came. */
    private static Bytes headerAgain(Bytes source) throws MalformedException {
        Header header = Reader.whole(source, Header::read);
        assertThat(header.author().encode()).isEqualTo(header.authorBytes());
        return header.encode();
    }

    private static Bytes encoded(Held held) {
        Writer writer = new Writer();
        held.write(writer);
        return writer.toBytes();
    }

    private static String name(Object value) {
        return value.getClass().getSimpleName();
    }

    private static void assertSampled(Class<?> family, Collection<?> samples) {
        Set<Class<?>> missing = new HashSet<>();
        for (Class<?> permitted : Objects.requireNonNull(family.getPermittedSubclasses())) {
            missing.add(permitted);
        }
        samples.forEach(sample -> missing.remove(sample.getClass()));
        assertThat(missing.stream().map(Class::getSimpleName).collect(Collectors.toSet()))
                .isEmpty();
    }

    /** Up to three changes: a bit, a byte, a number, a piece removed, doubled or moved. */
    private byte[] mutated(byte[] good) {
        byte[] bytes = good;
        for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            int until = Math.min(bytes.length, at + 1 + random.nextInt(random.nextInt(8) == 0 ? 64 : 8));
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
                case 3 -> Arrays.fill(bytes, at, until, (byte) (random.nextBoolean() ? 0 : 0xff));
                case 4 -> bytes = joined(bytes, at, bytes, until);
                case 5 -> bytes = joined(bytes, until, bytes, at);
                default -> bytes[at] = bytes[random.nextInt(bytes.length)];
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] head, int headEnd, byte[] tail, int tailBegin) {
        return new Writer(headEnd + tail.length)
                .raw(Bytes.ofRange(head, 0, headEnd).toArray())
                .raw(Bytes.ofRange(tail, tailBegin, tail.length).toArray())
                .toArray();
    }
}
