package trimaran.station.hl7;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import trimaran.kernel.Bytes;

/**
 * The blocks of one line: {@code <VT> message <FS><CR>} (HL7 2.5, Appendix C, Minimal Lower Layer Protocol). The last CR may be
 * missing. Everything is bounded: stray bytes outside a block, the block itself, and by the caller's clock the time.
 */
final class Blocks {

    static final int START = 0x0b;
    static final int END = 0x1c;
    private static final int CR = 0x0d;
    private static final int LF = 0x0a;
    private static final int BUFFER_BYTES = 16 << 10;

    /** What came over the line. */
    sealed interface Block {

        /** A whole message, and how much of the common room it takes until it is dealt with. */
        record Message(Bytes bytes, long room) implements Block {}

        /** It is larger than a message may be; the line is of no use any more. */
        record TooLarge() implements Block {}

        /** All lines together hold as much as there is room for. */
        record NoRoom() implements Block {}

        /** What comes is no block. */
        record Garbage() implements Block {}

        /** The sender hung up, perhaps within a block. */
        record Over() implements Block {}
    }

    /** The line these blocks come over. */
    interface Line {

        /** Told when a block begins, for the clock. */
        void began();

        /** Waits until what this line has under way is answered; whether there was anything, so that there may be room now. */
        boolean waited() throws IOException;
    }

    private final InputStream in;
    private final Hl7Limits limits;
    private final MessageRoom room;
    private final Line line;

    Blocks(InputStream in, Hl7Limits limits, MessageRoom room, Line line) {
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
        this.limits = limits;
        this.room = room;
        this.line = line;
    }

    Block next() throws IOException {
        int stray = 0;
        while (true) {
            int next = in.read();
            if (next < 0) {
                return new Block.Over();
            }
            if (next == START) {
                line.began();
                return inside();
            }
            // Line ends between blocks are what careless senders add; they count, or they could go on for ever.
            if (++stray > Hl7Limits.STRAY_BYTES_MAX) {
                return new Block.Garbage();
            }
        }
    }

    /** Room that is not handed on with a message is given back, also when the line breaks off. */
    private Block inside() throws IOException {
        Taking taking = new Taking();
        Block block = new Block.Over();
        try {
            block = inside(taking);
            return block;
        } finally {
            if (!(block instanceof Block.Message)) {
                room.give(taking.bytes);
            }
        }
    }

    private static final class Taking {
        private long bytes;
    }

    private Block inside(Taking taking) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream(1024);
        while (true) {
            int next = in.read();
            if (next < 0) {
                return new Block.Over();
            }
            if (next == END) {
                swallowLineEnd();
                return new Block.Message(Bytes.wrap(block.toByteArray()), taking.bytes);
            }
            if (next == START) {
                // The sender gave the block up and began another: what went before was never whole.
                block.reset();
                line.began();
                continue;
            }
            if (block.size() >= limits.messageBytes()) {
                return new Block.TooLarge();
            }
            if (block.size() >= taking.bytes) {
                if (!isRoomFor(taking)) {
                    return new Block.NoRoom();
                }
                taking.bytes += Hl7Limits.PIECE_BYTES;
            }
            block.write(next);
        }
    }

    /**
     * Takes room for one more piece. A sender that sends on is not refused over what it sent before, and the first piece of a line that
     * has nothing else always finds room: others that send much do not lock out one that sends little.
     */
    private boolean isRoomFor(Taking taking) throws IOException {
        if (room.take(Hl7Limits.PIECE_BYTES) || (line.waited() && room.take(Hl7Limits.PIECE_BYTES))) {
            return true;
        }
        if (taking.bytes == 0) {
            room.takeAnyway(Hl7Limits.PIECE_BYTES);
            return true;
        }
        return false;
    }

    /** The CR after the end, if it is here already: a sender that leaves it out is not waited for. */
    private void swallowLineEnd() throws IOException {
        for (int i = 0; i < 2 && in.available() > 0; i++) {
            in.mark(1);
            int next = in.read();
            if (next != CR && next != LF) {
                in.reset();
                return;
            }
        }
    }

    static void write(OutputStream out, byte[] message) throws IOException {
        byte[] block = new byte[message.length + 3];
        block[0] = START;
        System.arraycopy(message, 0, block, 1, message.length);
        block[block.length - 2] = END;
        block[block.length - 1] = CR;
        out.write(block);
        out.flush();
    }
}
