package trimaran.line.message;

import static trimaran.line.message.RecordSamples.CELL;
import static trimaran.line.message.RecordSamples.WARD;
import static trimaran.line.message.RecordSamples.digest;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.record.PublicKey;
import trimaran.record.Suite;

/** A small valid value of each message between stations. */
final class BuddySamples {

    static final BuddyRequest.Copy COPY = new BuddyRequest.Copy(new ResourceId(WARD, 5), new WallTime(7));
    static final PublicKey BADGE = new PublicKey(Suite.P256, Bytes.ofText("badge"));

    private BuddySamples() {}

    static List<BuddyRequest> requests() {
        return List.of(
                new BuddyRequest.Greet(digest("origin"), 1, digest("before"), digest("life")),
                new BuddyRequest.Keep(digest("whole"), 9, 4, Bytes.ofText("piece")),
                new BuddyRequest.Leave(List.of(digest("a"), digest("b"))),
                new BuddyRequest.Alive(3),
                new BuddyRequest.Copies(
                        BADGE, List.of(COPY, new BuddyRequest.Copy(new ResourceId(CELL, 1), new WallTime(8)))),
                new BuddyRequest.KeepCopy(COPY, digest("whole"), 9, 4, Bytes.ofText("piece")),
                new BuddyRequest.Lost(List.of(digest("a"), digest("b"))));
    }

    static List<BuddyResponse> responses() {
        return List.of(
                new BuddyResponse.Done(),
                new BuddyResponse.Kept(List.of(digest("a"), digest("b"))),
                new BuddyResponse.Lacking(List.of(COPY)));
    }
}
