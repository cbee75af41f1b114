package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;

/** The release ledgers this tier has: its own, the copies it keeps of the two others', and the index of all three. */
final class Ledgers {

    private final KeeperSetting setting;
    private final ReleaseLedger own;
    private final LedgerCopies copies;
    private final LedgerIndex index;

    /**
     * @param rebuilt whether this tier speaks under other keys than the founding gave it
     * @param speakers the key a tier speaks under now
     * @param badges which badge opened a session, as long as this tier knows
     */
    Ledgers(
            KeeperSetting setting,
            BooleanSupplier rebuilt,
            Function<Party, Digest> speakers,
            Function<Digest, Optional<Digest>> badges) {
        this.setting = setting;
        Store store = setting.store();
        index = new LedgerIndex(store, badges);
        own = new ReleaseLedger(setting.party(), store, index, rebuilt);
        copies = new LedgerCopies(store, index, speakers);
        if (store.get(Space.STATE, Key.LEDGER_INDEXED).isEmpty()) {
            indexAll();
        }
    }

    /**
     * Lines written before there was an index get their rows once, a page in each synced write, before this tier serves. Begun again
     * from the first line if it was interrupted: the same rows are the same.
     */
    private void indexAll() {
        for (Party party : Party.TIERS) {
            long number = 0;
            for (List<LedgerLine> page = from(party, 0); !page.isEmpty(); page = from(party, number)) {
                List<Store.Change> batch = new ArrayList<>();
                page.forEach(line -> index.add(batch, party, line));
                setting.store().write(batch);
                number = page.getLast().number() + 1;
            }
        }
        setting.store().write(List.of(new Put(Space.STATE, Key.LEDGER_INDEXED, Bytes.EMPTY)));
    }

    ReleaseLedger own() {
        return own;
    }

    LedgerCopies copies() {
        return copies;
    }

    LedgerIndex index() {
        return index;
    }

    private boolean isOwn(Party ledger) {
        return ledger == setting.party();
    }

    /** How many lines of a tier's ledger there are here. */
    long lines(Party ledger) {
        return isOwn(ledger) ? own.lines() : copies.head(ledger).lines();
    }

    /** Lines of a tier's ledger from a number on, as many as a frame takes. */
    List<LedgerLine> from(Party ledger, long number) {
        return isOwn(ledger) ? own.from(number) : copies.from(ledger, number);
    }

    Optional<LedgerLine> line(Party ledger, long number) {
        return isOwn(ledger) ? own.line(number) : copies.line(ledger, number);
    }
}
