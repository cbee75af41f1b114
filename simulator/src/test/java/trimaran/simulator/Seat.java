package trimaran.simulator;

import java.util.List;
import java.util.Optional;
import trimaran.keeper.KeeperKeys;
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
import trimaran.record.Quorum;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.shares.GenerationKey;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;

/**
 * As whom a tier's process speaks.
 *
 * @param epoch in which its keys began to count
 * @param given the statement that gave it its keys; none for a tier of the founding
 */
record Seat(Party party, long epoch, PeerId line, KeeperKeys keys, Optional<SignedStatement> given) {

    static Seat founded(Founded founded, Party party) {
        return new Seat(party, 1, Founded.line(party), founded.keeper(party), Optional.empty());
    }

    /** The same party, with these keys of its shares. */
    Seat with(ShareKeys shares) {
        KeeperKeys other = new KeeperKeys(party, keys.cosigner(), keys.log(), keys.statements(), shares);
        return new Seat(party, epoch, line, other, given);
    }

    /** Another data, under keys of its own that two officers sign. */
    static Seat successor(
            Founded founded, Suites suites, Entropy entropy, long epoch, long generation, RecordTime now) {
        Party party = Party.DATA;
        NoteSuite notes = suites.notes();
        NoteSuite.SigningKey log = notes.signingKey(SecretBytes.random(entropy, notes.seedSizeBytes()), entropy);
        NoteSuite.SigningKey own = notes.signingKey(SecretBytes.random(entropy, notes.seedSizeBytes()), entropy);
        Signer statements = suites.signer(entropy);
        SealingKeyPair sealing = SealingKeyPair.generate(entropy);
        PeerId line = SimulatedNetwork.peer(party.word() + " of epoch " + epoch);
        PartyKeys keys = new PartyKeys(
                party,
                own.publicKey(),
                log.publicKey(),
                statements.publicKey(),
                line.keyDigest(),
                sealing.publicKey().raw(),
                generation);
        NoteSigner cosigner = Cosignature.signer(Quorum.cosignerName(founded.origin(), party), notes, own);
        NoteSigner logSigner = Cosignature.signer(Quorum.originOf(founded.origin()), notes, log);
        ShareKeys shares = ShareKeys.passing(
                party, entropy, List.of(new ShareGeneration(GenerationKey.draw(party, generation, entropy), sealing)));
        SignedStatement change = SignedStatement.signed(
                founded.origin(),
                new Statement.EpochChange(epoch, party, keys, now),
                founded.officers().subList(0, 2));
        return new Seat(
                party,
                epoch,
                line,
                new KeeperKeys(party, cosigner, Optional.of(logSigner), statements, shares),
                Optional.of(change));
    }
}
