package trimaran.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.line.Address;
import trimaran.line.tls.TlsIdentity;
import trimaran.process.FileDisk;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.record.PartyKeys;
import trimaran.record.Policy;
import trimaran.record.PublicKey;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/**
 * Founds a hospital: each party makes its own keys in its own folder, three officers sign entry 0 over all their cards,
 * and every party is told. Done in a folder beside the home and renamed at the end, so that a founding that fails leaves
 * nothing.
 */
final class Founder {

    /** Three, as {@link trimaran.record.StatementJudgement#OFFICERS_MIN} asks. */
    static final List<String> OFFICERS = List.of("direction", "informatique", "soins");

    /** Demo people and what they may do. */
    static final Map<String, List<String>> PEOPLE = people();

    /** The demo client of the FHIR door. */
    static final String BENCH = "bench";

    /** The service in whose name a station writes what HL7 v2 senders tell. */
    static final String CONNECTOR = "hl7";

    /** What it may write, and whose patients' cells it may open for that: it lists nobody. */
    static final List<String> CONNECTOR_SCOPES = List.of(
            "system/Patient.cru",
            "system/Encounter.cru",
            "system/Observation.cru",
            "system/DiagnosticReport.cru",
            "system/DocumentReference.cru");

    /** What two officers grant it: every interaction on every type. */
    static final String ALL_SCOPES = "system/*.cruds";

    /**
     * For invented patients: wards come with them, after the badges were granted, so no badge has a ward whose patients are free
     * of budget, and whoever looks around the demo opens whole wards. All other numbers are as anywhere.
     */
    static final Policy DEMO_POLICY = new Policy(
            Policy.DEFAULT.version(),
            1_500,
            2_000,
            Policy.DEFAULT.delayMillis(),
            2_000,
            Policy.DEFAULT.wardFactorPercent(),
            Policy.DEFAULT.leaseMillis(),
            Policy.DEFAULT.stationLeaseMillis(),
            Policy.DEFAULT.sessionMillis());

    private final Programs programs;
    private final Entropy entropy;
    private final WallTime now;
    private final Voice voice;

    Founder(Programs programs, Entropy entropy, WallTime now, Voice voice) {
        this.programs = programs;
        this.entropy = entropy;
        this.now = now;
        this.voice = voice;
    }

    private static Map<String, List<String>> people() {
        Map<String, List<String>> people = new LinkedHashMap<>();
        people.put("infirmiere", List.of("nurse"));
        people.put("medecin", List.of("physician"));
        people.put("accueil", List.of("clerk"));
        people.put("pharmacienne", List.of("pharmacist"));
        people.put("cadre", List.of("nurse", "ward-manager"));
        return people;
    }

    /**
     * @param port where the station will listen for browsers and clients
     * @param demo what it is to be filled with; empty for a hospital without invented people
     */
    void found(Home home, String hospital, int port, Optional<DemoPlan> demo) throws RefusedException {
        Draft.fill(home.folder(), entropy, draft -> fill(new Home(draft), hospital, port, demo));
    }

    /** Founds a hospital whose parties are elsewhere: their cards came here, and what is signed here goes to them. */
    void foundFromCards(
            Home home,
            String hospital,
            Map<Party, PartyKeys> cards,
            StationCard station,
            List<Signer> officers,
            Map<Role, Address> addresses)
            throws RefusedException {
        Draft.fill(home.folder(), entropy, folder -> {
            Home draft = new Home(folder);
            SignedStatement founding = founding(hospital, cards, officers, console(draft), Policy.DEFAULT);
            Home.ownFolder(draft.card());
            Ports.write(draft.addresses(), addresses);
            FileDisk disk = FileDisk.in(draft.folder());
            disk.replace("card/founding", founding.encode());
            Enrolment enrolment = new Enrolment(founding.id(), officers.subList(0, 2), entropy, now);
            disk.replace(
                    "card/enrolment", enrolment.station(Home.STATION, station).encode());
            disk.replace("version", Bytes.ofText(Home.VERSION + "\n"));
        });
    }

    private void fill(Home home, String hospital, int port, Optional<DemoPlan> demo)
            throws IOException, RefusedException {
        Map<Role, Address> addresses = Ports.choose(port);
        Map<Party, PartyKeys> cards = partyKeys(home);
        Digest console = console(home);
        List<Signer> officers = officers(home);
        SignedStatement founding =
                founding(hospital, cards, officers, console, demo.isPresent() ? DEMO_POLICY : Policy.DEFAULT);
        tellEveryParty(home, founding, addresses, port);
        Enrolment enrolment = new Enrolment(founding.id(), officers.subList(0, 2), entropy, now);
        enrolment.station(Home.STATION, StationCard.make(home.of(Role.STATION), List.of(BENCH, CONNECTOR), entropy));
        if (demo.isPresent()) {
            enrolPeople(home, enrolment);
            demo.get().write(home);
        }
        FileDisk disk = FileDisk.in(home.folder());
        disk.replace("card/enrolment", enrolment.encode());
        disk.replace("version", Bytes.ofText(Home.VERSION + "\n"));
    }

    private Map<Party, PartyKeys> partyKeys(Home home) throws RefusedException {
        voice.progress("four parties and the station make their keys, each in its own folder");
        List<Callable<Boolean>> makings = new ArrayList<>();
        for (Role role : Role.values()) {
            if (role != Role.RELAY) {
                makings.add(() -> {
                    PartyProcess.makeKeys(role, home.of(role), programs);
                    return true;
                });
            }
        }
        together(makings);
        Map<Party, PartyKeys> cards = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            cards.put(party, Cards.party(party, home.of(party).resolve(Cards.FILE)));
        }
        return cards;
    }

    /** Does several things at once and waits for all of them; the first refusal is what is told. */
    private static <T> List<T> together(List<Callable<T>> works) throws RefusedException {
        try (ExecutorService workers =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            List<T> results = new ArrayList<>();
            for (Future<T> one : workers.invokeAll(works)) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException("a founding broke", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Code.UNAVAILABLE, "the founding was interrupted");
        }
    }

    private Digest console(Home home) throws IOException, RefusedException {
        Path folder = Home.ownFolder(home.console());
        MachineSecret secret =
                RefusedException.orStop(MachineSecret.create(folder.resolve(Badges.MACHINE_SECRET), entropy));
        KeyPair keys = TlsIdentity.generate();
        RefusedException.orStop(KeyFile.write(
                folder.resolve("line.key"),
                Badges.CONSOLE_PURPOSE,
                keys,
                secret.password(),
                KeyFile.MACHINE_ITERATIONS,
                entropy));
        return trimaran.line.PeerId.of(keys.getPublic()).keyDigest();
    }

    private List<Signer> officers(Home home) throws IOException, RefusedException {
        Path folder = Home.ownFolder(home.officers());
        List<Signer> officers = badges(folder, OFFICERS);
        voice.progress("three officers sign the founding");
        return officers;
    }

    /** Badges under the demo PIN, made at once: slowing down whoever guesses PINs costs the founding most of its time. */
    private List<Signer> badges(Path folder, Collection<String> names) throws RefusedException {
        List<Callable<Signer>> makings = new ArrayList<>();
        for (String name : names) {
            makings.add(() -> Badges.create(folder.resolve(name + ".key"), Badges.DEMO_PIN.toCharArray(), entropy));
        }
        return together(makings);
    }

    private SignedStatement founding(
            String hospital, Map<Party, PartyKeys> cards, List<Signer> officers, Digest console, Policy policy) {
        List<PublicKey> keys = officers.stream().map(Signer::publicKey).toList();
        Statement.Founding statement = new Statement.Founding(
                hospital, new RecordTime(now.millis()), List.copyOf(cards.values()), keys, policy, console);
        return SignedStatement.signed(Digest.ZERO, statement, officers);
    }

    private static void tellEveryParty(Home home, SignedStatement founding, Map<Role, Address> addresses, int port)
            throws IOException, RefusedException {
        Map<Role, Address> all = new EnumMap<>(addresses);
        all.put(Role.STATION, Ports.station(port));
        Home.ownFolder(home.card());
        Ports.write(home.addresses(), addresses);
        FileDisk.in(home.card()).replace("founding", founding.encode());
        for (Role role : Role.values()) {
            Path folder = Home.ownFolder(home.of(role));
            FileDisk.in(folder).replace("founding", founding.encode());
            PartyConfiguration.write(folder, role, all);
        }
        PartyConfiguration.openHl7(home.of(Role.STATION), Ports.hl7(port));
    }

    private void enrolPeople(Home home, Enrolment enrolment) throws IOException, RefusedException {
        List<Signer> badges = badges(Home.ownFolder(home.badges()), PEOPLE.keySet());
        int next = 0;
        for (List<String> roles : PEOPLE.values()) {
            enrolment.person(badges.get(next++).publicKey(), roles);
        }
        PartyConfiguration.markDemo(home.of(Role.STATION));
        keepCopies(home);
    }

    /** One badge opens the copies of all wards: the one station of such a home is every ward's. */
    private void keepCopies(Home home) throws IOException, RefusedException {
        Path file = Home.ownFolder(home.wardBadges()).resolve(Home.STATION + ".key");
        WardBadge.give(file, Badges.DEMO_PIN.toCharArray(), home.of(Role.STATION), "all", "", entropy);
    }
}
