package trimaran.operations;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.exposure.Exposure;
import trimaran.exposure.ExposureSource;
import trimaran.exposure.ExposureText;
import trimaran.exposure.Fallen;
import trimaran.exposure.Letter;
import trimaran.exposure.Reckoning;
import trimaran.exposure.Remark;
import trimaran.exposure.UnreadableException;
import trimaran.exposure.Window;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Statement;

/** Counts whose data a party that fell could have read, and lists them by the numbers of their records. */
@Command(
        name = "exposure",
        description = "Say whose data a fallen party could have read within a window: certain, possible, excluded.",
        mixinStandardHelpOptions = true)
final class ExposureCommand implements Callable<Integer> {

    /** One page of a ledger or of the record, on a busy tier. */
    private static final long ASK_MILLIS = 30_000;

    private static final String USAGE = "access, application, data, witness, or: station NAME, client NAME";

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
            description = "since when it may have been in foreign hands: " + trimaran.evidence.Window.USAGE)
    private String from = "";

    @Option(names = "--to", paramLabel = "T", description = "until when (default: now)")
    private @Nullable String to;

    @Option(
            names = "--zone",
            paramLabel = "Z",
            description = "the hospital's time zone, for times without an offset (default: ${DEFAULT-VALUE})")
    private String zone = "Europe/Paris";

    @Option(names = "--csv", paramLabel = "F", description = "write a row for each patient into a new file")
    private @Nullable Path csv;

    @Mixin
    private LetterOptions letters = new LetterOptions();

    @Option(names = "--language", description = "fr or en (default: ${DEFAULT-VALUE})")
    private String language = "fr";

    ExposureCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, InterruptedException {
        Home hospital = home.home().founded();
        Locale locale = CutCommand.language(language);
        ZoneId hours = EvidenceCommand.zone(zone);
        Fallen fallen = fallen(new HomeNames(hospital));
        @Nullable ExposureFile list = csv == null ? null : ExposureFile.named(csv);
        letters.check(hospital, fallen);
        Map<Party, Console.Line> lines = new EnumMap<>(Party.class);
        try (Console console = Console.open(hospital)) {
            ExposureSource source = new ExposureSource(
                    trusted(fallen),
                    (party, request) -> ask(console, lines, party, request),
                    line -> shell.voice().bar(line.say(locale, hours)),
                    Long.MAX_VALUE);
            RecordTime now = source.latest(new RecordTime(shell.now().millis()));
            Window window = window(((Statement.Founding) console.founding().statement()).time(), now, hours);
            Reckoning reckoning = new Reckoning(fallen, window);
            try {
                source.read(reckoning, window);
            } catch (UnreadableException stopped) {
                throw new RefusedException(stopped.code(), stopped.remark().say(locale, hours));
            }
            int said = tell(reckoning, source, list, window, hours, locale);
            if (said == 0 && letters.areWanted()) {
                Letter letter = letters.letter(
                        ((Statement.Founding) console.founding().statement()).hospital(),
                        Letter.party(fallen, words.getLast()),
                        window,
                        now,
                        hours);
                said = letters.write(hospital, letter, reckoning.exposure().patients(), shell);
            }
            return said;
        } finally {
            lines.values().forEach(Console.Line::close);
        }
    }

    private Integer tell(
            Reckoning reckoning,
            ExposureSource source,
            @Nullable ExposureFile list,
            Window window,
            ZoneId hours,
            Locale locale)
            throws RefusedException {
        Exposure exposure = reckoning.exposure();
        List<Remark> lacks = new ArrayList<>(source.lacks());
        lacks.addAll(reckoning.lacks(exposure, String.join(" ", words)));
        ExposureText text = new ExposureText(exposure, String.join(" ", words), window, lacks, hours, locale);
        shell.voice().bar("");
        text.lines().forEach(shell.voice()::print);
        source.notes().forEach(note -> shell.voice().progress(note.say(locale, hours)));
        if (!lacks.isEmpty()) {
            if (list != null) {
                shell.voice().say(csv + " is not written: a list that is not whole looks like one that is");
            }
            if (letters.areWanted()) {
                shell.voice().say("no letter is written: who is missing from the list would be told nothing");
            }
            return Code.BAD_PROOF.exitCode();
        }
        if (list != null) {
            list.write(text);
            shell.voice().say(exposure.patients().size() + " patients are listed in " + csv);
        }
        return 0;
    }

    /** A line that broke is dialled once more: who is silent for a moment is not away. */
    private static Outcome<Response> ask(
            Console console, Map<Party, Console.Line> lines, Party party, Request request) {
        Outcome<Response> first = lines.computeIfAbsent(party, console::dial).ask(request, ASK_MILLIS);
        if (first.isDone()) {
            return first;
        }
        Console.Line broken = lines.put(party, console.dial(party));
        if (broken != null) {
            broken.close();
        }
        return lines.computeIfAbsent(party, console::dial).ask(request, ASK_MILLIS);
    }

    /** All tiers but the one that fell. */
    private static List<Party> trusted(Fallen fallen) {
        return Party.TIERS.stream()
                .filter(tier -> !fallen.equals(new Fallen.Tier(tier)))
                .toList();
    }

    private Window window(RecordTime founded, RecordTime now, ZoneId hours) throws RefusedException {
        String end = to == null ? now.instant().toString() : to;
        trimaran.evidence.Window asked = RefusedException.orStop(trimaran.evidence.Window.of(from, end, hours, now));
        requireFounded(founded, asked.to());
        return new Window(asked.from(), asked.to());
    }

    static void requireFounded(RecordTime founded, RecordTime end) throws RefusedException {
        if (founded.isAfter(end)) {
            throw new RefusedException(
                    Code.USAGE,
                    "this window ends before the hospital was founded, at " + founded
                            + "; no ledger has lines of that time: name a later --to, or leave it out");
        }
    }

    private Fallen fallen(HomeNames names) throws RefusedException {
        String kind = words.getFirst();
        if (words.size() == 1) {
            return Party.ofWord(kind).map(Fallen.Tier::new).orElseThrow(() -> unknown(kind));
        }
        return switch (kind) {
            case "station" -> {
                HomeNames.named(names.stations(), "station", words.get(1));
                yield new Fallen.Station(words.get(1));
            }
            case "client" -> new Fallen.Badge(HomeNames.named(names.clients(), "client", words.get(1)));
            default -> throw unknown(String.join(" ", words));
        };
    }

    private static RefusedException unknown(String said) {
        return new RefusedException(Code.USAGE, "there is no party " + said + "; name " + USAGE);
    }
}
