package trimaran.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.CopyGroup;
import trimaran.keeper.EntryContent;
import trimaran.keeper.Keeper;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Note;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.Approval;
import trimaran.record.Header;
import trimaran.record.Judgement;
import trimaran.record.Place;
import trimaran.record.Sanction;
import trimaran.record.Verdict;
import trimaran.record.Verifier;

/** Bugs in what a party stands on: its disk, its checks, the order in which it signs. */
final class PlantedGrounds {

    private PlantedGrounds() {}

    /** Every tier answers before its disk has synced. */
    static final class Unsynced extends Plants {
        @Override
        MemoryStore disk(Party party) {
            return new MemoryStore(MemoryStore.Fault.LAST_BATCH_LOST);
        }
    }

    /** The witness forgets what it signed when it restarts. */
    static final class ForgottenHead extends Plants {
        @Override
        Disk disk(Disk disk) {
            return new SimulatedDisk();
        }
    }

    /** Nobody looks at what application signed, and a station makes use of that. */
    static final class ReusedApproval extends Plants {
        private Optional<Verifier> real = Optional.empty();
        private Optional<Hospital> hospital = Optional.empty();

        @Override
        void founded(Hospital founded) {
            hospital = Optional.of(founded);
        }

        @Override
        Verifier verifier(Verifier verifier) {
            real = Optional.of(verifier);
            return (key, message, signature) -> verifier.verify(key, message, signature)
                    || hospital.map(one ->
                                    one.founded().party(Party.APPLICATION).statements())
                            .filter(key::equals)
                            .isPresent();
        }

        @Override
        Optional<Sanction> ground(Entry entry) {
            if (real.isEmpty() || hospital.isEmpty()) {
                return Optional.empty();
            }
            return hospital.get().oracle().written().values().stream()
                    .filter(Entry::isAcknowledged)
                    .flatMap(other -> other.sanction().stream())
                    .filter(Sanction.Approved.class::isInstance)
                    .map(ground -> ((Sanction.Approved) ground).approval())
                    .findFirst()
                    .map(one -> new Sanction.Approved(new Approval(
                            entry.digest(),
                            List.of(),
                            one.policyVersion(),
                            new RecordTime(hospital.get().loops().trueTime().millis() + 20_000),
                            one.path(),
                            one.signature())));
        }
    }

    /** Data asks the witness first, and the witness signs whatever the log signed. */
    static final class WitnessFirst extends Plants {
        @Override
        void started(Tier tier, Keeper keeper, VirtualLoop loop) {
            if (tier.party() == Party.DATA) {
                eager(keeper, loop, 0);
            }
        }

        private static void eager(Keeper keeper, VirtualLoop loop, long asked) {
            long size = keeper.copy().size();
            if (size > asked) {
                Checkpoint checkpoint =
                        keeper.cosigner().checkpoint(keeper.copy().size());
                Note note = new Note(
                        checkpoint.text(),
                        List.of(keeper.setting()
                                .keys()
                                .log()
                                .orElseThrow()
                                .sign(checkpoint, keeper.cosigner().nowSeconds())));
                keeper.peers()
                        .ask(Party.WITNESS, new Request.AddCheckpoint(size, List.of(), note.encode()), signed -> {});
            }
            loop.after(1, () -> eager(keeper, loop, size));
        }

        @Override
        CallHandler handler(WitnessBox witness, CallHandler real) {
            return new CallHandler() {
                @Override
                public void request(Calls calls, Bytes payload, Answer answer) {
                    try {
                        if (RequestCodec.decode(payload) instanceof Request.AddCheckpoint add) {
                            witness.signs(
                                    Checkpoint.parse(Note.parse(add.note()).text())
                                            .head());
                        }
                    } catch (MalformedException malformed) {
                        // The real one says so.
                    }
                    real.request(calls, payload, answer);
                }

                @Override
                public void opened(Calls calls) {
                    real.opened(calls);
                }

                @Override
                public void notice(Calls calls, Bytes payload) {
                    real.notice(calls, payload);
                }

                @Override
                public void closed(Calls calls, CloseReason reason) {
                    real.closed(calls, reason);
                }
            };
        }
    }

    /** A void entry takes its digest along; and data now and then places one that is void, so that it shows. */
    static final class VoidCounts extends Plants {
        @Override
        Store store(Tier tier, MemoryStore disk) {
            return new Marking(disk);
        }

        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return tier.party() != Party.DATA
                    ? keeper
                    : new PlantedAnswers.Before(keeper) {
                        @Override
                        boolean takes(Request request, Answer answer) throws MalformedException {
                            if (request instanceof Request.Append append
                                    && tier.sequencer().orElseThrow().isServing()
                                    && keeper.copy().size() % 16 == 15) {
                                Header header = Reader.whole(
                                        append.entry().header().inline().orElse(Bytes.EMPTY), Header::read);
                                if (header.sanction() instanceof Sanction.Approved(Approval approval)
                                        && !keeper.copy().placed(header.digest())) {
                                    voided(header, approval, append);
                                }
                            }
                            return false;
                        }

                        private void voided(Header header, Approval approval, Request.Append append) {
                            Approval late = new Approval(
                                    approval.entry(),
                                    approval.premises(),
                                    approval.policyVersion(),
                                    RecordTime.ZERO,
                                    approval.path(),
                                    approval.signature());
                            Bytes other =
                                    header.with(new Sanction.Approved(late)).encode();
                            var entry = append.entry();
                            var sealed = new trimaran.line.message.SealedEntry(
                                    trimaran.line.message.SealedEntry.Item.inline(other),
                                    entry.annex(),
                                    entry.escrow(),
                                    entry.blobs(),
                                    entry.place());
                            if (keeper.complete(sealed) instanceof Outcome.Done<EntryContent>(EntryContent content)) {
                                CopyGroup group = keeper.copy().begin();
                                RecordTime time = keeper.copy().lastTime();
                                Judgement judgement = group.judge(content, time, List.of());
                                if (judgement.verdict() == Verdict.VOID) {
                                    group.add(content, group.place(judgement, time, List.of()));
                                    keeper.copy().commit(group);
                                    keeper.feed().remember(group);
                                }
                            }
                        }
                    };
        }

        private record Marking(MemoryStore disk) implements Store {
            @Override
            public Optional<Bytes> get(Space space, Bytes key) {
                return disk.get(space, key);
            }

            @Override
            public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
                disk.scan(space, from, to, visitor);
            }

            @Override
            public void write(List<Change> batch) {
                List<Change> more = new ArrayList<>(batch);
                for (Change change : batch) {
                    if (change instanceof Change.Put(Space space, Bytes key, Bytes value) && space == Space.ENTRIES) {
                        mark(key, value).ifPresent(more::add);
                    }
                }
                disk.write(more);
            }

            private static Optional<Change> mark(Bytes key, Bytes value) {
                try {
                    Reader reader = new Reader(value);
                    Header header = Reader.whole(reader.bytes(Integer.MAX_VALUE), Header::read);
                    Place place = Place.decode(reader.bytes(Integer.MAX_VALUE));
                    return place.verdict() == Verdict.VOID
                            ? Optional.of(new Change.Put(
                                    Space.POSITIONS, Bytes.of(header.digest().unsafeArray()), key))
                            : Optional.empty();
                } catch (MalformedException broken) {
                    throw new IllegalStateException("a stored entry cannot be read", broken);
                }
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
    }
}
