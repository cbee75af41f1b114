package trimaran.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.process.FileDisk;
import trimaran.process.HomeLock;
import trimaran.record.Header;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Makes somebody an officer and unmakes one, by two officers (DESIGN §10): what is done when a badge is lost, or a person leaves. */
@Command(
        name = "officer",
        description = "Grant or revoke an officer's badge, with two officers; or list who is one.",
        mixinStandardHelpOptions = true)
final class OfficerCommand implements Callable<Integer> {

    /** Fewer characters of a number could be anybody's. */
    static final int NUMBER_MIN = 8;

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private What what = new What();

    @Option(
            names = "--officer",
            paramLabel = "BADGE",
            description = "an officer's key file, or an officer's name in this home; twice")
    private List<String> officers = new ArrayList<>();

    /** One of three things. */
    static final class What {

        @Option(names = "--list", required = true, description = "the numbers of all officers")
        private boolean list;

        @Option(
                names = "--grant",
                required = true,
                paramLabel = "FILE",
                description =
                        "make this badge an officer's, and nothing else any more; its PIN is asked for, of whoever holds it")
        private @Nullable Path grant;

        @Option(
                names = "--revoke",
                required = true,
                paramLabel = "NUMBER",
                description =
                        "this badge is an officer's no more, nor good for anything else; three officers must remain")
        private @Nullable String revoke;
    }

    OfficerCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home().founded();
        try (Console console = Console.open(hospital)) {
            if (what.list) {
                console.registry().officers().stream().map(Digest::hex).sorted().forEach(shell.voice()::say);
                return 0;
            }
            List<Signer> signers =
                    Officers.two(hospital, console.registry(), officers, "making or unmaking an officer");
            settleKeys(hospital, console);
            RecordTime now = SigningClock.now(console, shell);
            if (what.grant != null) {
                Signer badge = Badges.open(what.grant, Pins.made(what.grant.toString()));
                place(
                        hospital,
                        console,
                        new Statement.Grant(
                                badge.publicKey(), Statement.BadgeKind.OFFICER, List.of(), List.of(), List.of(), now),
                        signers);
                shell.voice().say(badge.publicKey().id().hex() + " is an officer from now on");
            } else {
                Digest badge = named(console, String.valueOf(what.revoke));
                place(hospital, console, new Statement.Revocation(badge, now), signers);
                shell.voice().say(badge.hex() + " is an officer no more");
            }
        }
        return 0;
    }

    private static Digest named(Console console, String number) throws RefusedException {
        String wanted = number.strip().toLowerCase(Locale.ROOT);
        List<Digest> found = console.registry().officers().stream()
                .filter(officer -> officer.hex().startsWith(wanted))
                .toList();
        if (wanted.length() < NUMBER_MIN || found.size() != 1) {
            throw new RefusedException(
                    Code.USAGE,
                    "no single officer has the number " + number + "; officer --list says which there are, and "
                            + NUMBER_MIN + " characters are wanted");
        }
        return found.getFirst();
    }

    /**
     * A change of keys the officers of today signed is with everybody before one of them is none any more: whoever heard of it later would not
     * take it, and could follow to no epoch after. Who is away now is told by the next rebuild.
     */
    private void settleKeys(Home hospital, Console console) throws RefusedException {
        try (HomeLock _ = new UnderWay(hospital).turn()) {
            MissedEpochs.Found _ = MissedEpochs.of(
                            hospital,
                            console,
                            tier -> PartyStatus.ask(console, tier),
                            new BegunRebuild(hospital)::isOwn,
                            shell.voice())
                    .learn(MissedEpochs.SETTLED);
            for (Party party : Party.values()) {
                Optional<Refusal> _ = EpochsTold.to(party, hospital, console);
            }
        }
    }

    /** In the record first, then on this console's card, which is all it knows of the record. */
    private void place(Home hospital, Console console, Statement statement, List<Signer> signers)
            throws RefusedException {
        SignedStatement signed = SignedStatement.signed(console.registry().origin(), statement, signers);
        Header header = Enrolment.header(console.registry().origin(), signed, shell.entropy(), shell.now());
        Enroller.append(console, List.of(header));
        FileDisk card = FileDisk.in(hospital.card());
        long number = 1;
        while (card.read(Console.officerFile(number)).isPresent()) {
            number++;
        }
        card.replace(Console.officerFile(number), signed.encode());
        console.learn(statement);
        WitnessTold.officers(hospital, console)
                .ifPresent(refusal -> shell.voice()
                        .say("the witness does not know of it yet (" + refusal.sentence()
                                + "); it is told before the next rebuild"));
    }
}
