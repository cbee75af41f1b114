package trimaran.station.web;

import gg.jte.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.chart.Language;

/**
 * Boards made a moment ago, one for all who look at a ward: fifty screens ask every second, and a change has each of them want the
 * same board anew. A board stands for exactly what it was made of, and every asker brings what the record handed to their own
 * session: whoever was handed anything else is shown another board, so nobody sees here what their session has not opened.
 */
final class Boards {

    /** Who is shown the same of the same: those who read one language and are offered the same deeds. */
    record Look(Language language, boolean admits, boolean sets) {}

    /**
     * What a board is made of, as one person was handed it.
     *
     * @param ward its age left out, since the board does not say it
     * @param waiting movements that are only at this station
     * @param folders of whoever is to be named on it
     * @param at when: a board says how late a dose is, so it stands for a minute
     */
    record Source(
            WardBoard ward,
            List<WaitingMoves.Move> waiting,
            Map<ResourceId, Outcome<List<ResourceVersion>>> folders,
            Instant at) {
        Source {
            ward = new WardBoard(ward.ward(), ward.beds(), ward.unplaced(), ward.expected(), ward.unreadable(), 0);
            waiting = List.copyOf(waiting);
            folders = Map.copyOf(folders);
        }

        /** Whether the same board comes of both. */
        boolean isLike(Source other) {
            if (minute() != other.minute() || !ward.equals(other.ward) || !waiting.equals(other.waiting)) {
                return false;
            }
            return folders.size() == other.folders.size()
                    && folders.entrySet().stream().allMatch(one -> {
                        Outcome<List<ResourceVersion>> theirs = other.folders.get(one.getKey());
                        return theirs != null && isLike(one.getValue(), theirs);
                    });
        }

        private long minute() {
            return Math.floorDiv(at.getEpochSecond(), 60L);
        }

        /** Of a record that was not opened the board says only that it was not. */
        private static boolean isLike(Outcome<List<ResourceVersion>> one, Outcome<List<ResourceVersion>> other) {
            if (one instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> left)
                    && other instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> right)) {
                return Charts.isSame(left, right);
            }
            return !one.isDone() && !other.isDone();
        }
    }

    /**
     * A board as it was made.
     *
     * @param beds what is shown of it, the same for every asker of one {@link Look}
     * @param digest of that
     */
    record Made(BoardView view, Content beds, Digest digest) {
        static Made of(BoardView view, byte[] beds) {
            return new Made(view, out -> out.writeBinaryContent(beds), Digest.sha256(beds));
        }
    }

    private record Kept(Look look, Source source, Made made, long usedNanos) {}

    /** One ward: its boards, and the charts they are made from. Locked while one of them is made, so that none is made twice. */
    private static final class Ward {
        private final Charts charts;
        private final List<Kept> kept = new ArrayList<>();
        private long usedNanos;

        Ward(Charts charts) {
            this.charts = charts;
        }

        synchronized Made of(Look look, Source source, long now, Function<Charts, Made> making) {
            for (int i = 0; i < kept.size(); i++) {
                Kept known = kept.get(i);
                if (known.look().equals(look) && known.source().isLike(source)) {
                    kept.remove(i);
                    kept.add(new Kept(look, known.source(), known.made(), now));
                    return known.made();
                }
            }
            Made made = making.apply(charts);
            kept.add(new Kept(look, source, made, now));
            if (kept.stream().filter(one -> one.look().equals(look)).count() > WebLimits.BOARDS_MAX) {
                // The one nobody asked for longest: what is asked for goes to the end.
                kept.stream().filter(one -> one.look().equals(look)).findFirst().ifPresent(kept::remove);
            }
            return made;
        }

        synchronized void forgetOld(long now) {
            kept.removeIf(one -> now - one.usedNanos() > WebLimits.CHART_MILLIS * 1_000_000);
        }

        synchronized int size() {
            return kept.size();
        }
    }

    private final Map<ResourceId, Ward> wards = new HashMap<>();
    private final LongSupplier nanos;

    Boards(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The board of these, as it is kept or made now. */
    Made of(Look look, Source source, Function<Charts, Made> making) {
        return used(source.ward().ward().id()).of(look, source, nanos.getAsLong(), making);
    }

    private synchronized Ward used(ResourceId id) {
        Ward ward = wards.computeIfAbsent(id, none -> new Ward(new Charts(nanos)));
        ward.usedNanos = nanos.getAsLong();
        return ward;
    }

    /** Those nobody looked at for a while, as the station forgets what it opened. */
    void forgetOld() {
        long now = nanos.getAsLong();
        List<Ward> left;
        synchronized (this) {
            wards.values().removeIf(ward -> now - ward.usedNanos > WebLimits.CHART_MILLIS * 1_000_000);
            left = List.copyOf(wards.values());
        }
        // Beside that lock: a ward whose board is being made must not hold up all others.
        left.forEach(ward -> ward.forgetOld(now));
    }

    /** Somebody left: what they saw goes with them, and whoever is left has theirs made anew. */
    synchronized void forget() {
        wards.clear();
    }

    /** Boards that are kept. */
    int size() {
        List<Ward> all;
        synchronized (this) {
            all = List.copyOf(wards.values());
        }
        return all.stream().mapToInt(Ward::size).sum();
    }
}
