package trimaran.station.main;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.SecretBytes;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.RememberingVerifiers;
import trimaran.line.tls.TlsIdentity;
import trimaran.line.tls.TlsNetwork;
import trimaran.party.FoundingFile;
import trimaran.process.EventLog;
import trimaran.process.FileDisk;
import trimaran.process.HomeLock;
import trimaran.process.Signals;
import trimaran.process.SystemEntropy;
import trimaran.process.ThreadLoop;
import trimaran.process.Trace;
import trimaran.record.JdkKeys;
import trimaran.record.JdkVerifier;
import trimaran.record.Quorum;
import trimaran.record.RememberingVerifier;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.shares.SealingPublicKey;
import trimaran.station.BuddyState;
import trimaran.station.Desk;
import trimaran.station.Station;
import trimaran.station.StationEvent;
import trimaran.station.StationSetting;
import trimaran.station.WardCopySetting;
import trimaran.station.WardCopyState;
import trimaran.station.WardCopying;
import trimaran.station.fhir.Door;
import trimaran.station.fhir.DoorLimits;
import trimaran.station.fhir.DoorSetting;
import trimaran.station.hl7.Hl7Door;
import trimaran.station.web.DeskRecord;
import trimaran.station.web.Received;
import trimaran.station.web.WebDoor;
import trimaran.station.web.WebSetting;

/**
 * Starts a station: {@code keys <folder>} makes its keys, {@code serve <folder>} runs it until it is asked to stop. {@code copy
 * <folder> <ward> <badge> <language> <file>} prints a ward's sealed copy, whether the station runs or not; the badge's PIN is the
 * first line it reads.
 */
public final class StationMain {

    private static final long STOP_MILLIS = 8_000;

    /** Opened content kept in memory: a ward, and a search index beside it. */
    static final long OPEN_BYTES_MAX = 96L << 20;

    /** As it calls itself where it says why it ends. */
    private static final String NAME = "the station";

    private StationMain() {}

    public static void main(String[] arguments) {
        Entropy entropy = new SystemEntropy();
        try {
            Outcome<?> outcome = switch (arguments.length == 0 ? "" : arguments[0] + " " + arguments.length) {
                case "keys 2" -> StationKeys.make(Path.of(arguments[1]), entropy);
                case "serve 2" -> serve(Path.of(arguments[1]), entropy);
                case "copy 6" -> CopyPress.run(Instant.now(), arguments);
                default ->
                    Outcome.refused(
                            Code.USAGE,
                            "usage: keys <folder> | serve <folder> | copy <folder> <ward> <badge> <language> <file>");
            };
            if (outcome instanceof Outcome.Refused<?>(Refusal refusal)) {
                end(refusal);
            }
        } catch (java.io.UncheckedIOException failure) {
            end(Trace.refusal(NAME, Path.of(arguments[1]), failure));
        } catch (RuntimeException fault) {
            // Threads that run already would keep a process alive that serves nobody.
            broken(Path.of(arguments[1]), fault);
        }
    }

    private static Outcome<Boolean> serve(Path folder, Entropy entropy) {
        return HomeLock.take(folder)
                .then(lock -> StationConfiguration.read(folder)
                        .then(conf -> FoundingFile.read(folder)
                                .then(founding -> StationKeys.open(folder)
                                        .then(keys -> keys.line()
                                                .then(line -> keys.outbox()
                                                        .then(outbox -> keys.badge(folder.resolve("badge.key"))
                                                                .then(badge -> new Running(
                                                                                folder, conf, founding, keys, line,
                                                                                outbox, badge, entropy, lock)
                                                                        .serve())))))));
    }

    /** What a running station is made of. */
    private record Running(
            Path folder,
            StationConfiguration conf,
            SignedStatement founding,
            StationKeys keys,
            TlsIdentity line,
            SecretBytes outbox,
            Signer badge,
            Entropy entropy,
            HomeLock lock) {

        Outcome<Boolean> serve() {
            ThreadLoop loop = ThreadLoop.start("station", failure -> broken(folder, failure));
            ExecutorService workbench = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("workbench").daemon().factory());
            EventLog log = EventLog.to(folder.resolve("events.log"));
            StationLog events = new StationLog(log);
            // A tier proves itself by its key, which the core dials by; nobody dials a station.
            TlsNetwork network = new TlsNetwork(loop, line, peer -> true);
            Statement.Founding first = (Statement.Founding) founding.statement();
            Station station = station(loop, network, workbench, first, events);
            loop.run(station::start);
            Optional<WardCopying> copies = copying(station, events);
            copies.ifPresent(one -> loop.run(one::start));
            Outcome<Buddies> begun = Buddies.begin(conf.buddies(), station, loop, line);
            if (begun instanceof Outcome.Refused<Buddies>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            Buddies buddies = ((Outcome.Done<Buddies>) begun).value();
            Desk desk = new Desk(station);
            DoorSetting setting = new DoorSetting(
                    conf.listen().host(),
                    conf.listen().port(),
                    "",
                    DoorLimits.STANDARD,
                    conf.zone(),
                    System::nanoTime,
                    entropy,
                    events::write);
            WardPress press = new WardPress(desk, loop, conf.name(), conf.zone());
            Outcome<Optional<Connector>> hl7 = Connector.of(folder, conf, keys, desk, loop, outbox, entropy, events);
            if (hl7 instanceof Outcome.Refused<Optional<Connector>>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            Optional<Connector> connector = ((Outcome.Done<Optional<Connector>>) hl7).value();
            WebDoor browsers = browsers(
                    first.hospital(),
                    loop,
                    desk,
                    press,
                    events,
                    () -> copies.map(WardCopying::state).orElse(WardCopyState.NONE),
                    buddies::state,
                    connector.map(Connector::received).orElse(Received.NONE));
            Outcome<Door> door = Door.open(
                    setting,
                    new TokenClients(folder, keys, desk, loop, conf.demo(), press),
                    Optional.of(new Browsers(browsers)));
            if (door instanceof Outcome.Refused<Door>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            Outcome<Optional<Hl7Door>> opened =
                    connector.map(one -> one.open().map(Optional::of)).orElse(Outcome.done(Optional.empty()));
            if (opened instanceof Outcome.Refused<Optional<Hl7Door>>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            Optional<Hl7Door> senders = ((Outcome.Done<Optional<Hl7Door>>) opened).value();
            await(((Outcome.Done<Door>) door).value(), browsers, senders, station, buddies, loop, network, log);
            return Outcome.done(true);
        }

        /** A badge that cannot be read costs the copies, and is said; the desk opens without them. */
        private Optional<WardCopying> copying(Station station, StationLog events) {
            return conf.copies().flatMap(copies -> switch (WardBadge.publicKey(copies.badge())) {
                case Outcome.Refused<SealingPublicKey>(Refusal refusal) -> {
                    events.write(new StationEvent.WardCopyRefused(refusal.code()));
                    yield Optional.empty();
                }
                case Outcome.Done<SealingPublicKey>(SealingPublicKey key) ->
                    Optional.of(new WardCopying(station, new WardCopySetting(key, copies.wards())));
            });
        }

        private Station station(
                ThreadLoop loop,
                TlsNetwork network,
                ExecutorService workbench,
                Statement.Founding first,
                StationLog events) {
            SecureRandom random = new SecureRandom();
            return new Station(new StationSetting(
                    loop,
                    network,
                    entropy,
                    FileDisk.in(folder),
                    workbench::execute,
                    () -> JdkKeys.generate(Suite.ML_DSA_44, random).signer(),
                    new RememberingVerifier(new JdkVerifier()),
                    new RememberingVerifiers(NoteVerifiers.ML_DSA_44),
                    Quorum.ML_DSA_44_TYPE,
                    first,
                    line.peerId().keyDigest(),
                    badge,
                    outbox,
                    conf.routes(),
                    OPEN_BYTES_MAX,
                    events::write));
        }

        private WebDoor browsers(
                String hospital,
                ThreadLoop loop,
                Desk desk,
                WardPress press,
                StationLog events,
                Supplier<WardCopyState> copies,
                Supplier<BuddyState> buddies,
                Received received) {
            WebSetting setting = new WebSetting(
                    hospital,
                    conf.name(),
                    conf.zone(),
                    conf.demo(),
                    conf.checks(),
                    copies,
                    buddies,
                    () -> CutSurroundings.clients(folder, keys),
                    () -> CutSurroundings.calls(conf.calls()),
                    loop::wallTime,
                    System::nanoTime,
                    entropy,
                    events::write);
            return new WebDoor(
                    setting,
                    new BadgeFolder(conf.badges(), conf.officers(), conf.demo()),
                    new DeskRecord(desk, press),
                    new UnmatchedMessages(conf.zone()),
                    received,
                    new CopyShelf(
                            folder,
                            () -> CopySource.of(folder, conf.buddies(), badge.publicKey()),
                            conf.wardBadges(),
                            loop::wallTime));
        }

        private void await(
                Door door,
                WebDoor browsers,
                Optional<Hl7Door> hl7,
                Station station,
                Buddies buddies,
                ThreadLoop loop,
                TlsNetwork network,
                EventLog log) {
            StationStatus status = new StationStatus(folder);
            loop.run(() -> status.follow(loop, station, buddies));
            CountDownLatch stopped = new CountDownLatch(1);
            Signals.onStop(STOP_MILLIS, () -> {
                door.close();
                browsers.close();
                hl7.ifPresent(Hl7Door::close);
                buddies.stop();
                loop.run(station::stop);
                network.close();
                loop.close();
                log.close();
                status.close();
                lock.close();
                stopped.countDown();
            });
            System.out.println("READY " + door.port());
            try {
                stopped.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
