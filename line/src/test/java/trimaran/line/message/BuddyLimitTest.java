package trimaran.line.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimaran.line.message.RecordSamples.digest;

import java.util.Collections;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.line.LineLimits;
import trimaran.record.RecordLimits;

/** Each limit of what stations say to one another: as much as it says is read, one more is refused. */
class BuddyLimitTest {

    private static void assertRequestLimit(int max, IntFunction<BuddyRequest> of) throws MalformedException {
        Bytes most = BuddyCodec.encode(of.apply(max));
        assertThat(most.size()).isLessThanOrEqualTo(LineLimits.PAYLOAD_MAX_BYTES);
        assertThat(BuddyCodec.decodeRequest(most)).isEqualTo(of.apply(max));
        assertThatThrownBy(() -> BuddyCodec.decodeRequest(BuddyCodec.encode(of.apply(max + 1))))
                .isInstanceOf(MalformedException.class);
    }

    private static void assertResponseLimit(int max, IntFunction<BuddyResponse> of) throws MalformedException {
        Bytes most = BuddyCodec.encode(of.apply(max));
        assertThat(most.size()).isLessThanOrEqualTo(LineLimits.PAYLOAD_MAX_BYTES);
        assertThat(BuddyCodec.decodeResponse(most)).isEqualTo(of.apply(max));
        assertThatThrownBy(() -> BuddyCodec.decodeResponse(BuddyCodec.encode(of.apply(max + 1))))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aPieceIsOneOfAStagedBlob() throws MalformedException {
        assertRequestLimit(
                RecordLimits.CHUNK_BYTES,
                size -> new BuddyRequest.Keep(digest("whole"), 9, 4, Bytes.wrap(new byte[size])));
        assertRequestLimit(
                RecordLimits.CHUNK_BYTES,
                size -> new BuddyRequest.KeepCopy(
                        BuddySamples.COPY, digest("whole"), 9, 4, Bytes.wrap(new byte[size])));
    }

    @Test
    void leavingsAreAsManyAsAMessageNames() throws MalformedException {
        assertRequestLimit(
                MessageLimits.ENTRIES_MAX,
                count -> new BuddyRequest.Leave(Collections.nCopies(count, digest("entry"))));
        assertRequestLimit(
                MessageLimits.ENTRIES_MAX, count -> new BuddyRequest.Lost(Collections.nCopies(count, digest("entry"))));
    }

    @Test
    void whatIsKeptIsAsMuchAsAnOutboxHolds() throws MalformedException {
        assertResponseLimit(
                MessageLimits.BUDDY_ENTRIES_MAX,
                count -> new BuddyResponse.Kept(Collections.nCopies(count, digest("entry"))));
    }

    @Test
    void copiesAreOneOfEachWard() throws MalformedException {
        assertRequestLimit(
                MessageLimits.BUDDY_COPIES_MAX,
                count -> new BuddyRequest.Copies(BuddySamples.BADGE, Collections.nCopies(count, BuddySamples.COPY)));
        assertResponseLimit(
                MessageLimits.BUDDY_COPIES_MAX,
                count -> new BuddyResponse.Lacking(Collections.nCopies(count, BuddySamples.COPY)));
    }

    @Test
    void noTierReadsWhatAStationAsksAndNoStationATiersRequest() {
        for (BuddyRequest request : BuddySamples.requests()) {
            assertThatThrownBy(() -> RequestCodec.decode(BuddyCodec.encode(request)))
                    .isInstanceOf(MalformedException.class);
        }
        for (Request request : MessageSamples.requests()) {
            assertThatThrownBy(() -> BuddyCodec.decodeRequest(RequestCodec.encode(request)))
                    .isInstanceOf(MalformedException.class);
        }
        for (Response response : MessageSamples.responses()) {
            assertThatThrownBy(() -> BuddyCodec.decodeResponse(ResponseCodec.encode(response)))
                    .isInstanceOf(MalformedException.class);
        }
    }
}
