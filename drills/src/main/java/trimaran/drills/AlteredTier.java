package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.tls.TlsIdentity;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.trial.TrialHospital;

/**
 * A tier of a hospital behind an {@link Impostor}, from its beginning until it is closed: then the true program stands there again, as
 * it was found.
 */
final class AlteredTier implements AutoCloseable {

    private static final Pattern LISTEN = Pattern.compile("(?m)^listen = .*$");

    private final TrialHospital hospital;
    private final Party party;
    private final Path file;
    private final String configuration;
    private final Impostor impostor;

    private AlteredTier(TrialHospital hospital, Party party, Path file, String configuration, Impostor impostor) {
        this.hospital = hospital;
        this.party = party;
        this.file = file;
        this.configuration = configuration;
        this.impostor = impostor;
    }

    /** To whom callers are handed on. */
    @FunctionalInterface
    interface Behind {
        ToIntFunction<Digest> of(int truePort);
    }

    /** All come to the true program, which says the truth to an altered one. */
    static AlteredTier of(Scene scene, Party party, Impostor.Lies lies) throws IOException {
        return of(scene, party, conf -> conf, port -> caller -> port, lies);
    }

    /**
     * Where it cannot be brought about the tier is put back as it was found.
     *
     * @param conf what its configuration becomes
     * @param behind where each caller is handed on to, given where the true program listens now
     */
    static AlteredTier of(Scene scene, Party party, UnaryOperator<String> conf, Behind behind, Impostor.Lies lies)
            throws IOException {
        TrialHospital hospital = scene.hospital();
        Path file = scene.folder(party).resolve("party.conf");
        String configuration = Files.readString(file);
        int inside = TrialHospital.freePort();
        scene.end(party);
        try {
            Files.writeString(file, listening(conf.apply(configuration), inside));
            hospital.start(party.word());
            Impostor impostor = new Impostor(
                    PartyLine.of(party, scene.folder(party)),
                    callers(hospital.home(), party),
                    hospital.port(party.word()),
                    behind.of(inside),
                    lies);
            return new AlteredTier(hospital, party, file, configuration, impostor);
        } catch (IOException | RuntimeException failed) {
            try {
                again(hospital, party, file, configuration);
            } catch (IOException | RuntimeException worse) {
                failed.addSuppressed(worse);
            }
            throw failed;
        }
    }

    /** The true program, as its configuration was. */
    private static void again(TrialHospital hospital, Party party, Path file, String configuration) throws IOException {
        if (hospital.isAlive(party.word())) {
            hospital.kill(party.word());
        }
        Files.writeString(file, configuration);
        hospital.start(party.word());
    }

    /** A configuration with another address of its own. */
    static String listening(String configuration, int port) {
        return LISTEN.matcher(configuration).replaceFirst("listen = 127.0.0.1:" + port);
    }

    /** The keys of everybody who may come: the other parties, the operator's console and the stations. */
    static List<TlsIdentity> callers(Path home, Party party) throws IOException {
        List<TlsIdentity> callers = new ArrayList<>(List.of(PartyLine.console(home), station(home)));
        for (Party other : Party.values()) {
            if (other != party) {
                callers.add(PartyLine.of(other, home.resolve(other.word())));
            }
        }
        return callers;
    }

    /** The key of the hospital's station. */
    static TlsIdentity station(Path home) {
        return stationIn(home.resolve("stations").resolve(TrialHospital.STATION));
    }

    /** The key of the station whose folder this is. */
    static TlsIdentity stationIn(Path folder) {
        return PartyLine.got(MachineSecret.read(folder.resolve("machine.secret"))
                .then(secret -> KeyFile.read(folder.resolve("keys/line.key"), "line", secret.password()))
                .map(PartyLine::identity));
    }

    String broken() {
        return impostor.broken();
    }

    @Override
    public void close() throws IOException {
        impostor.close();
        again(hospital, party, file, configuration);
    }
}
