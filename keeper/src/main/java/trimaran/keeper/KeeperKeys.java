package trimaran.keeper;

import java.util.Optional;
import trimaran.kernel.Party;
import trimaran.ledger.NoteSigner;
import trimaran.record.Signer;
import trimaran.shares.ShareKeys;

/**
 * A keeper's own private keys, each with one purpose.
 *
 * @param log signs checkpoints as the log; data alone has it
 * @param statements signs held statements, receipts, and at application approvals
 * @param shares file key and sealing key of each generation of shares kept here
 */
public record KeeperKeys(
        Party party, NoteSigner cosigner, Optional<NoteSigner> log, Signer statements, ShareKeys shares) {

    public KeeperKeys {
        if (shares.keeper() != party) {
            throw new IllegalArgumentException("another keeper's shares");
        }
    }
}
