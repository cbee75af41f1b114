package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.record.RecordLimits;

/** What comes to application piece by piece. */
class ShowingTest extends OfficeBench {

    private static final Digest STATION = Digest.sha256(Bytes.ofText("station"));
    private static final Digest OTHER = Digest.sha256(Bytes.ofText("other"));

    private final Showing showing = new Showing(loop);

    private Outcome<Request.Approve> whole(Request.Approve request) {
        return showing.whole(STATION, shown(request));
    }

    private static Request.ApproveShown shown(Request.Approve request) {
        return new Request.ApproveShown(
                Digest.sha256(request.authorBytes()),
                request.signature(),
                Digest.sha256(request.draft().encode()),
                request.receipt());
    }

    private Outcome<?> show(Digest from, Bytes whole) {
        return showing.take(from, new Request.Show(Digest.sha256(whole), whole.size(), 0, whole));
    }

    private static Code refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Refusal refusal = ((Outcome.Refused<?>) outcome).refusal();
        return refusal.code();
    }

    @Test
    void aRequestShownInPiecesIsTheRequestThatWasMeant() {
        Request.Approve request = observation();
        show(STATION, request.authorBytes());
        show(STATION, request.draft().encode());

        assertThat(whole(request)).isEqualTo(Outcome.done(request));
    }

    @Test
    void whatIsNotAllHereIsToBeShownAgain() {
        Request.Approve request = observation();
        show(STATION, request.authorBytes());

        assertThat(refused(whole(request))).isEqualTo(Code.STALE);
    }

    @Test
    void whatAnotherStationShowedDoesNotCount() {
        Request.Approve request = observation();
        show(OTHER, request.authorBytes());
        show(OTHER, request.draft().encode());

        assertThat(refused(whole(request))).isEqualTo(Code.STALE);
    }

    @Test
    void bytesOfAnotherDigestDoNotCount() {
        Request.Approve request = observation();
        show(STATION, request.authorBytes());
        Bytes other = Bytes.ofText("something else");
        showing.take(STATION, new Request.Show(Digest.sha256(request.draft().encode()), other.size(), 0, other));

        assertThat(refused(whole(request))).isEqualTo(Code.STALE);
    }

    @Test
    void aPieceAfterAGapIsRefused() {
        Bytes piece = Bytes.wrap(new byte[RecordLimits.CHUNK_BYTES]);

        assertThat(refused(
                        showing.take(STATION, new Request.Show(Digest.ZERO, 1 << 20, RecordLimits.CHUNK_BYTES, piece))))
                .isEqualTo(Code.STALE);
    }

    @Test
    void oneByteMoreThanApplicationLooksAtIsRefused() {
        Bytes piece = Bytes.wrap(new byte[RecordLimits.CHUNK_BYTES]);

        assertThat(refused(showing.take(
                        STATION, new Request.Show(Digest.ZERO, MessageLimits.SHOWN_BYTES_MAX + 1L, 0, piece))))
                .isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void moreThanFitsInMemoryWaitsUntilTheOldIsForgotten() {
        Bytes piece = Bytes.wrap(new byte[RecordLimits.CHUNK_BYTES]);
        long room = OfficeLimits.SHOWN_BYTES_MAX / MessageLimits.SHOWN_BYTES_MAX;
        for (int i = 0; i < room; i++) {
            Digest whole = Digest.sha256(Bytes.of((byte) i));
            assertThat(showing.take(STATION, new Request.Show(whole, MessageLimits.SHOWN_BYTES_MAX, 0, piece))
                            .isDone())
                    .isTrue();
        }
        Request.Show more = new Request.Show(Digest.ZERO, MessageLimits.SHOWN_BYTES_MAX, 0, piece);

        assertThat(refused(showing.take(STATION, more))).isEqualTo(Code.BUSY);
        loop.pass(OfficeLimits.SHOWN_MILLIS + 1);
        assertThat(showing.take(STATION, more).isDone()).isTrue();
    }
}
