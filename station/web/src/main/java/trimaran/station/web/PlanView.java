package trimaran.station.web;

import java.util.List;

/**
 * The care plan of one shift as it is shown.
 *
 * @param shifts to choose from
 * @param hours of this one, each a column
 * @param planned drugs with times in it or due at any time
 */
record PlanView(
        List<Choice> shifts, String day, List<Hour> hours, List<Row> planned, List<Row> demand, List<Row> flowing) {

    /** One shift to choose. */
    record Choice(String href, String words, boolean here) {}

    record Hour(String words, boolean now) {}

    /**
     * One drug.
     *
     * @param further how often, by which way, in the prescriber's own words where there are any
     * @param cells one list for each hour
     * @param last when it was last given
     */
    record Row(String drug, String dose, String further, List<List<Cell>> cells, String last) {
        Row {
            cells = cells.stream().map(List::copyOf).toList();
        }
    }

    /** One dose: its form and symbol say what its words say. */
    record Cell(String form, String icon, String hour, String words) {}

    PlanView {
        shifts = List.copyOf(shifts);
        hours = List.copyOf(hours);
        planned = List.copyOf(planned);
        demand = List.copyOf(demand);
        flowing = List.copyOf(flowing);
    }
}
