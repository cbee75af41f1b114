package trimaran.operations;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.evidence.Window;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Has every cell whose keys a fallen party was handed given a new key, each when it is next written to. */
@Command(
        name = "roll",
        description =
                "After a fall: what a fallen party was handed within a window is given a new key when it is next written to, so"
                        + " that what was stolen opens nothing written from then on.",
        mixinStandardHelpOptions = true)
final class RollCommand implements Callable<Integer> {

    private static final String USAGE = "application, or: station NAME, client NAME";

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--party",
            paramLabel = "PARTY",
            arity = "1..2",
            required = true,
            description = "who fell: " + USAGE)
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "T",
            required = true,
            description = "since when it may have been in foreign hands: " + Window.USAGE)
    private String from = "";

    @Option(names = "--to", paramLabel = "T", description = "until when (default: now)")
    private @Nullable String to;

    @Option(
            names = "--zone",
            paramLabel = "Z",
            description = "the hospital's time zone, for times without an offset (default: ${DEFAULT-VALUE})")
    private String zone = "Europe/Paris";

    @Option(
            names = "--officer",
            paramLabel = "BADGE",
            required = true,
            description = "an officer's key file, or an officer's name in this home; twice")
    private List<String> officers = new ArrayList<>();

    RollCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home().founded();
        ZoneId hours = EvidenceCommand.zone(zone);
        RecordTime now = new RecordTime(shell.now().millis());
        String end = to == null ? now.instant().toString() : to;
        Window window = RefusedException.orStop(Window.of(from, end, hours, now));
        HomeNames names = new HomeNames(hospital);
        try (Console console = Console.open(hospital)) {
            List<Signer> signers = Officers.two(hospital, console.registry(), officers, "an order to roll");
            Statement.Roll roll = roll(names, window, SigningClock.now(console, shell));
            Digest origin = console.registry().origin();
            SignedStatement signed = SignedStatement.signed(origin, roll, signers);
            Enroller.append(console, List.of(Enrolment.header(origin, signed, shell.entropy(), shell.now())));
        }
        shell.voice()
                .say(
                        "what " + String.join(" ", words)
                                + " was handed in that time is given a new key when it is next written to;"
                                + " what was written before stays readable to whoever stole its key; status counts what waits for it");
        return 0;
    }

    private Statement.Roll roll(HomeNames names, Window window, RecordTime now) throws RefusedException {
        String kind = words.getFirst();
        Statement.Holder holder;
        Digest subject;
        if (words.size() == 1) {
            // Nobody else is ever handed a key: the other tiers have shares, which a refresh makes useless.
            if (!kind.equals(Party.APPLICATION.word())) {
                throw unknown(kind);
            }
            holder = Statement.Holder.PARTY;
            subject = Statement.Target.subjectOf(Party.APPLICATION);
        } else if (kind.equals("station")) {
            holder = Statement.Holder.STATION;
            subject = HomeNames.named(names.stations(), kind, words.get(1));
        } else if (kind.equals("client")) {
            holder = Statement.Holder.BADGE;
            subject = HomeNames.named(names.clients(), kind, words.get(1));
        } else {
            throw unknown(String.join(" ", words));
        }
        return new Statement.Roll(holder, subject, window.from(), window.to(), now);
    }

    private static RefusedException unknown(String said) {
        return new RefusedException(Code.USAGE, "no keys are handed to " + said + "; name " + USAGE);
    }
}
