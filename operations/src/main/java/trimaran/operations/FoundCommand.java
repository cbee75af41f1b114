package trimaran.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.process.FileDisk;
import trimaran.record.PartyKeys;
import trimaran.record.Signer;
import trimaran.record.StatementJudgement;

/** Signs entry 0 over the cards that four machines brought. */
@Command(
        name = "found",
        description = "Found a hospital whose parties are on machines of their own, from their cards.",
        mixinStandardHelpOptions = true)
final class FoundCommand implements Callable<Integer> {

    /** What the station's card is given under. */
    private static final String STATION = "station";

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "the hospital's name")
    private String name = "";

    @Option(
            names = "--card",
            paramLabel = "PARTY=FILE",
            required = true,
            description = "a card, as join made it: the four parties' and the station's")
    private Map<String, Path> cards = Map.of();

    @Option(names = "--parties", required = true, paramLabel = "FILE", description = "lines: party = host:port")
    private Path parties = Path.of("");

    @Option(names = "--officer", required = true, paramLabel = "FILE", description = "an officer's badge; three times")
    private List<String> officers = new ArrayList<>();

    FoundCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home();
        if (hospital.state() == Home.State.FOUNDED) {
            throw new RefusedException(Code.USAGE, "a hospital is founded in " + hospital.folder() + " already");
        }
        Map<Party, PartyKeys> keys = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            Path card = cards.get(party.word());
            if (card == null) {
                throw new RefusedException(Code.USAGE, "the card of " + party.word() + " is missing");
            }
            keys.put(party, Cards.party(party, card));
        }
        Path card = cards.get(STATION);
        if (card == null) {
            throw new RefusedException(Code.USAGE, "the card of the " + STATION + " is missing");
        }
        StationCard station = StationCard.read(card);
        if (station.hospital().isPresent()) {
            throw new RefusedException(
                    Code.WRONG_ORIGIN,
                    "the station's card " + card
                            + " is of a hospital that is founded already; make one with: trimaran join"
                            + " station --folder DIR");
        }
        Map<Role, Address> addresses = Ports.read(parties);
        new Founder(shell.programs(), shell.entropy(), shell.now(), shell.voice())
                .foundFromCards(hospital, name, keys, station, signers(hospital), addresses);
        FileDisk.in(hospital.card())
                .replace(String.valueOf(hospital.stationCard().getFileName()), station.encode());
        shell.voice().say("carry " + hospital.founding() + " and " + hospital.addresses() + " to every party: join");
        return 0;
    }

    /** Opened last: it takes a second each, and everything else may be wrong before. */
    private List<Signer> signers(Home hospital) throws RefusedException {
        if (officers.size() < StatementJudgement.OFFICERS_MIN) {
            throw new RefusedException(Code.OFFICERS_MISSING, "a founding needs three officers");
        }
        List<Signer> signers = new ArrayList<>();
        for (String officer : officers) {
            Signer signer = Pins.officer(hospital, officer);
            if (signers.stream().anyMatch(one -> one.publicKey().equals(signer.publicKey()))) {
                throw new RefusedException(Code.OFFICERS_MISSING, "one officer cannot sign twice");
            }
            signers.add(signer);
        }
        return signers;
    }
}
