package trimaran.keeper;

import java.util.Optional;
import trimaran.kernel.Party;
import trimaran.ledger.NoteSigner;
import trimaran.record.Signer;
import trimaran.shares.GenerationKey;
import trimaran.shares.SealingKeyPair;

/**
 * A keeper's own private keys, each with one purpose.
 *
 * @param log signs checkpoints as the log; data alone has it
 * @param statements signs held statements, receipts, and at application approvals
 * @param shareFile the file key of the present generation, under which shares lie on disk
 */
public record KeeperKeys(
        Party party,
        NoteSigner cosigner,
        Optional<NoteSigner> log,
        Signer statements,
        SealingKeyPair sealing,
        GenerationKey shareFile) {}
