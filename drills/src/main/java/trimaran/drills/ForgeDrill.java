package trimaran.drills;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.party.OwnKeys;
import trimaran.process.SystemEntropy;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.BatchPath;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.JdkKeys;
import trimaran.record.JdkVerifier;
import trimaran.record.Place;
import trimaran.record.Registry;
import trimaran.record.Sanction;
import trimaran.record.Signer;
import trimaran.record.Suite;
import trimaran.record.Verdict;

/** An entry nobody who may write signed, approved by whoever holds application's key. */
final class ForgeDrill {

    private static final long EXPIRY_MILLIS = 30_000;

    /** Words of the breach that is expected where the defence is missing. */
    static final String COUNTS = "the forged entry is ";

    private ForgeDrill() {}

    static void forged(Scene scene) {
        Registry registry = Membership.of(scene.hospital().home());
        Signer application =
                PartyLine.got(OwnKeys.open(Party.APPLICATION, scene.folder(Party.APPLICATION), new SystemEntropy())
                        .then(OwnKeys::statements));
        try (PartyLine line = PeerDrills.line(scene, Party.APPLICATION, Party.DATA)) {
            List<SealedEntry> entries = PeerDrills.entries(line, 1, Integer.MAX_VALUE);
            Header real = entries.reversed().stream()
                    .map(PeerDrills::header)
                    .flatMap(Optional::stream)
                    .filter(header -> header.author().kind() == EntryKind.CLINICAL)
                    .findFirst()
                    .orElseThrow();
            Bytes blob = Bytes.of(new SystemEntropy().bytes(400));
            CellPart part = real.author().parts().getFirst();
            AuthorPart author = like(
                    real.author(),
                    List.of(new CellPart(part.cell(), Digest.sha256(blob), blob.size(), List.of(unknown()))));
            Signer nobody =
                    JdkKeys.generate(Suite.ML_DSA_44, new SecureRandom()).signer();
            Digest entry = AuthorPart.digest(author.encode());
            Approval approval =
                    approval(registry.origin(), entry, registry.policy().version(), application);
            scene.evidence(
                    new JdkVerifier()
                            .verify(
                                    registry.party(Party.APPLICATION).statements(),
                                    approval.signedBytes(registry.origin()),
                                    approval.signature()),
                    "an entry in the name of an open session is approved under application's true key");
            Header forged =
                    Header.of(author, nobody.sign(AuthorPart.signedBytes(entry)), new Sanction.Approved(approval));
            SealedEntry sealed = new SealedEntry(
                    SealedEntry.Item.inline(forged.encode()),
                    SealedEntry.Item.NOTHING,
                    SealedEntry.Item.NOTHING,
                    List.of(SealedEntry.Item.inline(blob)),
                    Bytes.EMPTY);
            Outcome<Response> answer = line.ask(new Request.Append(sealed));
            scene.evidence(
                    !(answer instanceof Outcome.Refused<Response>(var refusal)
                            && PartyLine.UNJUDGED.contains(refusal.code())),
                    "data read it, and answered " + answer);
            if (answer instanceof Outcome.Done<Response>(Response.Placed(Bytes place))) {
                if (!isVoid(scene, place)) {
                    // It is random bytes under no key: whoever reads that patient stands still from here on.
                    scene.spoilt();
                    return;
                }
            } else {
                scene.alarmed("data refuses it");
            }
        }
        scene.forgetAtTheStation();
    }

    /** Of a resource nobody knows yet: nothing but the signature speaks against it, no version that moved on meanwhile. */
    private static Change unknown() {
        return new Change(new SystemEntropy().nonce().hashCode() & Integer.MAX_VALUE, 0, false);
    }

    private static AuthorPart like(AuthorPart real, List<CellPart> parts) {
        return new AuthorPart(
                real.origin(),
                new SystemEntropy().nonce(),
                real.session(),
                real.kind(),
                real.authored(),
                real.mayContinue(),
                parts,
                List.of(),
                Bytes.EMPTY,
                Digest.ZERO,
                Digest.ZERO,
                real.checkpointSeen());
    }

    private static Approval approval(Digest origin, Digest entry, long policy, Signer application) {
        RecordTime expiry = new RecordTime(System.currentTimeMillis() + EXPIRY_MILLIS);
        Digest leaf = Approval.leaf(entry, List.of(), policy, expiry);
        return new Approval(
                entry,
                List.of(),
                policy,
                expiry,
                BatchPath.ALONE,
                application.sign(Approval.signedBytes(origin, BatchPath.ALONE.root(leaf))));
    }

    private static boolean isVoid(Scene scene, Bytes place) {
        try {
            Verdict verdict = Place.decode(place).verdict();
            scene.require(verdict == Verdict.VOID, Breach.Kind.FORGED, COUNTS + verdict);
            scene.requireNoticed("an entry nobody signed was placed");
            return verdict == Verdict.VOID;
        } catch (MalformedException foreign) {
            scene.breach(Breach.Kind.UNDEFENDED, "data answered no place");
            return true;
        }
    }
}
