package trimaran.tier;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import trimaran.keeper.Copy;
import trimaran.keeper.Keeper;
import trimaran.keeper.KeeperKeys;
import trimaran.keeper.KeeperSetting;
import trimaran.keeper.Role;
import trimaran.keeper.UnreadableCopyException;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.RememberingVerifiers;
import trimaran.ledger.TileFolder;
import trimaran.line.Network;
import trimaran.line.PinPolicy;
import trimaran.line.tls.TlsIdentity;
import trimaran.line.tls.TlsNetwork;
import trimaran.party.FoundingFile;
import trimaran.party.OwnGround;
import trimaran.party.OwnKeys;
import trimaran.party.PartyConfiguration;
import trimaran.process.FileDisk;
import trimaran.process.HomeLock;
import trimaran.process.Signals;
import trimaran.process.SystemEntropy;
import trimaran.process.ThreadLoop;
import trimaran.record.JdkVerifier;
import trimaran.record.Place;
import trimaran.record.Quorum;
import trimaran.record.RememberingVerifier;
import trimaran.record.SignedStatement;

/** One tier as a process: {@code keys <folder>} makes its keys, {@code serve <folder>} runs it until it is asked to stop. */
public final class TierProcess {

    /** What a tier may take to stop: what is acknowledged is on disk at any moment. */
    static final long STOP_MILLIS = 8_000;

    /** How often the tiles are brought up to the last quorum checkpoint. */
    static final long TILES_MILLIS = 1_000;

    private TierProcess() {}

    /** What a tier is beyond a keeper, started on its loop once the keeper is. */
    public interface Extension extends Role {
        void start();
    }

    /** Runs a main: returns only when the process is to end. */
    public static void run(Party party, String[] arguments, Function<Keeper, Extension> extension) {
        Entropy entropy = new SystemEntropy();
        try {
            Outcome<?> outcome = switch (arguments.length >= 2 ? arguments[0] : "") {
                case "keys" -> OwnKeys.make(party, generation(arguments), Path.of(arguments[1]), entropy);
                case "serve" -> serve(party, Path.of(arguments[1]), entropy, extension);
                default -> Outcome.refused(Code.USAGE, "usage: keys <folder> [generation of shares] | serve <folder>");
            };
            if (outcome instanceof Outcome.Refused<?>(Refusal refusal)) {
                end(refusal);
            }
        } catch (Store.StoreFailure | java.io.UncheckedIOException failure) {
            end(ending(party, arguments).refusal(failure));
        } catch (RuntimeException fault) {
            // Threads that run already would keep a process alive that serves nobody.
            ending(party, arguments).broken(fault);
        }
    }

    private static Ending ending(Party party, String[] arguments) {
        return new Ending(party, Path.of(arguments[1]));
    }

    /** The hospital's present generation of shares, where keys are made for a tier that is rebuilt. */
    private static long generation(String[] arguments) {
        return arguments.length < 3 ? OwnKeys.FIRST_GENERATION : Long.parseLong(arguments[2]);
    }

    private static Outcome<Boolean> serve(
            Party party, Path folder, Entropy entropy, Function<Keeper, Extension> extension) {
        RememberingVerifiers notes = new RememberingVerifiers(NoteVerifiers.ML_DSA_44);
        return HomeLock.take(folder)
                .then(lock -> PartyConfiguration.read(folder, party)
                        .then(conf -> FoundingFile.read(folder)
                                .then(founding -> OwnKeys.open(party, folder, entropy)
                                        .then(keys -> keys.line()
                                                .then(line -> keeperKeys(party, keys, founding, notes)
                                                        .then(own -> OwnStore.open(party, folder)
                                                                .then(store -> new Running(
                                                                                party, folder, conf, entropy, founding,
                                                                                own, notes, line, store, lock)
                                                                        .serve(extension))))))));
    }

    /** What a tier keeps as long as its process runs. */
    private record Running(
            Party party,
            Path folder,
            PartyConfiguration conf,
            Entropy entropy,
            SignedStatement founding,
            KeeperKeys own,
            RememberingVerifiers notes,
            TlsIdentity line,
            Store store,
            HomeLock lock) {

        private Ending ending() {
            return new Ending(party, folder);
        }

        Outcome<Boolean> serve(Function<Keeper, Extension> extension) {
            Lives lives = new Lives();
            Signals.onStop(STOP_MILLIS, () -> {
                lives.end();
                store.close();
                lock.close();
            });
            boolean first = true;
            while (true) {
                Outcome<Life> begun = begin(extension);
                if (begun instanceof Outcome.Refused<Life>(Refusal refusal)) {
                    return Outcome.refused(refusal);
                }
                Life life = ((Outcome.Done<Life>) begun).value();
                if (first) {
                    System.out.println("READY " + life.port());
                    first = false;
                }
                if (!lives.live(life)) {
                    return Outcome.done(Boolean.TRUE);
                }
            }
        }

        /** A keeper and all that hangs on it, on a loop of its own: nothing of the one before goes on. */
        private Outcome<Life> begin(Function<Keeper, Extension> extension) {
            ThreadLoop loop = ThreadLoop.start(party.word(), ending()::broken);
            KeeperSetting setting = new KeeperSetting(
                    party,
                    loop,
                    entropy,
                    store,
                    new RememberingVerifier(new JdkVerifier()),
                    notes,
                    Quorum.ML_DSA_44_TYPE,
                    founding,
                    own,
                    OwnGround.look(folder, conf.ground(), founding.id()));
            // Nobody may speak to a tier that cannot say yet who may.
            AtomicReference<PinPolicy> policy = new AtomicReference<>(peer -> false);
            TlsNetwork network = new TlsNetwork(loop, line, peer -> policy.get().allows(peer));
            Keeper keeper;
            try {
                keeper = new Keeper(setting, network, conf.routes());
            } catch (UnreadableCopyException unreadable) {
                return Outcome.refused(ending().refusal(unreadable));
            }
            Optional<Refusal> foreign = GivenMembership.of(folder, founding).into(keeper::changeEpoch);
            if (foreign.isPresent()) {
                return Outcome.refused(foreign.get());
            }
            StoredBackup.of(folder).ifPresent(keeper.peers().restoring()::from);
            policy.set(keeper::maySpeak);
            Extension more = extension.apply(keeper);
            keeper.role(more);
            CountDownLatch over = new CountDownLatch(1);
            keeper.beginAnew(over::countDown);
            Outcome<Network.Listening> listening = network.listen(conf.listen(), channel -> keeper.accept());
            if (listening instanceof Outcome.Refused<Network.Listening>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            int port = ((Outcome.Done<Network.Listening>) listening)
                    .value()
                    .address()
                    .port();
            TierStatus status = TierStatus.of(folder, keeper);
            Tiles tiles = new Tiles(keeper, folder);
            Backups backups = new Backups(keeper, folder, ending()::broken);
            loop.run(() -> {
                keeper.start();
                more.start();
                tiles.start();
                status.follow(keeper);
                backups.follow();
            });
            return Outcome.done(new Life(keeper, tiles, network, loop, status, backups, port, over, ending()));
        }
    }

    /** The parts of a keeper that runs, in the order they are closed. */
    private record Life(
            Keeper keeper,
            Tiles tiles,
            TlsNetwork network,
            ThreadLoop loop,
            TierStatus status,
            Backups backups,
            int port,
            CountDownLatch over,
            Ending ending) {

        void end() {
            loop.run(() -> {
                keeper.stop();
                tiles.extend();
            });
            network.close();
            loop.close();
            backups.close();
            if (!loop.hasEnded()) {
                // Two keepers on one store would be one too many, and a store closed under the first breaks it: what is
                // to be
                // done is on disk, and the next start goes on with it.
                ending.broken(new IllegalStateException("this keeper has not come to its end"));
            }
            status.close();
        }
    }

    /** One keeper after another on the same store, until the process is to end: a keeper whose tail has to go begins anew. */
    private static final class Lives {
        private Optional<Life> present = Optional.empty();
        private boolean ending;

        /** Returns once this life is over: true if another is to follow. */
        boolean live(Life life) {
            begun(life);
            try {
                life.over().await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
            return another();
        }

        private synchronized void begun(Life life) {
            present = Optional.of(life);
            if (ending) {
                endPresent();
            }
        }

        private synchronized boolean another() {
            endPresent();
            return !ending;
        }

        /** The process is to end, whichever keeper runs by now. */
        synchronized void end() {
            ending = true;
            endPresent();
        }

        private void endPresent() {
            present.ifPresent(life -> {
                present = Optional.empty();
                life.end();
                life.over().countDown();
            });
        }
    }

    /** Keeps the C2SP tiles beside the store, derived from it, for readers outside this code. */
    private static final class Tiles {
        private final Keeper keeper;
        private final Loop loop;
        private final TileFolder folder;
        private long written;
        private long policyEpoch;

        Tiles(Keeper keeper, Path home) {
            this.keeper = keeper;
            this.loop = keeper.setting().loop();
            this.folder = new TileFolder(FileDisk.in(home), "tiles", keeper.copy(), this::leaf);
        }

        void start() {
            if (keeper.cosigner().noteSize() == keeper.cosigner().coveredSize()) {
                note().ifPresent(note -> {
                    folder.restore(keeper.cosigner().noteSize(), note);
                    written = keeper.cosigner().noteSize();
                });
            }
            tick();
        }

        private void tick() {
            extend();
            loop.after(TILES_MILLIS, this::tick);
        }

        void extend() {
            if (policyEpoch != keeper.epoch()) {
                policyEpoch = keeper.epoch();
                folder.policy(keeper.cosigner().quorum().policyFile());
            }
            long size = keeper.cosigner().noteSize();
            // A tier that was away may know a note before it holds what it covers, one with a tail holds another tree.
            if (size > written && size == keeper.cosigner().coveredSize()) {
                note().ifPresent(note -> folder.extend(written, size, note));
                written = size;
            }
        }

        private Optional<Note> note() {
            return keeper.cosigner().note().map(bytes -> {
                try {
                    return Note.parse(bytes);
                } catch (MalformedException broken) {
                    throw new UnreadableCopyException("the note this tier keeps cannot be read", broken);
                }
            });
        }

        private Bytes leaf(long index) {
            Optional<Digest> recent = keeper.feed().leaf(index);
            if (recent.isPresent()) {
                return Bytes.of(recent.get().unsafeArray());
            }
            Copy.Stored stored = keeper.copy().entry(index).orElseThrow();
            Digest leaf = Place.leaf(stored.header().author().nonce(), stored.headerBytes(), stored.placeBytes());
            return Bytes.of(leaf.unsafeArray());
        }
    }

    private static Outcome<KeeperKeys> keeperKeys(
            Party party, OwnKeys keys, SignedStatement founding, RememberingVerifiers notes) {
        Outcome<Optional<NoteSigner>> log = party == Party.DATA
                ? keys.log(founding.id()).map(notes::remembered).map(Optional::of)
                : Outcome.done(Optional.empty());
        return keys.cosigner(founding.id())
                .map(notes::remembered)
                .then(cosigner -> log.then(own -> keys.statements()
                        .then(statements -> keys.shares()
                                .map(shares -> new KeeperKeys(party, cosigner, own, statements, shares)))));
    }

    private static void end(Refusal refusal) {
        System.err.println(refusal);
        System.exit(refusal.code().exitCode());
    }
}
