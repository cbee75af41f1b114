package trimaran.spec;

import static org.assertj.core.api.Assertions.assertThat;

import edu.mit.csail.sdg.ast.Command;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every command of every model. What passes is checked for the scope its command states, never proved. The failing
 * variants stay beside the rules they weaken: a rule whose weakening no longer fails is not doing anything.
 */
class ModelsTest {

    /**
     * @param holding checks that must find no counterexample and runs that must find no instance
     * @param failing variants that must have a counterexample and runs that must have an instance
     */
    private record Expected(String model, int holding, int failing) {}

    private static final List<Expected> MODELS = List.of(
            new Expected("quorum", 6, 11),
            new Expected("held", 4, 9),
            new Expected("opening", 2, 6),
            new Expected("refresh", 6, 6),
            new Expected("handover", 1, 3),
            new Expected("ledgers", 2, 6),
            new Expected("epochs", 1, 4));

    /** The names under which the code asserts the same. */
    private static final List<String> INVARIANTS = List.of(
            "acknowledgedIsHeldByAnHonestTier",
            "noTwoCheckpointsOfOneSize",
            "headsNeverGoBack",
            "nothingOpensWithOneTiersShares",
            "firstValidPlaceCounts",
            "unionLosesNothing",
            "acknowledgedCellOpens",
            "everyReleaseIsOnASurvivingLedger",
            "everyDraftShownIsOnASurvivingLedger",
            "oneSuccessor");

    @TestFactory
    Stream<DynamicContainer> everyCommandEndsAsExpected() {
        return MODELS.stream().map(expected -> {
            Model model = Model.read(expected.model());
            return DynamicContainer.dynamicContainer(
                    expected.model(),
                    model.commands().stream()
                            .map(command -> DynamicTest.dynamicTest(
                                    command.label,
                                    () -> assertThat(model.fault(command)).isEmpty())));
        });
    }

    @Test
    void noCommandIsMissing() {
        for (Expected expected : MODELS) {
            List<Command> commands = Model.read(expected.model()).commands();
            assertThat(commands.stream().filter(command -> command.expects == 0))
                    .as(expected.model())
                    .hasSize(expected.holding());
            assertThat(commands.stream().filter(command -> command.expects == 1))
                    .as(expected.model())
                    .hasSize(expected.failing());
            assertThat(commands).hasSize(expected.holding() + expected.failing());
        }
    }

    @Test
    void everyInvariantOfTheCodeIsCheckedSomewhere() {
        assertThat(MODELS.stream()
                        .flatMap(expected -> Model.read(expected.model()).commands().stream())
                        .filter(command -> command.check && command.expects == 0)
                        .map(command -> command.label))
                .containsAll(INVARIANTS);
    }

    @Test
    void aWrongOrMissingExpectationIsAFault() {
        Model planted = Model.read("planted");
        assertThat(planted.commands())
                .hasSize(3)
                .allSatisfy(command -> assertThat(planted.fault(command)).isPresent());
    }
}
