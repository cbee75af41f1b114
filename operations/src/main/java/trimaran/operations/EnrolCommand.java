package trimaran.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
 * officers enrol people and further stations, and grant a station's badge the wards it keeps copies of, once the house has wards.
 */
@Command(
        name = "enrol",
        description =
                "Have the founding's station and clients placed in the record, once the parties are up; or with two officers enrol a"
                        + " person or a further station, or grant a station its wards.",
        mixinStandardHelpOptions = true)
final class EnrolCommand implements Callable<Integer> {

    /** What application knows people by; officers are made by a command of their own, connectors at the founding. */
    static final List<String> ROLES =
            List.of("nurse", "physician", "clerk", "laboratory", "pharmacist", "ward-manager");

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
            names = "--officer",
            paramLabel = "BADGE",
            description =
                    "with --person, --station or --wards: an officer's key file, or an officer's name in this home; twice")
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
        if (station != null && card != null) {
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
                    "what the founding prepared is signed already; --officer goes with --person, --station or --wards");
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
                .say("the badge " + badge.id() + " is enrolled as " + String.join(", ", roles)
                        + (granted.isEmpty() ? "" : " with these wards")
                        + "; its file belongs where the station looks for badges");
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
            Digest origin = console.registry().origin();
            SignedStatement signed = SignedStatement.signed(origin, grant, signers);
            Enroller.append(console, List.of(Enrolment.header(origin, signed, shell.entropy(), shell.now())));
        }
    }
}
