package trimaran.station.paper;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Language;
import trimaran.station.chart.View;

/**
 * What a ward pack is made of.
 *
 * @param hospital what the house calls itself
 * @param board who lies where
 * @param charts of those who are there and expected, by their Patient; whoever is missing gets a sheet that says so
 * @param view the moment and place the charts were looked at from
 * @param dataAt how old the data are
 * @param fromCopy whether it was printed from a ward's sealed copy, with nobody asked: the sheets say so
 * @param printedBy who asked for it, and where
 */
public record Pack(
        String hospital,
        WardBoard board,
        Map<ResourceId, Chart> charts,
        View view,
        Instant dataAt,
        boolean fromCopy,
        String printedBy,
        Language language) {

    /** Patients of one pack; more is no ward, and would fill a station's memory with paper. */
    public static final int PATIENTS_MAX = 200;

    public Pack {
        charts = Map.copyOf(charts);
    }

    Chart chart(WardStay stay) {
        return Optional.ofNullable(charts.get(stay.patient())).orElseGet(() -> ChartFold.unavailable(view));
    }

    /** Said beside the age of the data; empty for what was read live. */
    String sourceWords() {
        return fromCopy
                ? language.of(
                        "Copie scellée du service, imprimée sans réseau.",
                        "Sealed copy of the ward, printed without network.")
                : "";
    }

    /** By what the ward's sheets are found. */
    String wardCode() {
        List<String> codes = board.ward().codes();
        return SheetCode.wardPart(codes.isEmpty() ? board.ward().shortName() : codes.getFirst());
    }
}
