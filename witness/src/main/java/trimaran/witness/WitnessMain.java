package trimaran.witness;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.RememberingVerifiers;
import trimaran.line.Network;
import trimaran.line.tls.TlsNetwork;
import trimaran.party.EpochFiles;
import trimaran.party.FirstStart;
import trimaran.party.FoundingFile;
import trimaran.party.OwnGround;
import trimaran.party.OwnKeys;
import trimaran.party.PartyConfiguration;
import trimaran.process.FileDisk;
import trimaran.process.HomeLock;
import trimaran.process.Signals;
import trimaran.process.SystemEntropy;
import trimaran.process.ThreadLoop;
import trimaran.process.Trace;
import trimaran.record.JdkVerifier;
import trimaran.record.Quorum;

/** Starts the witness: {@code keys <folder>} or {@code serve <folder>}. */
public final class WitnessMain {

    private static final long STOP_MILLIS = 5_000;

    /** As it calls itself where it says why it ends. */
    private static final String NAME = "the witness";

    private WitnessMain() {}

    public static void main(String[] arguments) {
        Entropy entropy = new SystemEntropy();
        try {
            Outcome<?> outcome = switch (arguments.length == 2 ? arguments[0] : "") {
                case "keys" -> OwnKeys.make(Party.WITNESS, Path.of(arguments[1]), entropy);
                case "serve" -> serve(Path.of(arguments[1]), entropy);
                default -> Outcome.refused(Code.USAGE, "usage: keys <folder> | serve <folder>");
            };
            if (outcome instanceof Outcome.Refused<?>(Refusal refusal)) {
                end(refusal);
            }
        } catch (UncheckedIOException failure) {
            end(Trace.refusal(NAME, Path.of(arguments[1]), failure));
        } catch (RuntimeException fault) {
            // Threads that run already would keep a process alive that serves nobody.
            broken(Path.of(arguments[1]), fault);
        }
    }

    /** Refused if keys that served lie here without the head they signed last: a fork might be signed with them. */
    static Outcome<Path> whole(Path folder) {
        boolean signed = Files.exists(folder.resolve(Witness.HEAD));
        if (signed) {
            FirstStart.isOver(folder);
        }
        return FirstStart.require(Party.WITNESS, folder, "its " + Witness.HEAD, signed);
    }

    private static Outcome<Boolean> serve(Path folder, Entropy entropy) {
        return HomeLock.take(folder)
                .then(lock -> PartyConfiguration.read(folder, Party.WITNESS)
                        .then(conf -> whole(folder)
                                .then(there -> FoundingFile.read(folder))
                                .then(founding -> OwnKeys.open(Party.WITNESS, folder, entropy)
                                        .then(keys -> keys.line()
                                                .then(line -> keys.cosigner(founding.id())
                                                        .then(cosigner -> {
                                                            ThreadLoop loop = ThreadLoop.start(
                                                                    "witness", failure -> broken(folder, failure));
                                                            try {
                                                                Witness witness = new Witness(
                                                                        loop,
                                                                        FileDisk.in(folder),
                                                                        cosigner,
                                                                        founding,
                                                                        Quorum.ML_DSA_44_TYPE,
                                                                        new RememberingVerifiers(
                                                                                NoteVerifiers.ML_DSA_44),
                                                                        new JdkVerifier());
                                                                witness.standsOn(OwnGround.look(
                                                                        folder, conf.ground(), founding.id()));
                                                                Optional<Bytes> own = EpochFiles.own(folder);
                                                                if (own.isPresent()
                                                                        && witness.adopt(own.get())
                                                                                instanceof
                                                                                Outcome.Refused<Long>(
                                                                                        Refusal refusal)) {
                                                                    return Outcome.refused(
                                                                            refusal.code(),
                                                                            "the statement that gave the witness its keys does not stand: "
                                                                                    + refusal.sentence());
                                                                }
                                                                TlsNetwork network =
                                                                        new TlsNetwork(loop, line, witness::maySpeak);
                                                                witness.over(network);
                                                                WitnessStatus status = new WitnessStatus(folder);
                                                                witness.tell(status::write);
                                                                loop.run(() -> status.follow(loop, witness));
                                                                return network.listen(
                                                                                conf.listen(),
                                                                                channel -> witness.accept())
                                                                        .map(listening -> wait(
                                                                                listening, network, loop, status,
                                                                                lock));
                                                            } catch (MalformedException damaged) {
                                                                return Outcome.refused(
                                                                        Code.HOME_DAMAGED,
                                                                        "the head kept in " + folder
                                                                                + " cannot be read; the witness does not start afresh by itself");
                                                            }
                                                        }))))));
    }

    private static boolean wait(
            Network.Listening listening, TlsNetwork network, ThreadLoop loop, WitnessStatus status, HomeLock lock) {
        CountDownLatch stopped = new CountDownLatch(1);
        Signals.onStop(STOP_MILLIS, () -> {
            network.close();
            loop.close();
            status.close();
            lock.close();
            stopped.countDown();
        });
        System.out.println("READY " + listening.address().port());
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private static void broken(Path folder, Throwable failure) {
        int status = Code.BROKEN.exitCode();
        try {
            Refusal refusal = Trace.refusal(NAME, folder, failure);
            System.err.println(refusal);
            status = refusal.code().exitCode();
        } finally {
            // Also where there is no memory left to say why.
            Runtime.getRuntime().halt(status);
        }
    }

    private static void end(Refusal refusal) {
        System.err.println(refusal);
        System.exit(refusal.code().exitCode());
    }
}
