package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Cosignature;
import trimaran.ledger.MlDsa44;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSuite;
import trimaran.ledger.NoteVerifiers;
import trimaran.line.Address;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.Ground;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoop;
import trimaran.line.simulated.VirtualLoops;
import trimaran.line.simulated.Weather;
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
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;

/** Three real keepers over simulated time, network and disk. Statements are signed by stand-ins, notes in earnest. */
final class KeeperHouse {

    private static final Verifier VERIFIER =
            (key, message, signature) -> signature.value().equals(hash(key, message));

    final VirtualLoops loops = new VirtualLoops(11);
    private final SimulatedNetwork network = new SimulatedNetwork(loops, Weather.FAIR);
    private final List<Signer> officers = List.of(signer("officer 1"), signer("officer 2"), signer("officer 3"));
    private final SealingKeyPair sealing = SealingKeyPair.generate(loops.entropy());
    /** Of tiers that were made anew: what was sealed to the one before they cannot open. */
    private final Map<String, SealingKeyPair> fresh = new HashMap<>();

    private final SignedStatement founding;
    private final Map<Party, String> names = new EnumMap<>(Party.class);
    private final Map<Party, MemoryStore> disks = new EnumMap<>(Party.class);
    private final Map<Party, Keeper> running = new EnumMap<>(Party.class);
    private final Map<Long, Bytes> epochs = new HashMap<>();
    private final Map<String, ShareKeys> shareKeys = new HashMap<>();
    private long generation;

    KeeperHouse() {
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            names.put(party, party.word());
            parties.add(keys(party, party.word()));
        }
        Statement statement = new Statement.Founding(
                "Hôpital d'essai",
                new RecordTime(VirtualLoops.START_MILLIS),
                parties,
                officers.stream().map(Signer::publicKey).toList(),
                Policy.DEFAULT,
                SimulatedNetwork.peer("console").keyDigest());
        founding = SignedStatement.signed(Digest.ZERO, statement, officers);
        for (Party tier : Party.TIERS) {
            disks.put(tier, new MemoryStore());
        }
    }

    /** One of the officers of the founding. */
    Signer officer() {
        return officers.getFirst();
    }

    /** A house whose three tiers run. */
    static KeeperHouse running() {
        KeeperHouse house = new KeeperHouse();
        Party.TIERS.forEach(house::start);
        return house;
    }

    Keeper keeper(Party tier) {
        Keeper keeper = running.get(tier);
        if (keeper == null) {
            throw new AssertionError(tier + " does not run");
        }
        return keeper;
    }

    MemoryStore disk(Party tier) {
        return disks.getOrDefault(tier, new MemoryStore());
    }

    void start(Party party) {
        VirtualLoop loop = loops.loop(party.word(), 0);
        Keeper[] made = new Keeper[1];
        PeerId self = SimulatedNetwork.peer(names.getOrDefault(party, ""));
        Network own = network.join(loop, self, peer -> made[0].maySpeak(peer));
        Map<Party, Route> routes = new EnumMap<>(Party.class);
        for (Party other : Party.values()) {
            if (other != party) {
                routes.put(other, new Route.Direct(address(other)));
            }
        }
        Keeper keeper = new Keeper(
                new KeeperSetting(
                        party,
                        loop,
                        loops.entropy(),
                        disk(party),
                        VERIFIER,
                        NoteVerifiers.ML_DSA_44,
                        Quorum.ML_DSA_44_TYPE,
                        founding,
                        keeperKeys(party),
                        Ground.UNKNOWN),
                own,
                routes);
        made[0] = keeper;
        epochs.values().forEach(epoch -> keeper.changeEpoch(epoch, keeper.copy().registry()));
        own.listen(address(party), channel -> keeper.accept());
        keeper.start();
        running.put(party, keeper);
    }

    /** The process ends; its disk stays as it was synced. */
    void crash(Party party) {
        network.crash(SimulatedNetwork.peer(names.getOrDefault(party, "")));
        running.remove(party);
        disks.put(party, disk(party).snapshotDurable());
    }

    /** A tier that does not run loses its disk and keeps its keys, as no honest operator would have it. */
    void forget(Party party) {
        disks.put(party, new MemoryStore());
    }

    /** Two officers give a tier that does not run new keys and an empty disk. It is not started. */
    Bytes replace(Party party) {
        long epoch = epochs.size() + 2L;
        names.put(party, party.word() + " of epoch " + epoch);
        disks.put(party, new MemoryStore());
        fresh.put(names.getOrDefault(party, ""), SealingKeyPair.generate(loops.entropy()));
        Statement change = new Statement.EpochChange(
                epoch, party, keys(party, names.getOrDefault(party, "")), new RecordTime(VirtualLoops.START_MILLIS));
        Bytes signed = SignedStatement.signed(founding.id(), change, officers.subList(0, 2))
                .encode();
        epochs.put(epoch, signed);
        running.values().forEach(keeper -> {
            if (!keeper.changeEpoch(signed, keeper.copy().registry()).isDone()) {
                throw new AssertionError("the change of membership is refused");
            }
            keeper.peers().recheck();
        });
        return signed;
    }

    boolean runs(Party tier) {
        return running.containsKey(tier);
    }

    SignedStatement founding() {
        return founding;
    }

    List<Signer> officers() {
        return officers;
    }

    /** A quorum's note over the tree as this tier has it. */
    Bytes note(Party tier) {
        Copy copy = keeper(tier).copy();
        Checkpoint checkpoint =
                new Checkpoint(Quorum.originOf(founding.id()), copy.frontier().head());
        long seconds = loops.trueTime().millis() / 1000;
        Note note = new Note(
                checkpoint.text(),
                List.of(Cosignature.signer(
                                Quorum.originOf(founding.id()),
                                MlDsa44.SUITE,
                                noteKey("log of " + names.getOrDefault(Party.DATA, "")))
                        .sign(checkpoint, seconds)));
        for (Party party : Party.values()) {
            note = note.with(Cosignature.signer(
                            Quorum.cosignerName(founding.id(), party),
                            MlDsa44.SUITE,
                            noteKey(names.getOrDefault(party, "")))
                    .sign(checkpoint, seconds));
        }
        return note.encode();
    }

    /** A tier that is replaced comes with keys of this generation. */
    void generation(long number) {
        generation = number;
    }

    private PartyKeys keys(Party party, String name) {
        return new PartyKeys(
                party,
                noteKey(name).publicKey(),
                party == Party.DATA ? noteKey("log of " + name).publicKey() : Bytes.EMPTY,
                signer(name).publicKey(),
                SimulatedNetwork.peer(name).keyDigest(),
                fresh.getOrDefault(name, sealing).publicKey().raw(),
                generation);
    }

    private KeeperKeys keeperKeys(Party party) {
        String name = names.getOrDefault(party, "");
        return new KeeperKeys(
                party,
                Cosignature.signer(Quorum.cosignerName(founding.id(), party), MlDsa44.SUITE, noteKey(name)),
                party == Party.DATA
                        ? Optional.of(Cosignature.signer(
                                Quorum.originOf(founding.id()), MlDsa44.SUITE, noteKey("log of " + name)))
                        : Optional.empty(),
                signer(name),
                shareKeys(party));
    }

    /** What a tier has on disk beside its store: kept when it crashes, drawn anew when it is replaced. */
    private ShareKeys shareKeys(Party party) {
        return shareKeys.computeIfAbsent(
                names.getOrDefault(party, ""),
                none -> ShareKeys.passing(
                        party,
                        loops.entropy(),
                        List.of(new ShareGeneration(
                                GenerationKey.draw(party, generation, loops.entropy()),
                                fresh.getOrDefault(names.getOrDefault(party, ""), sealing)))));
    }

    private static Address address(Party party) {
        return new Address(party.word(), 1);
    }

    private static NoteSuite.SigningKey noteKey(String name) {
        byte[] seed = Digest.sha256(Bytes.ofText(name)).toArray();
        return MlDsa44.SUITE.signingKey(SecretBytes.taking(seed), target -> {});
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

    private static Bytes hash(PublicKey key, byte[] message) {
        return Bytes.wrap(Digest.sha256(key.key().unsafeArray(), message).toArray());
    }
}
