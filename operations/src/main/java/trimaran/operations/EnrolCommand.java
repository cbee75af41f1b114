package trimaran.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.record.PublicKey;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/**
 * Has data place what the founding prepared, once the parties on their own machines are up; {@code up} does it by itself. Later two
 * officers enrol people and further stations, and grant a station's badge the wards it keeps copies of, once the house has wards; and one
 * ends a person's badge that was lost, or was used where a station fell (DESIGN §2).
 */
@Command(
        name = "enrol",
        description =
                "Have the founding's station and clients placed in the record, once the parties are up; or with two officers enrol a"
                        + " person or a further station, or grant a station its wards; or with one end a badge.",
        mixinStandardHelpOptions = true)
final class EnrolCommand implements Callable<Integer> {

    /** What application knows people by; officers are made by a command of their own, connectors at the founding. */
    static final List<String> ROLES =
            List.of("nurse", "physician", "clerk", "laboratory", "pharmacist", "ward-manager");

    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{64}");

    private static final String PERSON = "enrolling a person";

    private static final String STATION = "granting a station its wards";

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--person",
            paramLabel = "BADGE",
            description =
                    "a person's key file: enrolled with these roles and no others; its PIN is asked for, of whoever holds it")
    private @Nullable Path person;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "with --person: nurse, physician, clerk, laboratory, pharmacist or ward-manager; repeatable")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--station",
            paramLabel = "NAME",
            description =
                    "with --card: enrol a further station under this name, with its badge and its clients, as its machine made them"
                            + " (join station)")
    private @Nullable String station;

    @Option(
            names = "--card",
            paramLabel = "FILE",
            description = "with --station: enrolment.card of that station's folder, carried here and compared")
    private @Nullable Path card;

    @Option(
            names = "--wards",
            paramLabel = "FILE",
            description =
                    "the file wards of a station's folder: that station's badge, or with --person that person's, is granted these wards and"
                            + " no others, so that their patients are free of its budget")
    private @Nullable Path wards;

    @Option(
            names = "--end",
            paramLabel = "NUMBER",
            description =
                    "this person's badge counts no more, for good, and what is open under it closes; its whole number, as badge and"
                            + " enrol said it")
    private @Nullable String ended;

    @Option(
            names = "--officer",
            paramLabel = "BADGE",
            description =
                    "with --person, --station or --wards: an officer's key file, or an officer's name in this home; twice;"
                            + " with --end: once")
    private List<String> officers = new ArrayList<>();

    EnrolCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home().founded();
        if (person == null && !roles.isEmpty()) {
            throw new RefusedException(Code.USAGE, "--role says what a person may do; it goes with --person");
        }
        if ((station == null) != (card == null) || (station != null && (person != null || wards != null))) {
            throw new RefusedException(
                    Code.USAGE, "--station and --card belong together, and with neither --person nor --wards");
        }
        if (ended != null && (person != null || station != null || wards != null)) {
            throw new RefusedException(Code.USAGE, "--end goes with --officer alone");
        }
        if (ended != null) {
            end(hospital, ended);
        } else if (station != null && card != null) {
            StationEnroller.of(hospital, station, card).enrol(officers, shell);
        } else if (person != null) {
            enrol(hospital, person);
        } else if (wards != null) {
            grant(hospital, wards);
        } else if (officers.isEmpty()) {
            Enroller.enrol(hospital);
            shell.voice().say("station and clients are enrolled");
        } else {
            throw new RefusedException(
                    Code.USAGE,
                    "what the founding prepared is signed already; --officer goes with --person, --station, --wards or --end");
        }
        return 0;
    }

    private void enrol(Home hospital, Path file) throws RefusedException {
        if (roles.isEmpty() || !ROLES.containsAll(roles)) {
            throw new RefusedException(
                    Code.USAGE, "a person has one or more roles: --role with one of " + String.join(", ", ROLES));
        }
        List<CellId> granted =
                wards == null ? List.of() : named(hospital, wards, PERSON).cells();
        Officers.requireTwo(officers, PERSON);
        PublicKey badge = Badges.open(file, Pins.made(file.toString())).publicKey();
        place(hospital, PERSON, badge, Statement.BadgeKind.PERSON, granted);
        shell.voice()
                .say("the badge " + badge.id().hex() + " is enrolled as " + String.join(", ", roles)
                        + (granted.isEmpty() ? "" : " with these wards")
                        + "; its file belongs where the station looks for badges");
    }

    /** A part of a number could be another's, whose badge would count no more for good: nobody here could say so. */
    private void end(Home hospital, String number) throws RefusedException {
        String whole = number.strip().toLowerCase(Locale.ROOT);
        if (!NUMBER.matcher(whole).matches()) {
            throw new RefusedException(
                    Code.USAGE, "a badge is ended by its whole number, 64 characters of 0-9 and a-f, not " + number);
        }
        Digest badge = Digest.ofHex(whole);
        // One alone: then data refuses to unmake an officer so, whatever this home knows of officers.
        if (officers.size() != 1) {
            throw new RefusedException(Code.OFFICERS_MISSING, "ending a badge takes one officer: --officer A");
        }
        requireNoMachines(hospital, badge);
        try (Console console = Console.open(hospital)) {
            if (console.registry().officer(badge).isPresent()) {
                throw new RefusedException(
                        Code.USAGE, "this badge is an officer's; two others unmake one: officer --revoke " + number);
            }
            List<Signer> signers = Officers.signing(hospital, console.registry(), officers);
            handIn(console, new Statement.Revocation(badge, SigningClock.now(console, shell)), signers);
        }
        shell.voice()
                .say("the badge " + badge.hex() + " counts no more, and nobody can have it enrolled again; its holder"
                        + " needs another: badge, then enrol --person. Whether it was anybody's is not known here: see"
                        + " that it does not log in");
    }

    /** What is closed for good by one officer is a person's alone; a machine is cut, and opened again by two. */
    private static void requireNoMachines(Home hospital, Digest badge) throws RefusedException {
        HomeNames names = new HomeNames(hospital);
        // Where nobody here can tell, nothing is closed for good.
        boolean station = RefusedException.orStop(names.stationBadges()).containsKey(badge);
        boolean client = RefusedException.orStop(names.clients()).containsValue(badge);
        if (station || client) {
            throw new RefusedException(
                    Code.USAGE,
                    "this badge is a station's or a connected system's; close that: cut station NAME, or cut client NAME");
        }
    }

    private void grant(Home hospital, Path file) throws RefusedException {
        if (!Enroller.isDone(hospital)) {
            throw new RefusedException(
                    Code.USAGE,
                    "the station is not enrolled yet, which would take the wards away again; enrol it first");
        }
        StationWards named = named(hospital, file, STATION);
        place(hospital, STATION, badge(hospital, file, named), Statement.BadgeKind.STATION, named.cells());
        shell.voice()
                .say("that station's badge has these wards and no others from its next start on: who is there by a"
                        + " person's entry costs it no budget");
    }

    /** Whose wards these are: a station of this hospital. */
    private static PublicKey badge(Home hospital, Path file, StationWards named) throws RefusedException {
        PublicKey badge =
                RefusedException.orStop(new HomeNames(hospital).stationBadges()).get(named.badge());
        if (badge == null) {
            throw new RefusedException(
                    Code.KEY_FILE,
                    file + " is of another station than those enrolled from here; enrol it first: --station NAME --card"
                            + " FILE");
        }
        return badge;
    }

    /** What a station of this hospital says of its wards, said to whoever is about to sign. */
    private StationWards named(Home hospital, Path file, String act) throws RefusedException {
        StationWards named = StationWards.read(file);
        badge(hospital, file, named);
        if (named.names().isEmpty()) {
            throw new RefusedException(
                    Code.NOT_FOUND,
                    file
                            + " names no ward yet: a ward has a line some minutes after somebody first lay in it; bring the"
                            + " file again then");
        }
        Officers.requireTwo(officers, act);
        named.names().forEach((cell, name) -> shell.voice().say("ward " + (name.isEmpty() ? cell.handle() : name)));
        return named;
    }

    /** In place of whatever the badge was granted before. */
    private void place(Home hospital, String act, PublicKey badge, Statement.BadgeKind kind, List<CellId> granted)
            throws RefusedException {
        try (Console console = Console.open(hospital)) {
            if (console.registry().officer(badge.id()).isPresent()) {
                throw new RefusedException(
                        Code.USAGE, "this badge is an officer's, who would be none any more; take another one");
            }
            List<Signer> signers = Officers.two(hospital, console.registry(), officers, act);
            Statement.Grant grant = new Statement.Grant(
                    badge,
                    kind,
                    roles.stream().distinct().toList(),
                    List.of(),
                    granted,
                    SigningClock.now(console, shell));
            handIn(console, grant, signers);
        }
    }

    private void handIn(Console console, Statement statement, List<Signer> signers) throws RefusedException {
        Digest origin = console.registry().origin();
        SignedStatement signed = SignedStatement.signed(origin, statement, signers);
        Enroller.append(console, List.of(Enrolment.header(origin, signed, shell.entropy(), shell.now())));
    }
}
