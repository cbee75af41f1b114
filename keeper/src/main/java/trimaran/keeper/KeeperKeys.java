package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Party;
import trimaran.ledger.NoteSigner;
import trimaran.record.Signer;
import trimaran.shares.ShareGeneration;

/**
 * A keeper's own private keys, each with one purpose.
 *
 * @param log signs checkpoints as the log; data alone has it
 * @param statements signs held statements, receipts, and at application approvals
 * @param generations file key and sealing key of each generation of shares kept here, ascending; at least one
 */
public record KeeperKeys(
        Party party,
        NoteSigner cosigner,
        Optional<NoteSigner> log,
        Signer statements,
        List<ShareGeneration> generations) {

    public KeeperKeys {
        generations = List.copyOf(generations);
        if (generations.isEmpty()) {
            throw new IllegalArgumentException("a keeper has a generation of shares");
        }
        for (int i = 0; i < generations.size(); i++) {
            boolean ascends = i == 0
                    || generations.get(i - 1).number() < generations.get(i).number();
            if (!ascends || generations.get(i).file().keeper() != party) {
                throw new IllegalArgumentException("generations ascend and are this keeper's own");
            }
        }
    }

    public Optional<ShareGeneration> generation(long number) {
        return generations.stream().filter(one -> one.number() == number).findFirst();
    }

    /**
     * The generation in use: the one the registry names, or before this keeper has its keys the newest it has of those before;
     * a rebuilt keeper that has only later ones than its copy of the registry names uses its first.
     */
    public ShareGeneration present(long named) {
        ShareGeneration present = generations.getFirst();
        for (ShareGeneration one : generations) {
            if (one.number() <= named) {
                present = one;
            }
        }
        return present;
    }
}
