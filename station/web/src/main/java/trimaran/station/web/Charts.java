package trimaran.station.web;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.View;

/**
 * Charts folded a moment ago: a board asks every second, and a fold of what has not changed is the same until the minute is
 * over. Each stands for exactly the versions it was made of.
 */
final class Charts {

    private record Folded(List<ResourceVersion> from, long minute, Chart chart, long usedNanos) {}

    private final Map<ResourceId, Folded> folded = new LinkedHashMap<>(64, 0.75f, true);
    private final LongSupplier nanos;

    Charts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized Chart of(ResourceId patient, List<ResourceVersion> resources, View view) {
        long now = nanos.getAsLong();
        long minute = view.now().getEpochSecond() / 60;
        Folded known = folded.get(patient);
        Chart chart = known != null && known.minute() == minute && isSame(known.from(), resources)
                ? known.chart()
                : ChartFold.of(resources, view);
        folded.put(patient, new Folded(resources, minute, chart, now));
        forgetOld(now);
        return chart;
    }

    /** A version is one object as long as its cell is open: what is another object was read anew. */
    @SuppressWarnings("ReferenceEquality") // Comparing bytes would cost what the fold costs.
    static boolean isSame(List<ResourceVersion> one, List<ResourceVersion> other) {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<ResourceVersion> left = one.iterator();
        Iterator<ResourceVersion> right = other.iterator();
        while (left.hasNext()) {
            if (left.next() != right.next()) {
                return false;
            }
        }
        return true;
    }

    private void forgetOld(long now) {
        Iterator<Folded> eldest = folded.values().iterator();
        while (eldest.hasNext()) {
            Folded one = eldest.next();
            boolean old = now - one.usedNanos() > WebLimits.CHART_MILLIS * 1_000_000;
            if (!old && folded.size() <= WebLimits.CHARTS_MAX) {
                return;
            }
            eldest.remove();
        }
    }

    synchronized void forget() {
        folded.clear();
    }

    synchronized int size() {
        return folded.size();
    }
}
