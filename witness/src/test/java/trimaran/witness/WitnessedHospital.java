package trimaran.witness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Disk;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.Cosignature;
import trimaran.ledger.Frontier;
import trimaran.ledger.HashSource;
import trimaran.ledger.Merkle;
import trimaran.ledger.MlDsa44;
import trimaran.ledger.Node;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteSuite;
import trimaran.ledger.NoteVerifiers;
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

/** The founding, the keys of all parties and a log that grows: what surrounds a witness under test. */
final class WitnessedHospital {

    static final WallTime NOW = new WallTime(1_800_000_000_000L);

    /** Runs at once, and time stands still. */
    static final Loop LOOP = new Loop() {
        @Override
        public void run(Runnable work) {
            work.run();
        }

        @Override
        public Timer after(long millis, Runnable work) {
            throw new AssertionError("the witness waits for nothing");
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }

        @Override
        public WallTime wallTime() {
            return NOW;
        }
    };

    /** A stand-in for badges: the hash of key and message. */
    static final Verifier VERIFIER =
            (key, message, signature) -> signature.value().equals(hash(key, message));

    final List<Signer> officers = List.of(officer("1"), officer("2"), officer("3"));
    final SignedStatement founding;
    private final NoteSuite.SigningKey logKey = key("log");

    WitnessedHospital() {
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            parties.add(partyKeys(party, party.word(), 1));
        }
        Statement statement = new Statement.Founding(
                "Hôpital d'essai",
                new RecordTime(NOW.millis()),
                parties,
                officers.stream().map(Signer::publicKey).toList(),
                Policy.DEFAULT,
                digest("console"));
        founding = SignedStatement.signed(Digest.ZERO, statement, officers);
    }

    static Digest digest(String text) {
        return Digest.sha256(Bytes.ofText(text));
    }

    static NoteSuite.SigningKey key(String name) {
        return MlDsa44.SUITE.signingKey(SecretBytes.taking(digest(name).toArray()), target -> {});
    }

    PartyKeys partyKeys(Party party, String name, long generation) {
        return new PartyKeys(
                party,
                key(name).publicKey(),
                party == Party.DATA ? logKey.publicKey() : Bytes.EMPTY,
                new PublicKey(Suite.STAND_IN, Bytes.ofText(name)),
                digest("line of " + name),
                Bytes.EMPTY,
                generation);
    }

    Witness witness(Disk disk) throws MalformedException {
        NoteSigner cosigner = cosigner(Party.WITNESS, "witness");
        return new Witness(LOOP, disk, cosigner, founding, Quorum.ML_DSA_44_TYPE, NoteVerifiers.ML_DSA_44, VERIFIER);
    }

    NoteSigner cosigner(Party party, String name) {
        return Cosignature.signer(Quorum.cosignerName(founding.id(), party), MlDsa44.SUITE, key(name));
    }

    /** The tree's checkpoint, signed by the log and by these parties. */
    Bytes note(Tree tree, Party... cosigners) {
        Checkpoint checkpoint = new Checkpoint(Quorum.originOf(founding.id()), tree.frontier.head());
        NoteSigner log = Cosignature.signer(checkpoint.origin(), MlDsa44.SUITE, logKey);
        long seconds = NOW.millis() / 1000;
        Note note = new Note(checkpoint.text(), List.of(log.sign(checkpoint, seconds)));
        for (Party party : cosigners) {
            note = note.with(cosigner(party, party.word()).sign(checkpoint, seconds));
        }
        return note.encode();
    }

    SignedStatement epoch(long epoch, Party replaced, String name, Signer... signers) {
        Statement change = new Statement.EpochChange(
                epoch, replaced, partyKeys(replaced, name, epoch), new RecordTime(NOW.millis()));
        return SignedStatement.signed(founding.id(), change, List.of(signers));
    }

    static Signer officer(String name) {
        PublicKey key = new PublicKey(Suite.STAND_IN, Bytes.ofText("officer " + name));
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

    private static Bytes hash(PublicKey key, byte[] message) {
        return Bytes.wrap(Digest.sha256(key.key().unsafeArray(), message).toArray());
    }

    /** A log of some entries, each a text. */
    static final class Tree implements HashSource {
        private final Map<Node, Digest> nodes = new HashMap<>();
        final Frontier frontier;

        Tree(int size, String flavour) {
            List<Digest> leaves = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                leaves.add(Merkle.leaf(Bytes.ofText(flavour + i)));
            }
            Frontier.Growth growth = Frontier.EMPTY.append(leaves);
            frontier = growth.frontier();
            growth.completed().forEach(each -> nodes.put(each.node(), each.hash()));
        }

        @Override
        public Digest hash(Node node) {
            Digest hash = nodes.get(node);
            if (hash == null) {
                throw new MissingNodeException(node);
            }
            return hash;
        }

        List<Digest> since(long oldSize) {
            return ConsistencyProof.of(this, oldSize, frontier.size()).path();
        }
    }
}
