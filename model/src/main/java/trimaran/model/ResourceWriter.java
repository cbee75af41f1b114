package trimaran.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.RecordTime;

/**
 * Writes resources by splicing the author's bytes, never by encoding values anew. The author's bytes, which are signed
 * and stored, are {@link #authored}: resourceType, id, meta without versionId and lastUpdated, then the rest in the
 * author's order and spelling without white space between tokens. What a reader gets is {@link #supplied}.
 */
public final class ResourceWriter {

    private static final byte[] TYPE = ascii("{\"resourceType\":\"");
    private static final byte[] ID = ascii("\",\"id\":\"");
    private static final byte[] META = ascii(",\"meta\":{");
    private static final byte[] VERSION = ascii("\"versionId\":\"");
    private static final byte[] UPDATED = ascii("\",\"lastUpdated\":\"");

    private final Resource resource;
    private final long[] links;
    private final Function<String, @Nullable String> targets;
    private byte[] out;
    private int size;

    private ResourceWriter(Resource resource, Function<String, @Nullable String> targets) {
        this.resource = resource;
        this.targets = targets;
        this.links = sorted(resource.references, resource.links);
        this.out = new byte[resource.sizeBytes() + 128];
    }

    /**
     * The bytes to be signed.
     *
     * @param id the id the station assigned; a valid FHIR id
     * @param targets for each reference, and each {@code urn:uuid:} elsewhere, what to write instead; null leaves it
     */
    public static byte[] authored(Resource resource, String id, Function<String, @Nullable String> targets) {
        byte[] name = ascii(id);
        if (!PrimitiveText.isId(name, 0, name.length)) {
            throw new IllegalArgumentException("not a FHIR id");
        }
        ResourceWriter writer = new ResourceWriter(resource, targets);
        writer.write(name);
        return Arrays.copyOf(writer.out, writer.size);
    }

    /**
     * The bytes a reader gets: those of {@link #authored} with versionId and lastUpdated. Does not parse.
     *
     * @param version the resource's counter
     * @param lastUpdated place time, or the held time the place names
     */
    public static byte[] supplied(byte[] authored, long version, RecordTime lastUpdated) {
        int head = headEnd(authored);
        boolean meta = PrimitiveText.startsWith(authored, head, authored.length, META);
        byte[] number = ascii(Long.toString(version));
        byte[] time = ascii(lastUpdated.toString());
        byte[] close = ascii(meta ? "\"," : "\"}");
        int rest = meta ? head + META.length : head;
        int added = META.length + VERSION.length + number.length + UPDATED.length + time.length + close.length;
        byte[] out = Arrays.copyOf(authored, head + added + authored.length - rest);
        int at = head;
        for (byte[] part : new byte[][] {META, VERSION, number, UPDATED, time, close}) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        System.arraycopy(authored, rest, out, at, authored.length - rest);
        return out;
    }

    /** The position after the id's closing quote. Neither type nor id holds a quote, so the eighth ends the head. */
    private static int headEnd(byte[] authored) {
        int quotes = 0;
        for (int i = 0; i < authored.length; i++) {
            if (authored[i] == '"' && ++quotes == 8) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("not an author's bytes");
    }

    private void write(byte[] id) {
        append(TYPE);
        append(ascii(resource.type()));
        append(ID);
        append(id);
        append((byte) '"');
        if (resource.metaRuns.length > 0) {
            append(META);
            runs(resource.metaRuns, false);
            append((byte) '}');
        }
        runs(resource.runs, true);
        append((byte) '}');
    }

    private void runs(int[] runs, boolean comma) {
        for (int i = 0; i < runs.length; i += 2) {
            if (comma || i > 0) {
                append((byte) ',');
            }
            run(runs[i], runs[i + 1]);
        }
    }

    private void run(int start, int end) {
        int at = start;
        boolean inside = false;
        int next = Arrays.binarySearch(links, (long) start << 32);
        for (next = next < 0 ? -next - 1 : next; next < links.length; next++) {
            int from = (int) (links[next] >>> 32);
            int to = (int) links[next];
            if (from >= end) {
                break;
            }
            String target = targets.apply(JsonScanner.text(resource.body, from, to));
            if (target != null) {
                copy(at, from, inside);
                quoted(target);
                at = to;
                inside = true;
            }
        }
        copy(at, end, inside);
    }

    /**
     * Copies bytes without the white space between tokens.
     *
     * @param begunInside whether the first byte closes a string
     */
    private void copy(int start, int end, boolean begunInside) {
        room(end - start);
        if (!resource.spaced) {
            System.arraycopy(resource.body, start, out, size, end - start);
            size += end - start;
            return;
        }
        byte[] body = resource.body;
        boolean inside = begunInside;
        for (int i = start; i < end; i++) {
            byte next = body[i];
            if (inside && next == '\\') {
                out[size++] = next;
                next = body[++i];
            } else if (next == '"') {
                inside = !inside;
            } else if (!inside && (next == ' ' || next == '\n' || next == '\r' || next == '\t')) {
                continue;
            }
            out[size++] = next;
        }
    }

    /** Replacements are references: characters JSON would escape do not occur in them, but must not break it either. */
    private void quoted(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        room(plain.length);
        for (byte next : plain) {
            if (next == '"' || next == '\\' || (next >= 0 && next < ' ')) {
                throw new IllegalArgumentException("not a reference");
            }
        }
        append(plain);
    }

    private static long[] sorted(int[] references, int[] links) {
        long[] all = new long[(references.length + links.length) / 2];
        int to = 0;
        for (int i = 0; i < references.length; i += 2) {
            all[to++] = (long) references[i] << 32 | references[i + 1];
        }
        for (int i = 0; i < links.length; i += 2) {
            all[to++] = (long) links[i] << 32 | links[i + 1];
        }
        Arrays.sort(all);
        return all;
    }

    private void append(byte[] part) {
        room(part.length);
        System.arraycopy(part, 0, out, size, part.length);
        size += part.length;
    }

    private void append(byte one) {
        room(1);
        out[size++] = one;
    }

    private void room(int more) {
        if (size + more > out.length) {
            out = Arrays.copyOf(out, Math.max(size + more, out.length * 2));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
