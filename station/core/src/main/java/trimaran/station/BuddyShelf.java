package trimaran.station;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Disk;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.line.Answer;
import trimaran.line.message.BuddyCodec;
import trimaran.line.message.BuddyRequest;
import trimaran.line.message.BuddyResponse;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.Statement;

/**
 * The sealed ward copies of another station, in the folder this one keeps for it, and beside them that station's badge, whose
 * signature they bear: {@code badge}, the public keys under which it brought copies, newest first; a machine that replaces another
 * under its name has another, and what its ward has until it makes copies is what the other made. The ward's own badge opens them, at either station.
 *
 * <p>Trust: whoever changes badge and copies has another ward printed under the right badge's PIN; they cannot read one.
 */
public final class BuddyShelf {

    private static final String BADGE = "badge";

    private final StationSetting setting;
    private final Disk disk;
    private final BuddyStock stock;
    private final BuddyIntake intake = new BuddyIntake(BuddyLimits.COPY_BYTES_MAX);
    private List<PublicKey> badges;

    /** Under which badge that station speaks since its last comparison. */
    private Optional<PublicKey> speaking = Optional.empty();

    /** What was asked for and has not come: nothing else is taken, and nothing twice. */
    private final Set<BuddyRequest.Copy> awaited = new HashSet<>();

    BuddyShelf(StationSetting setting, String ward) {
        this.setting = setting;
        this.disk = new DiskFolder(setting.disk(), folder(ward));
        this.stock = new BuddyStock(disk);
        this.badges = badges(disk);
    }

    /** Where a station keeps what it keeps for another. */
    public static String folder(String ward) {
        return "buddy-" + ward;
    }

    /** Whose signature the copies in such a folder bear, the newest first; empty if none were brought. */
    public static List<PublicKey> badges(Disk folder) {
        List<PublicKey> badges = new ArrayList<>();
        try {
            Reader reader = new Reader(folder.read(BADGE).orElse(Bytes.EMPTY));
            while (reader.remaining() > 0) {
                badges.add(PublicKey.read(reader));
            }
            return List.copyOf(badges);
        } catch (MalformedException damaged) {
            return List.copyOf(badges);
        }
    }

    private void write(List<PublicKey> keys) {
        Writer writer = new Writer();
        keys.forEach(key -> key.write(writer));
        disk.replace(BADGE, writer.toBytes());
    }

    /** Which of the station's copies are not here, and are taken from now on. */
    void compare(BuddyRequest.Copies wanted, Registry registry, Answer answer) {
        boolean isStation = registry.badge(wanted.badge().id())
                .filter(grant -> grant.kind() == Statement.BadgeKind.STATION)
                .isPresent();
        awaited.clear();
        if (!isStation) {
            answer.refuse(Code.NOT_ALLOWED, "this badge is no station's");
            return;
        }
        WallTime now = setting.loop().wallTime();
        onDisk(answer, () -> Outcome.done(new BuddyResponse.Lacking(stock.lacking(wanted.copies(), now))), response -> {
            speaking = Optional.of(wanted.badge());
            awaited.clear();
            if (response instanceof BuddyResponse.Lacking lacking) {
                awaited.addAll(lacking.copies());
            }
        });
    }

    /** A piece; with the last the copy is kept, if it was asked for and that station made it. */
    void keep(BuddyRequest.KeepCopy piece, Answer answer) {
        if (!awaited.contains(piece.copy())) {
            answer.refuse(Code.NOT_ALLOWED, "this copy was not asked for");
            return;
        }
        Outcome<Optional<Bytes>> taken = intake.take(piece.whole(), piece.total(), piece.offset(), piece.piece());
        switch (taken) {
            case Outcome.Refused<Optional<Bytes>>(Refusal refusal) -> answer.refuse(refusal);
            case Outcome.Done<Optional<Bytes>>(Optional<Bytes> whole) -> {
                if (whole.isEmpty()) {
                    answer.done(BuddyCodec.encode(new BuddyResponse.Done()));
                } else {
                    awaited.remove(piece.copy());
                    keep(piece.copy(), whole.get(), answer);
                }
            }
        }
    }

    private void keep(BuddyRequest.Copy copy, Bytes whole, Answer answer) {
        try {
            WardCopyFile file = WardCopyFile.decode(whole);
            boolean itself = file.ward().equals(copy.ward()) && file.made().equals(copy.made());
            if (!itself
                    || speaking.filter(one -> file.isMadeBy(one, setting.verifier()))
                            .isEmpty()) {
                answer.refuse(Code.BAD_SIGNATURE, "this copy was altered, or is another station's");
                return;
            }
            List<PublicKey> keys = badges(speaking.get());
            boolean known = badges.equals(keys);
            onDisk(
                    answer,
                    () -> {
                        if (!known) {
                            write(keys);
                        }
                        return stock.keep(file, whole.size())
                                ? Outcome.done(new BuddyResponse.Done())
                                : Outcome.refused(Code.BUSY, "the buddy keeps as many copies as it can");
                    },
                    done -> badges = keys);
        } catch (MalformedException foreign) {
            answer.refuse(Code.MALFORMED, "this is no ward copy");
        }
    }

    /** This one, and those before it. */
    private List<PublicKey> badges(PublicKey newest) {
        return Stream.concat(Stream.of(newest), badges.stream().filter(one -> !one.equals(newest)))
                .limit(BuddyLimits.BADGES_MAX)
                .toList();
    }

    /** Large files are written beside the loop; {@code then} runs on it once they are. */
    private void onDisk(Answer answer, Supplier<Outcome<BuddyResponse>> work, Consumer<BuddyResponse> then) {
        setting.workbench().run(() -> {
            Outcome<BuddyResponse> outcome;
            try {
                outcome = work.get();
            } catch (UncheckedIOException refused) {
                // A buddy whose disk takes no copy goes on with the rest.
                outcome = Outcome.refused(Code.DISK_FULL, "the buddy's disk takes no copy");
            }
            Outcome<BuddyResponse> done = outcome;
            setting.loop().run(() -> {
                if (done instanceof Outcome.Done<BuddyResponse>(BuddyResponse response)) {
                    then.accept(response);
                }
                answer.give(done.map(BuddyCodec::encode));
            });
        });
    }
}
