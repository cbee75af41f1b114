package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.Channel;
import trimaran.line.CloseReason;
import trimaran.line.LineLimits;
import trimaran.line.PeerId;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.CellHead;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.RecordLimits;
import trimaran.record.Verdict;

class FeedTest {

    @Test
    void aHeldSetLargerThanAMessageIsToldInSeveral() throws MalformedException {
        List<Digest> held = digests("held", MessageLimits.ENTRIES_MAX + 1);
        List<Digest> gone = digests("gone", 2 * MessageLimits.ENTRIES_MAX + 1);
        List<Push.HeldSet> pages = Feed.pages(true, held, gone);

        for (Push.HeldSet page : pages) {
            assertThat(PushCodec.decode(PushCodec.encode(page))).isEqualTo(page);
        }
        assertThat(pages).extracting(Push.HeldSet::afresh).containsExactly(true, false, false);
        assertThat(pages.stream().flatMap(page -> page.more().stream())).containsExactlyElementsOf(held);
        assertThat(pages.stream().flatMap(page -> page.gone().stream())).containsExactlyElementsOf(gone);
        assertThat(Feed.pages(false, List.of(), List.of())).isEmpty();
        assertThat(Feed.pages(true, List.of(), List.of())).hasSize(1);
    }

    /** Else one entry would keep every copy from going on. */
    @Test
    void aPlaceOfAsManyChangesAndPartsAsAnEntryMayHaveGoesThroughAFrame() throws MalformedException {
        Digest digest = Digest.sha256(Bytes.ofText("e"));
        int each = RecordLimits.CHANGES_MAX / RecordLimits.PARTS_MAX + 1;
        PlacedPart part = new PlacedPart(1, digest, Collections.nCopies(each, 1L));
        Bytes place = new Place(
                        1, KeptTier.START, Verdict.VALID, Collections.nCopies(RecordLimits.PARTS_MAX, part), List.of())
                .encode();
        assertThat(place.size()).isLessThan(MessageLimits.CONTENT_BYTES_MAX);
        Push.MovedEntry entry = new Push.MovedEntry(
                digest,
                digest,
                digest,
                place,
                Collections.nCopies(RecordLimits.PARTS_MAX, new CellHead(new CellId(1, 2), 1, digest)));
        Bytes alone = PushCodec.encode(new Push.Moved(1, List.of(entry)));
        assertThat(alone.size()).isLessThan(LineLimits.PAYLOAD_MAX_BYTES);
        assertThat(Feed.bytes(entry))
                .as("what a page counts it for is what it takes")
                .isBetween(alone.size() - 32, alone.size());
        assertThat(Feed.bytes(entry))
                .as("a page takes it, and ends before a second")
                .isBetween(MessageLimits.CONTENT_BYTES_MAX / 2, MessageLimits.CONTENT_BYTES_MAX);
        assertThat(PushCodec.decode(alone)).isEqualTo(new Push.Moved(1, List.of(entry)));
    }

    @Test
    void aFollowerWithOneByteTooManyWaitingIsToldNoMoreUntilItsLineHasDrained() throws MalformedException {
        KeptTier access = new KeptTier();
        Feed feed = new Feed(
                access.copy, access.cosigner, access.membership, new Announcements(access.setting, access.copy));
        Slow line = new Slow();
        Calls calls = line.calls(access.setting.loop());
        feed.follow(calls, 0);
        access.place(access.grant(), KeptTier.START);
        access.cosigner.learn(access.note(
                access.cosigner.checkpoint(access.copy.size()),
                KeptTier.START.millis() / 1000,
                Party.ACCESS,
                Party.DATA,
                Party.WITNESS));

        line.waiting = Feed.WAITING_BYTES_MAX + 1;
        feed.beat();
        feed.feed(calls);
        feed.heldMore(Digest.sha256(Bytes.ofText("held")));
        assertThat(line.sent).isEmpty();

        line.waiting = Feed.WAITING_BYTES_MAX;
        feed.feed(calls);
        assertThat(line.told())
                .as("all that is held, all that is covered, and the checkpoint")
                .hasExactlyElementsOfTypes(Push.HeldSet.class, Push.Moved.class, Push.Beat.class);

        line.waiting = Feed.WAITING_BYTES_MAX + 1;
        feed.heldMore(Digest.sha256(Bytes.ofText("held since")));
        assertThat(line.sent).hasSize(3);
        line.waiting = 0;
        feed.feed(calls);
        assertThat(line.told().get(3))
                .as("what changed while the line was full is in what is told afresh")
                .isInstanceOfSatisfying(Push.HeldSet.class, all -> {
                    assertThat(all.afresh()).isTrue();
                    assertThat(all.more()).hasSize(2);
                });
    }

    /** A line that takes what is sent, and of which the test says how much has not left yet. */
    private static final class Slow implements Channel, CallHandler {
        private final List<Bytes> sent = new ArrayList<>();
        private final List<Calls> opened = new ArrayList<>();
        private int waiting;

        Calls calls(Loop loop) {
            Calls.over(loop, this).opened(this);
            return opened.getFirst();
        }

        List<Push> told() throws MalformedException {
            List<Push> told = new ArrayList<>();
            for (Bytes frame : sent) {
                told.add(PushCodec.decode(
                        Bytes.ofRange(frame.unsafeArray(), LineLimits.CALL_HEADER_BYTES, frame.size())));
            }
            return told;
        }

        @Override
        public PeerId peer() {
            return SimulatedNetwork.peer("station");
        }

        @Override
        public boolean send(Bytes frame) {
            return sent.add(frame);
        }

        @Override
        public int waitingBytes() {
            return waiting;
        }

        @Override
        public void close(CloseReason reason) {
            throw new AssertionError("nobody closes this line");
        }

        @Override
        public void opened(Calls calls) {
            opened.add(calls);
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            throw new AssertionError("nobody asks on this line");
        }

        @Override
        public void notice(Calls calls, Bytes payload) {
            throw new AssertionError("nobody tells on this line");
        }

        @Override
        public void closed(Calls calls, CloseReason reason) {
            throw new AssertionError("nobody closes this line");
        }
    }

    private static List<Digest> digests(String name, int count) {
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            digests.add(Digest.sha256(Bytes.ofText(name + " " + i)));
        }
        return digests;
    }
}
