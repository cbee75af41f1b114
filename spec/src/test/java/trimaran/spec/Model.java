package trimaran.spec;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.parser.CompModule;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One Alloy model (alloytools.org, version 6) beside this class on the test path, run in this process with the solver in
 * pure Java. Every command must say what it expects: 0, no instance or counterexample in its scope; 1, there is one.
 */
final class Model {

    /** What Alloy gives for a command without an {@code expect}. */
    private static final int NOTHING_EXPECTED = -1;

    private final CompModule module;

    private Model(CompModule module) {
        this.module = module;
    }

    static Model read(String name) {
        try {
            Path file = Path.of(Objects.requireNonNull(Model.class.getResource("/" + name + ".als"))
                    .toURI());
            return new Model(CompUtil.parseEverything_fromFile(A4Reporter.NOP, null, file.toString()));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("resources of this build have addresses", impossible);
        }
    }

    List<Command> commands() {
        return List.copyOf(module.getAllCommands());
    }

    /** What is wrong with a command's result, or empty if it is as expected. */
    Optional<String> fault(Command command) {
        if (command.expects == NOTHING_EXPECTED) {
            return Optional.of(command.label + " says nothing about what it expects");
        }
        boolean found = TranslateAlloyToKodkod.execute_command(
                        A4Reporter.NOP, module.getAllReachableSigs(), command, new A4Options())
                .satisfiable();
        if (found == (command.expects == 1)) {
            return Optional.empty();
        }
        return Optional.of(command.label + (found ? " has an instance" : " has no instance") + " against expectation");
    }
}
