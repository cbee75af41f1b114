package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Access or application under two heads: its program runs twice, from its true disk and under its true keys. What is a tier's own and
 * only grows is its release ledger: the one program tells data its history, the other tells the third tier another under the same numbers.
 * A station is served by the one, and then by the other. Neither copy is ever contradicted.
 */
final class ForkDrills {

    /** Admitted at each of the two. */
    private static final int ADMITTED = 3;

    /** Of what the ward wrote, at each of the two. */
    private static final int LOOKED_UP = 6;

    /** For two who keep copies to have looked twice. */
    private static final long NOTICED_SECONDS_MAX = 10;

    /** A line is with the others within a second. */
    private static final long COPIED_SECONDS_MAX = 20;

    /** Nobody listens there (IANA: discard). */
    private static final int NOWHERE = 9;

    private static final long LOOK_MILLIS = 200;

    private static final String TWO_HISTORIES = "two histories";

    /** Words of the breach that is expected where the defence is missing. */
    static final String TWO_UNSEEN = "neither of the two others says that they were told two histories";

    private ForkDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        for (Party party : List.of(Party.ACCESS, Party.APPLICATION)) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "fork-" + word,
                    "23",
                    "the keys and disk of " + word
                            + ", whose program runs twice and writes two release ledgers: one is told to data, the"
                            + " other to the third tier; stations are served by the one and then by the other",
                    "one of the two others notices, and an officer cuts it off; whoever is made anew has both histories in its ledger",
                    scene -> forked(scene, party)));
        }
        return drills;
    }

    /** The two programs, and what each of them wrote. */
    private record Heads(Scene scene, Party fallen, Party third, int second) {

        List<LedgerLine> own(boolean atTheSecond) {
            Path home = scene.hospital().home();
            int port = atTheSecond ? second : scene.hospital().port(fallen.word());
            return PartyLine.open(PartyLine.console(home), Membership.of(home), fallen, port)
                            instanceof Outcome.Done<PartyLine>(PartyLine line)
                    ? lines(line, fallen)
                    : List.of();
        }

        List<LedgerLine> copy(Party keeper) {
            return lines(PeerDrills.operator(scene, keeper), fallen);
        }

        /** Waits until all that either program has written by now is with whom it is told. */
        void awaitCopied() {
            LedgerLine one = own(false).getLast();
            LedgerLine other = own(true).getLast();
            Waiting.until(
                    COPIED_SECONDS_MAX,
                    "what either program wrote is with whom it is told",
                    () -> copy(Party.DATA).contains(one) && copy(third).contains(other));
        }

        /** Whether a tier says that what it was told of this ledger is not what another was. */
        boolean isNoticedBy(OperatorEyes eyes, Party keeper) {
            return eyes.report(keeper).stream()
                    .flatMap(report -> report.faults().stream())
                    .anyMatch(fault -> fault.contains(TWO_HISTORIES) && fault.contains(fallen.word()));
        }
    }

    private static List<LedgerLine> lines(PartyLine open, Party ledger) {
        List<LedgerLine> all = new ArrayList<>();
        try (open) {
            while (open.ask(new Request.FetchLedger(ledger, all.size()))
                            instanceof Outcome.Done<Response>(Response.LedgerLines(List<LedgerLine> page))
                    && !page.isEmpty()) {
                all.addAll(page);
            }
        }
        return all;
    }

    private static void forked(Scene scene, Party fallen) throws IOException {
        TrialHospital hospital = scene.hospital();
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        Instant from = Instant.now();
        Party third = fallen == Party.ACCESS ? Party.APPLICATION : Party.ACCESS;
        Digest thirds = PartyLine.of(third, scene.folder(third)).peerId().keyDigest();
        Digest station = AlteredTier.station(hospital.home()).peerId().keyDigest();
        List<String> command = Twin.command(scene, fallen);
        Path twin = scene.scratch().resolve(fallen.word());
        scene.end(fallen);
        Folders.copy(scene.folder(fallen), twin);
        int second = TrialHospital.freePort();
        Path own = twin.resolve("party.conf");
        Files.writeString(own, AlteredTier.listening(without(Files.readString(own), Party.DATA), second));
        AtomicBoolean toTheSecond = new AtomicBoolean();
        Heads heads = new Heads(scene, fallen, third, second);
        List<Cohort.Patient> admitted = new ArrayList<>();
        List<List<LedgerLine>> told;
        try (AlteredTier altered = AlteredTier.of(
                        scene,
                        fallen,
                        conf -> without(conf, third),
                        port -> caller ->
                                caller.equals(thirds) || (caller.equals(station) && toTheSecond.get()) ? second : port,
                        new Impostor.Lies() {});
                Twin other = Twin.begun(scene, command, twin)) {
            hospital.kill(TrialHospital.STATION);
            hospital.start(TrialHospital.STATION);
            scene.awaitCare("beside the first of two");
            scene.strike();
            served(scene, admitted);
            toTheSecond.set(true);
            scene.forgetAtTheStation();
            scene.gaps().goOn();
            served(scene, admitted);
            told = apart(scene, heads);
            noticed(scene, heads);
            scene.evidence(
                    other.isAlive() && altered.broken().isEmpty(),
                    "both programs served to the end " + altered.broken());
            cut(scene, fallen, third);
        }
        scene.rebuild(fallen);
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        together(scene, heads, told);
        reported(scene, fallen, from, admitted);
    }

    /** The line to this party leads nowhere. */
    private static String without(String configuration, Party party) {
        return Pattern.compile("(?m)^" + party.word() + " = .*$")
                .matcher(configuration)
                .replaceFirst(party.word() + " = 127.0.0.1:" + NOWHERE);
    }

    /** Everybody is read anew, some come, and what the ward wrote is looked up: of application cells are asked by nobody, look-ups are. */
    private static void served(Scene scene, List<Cohort.Patient> admitted) {
        for (int i = 0; i < ADMITTED; i++) {
            admitted.add(scene.cohort().admit());
        }
        scene.reread();
        List<Written> promised =
                scene.probe().written().stream().filter(Written::isPromised).toList();
        new Reckoning(scene.client())
                .breaches(promised.subList(Math.max(0, promised.size() - LOOKED_UP), promised.size()))
                .forEach(one -> scene.breach(one.kind(), one.what()));
        scene.awaitCare("beside a tier that runs twice");
    }

    /** What data was told, and what the third tier was, once all of it is there. */
    private static List<List<LedgerLine>> apart(Scene scene, Heads heads) {
        heads.awaitCopied();
        List<LedgerLine> one = heads.copy(Party.DATA);
        List<LedgerLine> other = heads.copy(heads.third());
        int common = (int) IntStream.range(0, Math.min(one.size(), other.size()))
                .takeWhile(i -> one.get(i).equals(other.get(i)))
                .count();
        scene.evidence(
                one.size() > common && other.size() > common,
                "after " + common + " lines data was told " + (one.size() - common) + " of one history, and "
                        + heads.third().word() + " " + (other.size() - common) + " of another, of one ledger of "
                        + heads.fallen().word());
        return List.of(one, other);
    }

    private static void noticed(Scene scene, Heads heads) {
        boolean seen = false;
        try (OperatorEyes eyes = new OperatorEyes(scene.hospital())) {
            long end = System.nanoTime() + NOTICED_SECONDS_MAX * 1_000_000_000L;
            while (!seen && System.nanoTime() < end) {
                // Of two copies the keeper of the longer one sees that the other is no beginning of it.
                seen = heads.isNoticedBy(eyes, Party.DATA) || heads.isNoticedBy(eyes, heads.third());
                Waiting.pause(LOOK_MILLIS);
            }
        }
        scene.require(seen, Breach.Kind.UNDEFENDED, TWO_UNSEEN);
        scene.require(!scene.verified().isWell(), Breach.Kind.UNDEFENDED, "the check finds nothing of it");
    }

    private static void cut(Scene scene, Party fallen, Party third) {
        Said cut = scene.hospital().run("cut", fallen.word(), "--officer", "direction");
        scene.require(cut.isWell(), Breach.Kind.UNDEFENDED, fallen.word() + " is not cut off: " + cut);
        for (Party other : List.of(Party.DATA, third)) {
            boolean open = PartyLine.open(
                            PartyLine.of(fallen, scene.folder(fallen)),
                            Membership.of(scene.hospital().home()),
                            other,
                            scene.hospital().port(other.word()))
                    .isDone();
            scene.require(!open, Breach.Kind.UNDEFENDED, other.word() + " speaks with what was cut off");
        }
        scene.awaitCare("without " + fallen.word());
    }

    /** One act of a ledger, whatever its number. */
    private record Act(
            LedgerLine.Act act, Digest session, Digest recipient, Digest request, Digest draft, List<CellId> cells) {

        static Act of(LedgerLine line) {
            return new Act(line.act(), line.session(), line.recipient(), line.request(), line.draft(), line.cells());
        }
    }

    /** Nobody whom one of them names is missing in the ledger of whoever was made anew, nor in its copies. */
    private static void together(Scene scene, Heads heads, List<List<LedgerLine>> told) {
        for (Party keeper : Party.TIERS) {
            List<Act> all = heads.copy(keeper).stream().map(Act::of).toList();
            long missing = told.stream()
                    .flatMap(List::stream)
                    .map(Act::of)
                    .filter(act -> !all.contains(act))
                    .count();
            scene.require(
                    missing == 0,
                    Breach.Kind.UNREPORTED,
                    missing + " lines of the two histories are not in the ledger of "
                            + heads.fallen().word() + " that " + keeper.word() + " has");
        }
    }

    /** By the ledgers: everybody who was opened at the station, and whom application was shown if it fell. */
    private static void reported(Scene scene, Party fallen, Instant from, List<Cohort.Patient> admitted)
            throws IOException {
        List<String> party =
                fallen == Party.APPLICATION ? List.of(fallen.word()) : List.of("station", TrialHospital.STATION);
        Set<String> report = TheftDrills.report(scene, party, from, Instant.now());
        List<String> missing = (fallen == Party.APPLICATION ? admitted.stream() : scene.cohort().patients().stream())
                .map(Cohort.Patient::handle)
                .filter(handle -> !report.contains(handle))
                .toList();
        scene.exposureNames(missing.isEmpty());
        scene.require(
                missing.isEmpty(),
                Breach.Kind.UNREPORTED,
                missing + " were opened by one of the two and are not reported");
        if (fallen == Party.ACCESS) {
            scene.require(
                    TheftDrills.report(scene, fallen, from, Instant.now()).isEmpty(),
                    Breach.Kind.UNREPORTED,
                    "a tier that is shown nobody is reported to have been");
        }
    }
}
