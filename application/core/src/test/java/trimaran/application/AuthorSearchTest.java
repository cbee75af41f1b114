package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;

/** Who wrote something is looked for from the newest part back, a little at a time, and not without end. */
final class AuthorSearchTest {

    private final FakeCells cells = new FakeCells();
    private final CellId cell = new CellId(0, 1);

    private ResourceId written(CellId where, long local) {
        ResourceId id = new ResourceId(where, local);
        cells.written.put(id, new CellSource.Written(2, Draft.Action.UPDATE, Digest.ZERO, true));
        return id;
    }

    @Test
    void theNewestCountsAndNothingOlderIsLookedAt() {
        written(cell, 1);
        ResourceId second = written(cell, 2);
        written(cell, 3);
        AuthorSearch search = new AuthorSearch(cells, List.of(second));
        assertThat(search.step()).isTrue();
        assertThat(search.found(second)).isPresent();
        assertThat(cells.walked).isEqualTo(2);
    }

    @Test
    void eachCellIsLookedThroughForItsOwn() {
        CellId other = new CellId(0, 2);
        ResourceId here = written(cell, 1);
        ResourceId there = written(other, 1);
        AuthorSearch search = new AuthorSearch(cells, List.of(here, there));
        assertThat(search.step()).isTrue();
        assertThat(search.found(here)).isPresent();
        assertThat(search.found(there)).isPresent();
    }

    @Test
    void whatIsNowhereIsNotFound() {
        written(cell, 1);
        ResourceId nowhere = new ResourceId(cell, 7);
        AuthorSearch search = new AuthorSearch(cells, List.of(nowhere));
        assertThat(search.step()).isTrue();
        assertThat(search.found(nowhere)).isEmpty();
        assertThat(new AuthorSearch(cells, List.of()).step()).isTrue();
    }

    @Test
    void aStepLooksAtSoManyPartsAndNoMore() {
        ResourceId id = written(cell, 1);
        cells.since = AuthorSearch.PARTS_AT_ONCE;
        AuthorSearch search = new AuthorSearch(cells, List.of(id));
        assertThat(search.step()).isFalse();
        assertThat(cells.walked).isEqualTo(AuthorSearch.PARTS_AT_ONCE);
        assertThat(search.step()).isTrue();
        assertThat(search.found(id)).isPresent();
    }

    @Test
    void allStepsTogetherLookAtSoManyPartsAndNoMore() {
        ResourceId id = written(cell, 1);
        cells.since = AuthorSearch.PARTS_MAX - 1;
        assertThat(walk(id).found(id)).isPresent();
        cells.walked = 0;
        cells.since = AuthorSearch.PARTS_MAX;
        assertThat(walk(id).found(id)).isEmpty();
        assertThat(cells.walked).isEqualTo(AuthorSearch.PARTS_MAX);
    }

    private AuthorSearch walk(ResourceId id) {
        AuthorSearch search = new AuthorSearch(cells, List.of(id));
        for (int i = 0; i <= AuthorSearch.PARTS_MAX / AuthorSearch.PARTS_AT_ONCE && !search.step(); i++) {
            assertThat(search.found(id)).isEmpty();
        }
        return search;
    }
}
