package trimaran.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
import trimaran.record.Policy;
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
        drills.add(LoneOfficerDrill.drill());
        for (Party party : Party.TIERS) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "rogue-admin-" + word,
                    "18, 39",
                    "the keys of " + word
                            + ", to make its administrator an officer, revoke everybody's badge, change policy and"
                            + " membership, and close all",
                    "nobody takes it, whatever is placed counts for nothing, and everybody works on",
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

    /** A key nobody granted anything. */
    static Signer stranger() {
        return JdkKeys.generate(Suite.P256, new SecureRandom()).signer();
    }

    static Statement officerBadge(Signer holder, RecordTime now) {
        return new Statement.Grant(
                holder.publicKey(),
                Statement.BadgeKind.OFFICER,
                List.of("officer", "physician"),
                List.of("system/*.cruds"),
                List.of(),
                now);
    }

    /** The next policy, under which a badge opens as much as it likes. */
    static Policy laxer(Policy present) {
        return new Policy(
                present.version() + 1,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                0,
                Integer.MAX_VALUE,
                present.wardFactorPercent(),
                present.leaseMillis(),
                present.stationLeaseMillis(),
                present.sessionMillis());
    }

    /** How many forged statements were handed in, and refused or void. */
    static final class Handed {
        private int said;
        private int refused;

        int said() {
            return said;
        }

        boolean isAllRefused() {
            return refused == said;
        }

        @Override
        public String toString() {
            return said + " statements handed in, " + refused + " refused or void";
        }
    }

    static void handIn(Scene scene, Party as, Party to, List<Statement> wanted, List<Signer> signers, Handed handed) {
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
        Signer own = stranger();
        Signer tier = PartyLine.got(
                OwnKeys.open(party, scene.folder(party), new SystemEntropy()).then(OwnKeys::statements));
        RecordTime now = new RecordTime(System.currentTimeMillis());
        PartyKeys mine = registry.party(party);
        Set<Digest> badges = badges(scene, party);
        List<Statement> wanted = new ArrayList<>(List.of(officerBadge(own, now)));
        // The ward's own among them: it could not go on if one of these counted.
        badges.forEach(badge -> wanted.add(new Statement.Revocation(badge, now)));
        registry.officers().forEach(badge -> wanted.add(new Statement.Revocation(badge, now)));
        wanted.add(new Statement.PolicyChange(laxer(registry.policy())));
        wanted.add(new Statement.EpochChange(registry.epoch() + 1, party, mine, now));
        wanted.add(new Statement.Cut(Statement.Target.ALL, Statement.Target.EVERYTHING, registry.reopenings(), now));
        wanted.add(new Statement.Reopening(Statement.Target.ALL, Statement.Target.EVERYTHING, now));
        Handed handed = new Handed();
        for (Party other : Party.TIERS) {
            if (other != party) {
                handIn(scene, party, other, wanted, List.of(own, tier), handed);
            }
        }
        scene.evidence(
                handed.said > 0 && handed.refused > 0 && !badges.isEmpty(),
                handed + ", of them revocations of " + badges.size() + " badges and of "
                        + registry.officers().size() + " officers");
        Said status = scene.hospital().run("status");
        scene.require(
                status.isWell() && !status.out().contains("knows CUT"),
                Breach.Kind.FORGED,
                "somebody took the cut: " + status);
        scene.require(
                Membership.of(scene.hospital().home()).epoch() == registry.epoch(),
                Breach.Kind.FORGED,
                "the membership changed");
        if (handed.isAllRefused()) {
            scene.awaitCare("after everybody's badge was to be revoked");
        } else {
            // Nobody is left who may do anything.
            scene.spoilt();
        }
    }

    /** Every badge that was granted, as each tier reads in its own record. */
    private static Set<Digest> badges(Scene scene, Party party) {
        Set<Digest> badges = new LinkedHashSet<>();
        for (SealedEntry entry : PeerDrills.shown(scene, party, 0)) {
            Bytes statement = PeerDrills.header(entry)
                    .map(header -> header.author().statement())
                    .orElse(Bytes.EMPTY);
            try {
                if (statement.size() > 0
                        && !isVoid(entry.place())
                        && SignedStatement.decode(statement).statement() instanceof Statement.Grant grant) {
                    badges.add(grant.badge().id());
                }
            } catch (MalformedException foreign) {
                throw new IllegalStateException("a statement of the record cannot be read", foreign);
            }
        }
        return badges;
    }

    /** Ways in for such a statement: as an entry, at data, which places; else directly, or at whoever holds what waits for a place. */
    private static List<Request> asked(Party at, Digest origin, SignedStatement signed) {
        SealedEntry entry = entry(origin, signed);
        List<Request> all = new ArrayList<>();
        if (at == Party.DATA) {
            all.add(new Request.Append(entry));
        }
        switch (signed.statement()) {
            case Statement.EpochChange change -> all.add(new Request.ChangeEpoch(signed.encode()));
            case Statement.Cut cut -> all.add(new Request.Announce(signed.encode()));
            case Statement.Reopening reopening -> all.add(new Request.Announce(signed.encode()));
            default -> {
                if (at != Party.DATA) {
                    all.add(new Request.Hold(entry));
                }
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
                yield isVoid(place);
            }
            case Outcome.Done<Response>(Response other) -> {
                scene.breach(Breach.Kind.FORGED, at.word() + COUNTS + what + ": " + other);
                yield false;
            }
        };
    }

    static boolean isVoid(Bytes place) {
        try {
            return Place.decode(place).verdict() == Verdict.VOID;
        } catch (MalformedException none) {
            return false;
        }
    }

    static Request append(Digest origin, SignedStatement signed) {
        return new Request.Append(entry(origin, signed));
    }

    private static SealedEntry entry(Digest origin, SignedStatement signed) {
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
        return new SealedEntry(
                SealedEntry.Item.inline(header.encode()),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(),
                Bytes.EMPTY);
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
