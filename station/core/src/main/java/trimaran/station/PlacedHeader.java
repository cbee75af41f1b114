package trimaran.station;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Place;

/**
 * Fetches the header under which one of this station's entries was placed, when it is not one this process sent: it went
 * out before a restart. The leaf the feed told tells the right one.
 */
final class PlacedHeader {

    /** Takes a header and place that were compared with the leaf. */
    interface Found {
        void placed(Submission submission, Header header, Place place);
    }

    private final StationSetting setting;
    private final TierTable tiers;
    private final Submission submission;
    private final long index;
    private final Push.MovedEntry moved;
    private final Found found;

    PlacedHeader(
            StationSetting setting,
            TierTable tiers,
            Submission submission,
            long index,
            Push.MovedEntry moved,
            Found found) {
        this.setting = setting;
        this.tiers = tiers;
        this.submission = submission;
        this.index = index;
        this.moved = moved;
        this.found = found;
    }

    void fetch() {
        from(tiers.up(), 0);
    }

    private void from(List<TierLine> lines, int turn) {
        if (submission.finished) {
            return;
        }
        if (turn >= lines.size()) {
            setting.loop().after(StationLimits.RETRY_MAX_MILLIS, this::fetch);
            return;
        }
        TierLine line = lines.get(turn);
        Request request = new Request.FetchEntries(index, StationLimits.FETCH_BYTES);
        line.ask(request, Response.Entries.class, outcome -> {
            Optional<SealedEntry> entry = outcome instanceof Outcome.Done<Response.Entries>(Response.Entries got)
                            && got.from() == index
                            && !got.entries().isEmpty()
                    ? Optional.of(got.entries().getFirst())
                    : Optional.empty();
            if (entry.isEmpty()) {
                from(lines, turn + 1);
            } else {
                new BlobFetch(line).item(entry.get().header(), header -> {
                    if (!taken(header, entry.get().place())) {
                        from(lines, turn + 1);
                    }
                });
            }
        });
    }

    private boolean taken(Outcome<Bytes> headerBytes, Bytes place) {
        if (!(headerBytes instanceof Outcome.Done<Bytes>(Bytes bytes))) {
            return false;
        }
        try {
            Header header = Reader.whole(bytes, Header::read);
            boolean right = header.digest().equals(submission.digest())
                    && Place.leaf(header.author().nonce(), bytes, place).equals(moved.leaf());
            if (right) {
                found.placed(submission, header, Place.decode(place));
            }
            return right;
        } catch (MalformedException malformed) {
            return false;
        }
    }
}
