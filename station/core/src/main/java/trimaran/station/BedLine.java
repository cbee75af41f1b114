package trimaran.station;

import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;

/**
 * One line of a ward's bed board: one stay's time in this ward, the resource {@code Trimaran.Bed} in a ward cell. Its format
 * is application's (the movements room), which refuses what it cannot read.
 *
 * @param status {@code expected}, {@code present}, {@code left} or {@code entered-in-error}
 * @param encounter {@code Encounter/…}
 * @param subject {@code Patient/…}
 * @param bed {@code Location/…}; empty for a patient of the ward without a bed
 * @param end empty unless {@code left}
 * @param leaves when whoever is there is to leave, as their stay says; empty if it does not, and once they are gone
 */
record BedLine(String status, String encounter, String subject, String bed, String start, String end, String leaves) {

    static final String TYPE = "Trimaran.Bed";
    static final String EXPECTED = "expected";
    static final String PRESENT = "present";
    static final String LEFT = "left";
    static final String VOID = "entered-in-error";

    static Optional<BedLine> read(Bytes json) {
        return JsonTree.glimpse(json).map(BedLine::of);
    }

    private static BedLine of(Map<String, Object> line) {
        return new BedLine(
                JsonTree.text(line, "status"),
                JsonTree.text(line, "encounter", "reference"),
                JsonTree.text(line, "subject", "reference"),
                JsonTree.text(line, "bed", "reference"),
                JsonTree.text(line, "period", "start"),
                JsonTree.text(line, "period", "end"),
                JsonTree.text(line, "leaves"));
    }

    boolean isOpen() {
        return status.equals(PRESENT) || status.equals(EXPECTED);
    }

    /** Somebody is there, or is to come. */
    BedLine open(String newStatus, String newStart, String newLeaves) {
        return new BedLine(newStatus, encounter, subject, bed, newStart, "", newLeaves);
    }

    /** Nobody is there by it any more. */
    BedLine over(String newStatus, String newStart, String newEnd) {
        return new BedLine(newStatus, encounter, subject, bed, newStart, newEnd, "");
    }

    /** References and dates of a checked resource hold nothing that JSON would escape. */
    Bytes json(ResourceId id) {
        StringBuilder out = new StringBuilder(256)
                .append("{\"resourceType\":\"Trimaran.Bed\",\"id\":\"")
                .append(id)
                .append("\",\"status\":\"")
                .append(status)
                .append("\",\"encounter\":{\"reference\":\"")
                .append(encounter)
                .append("\"},\"subject\":{\"reference\":\"")
                .append(subject)
                .append("\"}");
        if (!bed.isEmpty()) {
            out.append(",\"bed\":{\"reference\":\"").append(bed).append("\"}");
        }
        if (!start.isEmpty() || !end.isEmpty()) {
            String between = start.isEmpty() || end.isEmpty() ? "" : ",";
            out.append(",\"period\":{")
                    .append(start.isEmpty() ? "" : "\"start\":\"" + start + "\"")
                    .append(between)
                    .append(end.isEmpty() ? "" : "\"end\":\"" + end + "\"")
                    .append('}');
        }
        if (!leaves.isEmpty()) {
            out.append(",\"leaves\":\"").append(leaves).append('"');
        }
        return Bytes.ofText(out.append('}').toString());
    }
}
