package trimaran.simulator;

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
import trimaran.ledger.Cosignature;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteSuite;
import trimaran.line.PeerId;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.PartyKeys;
import trimaran.record.Policy;
import trimaran.record.PublicKey;
import trimaran.record.Quorum;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.shares.GenerationKey;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;

/** A founded hospital: everybody's keys, and entry 0 signed by three officers. */
record Founded(
        SignedStatement statement,
        List<Signer> officers,
        Map<Party, KeeperKeys> keepers,
        NoteSigner witness,
        Map<Party, PartyKeys> parties) {

    static final PeerId CONSOLE = SimulatedNetwork.peer("console");

    private static final int OFFICERS = 3;

    private record Drawn(NoteSuite.SigningKey cosigner, Signer statements, Optional<SealingKeyPair> sealing) {}

    static PeerId line(Party party) {
        return SimulatedNetwork.peer(party.word());
    }

    static Founded found(Suites suites, Entropy entropy, RecordTime time) {
        NoteSuite notes = suites.notes();
        NoteSuite.SigningKey log = notes.signingKey(SecretBytes.random(entropy, notes.seedSizeBytes()), entropy);
        Map<Party, Drawn> drawn = new EnumMap<>(Party.class);
        Map<Party, PartyKeys> parties = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            Drawn keys = new Drawn(
                    notes.signingKey(SecretBytes.random(entropy, notes.seedSizeBytes()), entropy),
                    suites.signer(entropy),
                    party.isTier() ? Optional.of(SealingKeyPair.generate(entropy)) : Optional.empty());
            drawn.put(party, keys);
            Bytes logKey = party == Party.DATA ? log.publicKey() : Bytes.EMPTY;
            Bytes sealing = keys.sealing().map(pair -> pair.publicKey().raw()).orElse(Bytes.EMPTY);
            parties.put(
                    party,
                    new PartyKeys(
                            party,
                            keys.cosigner().publicKey(),
                            logKey,
                            keys.statements().publicKey(),
                            line(party).keyDigest(),
                            sealing,
                            0));
        }
        List<Signer> officers = new ArrayList<>();
        for (int i = 0; i < OFFICERS; i++) {
            officers.add(suites.badge(entropy));
        }
        List<PublicKey> officerKeys = officers.stream().map(Signer::publicKey).toList();
        Statement founding = new Statement.Founding(
                "Simulated", time, List.copyOf(parties.values()), officerKeys, Policy.DEFAULT, CONSOLE.keyDigest());
        SignedStatement signed = SignedStatement.signed(Digest.ZERO, founding, officers);
        return of(signed, officers, drawn, parties, log, notes, entropy);
    }

    private static Founded of(
            SignedStatement signed,
            List<Signer> officers,
            Map<Party, Drawn> drawn,
            Map<Party, PartyKeys> parties,
            NoteSuite.SigningKey log,
            NoteSuite notes,
            Entropy entropy) {
        Map<Party, KeeperKeys> keepers = new EnumMap<>(Party.class);
        NoteSigner logSigner = Cosignature.signer(Quorum.originOf(signed.id()), notes, log);
        drawn.forEach((party, keys) -> keys.sealing().ifPresent(sealing -> {
            NoteSigner cosigner = Cosignature.signer(Quorum.cosignerName(signed.id(), party), notes, keys.cosigner());
            keepers.put(
                    party,
                    new KeeperKeys(
                            party,
                            cosigner,
                            party == Party.DATA ? Optional.of(logSigner) : Optional.empty(),
                            keys.statements(),
                            ShareKeys.passing(
                                    party,
                                    entropy,
                                    List.of(new ShareGeneration(GenerationKey.draw(party, 0, entropy), sealing)))));
        }));
        Drawn fourth = drawn.get(Party.WITNESS);
        if (fourth == null) {
            throw new IllegalStateException("a hospital has a witness");
        }
        NoteSigner witness =
                Cosignature.signer(Quorum.cosignerName(signed.id(), Party.WITNESS), notes, fourth.cosigner());
        return new Founded(signed, List.copyOf(officers), keepers, witness, parties);
    }

    Digest origin() {
        return statement.id();
    }

    /** As entry 0 says it, and nothing since. */
    Registry registry() {
        return new Registry((Statement.Founding) statement.statement());
    }

    PartyKeys party(Party party) {
        PartyKeys keys = parties.get(party);
        if (keys == null) {
            throw new IllegalArgumentException("no such party");
        }
        return keys;
    }

    KeeperKeys keeper(Party party) {
        KeeperKeys keys = keepers.get(party);
        if (keys == null) {
            throw new IllegalArgumentException(party + " keeps nothing");
        }
        return keys;
    }
}
