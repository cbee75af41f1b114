package trimaran.line.message;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/**
 * What a party stands on, so that an operator can see whether two of them would fall together (DESIGN §13). It travels among the
 * counters of a status report. Names are hashed with the hospital's origin: marks of one hospital are equal where names are,
 * and a name can be guessed from one but not read.
 *
 * @param marks what is known; a trait that could not be found out, or that nobody wrote down, is missing
 */
public record Ground(Map<Trait, Long> marks) {

    public static final Ground UNKNOWN = new Ground(Map.of());

    /** What no machine shows of itself: its people write it into a configuration, under the trait's key. */
    public static final List<Trait> WRITTEN_DOWN =
            List.of(Trait.HOST, Trait.STORAGE, Trait.ADMINISTRATOR, Trait.BACKUP);

    private static final byte[] TAG = Bytes.ofText("trimaran/ground/1\n").toArray();

    /** One thing parties may have in common. */
    public enum Trait {
        /** The kernel that runs the process. */
        MACHINE,
        /** The account of that machine under which it runs. */
        ACCOUNT,
        /** The disk of that machine, or the network storage, that holds its folder. */
        DISK,
        /** 1 in a virtual machine, 0 on a machine of its own; no mark. */
        VIRTUAL,
        /** The hypervisor or building block that carries the machine, as its people wrote it down. */
        HOST,
        /** The array, datastore or storage system below the machine on which its disk lies, as written down. */
        STORAGE,
        /** Who administers it, as written down. */
        ADMINISTRATOR,
        /** Where its backups go, as written down. */
        BACKUP,
        /** The programs that every tier runs, by their bytes. */
        RELEASE,
        /** When the newest of all its programs was put there, in seconds since 1970; no mark. */
        RELEASED;

        /** Its name among the counters, and in a configuration. */
        public String key() {
            return "ground." + name().toLowerCase(Locale.ROOT);
        }
    }

    public Ground {
        marks = marks.isEmpty() ? Map.of() : Map.copyOf(marks);
    }

    /** A name's mark in this hospital: 63 bits. */
    public static long mark(Digest origin, Trait trait, String name) {
        Bytes named = Bytes.ofText(trait.key() + "\n" + name);
        byte[] hash =
                Digest.sha256(TAG, origin.unsafeArray(), named.unsafeArray()).unsafeArray();
        long mark = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            mark = (mark << 8) | (hash[i] & 0xff);
        }
        return mark & Long.MAX_VALUE;
    }

    public OptionalLong of(Trait trait) {
        Long mark = marks.get(trait);
        return mark == null ? OptionalLong.empty() : OptionalLong.of(mark);
    }

    /** For a status report. */
    public List<Response.Counter> counters() {
        return marks.entrySet().stream()
                .map(one -> new Response.Counter(one.getKey().key(), one.getValue()))
                .toList();
    }

    /** What a report says of it. */
    public static Ground of(Response.Report report) {
        Map<Trait, Long> marks = new EnumMap<>(Trait.class);
        for (Response.Counter counter : report.counters()) {
            for (Trait trait : Trait.values()) {
                if (counter.name().equals(trait.key())) {
                    marks.put(trait, counter.value());
                }
            }
        }
        return new Ground(marks);
    }
}
