package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Disk;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.shares.AuthenticatedEncryption;
import trimaran.shares.KeyDerivation;

/**
 * Every message that came, as it came, with what was answered: sealed files on the station's disk. It is not in the record,
 * which holds what a message says, each fact in its patient's cell: there it would double what is opened at a bedside, and a
 * message about nobody known would have no cell. Whoever loses it loses no fact; a message that comes again is known by its token in the
 * record.
 *
 * <p>Files {@code hl7/journal-<8 digits>} of records {@code u32 length ‖ salt 16 ‖ AES-256-GCM(content)}, zero nonce, under
 * {@code HMAC-SHA256(outbox key, tag ‖ salt)}; content: version 1 ‖ i64 time ‖ text sender ‖ text control id ‖ digest of the message ‖
 * text answer code ‖ bytes answer ‖ bytes message. Each life of the process begins a file, so none is written behind a torn end.
 * Who changes a file can make messages be dealt with again, which changes nothing; who reads it learns sizes and times.
 */
public final class Journal {

    /** A file is read whole when it is searched. */
    static final int FILE_BYTES_MAX = 8 << 20;

    /** Files kept: a year of a hospital of 700 beds and more. */
    static final int FILES_MAX = 1_000;

    /** Answers remembered, so that a message that comes again is answered the same without a question to anybody. */
    static final int ANSWERS_MAX = 20_000;

    /** What a start rereads of the newest files to remember answers. */
    static final long REREAD_BYTES_MAX = 32L << 20;

    private static final String FOLDER = "hl7";
    private static final String NAME = FOLDER + "/journal-";
    private static final byte[] TAG = Bytes.ofText("trimaran/hl7-journal/1\n").toArray();
    private static final byte[] NOTHING = new byte[0];
    private static final int SALT_BYTES = 16;
    private static final int VERSION = 1;
    static final int NAME_CHARACTERS_MAX = 1_000;
    private static final int NAME_BYTES = 4 * NAME_CHARACTERS_MAX;
    private static final int CONTENT_BYTES = 64 << 20;

    /** One message and what became of it. */
    public record Kept(
            WallTime time,
            String sender,
            String controlId,
            Digest message,
            String answerCode,
            Bytes answer,
            Bytes bytes) {}

    private static final class Pending {
        private final Bytes sealed;
        private boolean written;

        Pending(Bytes sealed) {
            this.sealed = sealed;
        }
    }

    private final Disk disk;
    private final SecretBytes key;
    private final Entropy entropy;
    private final Consumer<Hl7Event> events;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Pending> queued = new ArrayList<>();
    private final Map<Digest, Bytes> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Bytes> eldest) {
            return size() > ANSWERS_MAX;
        }
    };
    private int file;
    private long fileBytes;

    public Journal(Disk disk, SecretBytes key, Entropy entropy, Consumer<Hl7Event> events) {
        this.disk = disk;
        this.key = key;
        this.entropy = entropy;
        this.events = events;
        List<String> names = names();
        file = names.isEmpty() ? 1 : number(names.getLast()) + 1;
        remember(names);
    }

    private List<String> names() {
        return disk.list(FOLDER).stream()
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .filter(name -> name.matches("journal-[0-9]{8}"))
                .map(name -> FOLDER + "/" + name)
                .sorted()
                .toList();
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(NAME.length()));
    }

    /** The newest answers, oldest of them first. */
    private void remember(List<String> names) {
        long bytes = 0;
        int from = names.size();
        while (from > 0 && bytes < REREAD_BYTES_MAX) {
            from--;
            bytes += disk.read(names.get(from)).map(Bytes::size).orElse(0);
        }
        for (String name : names.subList(from, names.size())) {
            read(disk.read(name).orElse(Bytes.EMPTY)).forEach(this::rememberAnswer);
        }
    }

    private void rememberAnswer(Kept kept) {
        if (kept.answerCode().equals("AA")) {
            answers.put(name(kept.sender(), kept.controlId(), kept.message()), kept.answer());
        }
    }

    private static Digest name(String sender, String controlId, Digest message) {
        return Digest.sha256(new Writer()
                .text(cut(sender))
                .text(cut(controlId))
                .digest(message)
                .toArray());
    }

    /** Names longer than any sender's are told apart by the digest beside them. */
    private static String cut(String name) {
        return name.substring(0, Math.min(name.length(), NAME_CHARACTERS_MAX));
    }

    /** What this very message was answered when it was taken. */
    Optional<Bytes> answered(String sender, String controlId, Digest message) {
        synchronized (answers) {
            return Optional.ofNullable(answers.get(name(sender, controlId, message)));
        }
    }

    /** Keeps a message; on return it would survive a power cut. Lines that come together share one synced write. */
    void keep(Kept kept) {
        Pending mine = new Pending(sealed(kept));
        synchronized (queued) {
            queued.add(mine);
        }
        writing.lock();
        try {
            if (!mine.written) {
                write();
            }
        } finally {
            writing.unlock();
        }
        synchronized (answers) {
            rememberAnswer(kept);
        }
    }

    private void write() {
        List<Pending> batch;
        synchronized (queued) {
            batch = new ArrayList<>(queued);
            queued.clear();
        }
        Writer all = new Writer();
        batch.forEach(one -> all.bytes(one.sealed));
        Bytes bytes = all.toBytes();
        disk.append(NAME + "%08d".formatted(file), bytes);
        batch.forEach(one -> one.written = true);
        fileBytes += bytes.size();
        if (fileBytes >= FILE_BYTES_MAX) {
            file++;
            fileBytes = 0;
            List<String> names = names();
            names.subList(0, Math.max(0, names.size() - FILES_MAX)).forEach(disk::remove);
        }
    }

    private Bytes sealed(Kept kept) {
        byte[] plain = new Writer(kept.bytes().size() + 512)
                .u8(VERSION)
                .i64(kept.time().millis())
                .text(cut(kept.sender()))
                .text(cut(kept.controlId()))
                .digest(kept.message())
                .text(kept.answerCode())
                .bytes(kept.answer())
                .bytes(kept.bytes())
                .toArray();
        byte[] salt = entropy.bytes(SALT_BYTES);
        byte[] sealed = new byte[SALT_BYTES + plain.length + AuthenticatedEncryption.TAG_BYTES];
        System.arraycopy(salt, 0, sealed, 0, SALT_BYTES);
        AuthenticatedEncryption.seal(onceKey(salt), NOTHING, plain, plain.length, sealed, SALT_BYTES);
        return Bytes.wrap(sealed);
    }

    private SecretBytes onceKey(byte[] salt) {
        return SecretBytes.taking(KeyDerivation.authenticate(key, TAG, salt).toArray());
    }

    /** The newest messages that fit, newest first, at most so many. */
    public List<Kept> find(Predicate<Kept> wanted, int most) {
        return find(wanted, Function.identity(), most, new WallTime(0), FILES_MAX);
    }

    /**
     * The same, among some files only. What is found is held as what becomes of it: many whole messages are more than a station has
     * room for.
     *
     * @param as what becomes of each, at once
     * @param from no file that ends before is read
     * @param filesMax how many are read, the newest first
     */
    public <T> List<T> find(Predicate<Kept> wanted, Function<Kept, T> as, int most, WallTime from, int filesMax) {
        List<T> found = new ArrayList<>();
        List<String> names = names();
        for (String name : names.reversed().subList(0, Math.min(names.size(), filesMax))) {
            List<Kept> all = whole(name);
            for (Kept kept : all.reversed()) {
                if (found.size() < most && wanted.test(kept)) {
                    found.add(as.apply(kept));
                }
            }
            boolean older = !all.isEmpty() && all.getLast().time().millis() < from.millis();
            if (older || found.size() >= most) {
                return found;
            }
        }
        return found;
    }

    /** A file nobody is writing into meanwhile, or its last message would look torn. */
    private List<Kept> whole(String name) {
        Bytes bytes;
        writing.lock();
        try {
            bytes = disk.read(name).orElse(Bytes.EMPTY);
        } finally {
            writing.unlock();
        }
        return read(bytes);
    }

    /** The records of a file up to its end, or to where it is torn or changed. */
    private List<Kept> read(Bytes file) {
        List<Kept> all = new ArrayList<>();
        byte[] bytes = file.unsafeArray();
        int at = 0;
        while (bytes.length - at > Integer.BYTES) {
            int length = java.nio.ByteBuffer.wrap(bytes, at, Integer.BYTES).getInt();
            int start = at + Integer.BYTES;
            Optional<Kept> kept = length > SALT_BYTES && length <= bytes.length - start
                    ? opened(bytes, start, start + length)
                    : Optional.empty();
            if (kept.isEmpty()) {
                break;
            }
            all.add(kept.get());
            at = start + length;
        }
        if (at < bytes.length) {
            events.accept(new Hl7Event.JournalTorn(bytes.length - at));
        }
        return all;
    }

    private Optional<Kept> opened(byte[] bytes, int from, int to) {
        byte[] salt = java.util.Arrays.copyOfRange(bytes, from, from + SALT_BYTES);
        return AuthenticatedEncryption.open(onceKey(salt), NOTHING, bytes, from + SALT_BYTES, to)
                .flatMap(Journal::decoded);
    }

    private static Optional<Kept> decoded(byte[] plain) {
        try {
            return Optional.of(Reader.whole(Bytes.wrap(plain), Journal::kept));
        } catch (MalformedException other) {
            return Optional.empty();
        }
    }

    private static Kept kept(Reader reader) throws MalformedException {
        if (reader.u8() != VERSION) {
            throw new MalformedException("not a journal of this version");
        }
        return new Kept(
                new WallTime(reader.i64()),
                reader.text(NAME_BYTES),
                reader.text(NAME_BYTES),
                reader.digest(),
                reader.text(NAME_BYTES),
                reader.bytes(CONTENT_BYTES),
                reader.bytes(CONTENT_BYTES));
    }
}
