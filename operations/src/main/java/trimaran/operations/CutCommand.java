package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.cut.CutCard;
import trimaran.cut.CutTarget;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.record.RecordLimits;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Closes a tier, a station, an application, a connected system, or everything, at once. */
@Command(
        name = "cut",
        description = "Close something at once, and say what stops and what goes on: " + CutTarget.USAGE,
        mixinStandardHelpOptions = true)
final class CutCommand implements Callable<Integer> {

    /** A console reads no record: it asks the tiers how many reopenings there were. */
    private static final OptionalLong NOT_READ = OptionalLong.empty();

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "TARGET", arity = "1..2", description = CutTarget.USAGE)
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--officer",
            paramLabel = "BADGE",
            required = true,
            description = "an officer's key file, or an officer's name in this home; a second tier needs two")
    private List<String> officers = new ArrayList<>();

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description = "in the record for good and on the card, in clear: no name of a patient")
    private String why = "";

    @Option(names = "--language", description = "of the card: fr or en (default: ${DEFAULT-VALUE})")
    private String language = "fr";

    CutCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home().founded();
        Locale locale = language(language);
        CutTarget target = RefusedException.orStop(CutTarget.of(words, new HomeNames(hospital)));
        String reason = reason(why);
        try (Console console = Console.open(hospital);
                Telling telling = new Telling(console)) {
            List<Signer> signers = Officers.signing(hospital, console.registry(), officers);
            // Whoever announces asks the tiers anyway, and holds this against their clocks.
            RecordTime now = new RecordTime(shell.now().millis());
            Digest origin = console.registry().origin();
            telling.announce(
                    shell.voice(),
                    (announcing, then) -> announcing.cut(origin, target, reason, now, NOT_READ, signers, then));
            // First of all the card: whatever becomes of its copy, the cut is made.
            String card =
                    new CutCard(target, now, reason, officers, hospital.calls(), ZoneId.systemDefault(), locale).text();
            shell.voice().print(card);
            shell.voice()
                    .say(target.said() + " is cut; two officers open again: trimaran reopen "
                            + String.join(" ", words));
            keep(hospital, target, now, card);
        }
        return 0;
    }

    static Locale language(String word) throws RefusedException {
        return switch (word) {
            case "fr" -> Locale.FRENCH;
            case "en" -> Locale.ENGLISH;
            default -> throw new RefusedException(Code.USAGE, "a card is written in fr or en");
        };
    }

    /** The reason as it is signed. */
    private static String reason(String why) throws RefusedException {
        String reason = why.strip();
        if (!Statement.Cut.isWhy(reason)) {
            throw new RefusedException(
                    Code.USAGE, "--why is one line of " + RecordLimits.WHY_BYTES_MAX + " bytes at most");
        }
        return reason;
    }

    private void keep(Home hospital, CutTarget target, RecordTime time, String card) {
        Path file = hospital.cuts().resolve(time.millis() + "-" + target.name() + ".txt");
        try {
            Home.ownFolder(hospital.cuts());
            Files.writeString(file, card);
            shell.voice().progress("the card is kept in " + file);
        } catch (IOException failure) {
            shell.voice().progress("the card is not kept, print it now: " + failure.getMessage());
        }
    }
}
