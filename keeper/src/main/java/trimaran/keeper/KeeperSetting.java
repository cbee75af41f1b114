package trimaran.keeper;

import trimaran.keeper.spi.Store;
import trimaran.kernel.Entropy;
import trimaran.kernel.Loop;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.ledger.NoteVerifiers;
import trimaran.line.message.Ground;
import trimaran.record.SignedStatement;
import trimaran.record.Verifier;

/**
 * The world a keeper lives in. Everything that is not a pure function of the record comes through here, so that the
 * simulator runs the same keeper.
 *
 * @param noteKeyType signature type of the parties' note keys
 * @param founding entry 0, as this party was given it at its founding
 * @param ground what this party stands on, for its status
 */
public record KeeperSetting(
        Party party,
        Loop loop,
        Entropy entropy,
        Store store,
        Verifier verifier,
        NoteVerifiers noteVerifiers,
        int noteKeyType,
        SignedStatement founding,
        KeeperKeys keys,
        Ground ground) {

    /** This tier's present idea of record time, for what it judges and signs now. */
    public RecordTime now() {
        return new RecordTime(loop.wallTime().millis());
    }
}
