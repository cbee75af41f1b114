package trimaran.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.Keeper;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.record.Batch;
import trimaran.record.Signature;

/** Planted bugs of the release ledgers. */
final class PlantedLedgers {

    private PlantedLedgers() {}

    /** A line comes to the disk with whatever is written next, and what it is about has left by then. */
    static final class Late extends Plants {
        @Override
        Store store(Tier tier, MemoryStore disk) {
            return new Waiting(disk);
        }
    }

    private static final class Waiting implements Store {

        private final MemoryStore disk;
        private final List<Change> lines = new ArrayList<>();

        Waiting(MemoryStore disk) {
            this.disk = disk;
        }

        private static boolean isOfTheLedger(Change change) {
            return change instanceof Change.Put put && put.space() == Space.LEDGER;
        }

        @Override
        public void write(List<Change> batch) {
            lines.addAll(batch);
            if (batch.stream().noneMatch(Waiting::isOfTheLedger)) {
                sync();
            }
        }

        private void sync() {
            List<Change> all = List.copyOf(lines);
            lines.clear();
            disk.write(all);
        }

        @Override
        public Optional<Bytes> get(Space space, Bytes key) {
            return disk.get(space, key);
        }

        /** Whoever looks at the ledger finds it whole. */
        @Override
        public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
            if (space == Space.LEDGER && !lines.isEmpty()) {
                sync();
            }
            disk.scan(space, from, to, visitor);
        }

        @Override
        public long sizeOnDisk() {
            return disk.sizeOnDisk();
        }

        @Override
        public void close() {
            disk.close();
        }
    }

    /** Data and access give a receipt for every draft, and write nothing down. */
    static final class Unfiled extends Plants {
        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return new PlantedAnswers.Before(keeper) {
                @Override
                boolean takes(Request request, Answer answer) throws MalformedException {
                    if (request instanceof Request.AsSession as
                            && RequestCodec.decode(as.request()) instanceof Request.FileDraft file) {
                        answer.done(ResponseCodec.encode(new Response.Filed(receipt(keeper, file))));
                        return true;
                    }
                    return false;
                }
            };
        }

        private static Receipt receipt(Keeper keeper, Request.FileDraft file) {
            Party party = keeper.setting().party();
            RecordTime now = keeper.setting().now();
            Digest leaf = Receipt.leaf(party, file.entry(), file.draft(), file.shown(), file.readable(), 0, now);
            Batch batch = new Batch(List.of(leaf));
            Signature signature = keeper.setting()
                    .keys()
                    .statements()
                    .sign(Receipt.signedBytes(keeper.copy().registry().origin(), batch.root()));
            return new Receipt(party, file.entry(), file.draft(), 0, now, batch.path(0), signature);
        }
    }
}
