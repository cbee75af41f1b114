package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;
import trimaran.line.message.Draft;

/** The present version of a resource is the one the newest part wrote. */
final class CellSourceTest {

    private final List<Long> asked = new ArrayList<>();

    private Map<Long, CellSource.Written> find(Map<Long, Map<Long, Long>> parts, Set<Long> locals) {
        return CellSource.newest(parts.size(), locals, part -> {
            asked.add(part);
            Map<Long, CellSource.Written> wrote = new HashMap<>();
            parts.getOrDefault(part, Map.of())
                    .forEach((local, version) ->
                            wrote.put(local, new CellSource.Written(version, Draft.Action.UPDATE, Digest.ZERO, true)));
            return wrote;
        });
    }

    @Test
    void theNewestCountsAndNothingOlderIsLookedAt() {
        Map<Long, Map<Long, Long>> parts = Map.of(
                0L, Map.of(1L, 1L),
                1L, Map.of(1L, 2L, 2L, 1L),
                2L, Map.of(2L, 2L),
                3L, Map.of(1L, 3L, 3L, 1L));
        Map<Long, CellSource.Written> found = find(parts, Set.of(1L, 2L));
        assertThat(found).hasSize(2);
        assertThat(found.values().stream().map(CellSource.Written::version)).containsExactlyInAnyOrder(3L, 2L);
        assertThat(asked).containsExactly(3L, 2L);
    }

    @Test
    void whatIsNowhereIsNotFound() {
        assertThat(find(Map.of(0L, Map.of(1L, 1L)), Set.of(7L))).isEmpty();
        assertThat(find(Map.of(), Set.of(7L))).isEmpty();
        assertThat(asked).containsExactly(0L);
    }
}
