package trimaran.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Sanction;
import trimaran.record.Signature;

/**
 * A fallen tier passes on what is held with its own word and the other's, both true, and under another header than its author's: the
 * words name what the author signed, and not what stands around that.
 */
final class FalseHeaders {

    private static final int FALSE_PERCENT = 30;

    private static final int APPROVED_MAX = 64;

    private final Party fallen;
    private final SplittableRandom random;
    private final List<Sanction> approved = new ArrayList<>();
    private Optional<Hospital> hospital = Optional.empty();
    private int count;

    FalseHeaders(Party fallen, SplittableRandom random) {
        this.fallen = fallen;
        this.random = random;
    }

    void founded(Hospital founded) {
        hospital = Optional.of(founded);
    }

    int count() {
        return count;
    }

    /** An honest tier's handler, behind the line from the fallen one. */
    CallHandler behind(CallHandler real) {
        return new Around(real) {
            @Override
            public void request(Calls calls, Bytes payload, Answer answer) {
                real.request(calls, isFallen(calls) ? changed(payload) : payload, answer);
            }
        };
    }

    /** Whoever takes its place is another. */
    private boolean isFallen(Calls calls) {
        return calls.peer().equals(Founded.line(fallen))
                && hospital.filter(one -> one.tier(fallen).seat().epoch() == 1).isPresent();
    }

    private Bytes changed(Bytes payload) {
        try {
            if (!(RequestCodec.decode(payload) instanceof Request.HoldCopy copied)
                    || copied.entry().header().inline().isEmpty()) {
                return payload;
            }
            SealedEntry entry = copied.entry();
            Header header = Reader.whole(entry.header().inline().get(), Header::read);
            if (header.sanction() instanceof Sanction.Approved && approved.size() < APPROVED_MAX) {
                approved.add(header.sanction());
            }
            if (random.nextInt(100) >= FALSE_PERCENT) {
                return payload;
            }
            Bytes other = changed(header).encode();
            if (other.equals(entry.header().inline().get())) {
                return payload;
            }
            count++;
            SealedEntry under = new SealedEntry(
                    SealedEntry.Item.inline(other), entry.annex(), entry.escrow(), entry.blobs(), entry.place());
            return RequestCodec.encode(new Request.HoldCopy(under, copied.held()));
        } catch (MalformedException malformed) {
            // The real keeper says so.
            return payload;
        }
    }

    private Header changed(Header header) throws MalformedException {
        if (random.nextInt(3) == 0) {
            byte[] nobodys = new byte[header.signature().value().size()];
            random.nextBytes(nobodys);
            Signature forged = new Signature(header.signature().suite(), Bytes.wrap(nobodys));
            return Header.of(header.authorBytes(), forged, header.sanction());
        }
        return header.with(
                approved.isEmpty() ? new Sanction.OwnSignatures() : approved.get(random.nextInt(approved.size())));
    }
}
