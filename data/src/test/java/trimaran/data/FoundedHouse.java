package trimaran.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.KeeperKeys;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Cosignature;
import trimaran.ledger.MlDsa44;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteSuite;
import trimaran.ledger.TreeHead;
import trimaran.line.Address;
import trimaran.line.PeerId;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoops;
import trimaran.record.PartyKeys;
import trimaran.record.Policy;
import trimaran.record.PublicKey;
import trimaran.record.Quorum;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.record.Verifier;
import trimaran.shares.GenerationKey;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.SealingPublicKey;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;

/** The keys of a hospital whose statements are signed by stand-ins and whose notes are signed in earnest. */
final class FoundedHouse {

    /** Anybody could make such a signature: the hash of key and message. */
    static final Verifier VERIFIER =
            (key, message, signature) -> signature.value().equals(hash(key, message));

    final List<Signer> officers = List.of(signer("officer 1"), signer("officer 2"), signer("officer 3"));
    final SignedStatement founding;
    private final Map<Party, NoteSuite.SigningKey> cosigners = new EnumMap<>(Party.class);
    private final NoteSuite.SigningKey log = noteKey("log");
    private final SealingKeyPair sealing;
    private final Entropy entropy;

    static final PeerId CONSOLE = SimulatedNetwork.peer("console");

    /** When statements say they were signed. */
    static final RecordTime TIME = new RecordTime(VirtualLoops.START_MILLIS);

    FoundedHouse(Entropy entropy, RecordTime time) {
        this.entropy = entropy;
        this.sealing = SealingKeyPair.generate(entropy);
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            NoteSuite.SigningKey cosigner = noteKey(party.word());
            cosigners.put(party, cosigner);
            parties.add(new PartyKeys(
                    party,
                    cosigner.publicKey(),
                    party == Party.DATA ? log.publicKey() : Bytes.EMPTY,
                    signer(party.word()).publicKey(),
                    SimulatedNetwork.peer(party.word()).keyDigest(),
                    sealing.publicKey().raw(),
                    1));
        }
        Statement statement = new Statement.Founding(
                "Hôpital d'essai",
                time,
                parties,
                officers.stream().map(Signer::publicKey).toList(),
                Policy.DEFAULT,
                CONSOLE.keyDigest());
        founding = SignedStatement.signed(Digest.ZERO, statement, officers);
    }

    static Digest digest(String text) {
        return Digest.sha256(Bytes.ofText(text));
    }

    static Address address(Party party) {
        return new Address(party.word(), 1);
    }

    static Signer signer(String name) {
        PublicKey key = new PublicKey(Suite.STAND_IN, Bytes.ofText(name));
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Signature sign(byte[] message) {
                return new Signature(Suite.STAND_IN, hash(key, message));
            }
        };
    }

    NoteSigner cosigner(Party party) {
        NoteSuite.SigningKey key = cosigners.getOrDefault(party, log);
        return Cosignature.signer(Quorum.cosignerName(founding.id(), party), MlDsa44.SUITE, key);
    }

    /** A note of this tree, signed by the log and cosigned by these. */
    Bytes note(TreeHead head, Party... cosigned) {
        Checkpoint checkpoint = new Checkpoint(Quorum.originOf(founding.id()), head);
        long seconds = VirtualLoops.START_MILLIS / 1000;
        NoteSigner logSigner = Cosignature.signer(Quorum.originOf(founding.id()), MlDsa44.SUITE, log);
        Note note = new Note(checkpoint.text(), List.of(logSigner.sign(checkpoint, seconds)));
        for (Party party : cosigned) {
            note = note.with(cosigner(party).sign(checkpoint, seconds));
        }
        return note.encode();
    }

    Entropy entropy() {
        return entropy;
    }

    /** To whom authors seal data's pairs. */
    SealingPublicKey sealing() {
        return sealing.publicKey();
    }

    KeeperKeys data() {
        return new KeeperKeys(
                Party.DATA,
                cosigner(Party.DATA),
                Optional.of(Cosignature.signer(Quorum.originOf(founding.id()), MlDsa44.SUITE, log)),
                signer(Party.DATA.word()),
                ShareKeys.passing(
                        Party.DATA,
                        entropy,
                        List.of(new ShareGeneration(GenerationKey.draw(Party.DATA, 1, entropy), sealing))));
    }

    private static NoteSuite.SigningKey noteKey(String name) {
        return MlDsa44.SUITE.signingKey(SecretBytes.taking(digest(name).toArray()), target -> {});
    }

    private static Bytes hash(PublicKey key, byte[] message) {
        return Bytes.wrap(Digest.sha256(key.key().unsafeArray(), message).toArray());
    }
}
