package trimaran.station;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.line.message.BuddyRequest;
import trimaran.line.message.BuddyResponse;
import trimaran.line.message.MessageLimits;
import trimaran.record.RecordLimits;

/**
 * Brings the newest sealed copy of each of this station's wards to its buddy, where the ward's badge opens it as here. A copy is
 * sealed anew as a whole each time, so it travels whole; slowly, since an entry must not wait for it.
 */
final class BuddyCopies {

    /** Asks the buddy. */
    interface Line {
        void call(BuddyRequest request, Consumer<Outcome<BuddyResponse>> then);
    }

    private final StationSetting setting;
    private final Line line;
    private final WardCopies copies;
    private boolean under;

    BuddyCopies(StationSetting setting, Line line) {
        this.setting = setting;
        this.line = line;
        this.copies = new WardCopies(setting.disk());
    }

    /** Looks now and from now on. */
    void look() {
        if (!under) {
            under = true;
            offDisk(
                    () -> Optional.of(newest()),
                    Optional.<List<BuddyRequest.Copy>>empty(),
                    newest -> newest.ifPresentOrElse(this::compare, () -> under = false));
        }
        setting.loop().after(BuddyLimits.COPIES_MILLIS, this::look);
    }

    /** The disk is read beside the loop; what cannot be read now is looked for again later. */
    private <T> void offDisk(Supplier<T> reading, T otherwise, Consumer<T> then) {
        setting.workbench().run(() -> {
            T read = otherwise;
            try {
                read = reading.get();
            } catch (UncheckedIOException unreadable) {
                // The state of the copies says it at their own station.
            }
            T result = read;
            setting.loop().run(() -> then.accept(result));
        });
    }

    private List<BuddyRequest.Copy> newest() {
        List<BuddyRequest.Copy> newest = new ArrayList<>();
        Set<ResourceId> wards = new HashSet<>();
        for (WardCopies.Place place : copies.all()) {
            if (wards.add(place.ward()) && newest.size() < MessageLimits.BUDDY_COPIES_MAX) {
                newest.add(new BuddyRequest.Copy(place.ward(), place.made()));
            }
        }
        return newest;
    }

    private void compare(List<BuddyRequest.Copy> newest) {
        BuddyRequest request = new BuddyRequest.Copies(setting.badge().publicKey(), newest);
        line.call(request, outcome -> {
            if (outcome instanceof Outcome.Done<BuddyResponse>(BuddyResponse.Lacking lacking)) {
                next(new ArrayDeque<>(lacking.copies()));
            } else {
                under = false;
            }
        });
    }

    private void next(ArrayDeque<BuddyRequest.Copy> lacking) {
        BuddyRequest.Copy copy = lacking.poll();
        if (copy == null) {
            under = false;
            return;
        }
        WardCopies.Place place = new WardCopies.Place(copy.ward(), copy.made());
        offDisk(() -> copies.read(place).map(WardCopyFile::encode), Optional.<Bytes>empty(), whole -> {
            if (whole.isEmpty() || whole.get().size() > BuddyLimits.COPY_BYTES_MAX) {
                // Another was made meanwhile, or the wards are too large for a buddy.
                next(lacking);
            } else {
                pieces(copy, whole.get(), Digest.sha256(whole.get()), 0, () -> next(lacking));
            }
        });
    }

    private void pieces(BuddyRequest.Copy copy, Bytes whole, Digest digest, int from, Runnable then) {
        int to = Math.min(whole.size(), from + RecordLimits.CHUNK_BYTES);
        Bytes piece = Bytes.ofRange(whole.unsafeArray(), from, to);
        line.call(new BuddyRequest.KeepCopy(copy, digest, whole.size(), from, piece), outcome -> {
            if (outcome.isDone() && to < whole.size()) {
                setting.loop().after(BuddyLimits.COPY_PAUSE_MILLIS, () -> pieces(copy, whole, digest, to, then));
            } else if (outcome instanceof Outcome.Refused<BuddyResponse>(var refusal)
                    && refusal.code() == Code.UNAVAILABLE) {
                under = false;
            } else {
                // One it does not take costs the other wards nothing.
                then.run();
            }
        });
    }
}
