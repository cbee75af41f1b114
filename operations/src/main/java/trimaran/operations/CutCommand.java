package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.Response;
import trimaran.record.RecordLimits;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Closes a tier, a station, an application, a connected system, or everything, at once. */
@Command(
        name = "cut",
        description = "Close something at once, and say what stops and what goes on: " + CutTarget.USAGE,
        mixinStandardHelpOptions = true)
final class CutCommand implements Callable<Integer> {

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
        Locale locale = CutCard.language(language);
        CutTarget target = CutTarget.of(hospital, words);
        String reason = reason(why);
        try (Console console = Console.open(hospital);
                Announcing announcing = new Announcing(console)) {
            List<Signer> signers = Officers.signing(hospital, console.registry(), officers);
            RecordTime now = new RecordTime(shell.now().millis());
            Statement cut = new Statement.Cut(target.target(), target.subject(), announcing.reopenings(), now, reason);
            SignedStatement signed = SignedStatement.signed(console.registry().origin(), cut, signers);
            Map<Party, Announcing.Told> told = announcing.announce(signed);
            tell(shell.voice(), told);
            Announcing.requireTaken(told, target);
            // First of all the card: whatever becomes of its copy, the cut is made.
            String card = new CutCard(target, now, reason, officers, locale).text();
            shell.voice().print(card);
            shell.voice()
                    .say(target.said() + " is cut; two officers open again: trimaran reopen "
                            + String.join(" ", words));
            keep(hospital, target, now, card);
        }
        return 0;
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

    /** What each tier made of it, if any took it: else there is one refusal and no more to say. */
    static void tell(Voice voice, Map<Party, Announcing.Told> told) {
        if (told.values().stream().anyMatch(one -> one.answer().isDone())) {
            told.forEach((tier, one) -> voice.progress(line(tier, one)));
        }
    }

    private static String line(Party tier, Announcing.Told told) {
        return switch (told.answer()) {
            case Outcome.Done<Response> done ->
                String.format(Locale.ROOT, "%-12s acts by it after %d ms", tier.word(), told.millis());
            case Outcome.Refused<Response>(Refusal refusal) ->
                String.format(
                        Locale.ROOT,
                        "%-12s has not taken it: %s (%s)",
                        tier.word(),
                        refusal.sentence(),
                        refusal.code().tag());
        };
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
