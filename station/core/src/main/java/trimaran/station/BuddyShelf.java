package trimaran.station;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
 * signature they bear: {@code badge}, its public key. The ward's own badge opens them, at either station.
 *
 * <p>Trust: whoever changes badge and copies has another ward printed under the right badge's PIN; they cannot read one.
 */
public final class BuddyShelf {

    private static final String BADGE = "badge";

    private final StationSetting setting;
    private final Disk disk;
    private final BuddyStock stock;
    private final BuddyIntake intake = new BuddyIntake(BuddyLimits.COPY_BYTES_MAX);
    private Optional<PublicKey> badge;

    /** What was asked for and has not come: nothing else is taken, and nothing twice. */
    private final Set<BuddyRequest.Copy> awaited = new HashSet<>();

    BuddyShelf(StationSetting setting, String ward) {
        this.setting = setting;
        this.disk = new DiskFolder(setting.disk(), folder(ward));
        this.stock = new BuddyStock(disk);
        this.badge = badge(disk);
    }

    /** Where a station keeps what it keeps for another. */
    public static String folder(String ward) {
        return "buddy-" + ward;
    }

    /** Whose signature the copies in such a folder bear; empty if none were brought. */
    public static Optional<PublicKey> badge(Disk folder) {
        try {
            Optional<Bytes> bytes = folder.read(BADGE);
            return bytes.isEmpty() ? Optional.empty() : Optional.of(Reader.whole(bytes.get(), PublicKey::read));
        } catch (MalformedException damaged) {
            return Optional.empty();
        }
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
        boolean known = badge.filter(wanted.badge()::equals).isPresent();
        WallTime now = setting.loop().wallTime();
        onDisk(
                answer,
                () -> {
                    if (!known) {
                        Writer writer = new Writer();
                        wanted.badge().write(writer);
                        disk.replace(BADGE, writer.toBytes());
                    }
                    return Outcome.done(new BuddyResponse.Lacking(stock.lacking(wanted.copies(), now)));
                },
                response -> {
                    badge = Optional.of(wanted.badge());
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
                    || badge.filter(one -> file.isMadeBy(one, setting.verifier()))
                            .isEmpty()) {
                answer.refuse(Code.BAD_SIGNATURE, "this copy was altered, or is another station's");
                return;
            }
            onDisk(
                    answer,
                    () -> stock.keep(file, whole.size())
                            ? Outcome.done(new BuddyResponse.Done())
                            : Outcome.refused(Code.BUSY, "the buddy keeps as many copies as it can"),
                    done -> {});
        } catch (MalformedException foreign) {
            answer.refuse(Code.MALFORMED, "this is no ward copy");
        }
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
