package trimaran.keeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trimaran.keeper.conformance.MemoryStore.Fault;
import trimaran.keeper.spi.Store;

/** The suite can fail: each planted bug of an engine is found by at least one of its tests. */
class StoreConformanceTest {

    @Test
    void aStoreWithoutABugPassesAll() throws Exception {
        assertThat(failing(Fault.NONE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyPlantedBugIsFound(Fault fault) throws Exception {
        SortedSet<String> failing = failing(fault);
        System.out.println(fault + " is found by " + failing);
        assertThat(failing).isNotEmpty();
    }

    private static SortedSet<String> failing(Fault fault) throws Exception {
        SortedSet<String> failing = new TreeSet<>();
        for (Method test : StoreConformance.class.getDeclaredMethods()) {
            if (!test.isAnnotationPresent(Test.class)) {
                continue;
            }
            StoreConformance suite = suiteOver(fault);
            suite.begin();
            try {
                test.invoke(suite);
            } catch (InvocationTargetException found) {
                if (!(found.getCause() instanceof AssertionError)) {
                    throw found;
                }
                failing.add(test.getName());
            }
            suite.end();
        }
        return failing;
    }

    private static StoreConformance suiteOver(Fault fault) {
        return new StoreConformance() {
            @Override
            protected Store create() {
                return new MemoryStore(fault);
            }

            @Override
            protected Store afterCrash(Store running) {
                return ((MemoryStore) running).snapshotDurable();
            }

            @Override
            protected Store afterClose(Store closed) {
                return ((MemoryStore) closed).snapshotDurable();
            }
        };
    }
}
