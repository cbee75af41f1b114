package trimaran.station.chart;

/** Takes the resources it shows. */
interface Section {

    /** Whether the chart shows this resource; if not it is listed under the others. */
    boolean take(Entry entry);
}
