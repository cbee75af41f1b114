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
     * @param give where one on demand is given; empty for what is planned, or for whoever may not
     */
    record Row(String drug, String dose, String further, List<List<Cell>> cells, String last, String give) {
        Row {
            cells = cells.stream().map(List::copyOf).toList();
        }
    }

    /**
     * One dose: its form and symbol say what its words say.
     *
     * @param href where it is given or looked at; empty for whoever may not
     */
    record Cell(String form, String icon, String hour, String words, String href) {

        Cell(String form, String icon, String hour, String words) {
            this(form, icon, hour, words, "");
        }

        Cell at(String address) {
            return new Cell(form, icon, hour, words, address);
        }

        /** The same, only at this station so far. */
        Cell local(String said) {
            return new Cell("c-local", "poste", hour, said, href);
        }
    }

    PlanView {
        shifts = List.copyOf(shifts);
        hours = List.copyOf(hours);
        planned = List.copyOf(planned);
        demand = List.copyOf(demand);
        flowing = List.copyOf(flowing);
    }
}
