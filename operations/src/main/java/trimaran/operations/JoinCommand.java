package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.process.FileDisk;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * One party on its own machine: first its keys, and after the founding what it must know of the others. A station that comes later makes
 * its keys and takes the founding at once; officers enrol it by its card then.
 */
@Command(
        name = "join",
        description = "On a party's own machine: make its keys, and later take the founding statement.",
        mixinStandardHelpOptions = true)
final class JoinCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "PARTY", description = "access, application, data, witness, station or relay")
    private String word = "";

    @Option(names = "--folder", required = true, paramLabel = "DIR", description = "the party's own folder")
    private Path folder = Path.of("");

    @Option(names = "--client", paramLabel = "NAME", description = "a client of the station's FHIR door; repeatable")
    private List<String> clients = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "of a further station: under which officers enrol it; its pages and sheets say it, too")
    private @Nullable String name;

    @Option(names = "--founding", paramLabel = "FILE", description = "the signed founding statement")
    private @Nullable Path founding;

    @Option(names = "--parties", paramLabel = "FILE", description = "the parties' addresses, as in card/parties")
    private @Nullable Path parties;

    @Option(
            names = "--generation",
            paramLabel = "N",
            description = "for a tier that is made anew: of the hospital's shares, as rebuild says it")
    private @Nullable Long generation;

    @Option(
            names = "--parcel",
            paramLabel = "DIR",
            description = "for a party that was made anew: what rebuild --card gave out for it")
    private @Nullable Path parcel;

    JoinCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, IOException {
        Role role = Role.ofWord(word).orElseThrow(() -> new RefusedException(Code.USAGE, "there is no party " + word));
        if (name != null && (role != Role.STATION || founding == null)) {
            throw new RefusedException(
                    Code.USAGE, "--name is of a station that takes the founding: --founding --parties");
        }
        if (name != null && !FurtherStations.isName(name)) {
            throw new RefusedException(Code.USAGE, FurtherStations.NAMED);
        }
        if ((founding == null) != (parties == null)) {
            throw new RefusedException(Code.USAGE, "--founding and --parties belong together");
        }
        if (parcel != null) {
            Party party = role.party()
                    .orElseThrow(() -> new RefusedException(Code.USAGE, word + " is not made anew by two officers"));
            Digest hospital = new Parcel(parcel).into(party, folder);
            shell.voice()
                    .say(word + " of hospital " + hospital + " may be started: trimaran serve " + word + " --folder "
                            + folder);
        } else if (founding != null && parties != null) {
            take(role, founding, parties);
        } else {
            keys(role, Optional.empty());
        }
        return 0;
    }

    /** @param hospital of a station that comes after the founding */
    private void keys(Role role, Optional<Digest> hospital) throws RefusedException, IOException {
        if (role == Role.RELAY) {
            throw new RefusedException(
                    Code.USAGE,
                    "a relay has no keys; it joins once the hospital is founded, with --founding and --parties");
        }
        if (role != Role.STATION && !clients.isEmpty()) {
            throw new RefusedException(Code.USAGE, "only a station has clients");
        }
        for (String client : clients) {
            if (!StationCard.isClient(client)) {
                throw new RefusedException(Code.USAGE, "a client is called by small letters, digits and dashes");
            }
        }
        if (clients.size() > StationCard.CLIENTS_MAX) {
            throw new RefusedException(Code.USAGE, "at most " + StationCard.CLIENTS_MAX + " clients");
        }
        Path card = folder.resolve(role == Role.STATION ? StationCard.FILE : Cards.FILE);
        if (Files.exists(card)) {
            throw new RefusedException(Code.HOME_DAMAGED, folder + " has its keys already");
        }
        makeInDraft(role, hospital);
        shell.voice()
                .say("carry this card "
                        + (hospital.isPresent()
                                ? "to the officers, who enrol it: "
                                : "to the founding, or to the " + (role == Role.STATION ? "officers: " : "rebuild: "))
                        + card);
        shell.voice().say(Cards.compared(card));
    }

    /** The folder comes to be whole or not at all, as a home does. */
    private void makeInDraft(Role role, Optional<Digest> hospital) throws RefusedException {
        Draft.fill(folder, shell.entropy(), draft -> {
            PartyProcess.makeKeys(role, shareGeneration(), draft, shell.programs());
            if (role == Role.STATION) {
                StationCard.make(hospital, draft, clients, shell.entropy());
            } else {
                Cards.party(role.party().orElseThrow(), draft.resolve(Cards.FILE));
            }
        });
    }

    private OptionalLong shareGeneration() {
        return generation == null ? OptionalLong.empty() : OptionalLong.of(generation);
    }

    private void take(Role role, Path founded, Path addresses) throws RefusedException, IOException {
        SignedStatement signed = Console.founding(founded);
        Statement.Founding statement = (Statement.Founding) signed.statement();
        Map<Role, Address> all = new EnumMap<>(Ports.read(addresses));
        if (role == Role.STATION && !all.containsKey(Role.STATION)) {
            throw new RefusedException(Code.USAGE, addresses + " does not say where the station listens");
        }
        if (role.party().isPresent()) {
            var own = Cards.party(role.party().get(), folder.resolve(Cards.FILE));
            if (!statement.parties().contains(own)) {
                throw new RefusedException(
                        Code.KEY_FILE, "this founding statement does not name the keys of " + folder);
            }
        } else if (role == Role.STATION) {
            Path card = folder.resolve(StationCard.FILE);
            // Only of one that is named: in a folder that was mistyped no second station comes to be.
            if (name != null && !Files.exists(card)) {
                keys(role, Optional.of(signed.id()));
            }
            StationCard.read(card).requireOf(signed.id(), card);
        } else {
            Home.ownFolder(folder);
        }
        FileDisk.in(folder).replace("founding", signed.encode());
        PartyConfiguration.write(folder, role, all);
        if (name != null) {
            PartyConfiguration.call(folder, name);
        }
        String who = role == Role.STATION ? "station" : role.word();
        shell.voice()
                .say((name == null ? who : who + " " + name) + " of hospital " + signed.id() + " may be started"
                        + (name == null ? "" : " once it is enrolled") + ": trimaran serve " + who + " --folder "
                        + folder);
    }
}
