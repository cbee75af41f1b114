package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.RecordLimits;

/** Whoever brings pieces has room and items of its own, and spoils nothing another brings. */
class StagedByTest extends StagingBench {

    @Test
    void oneLineFillsItsShareAndNoOthers() {
        restart(new Forgetful());
        Bytes piece = Bytes.wrap(new byte[CHUNK]);
        long pieces = Staging.LINE_BYTES_MAX / CHUNK;
        for (long i = 0; i < pieces; i++) {
            assertThat(answer(unnamed(i, piece)).isDone()).isTrue();
        }
        assertThat(code(answer(unnamed(pieces, piece)))).isEqualTo(Code.BUSY);
        assertThat(answer(unnamed(pieces, piece), line(1)).isDone()).isTrue();
    }

    @Test
    void oneLineHasNoMoreItemsThanItsShare() {
        noMoreItems(AUTHOR, Staging.LINE_ITEMS_MAX, line(1));
    }

    @Test
    void whatIsFetchedFromOneTierLeavesRoomForTheOther() {
        noMoreItems(FETCH, Staging.FETCHED_ITEMS_MAX, new StagedBy.Fetch(Party.APPLICATION));
        restart(new Forgetful());
        Bytes piece = Bytes.wrap(new byte[CHUNK]);
        long pieces = Staging.FETCHED_BYTES_MAX / CHUNK;
        for (long i = 0; i < pieces; i++) {
            staging.stage(unnamed(i, piece), FETCH, answer -> {});
        }
        assertThat(code(answer(unnamed(pieces, piece), FETCH))).isEqualTo(Code.BUSY);
        assertThat(answer(unnamed(pieces, piece), new StagedBy.Fetch(Party.APPLICATION))
                        .isDone())
                .isTrue();
    }

    private void noMoreItems(StagedBy by, int max, StagedBy other) {
        restart(new Forgetful());
        Bytes piece = Bytes.wrap(new byte[1]);
        List<Outcome<Response>> answers = new ArrayList<>();
        for (int i = 0; i < max; i++) {
            staging.stage(unnamed(i, piece), by, answers::add);
        }
        loops.runMillis(Staging.GATHER_MILLIS + 1);
        assertThat(answers).hasSize(max).allMatch(Outcome::isDone);
        assertThat(code(answer(unnamed(max, piece), by))).isEqualTo(Code.BUSY);
        assertThat(answer(unnamed(max, piece), other).isDone()).isTrue();
    }

    @Test
    void whatIsFetchedIsNotSpoiltByWhatALineStages() {
        assertThat(answer(request(large, 0), FETCH).isDone()).isTrue();
        assertThat(answer(new Request.Stage(name, 1, 0, Bytes.of((byte) 1))).isDone())
                .isTrue();
        stage(name, content(2, large.size()), 0, 1);
        assertThat(answer(request(large, 1), FETCH).isDone()).isTrue();
        assertThat(answer(request(large, 2), FETCH).isDone()).isTrue();
        assertThat(staging.content(name)).contains(large);
    }

    @Test
    void whoComesSecondFinishesFirstWhereTheFirstBroughtJunk() {
        stage(name, content(2, large.size() + 3 * CHUNK), 0, 1, 4);
        for (int number = 0; number < 3; number++) {
            assertThat(answer(request(large, number), FETCH).isDone()).isTrue();
        }
        assertThat(staging.content(name)).contains(large);
        assertThat(pieces()).as("the junk is gone").isEqualTo(3);
        stage(name, content(2, large.size() + 3 * CHUNK), 2);
        restart(disk.snapshotDurable());
        assertThat(staging.content(name)).contains(large);
        store.write(staging.adopt(name));
        assertThat(blobs.whole(name)).contains(large);
        assertThat(pieces()).isEqualTo(3);
    }

    @Test
    void aLargeOneIsMovedWholeToWhereItStays() {
        Bytes many = content(9, Staging.MOVED_MAX * CHUNK + 1);
        Digest all = Digest.sha256(many);
        stage(all, content(2, 5), 0);
        stage(all, content(2, many.size() + CHUNK), 0, 1);
        for (int number = 0; number <= Staging.MOVED_MAX; number++) {
            assertThat(answer(request(many, number), FETCH).isDone()).isTrue();
        }
        restart(disk.snapshotDurable());
        assertThat(staging.content(all)).contains(many);
        assertThat(pieces()).isEqualTo(Staging.MOVED_MAX + 1);
    }

    @Test
    void noPieceReachesBeyondTheLargestBlob() {
        Bytes piece = Bytes.wrap(new byte[CHUNK]);
        long max = RecordLimits.BLOB_BYTES_MAX;
        assertThat(answer(new Request.Stage(name, max, max - CHUNK, piece)).isDone())
                .isTrue();
        assertThat(code(answer(new Request.Stage(name, max + CHUNK, max, piece))))
                .isEqualTo(Code.MALFORMED);
    }
}
