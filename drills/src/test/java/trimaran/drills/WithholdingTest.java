package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.drills.Withholding.Omission;
import trimaran.drills.Withholding.Victim;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellHead;
import trimaran.record.CellKind;
import trimaran.record.NewCell;

/** A kind of omission nobody asked for was not tried, however often the others were. */
class WithholdingTest {

    private static final Digest STATION = Digest.sha256(Bytes.ofText("a station"));
    private static final Digest OTHER = Digest.sha256(Bytes.ofText("another party"));
    private static final CellId SHORT = new CellId(1, 1);
    private static final CellId HOLED = new CellId(1, 2);
    private static final CellId GONE = new CellId(1, 3);

    private final Withholding lies = new Withholding(
            Map.of(
                    SHORT, new Victim(Omission.LAST, head(SHORT, 2)),
                    HOLED, new Victim(Omission.MIDDLE, head(HOLED, 2)),
                    GONE, new Victim(Omission.ALL, head(GONE, 2))),
            Set.of(STATION));

    @Test
    void eachKindIsSeenOnItsOwn() {
        assertThat(lies.untried()).hasSize(5);
        open(GONE);
        assertThat(lies.untried()).hasSize(4).noneMatch(kind -> kind.contains("not there"));
        lies.answered(
                STATION,
                new Request.Fetch(List.of(), 0),
                new Response.Hits(List.of(List.of(new ResourceId(SHORT, 7)))));
        assertThat(lies.untried()).hasSize(3).noneMatch(kind -> kind.contains("by name"));
        lies.freeze();
        lies.told(STATION, new Push.Beat(Bytes.EMPTY));
        assertThat(lies.untried()).hasSize(2).noneMatch(kind -> kind.contains("news"));
        open(SHORT);
        assertThat(lies.untried()).singleElement().asString().contains("middle");
        fetch(HOLED, 0);
        assertThat(lies.untried()).isEmpty();
    }

    @Test
    void whatIsAnsweredTrulyIsNoOmission() {
        lies.answered(
                OTHER, new Request.Fetch(List.of(), 0), new Response.Hits(List.of(List.of(new ResourceId(SHORT, 7)))));
        lies.told(STATION, new Push.Beat(Bytes.EMPTY));
        fetch(HOLED, 2);
        lies.answered(STATION, new Request.Highest(), new Response.Opened(List.of(opened(SHORT, 2))));
        assertThat(lies.untried()).hasSize(5);
    }

    private void open(CellId cell) {
        lies.answered(STATION, new Request.Highest(), new Response.Opened(List.of(opened(cell, 3))));
    }

    private void fetch(CellId cell, long from) {
        lies.answered(
                STATION,
                new Request.Fetch(List.of(new Request.Stretch(cell, from)), 0),
                new Response.Parts(List.of(
                        new Response.CellParts(Collections.nCopies((int) (3 - from), part()), head(cell, 3), false))));
    }

    private static Response.SealedPart part() {
        return new Response.SealedPart(SealedEntry.Item.NOTHING, Bytes.EMPTY, 0, SealedEntry.Item.NOTHING);
    }

    private static OpenedCell opened(CellId cell, long parts) {
        NewCell opening = new NewCell(
                cell, CellKind.DOSSIER, CellId.NONE, Digest.ZERO, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO));
        return new OpenedCell(opening, 1, head(cell, parts), List.of());
    }

    private static CellHead head(CellId cell, long parts) {
        return new CellHead(cell, parts, parts == 0 ? Digest.ZERO : Digest.sha256(Bytes.ofText("part " + parts)));
    }
}
