package trimaran.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.kernel.Code;
import trimaran.record.Signer;

/** Gives all three tiers new shares of every cell, after a tier fell and was rebuilt. */
@Command(
        name = "refresh",
        description =
                "After a fall and a rebuild: give the tiers new shares, so that what was stolen opens nothing with what is"
                        + " stolen later.",
        mixinStandardHelpOptions = true)
final class RefreshCommand implements Callable<Integer> {

    /** Longer than any ward was ever cut off. */
    private static final int LATE_DAYS = 7;

    /** A key that waits for a year is no key that was destroyed. */
    private static final int LATE_DAYS_MAX = 365;

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--officer",
            paramLabel = "BADGE",
            required = true,
            description = "an officer's key file, or an officer's name in this home; twice")
    private List<String> officers = new ArrayList<>();

    @Option(
            names = "--late",
            paramLabel = "DAYS",
            description =
                    "how long what stations cut off until now sealed to the old keys is still taken in; until then these keys"
                            + " are on the tiers' disks (default: 7; 0 is half a minute)")
    private int lateDays = LATE_DAYS;

    @Option(
            names = "--again",
            description =
                    "name a further generation although the last refresh has not come to its end, since a tier that took part"
                            + " in it is gone")
    private boolean again;

    RefreshCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        if (lateDays < 0 || lateDays > LATE_DAYS_MAX) {
            throw new RefusedException(Code.USAGE, "--late takes 0 to " + LATE_DAYS_MAX + " days");
        }
        Home hospital = home.home().founded();
        try (Console console = Console.open(hospital)) {
            List<Signer> signers = Officers.two(hospital, console.registry(), officers, "a refresh of shares");
            new Refresher(shell, console).refresh(signers, lateDays, again);
        }
        return 0;
    }
}
