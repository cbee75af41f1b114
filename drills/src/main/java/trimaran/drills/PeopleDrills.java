package trimaran.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.party.OwnKeys;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.process.SystemEntropy;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.JdkKeys;
import trimaran.record.PartyKeys;
import trimaran.record.Place;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.record.Verdict;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;

/** Attacks by people with true keys of one thing: an officer alone, an administrator of one tier, somebody who moves sideways. */
final class PeopleDrills {

    // Words of breaches that are expected where a defence is missing.
    static final String FOR_ONE = " is done for one officer";
    static final String COUNTS = " lets a forged statement count: ";
    static final String OPERATORS = " what only an operator may ask: ";
    static final String OLD_KEYS = " parties still speak with the old keys";

    private PeopleDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        drills.add(Drill.withstood(
                "lone-officer",
                "18, 39",
                "the badge and PIN of one officer",
                "may close one tier and nothing else; opening and rebuilding take a second officer",
                PeopleDrills::loneOfficer));
        for (Party party : Party.TIERS) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "rogue-admin-" + word,
                    "18",
                    "the keys of " + word
                            + ", to make its administrator an officer, change the membership and close all",
                    "nobody takes it; whatever is placed counts for nothing",
                    scene -> rogueAdmin(scene, party)));
            drills.add(Drill.withstood(
                    "sideways-" + word,
                    "36",
                    "every key and secret on " + word + ", tried at all other parties",
                    "no door opens but its own",
                    scene -> sideways(scene, party)));
            drills.add(Drill.withstood(
                    "return-" + word,
                    "43",
                    "the old keys of a " + word + " that was rebuilt",
                    "nobody speaks with it any more",
                    scene -> returning(scene, party)));
        }
        return drills;
    }

    private static void loneOfficer(Scene scene) {
        TrialHospital hospital = scene.hospital();
        Said cut = hospital.run("cut", "data", "--officer", "direction");
        scene.evidence(cut.isWell(), "the officer's badge is true: data is closed with it");
        try {
            scene.isNoticedWithin(5);
            scene.awaitCare("while data is cut");
            boolean held = true;
            for (List<String> more : List.of(
                    List.of("cut", "access", "--officer", "direction"),
                    List.of("reopen", "data", "--officer", "direction"),
                    List.of("reopen", "data", "--officer", "direction", "--officer", "direction"),
                    List.of("rebuild", "data", "--officer", "direction", "--officer", "direction"))) {
                Said said = hospital.run(more.toArray(String[]::new));
                scene.require(!said.isWell(), Breach.Kind.UNDEFENDED, more + FOR_ONE);
                held &= !said.isWell();
            }
            if (held) {
                alone(scene);
                scene.awaitCare("after the officer tried more");
            } else {
                // With two tiers closed nobody is left to be asked, nor to care for.
                scene.spoilt();
            }
            scene.stopMeasuring();
        } finally {
            List<String> reopen = new ArrayList<>(List.of("reopen", "data"));
            reopen.addAll(Scene.OFFICERS);
            Said reopened = hospital.run(reopen.toArray(String[]::new));
            scene.require(reopened.isWell(), Breach.Kind.UNDEFENDED, "two officers do not reopen it: " + reopened);
        }
    }

    /** What the command line refuses an officer alone, said to the tiers themselves, signed with the officer's true key. */
    private static void alone(Scene scene) {
        Registry registry = Membership.of(scene.hospital().home());
        Signer officer = officer(scene.hospital().home().resolve("officers/direction.key"));
        RecordTime now = new RecordTime(System.currentTimeMillis());
        List<Statement> wanted = List.of(
                new Statement.EpochChange(registry.epoch() + 1, Party.DATA, registry.party(Party.DATA), now),
                new Statement.Reopening(Statement.Target.TIER, Statement.Target.subjectOf(Party.DATA), now),
                new Statement.Cut(
                        Statement.Target.TIER, Statement.Target.subjectOf(Party.ACCESS), registry.reopenings(), now));
        Handed handed = new Handed();
        handIn(scene, Party.ACCESS, Party.APPLICATION, wanted, List.of(officer), handed);
        handIn(scene, Party.APPLICATION, Party.ACCESS, wanted, List.of(officer), handed);
        scene.evidence(
                registry.officer(officer.publicKey().id()).isPresent() && handed.said > 0,
                handed.said + " statements with the true signature of one officer, " + handed.refused + " refused");
    }

    /** With the badge's file and its PIN. */
    static Signer officer(Path badge) {
        KeyPair keys = PartyLine.got(KeyFile.read(badge, "badge", TrialHospital.PIN.toCharArray()));
        byte[] open = keys.getPublic().getEncoded();
        byte[] secret = keys.getPrivate().getEncoded();
        if (open == null || secret == null) {
            throw new IllegalStateException(badge + " has no encoding");
        }
        try {
            return JdkKeys.signer(
                    new PublicKey(Suite.P256, Bytes.wrap(open)), SecretBytes.taking(secret), new SecureRandom());
        } catch (MalformedException foreign) {
            throw new IllegalStateException(badge + " holds no badge", foreign);
        }
    }

    /** How many forged statements were handed in, and refused or void. */
    private static final class Handed {
        private int said;
        private int refused;
    }

    private static void handIn(
            Scene scene, Party as, Party to, List<Statement> wanted, List<Signer> signers, Handed handed) {
        Digest origin = Membership.of(scene.hospital().home()).origin();
        try (PartyLine line = PeerDrills.line(scene, as, to)) {
            for (Statement statement : wanted) {
                for (Request request : asked(to, origin, SignedStatement.signed(origin, statement, signers))) {
                    handed.said++;
                    handed.refused += judged(scene, to, statement, line.ask(request)) ? 1 : 0;
                }
            }
        }
    }

    private static void rogueAdmin(Scene scene, Party party) {
        Registry registry = Membership.of(scene.hospital().home());
        Signer own = JdkKeys.generate(Suite.P256, new SecureRandom()).signer();
        Signer tier = PartyLine.got(
                OwnKeys.open(party, scene.folder(party), new SystemEntropy()).then(OwnKeys::statements));
        RecordTime now = new RecordTime(System.currentTimeMillis());
        PartyKeys mine = registry.party(party);
        List<Statement> wanted = List.of(
                new Statement.Grant(
                        own.publicKey(),
                        Statement.BadgeKind.OFFICER,
                        List.of("officer", "physician"),
                        List.of("system/*.cruds"),
                        List.of(),
                        now),
                new Statement.EpochChange(registry.epoch() + 1, party, mine, now),
                new Statement.Cut(Statement.Target.ALL, Statement.Target.EVERYTHING, registry.reopenings(), now),
                new Statement.PolicyChange(registry.policy()),
                new Statement.Reopening(Statement.Target.ALL, Statement.Target.EVERYTHING, now));
        Handed handed = new Handed();
        for (Party other : Party.TIERS) {
            if (other != party) {
                handIn(scene, party, other, wanted, List.of(own, tier), handed);
            }
        }
        scene.evidence(
                handed.said > 0 && handed.refused > 0,
                handed.said + " forged statements handed in, " + handed.refused + " refused or void");
        Said status = scene.hospital().run("status");
        scene.require(
                status.isWell() && !status.out().contains("knows CUT"),
                Breach.Kind.FORGED,
                "somebody took the cut: " + status);
        scene.require(
                Membership.of(scene.hospital().home()).epoch() == registry.epoch(),
                Breach.Kind.FORGED,
                "the membership changed");
    }

    /** Every way in for such a statement: as an entry at data, which alone places, and directly. */
    private static List<Request> asked(Party at, Digest origin, SignedStatement signed) {
        List<Request> all = new ArrayList<>();
        if (at == Party.DATA) {
            all.add(append(origin, signed));
        }
        switch (signed.statement()) {
            case Statement.EpochChange change -> all.add(new Request.ChangeEpoch(signed.encode()));
            case Statement.Cut cut -> all.add(new Request.Announce(signed.encode()));
            case Statement.Reopening reopening -> all.add(new Request.Announce(signed.encode()));
            default -> {
                // As an entry alone.
            }
        }
        return all;
    }

    /** Whether it was refused or void; a statement that counts is a breach. */
    private static boolean judged(Scene scene, Party at, Statement statement, Outcome<Response> answer) {
        String what = statement.getClass().getSimpleName();
        return switch (answer) {
            case Outcome.Refused<Response>(var refusal) -> {
                scene.require(
                        !PartyLine.UNJUDGED.contains(refusal.code()),
                        Breach.Kind.BROKEN_OFF,
                        "the statement was not judged: " + refusal);
                yield true;
            }
            case Outcome.Done<Response>(Response.Placed(Bytes place)) -> {
                scene.require(isVoid(place), Breach.Kind.FORGED, at.word() + COUNTS + what + ", which is placed");
                yield true;
            }
            case Outcome.Done<Response>(Response other) -> {
                scene.breach(Breach.Kind.FORGED, at.word() + COUNTS + what + ": " + other);
                yield false;
            }
        };
    }

    private static boolean isVoid(Bytes place) {
        try {
            return Place.decode(place).verdict() == Verdict.VOID;
        } catch (MalformedException none) {
            return false;
        }
    }

    static Request append(Digest origin, SignedStatement signed) {
        AuthorPart author = new AuthorPart(
                origin,
                new SystemEntropy().nonce(),
                Digest.ZERO,
                EntryKind.REGISTRY,
                new WallTime(System.currentTimeMillis()),
                false,
                List.of(),
                List.of(),
                signed.encode(),
                Digest.ZERO,
                Digest.ZERO,
                0);
        Header header = Header.of(author, Signature.NONE, new Sanction.OwnSignatures());
        return new Request.Append(new SealedEntry(
                SealedEntry.Item.inline(header.encode()),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(),
                Bytes.EMPTY));
    }

    private static void sideways(Scene scene, Party party) throws IOException {
        TrialHospital hospital = scene.hospital();
        Path own = scene.stolen(scene.folder(party), "loot");
        MachineSecret secret = PartyLine.got(MachineSecret.read(own.resolve("machine.secret")));
        scene.evidence(
                KeyFile.read(own.resolve("keys/line.key"), "line", secret.password())
                        .isDone(),
                "the stolen secret opens the keys of " + party.word());
        int tried = 0;
        for (String folder : List.of("access", "application", "data", "witness", "stations", "console", "officers")) {
            for (Path file : Folders.files(hospital.home().resolve(folder))) {
                if (folder.equals(party.word()) || !file.toString().endsWith(".key")) {
                    continue;
                }
                String purpose = String.valueOf(file.getFileName()).replace(".key", "");
                for (String as : List.of(purpose, "line", "console line", "badge", "officer")) {
                    tried++;
                    scene.require(
                            !KeyFile.read(file, as, secret.password()).isDone()
                                    && !KeyFile.readSecret(file, as, secret.password())
                                            .isDone(),
                            Breach.Kind.READABLE,
                            "the secret of " + party.word() + " opens "
                                    + hospital.home().relativize(file));
                }
            }
        }
        scene.evidence(tried > 20, "it was tried " + tried + " times on key files of everybody else");
        for (Party other : Party.values()) {
            if (other == party) {
                continue;
            }
            try (PartyLine line = PeerDrills.line(scene, party, other)) {
                for (Request request : List.of(
                        new Request.VerifyCopy(),
                        new Request.SignLedger(other, 0, Digest.ZERO),
                        new Request.FetchLedger(other, 0))) {
                    Outcome<Response> answer = line.ask(request);
                    scene.require(
                            !answer.isDone(),
                            Breach.Kind.UNDEFENDED,
                            other.word() + " answers " + party.word() + OPERATORS + request);
                }
            }
        }
    }

    private static void returning(Scene scene, Party party) throws IOException {
        Path old = scene.stolen(scene.folder(party), "loot");
        int before = lines(scene, party, old);
        scene.evidence(before == Party.values().length - 1, "the keys are true: all others speak with them");
        scene.rebuild(party);
        int after = lines(scene, party, old);
        scene.require(after == 0, Breach.Kind.UNDEFENDED, after + OLD_KEYS);
        scene.awaitCare("after the old one came back");
    }

    /** How many of the others let the holder of these keys ask anything. */
    private static int lines(Scene scene, Party party, Path folder) {
        Registry registry = Membership.of(scene.hospital().home());
        int open = 0;
        for (Party other : Party.values()) {
            if (other != party
                    && PartyLine.open(
                                    PartyLine.of(party, folder),
                                    registry,
                                    other,
                                    scene.hospital().port(other.word()))
                            instanceof Outcome.Done<PartyLine>(PartyLine line)) {
                open++;
                line.close();
            }
        }
        return open;
    }
}
