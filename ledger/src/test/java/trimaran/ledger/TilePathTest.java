package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.MalformedException;

/** Examples: C2SP tlog-tiles; paths of golang.org/x/mod sumdb/tlog/tlog_test.go without their tile height, here always 8. */
class TilePathTest {

    @Test
    void pathsAreThoseOfTheSpecification() throws MalformedException {
        both(new TilePath.Hashes(0, 1_234_067, 256), "tile/0/x001/x234/067");
        both(new TilePath.Hashes(0, 1, 256), "tile/0/001");
        both(new TilePath.Hashes(0, 1, 5), "tile/0/001.p/5");
        both(new TilePath.Hashes(5, 123_456_078, 256), "tile/5/x123/x456/078");
        both(new TilePath.Hashes(5, 123_456_078, 2), "tile/5/x123/x456/078.p/2");
        both(new TilePath.Entries(3_057_500, 256), "tile/entries/x003/x057/500");
        both(new TilePath.Entries(0, 255), "tile/entries/000.p/255");
        both(new TilePath.Entries(1000, 1), "tile/entries/x001/000.p/1");
        both(new TilePath.Hashes(63, 999, 256), "tile/63/999");
        both(new TilePath.Entries(Long.MAX_VALUE, 255), "tile/entries/x009/x223/x372/x036/x854/x775/807.p/255");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/0",
                "tile/0/",
                "tile/0/1",
                "tile/0/0001",
                "tile/0/x000/001",
                "tile/00/001",
                "tile/64/001",
                "tile/-1/001",
                "tile/+1/001",
                "tile/data/001",
                "tile/3/123/456/078",
                "tile/3/x123/x456/x078",
                "tile/3/-1/123/456/078",
                "tile/0/001.p",
                "tile/0/001.p/",
                "tile/0/001.p/0",
                "tile/0/001.p/256",
                "tile/0/001.p/257",
                "tile/0/001.p/05",
                "tile/0/001.p/-5",
                "tile/0/001.p/5/",
                "tile/0/x001.p/5",
                "tile/0/001.p.p/5",
                "tile/0/001.p/5.p/5",
                "tile/0/xx01/001",
                "tile/0/x01x/001",
                "tile/0/ 001",
                "tile/0/٠٠١",
                "/tile/0/001",
                "TILE/0/001",
                "tile/entries/x009/x223/x372/x036/x854/x775/808",
                "tile/entries/x001/x009/x223/x372/x036/x854/x775/807",
                "checkpoint"
            })
    void nothingElseIsATile(String text) {
        assertThatThrownBy(() -> TilePath.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void anOverlongPathIsRefusedUnread() {
        assertThatThrownBy(() -> TilePath.parse("tile/0/" + "x000/".repeat(12) + "001"))
                .hasMessageContaining("characters");
    }

    @Test
    void aTreeOf70000HasTheTilesTheSpecificationCounts() {
        List<String> hashes = TileSet.of(70_000).stream()
                .filter(TilePath.Hashes.class::isInstance)
                .map(TilePath::text)
                .toList();

        assertThat(hashes).hasSize(273 + 1 + 1 + 1 + 1);
        assertThat(hashes).contains("tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1");
        assertThat(TileSet.of(70_000).stream().filter(TilePath.Entries.class::isInstance))
                .hasSize(274);
    }

    @Test
    void aTreeOf256HasOneFullTileAndOneAboveOfWidthOne() {
        assertThat(TileSet.of(256).stream().map(TilePath::text))
                .containsExactly("tile/entries/000", "tile/0/000", "tile/1/000.p/1");
        assertThat(TileSet.of(0)).isEmpty();
        assertThat(TileSet.between(300, 300)).isEmpty();
    }

    @Test
    void growthNamesWhatTheLargerTreeHasMore() {
        for (int old = 0; old < 1100; old += 37) {
            for (int young = old; young < 1100; young += 29) {
                List<TilePath> before = TileSet.of(old);
                List<TilePath> expected = TileSet.of(young).stream()
                        .filter(path -> !before.contains(path))
                        .toList();
                assertThat(TileSet.between(old, young)).containsExactlyElementsOf(expected);
            }
        }
        assertThatThrownBy(() -> TileSet.between(5, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void both(TilePath path, String text) throws MalformedException {
        assertThat(path.text()).isEqualTo(text);
        assertThat(TilePath.parse(text)).isEqualTo(path);
    }
}
