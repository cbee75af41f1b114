package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.BatchPath;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.Verdict;
import trimaran.seal.CellKey;

/** Who opens a cell checks the word of authors that no keeper could check. */
class OpenCellTest {

    private static final CellId CELL = new CellId(0, 7);
    private static final RecordTime TIME = new RecordTime(1_800_000_000_000L);
    private static final Sanction UNANSWERED = new Sanction.Unanswered(0);
    private static final Sanction APPROVED =
            new Sanction.Approved(new Approval(Digest.ZERO, List.of(), 1, TIME, BatchPath.ALONE, Signature.NONE));

    private final OpenCell cell = new OpenCell(
            new NewCell(CELL, CellKind.DOSSIER, CELL, Digest.ZERO, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO)),
            new CellKey(CELL, SecretBytes.taking(new byte[32])));
    private int written;

    @Test
    void whatNeedsNoApprovalCountsWithoutOne() {
        fold(UNANSWERED, 1, "AllergyIntolerance", 0, "{}");
        assertThat(cell.latest(1).orElseThrow().json()).isEqualTo(Bytes.ofText("{}"));
        assertThat(cell.latest(1).orElseThrow().continuity()).isTrue();
    }

    @Test
    void whatNeedsApprovalAndHasNoneLeavesTheResourceAsItWas() {
        fold(APPROVED, 1, "Immunization", 0, "{\"was\":1}");
        fold(UNANSWERED, 1, "Immunization", 1, "{\"is\":2}");
        ResourceVersion latest = cell.latest(1).orElseThrow();
        assertThat(latest.version()).as("every reader counts alike").isEqualTo(2);
        assertThat(latest.json()).isEqualTo(Bytes.ofText("{\"was\":1}"));
        assertThat(cell.continuity().entries())
                .as("it is on the list for review")
                .hasSize(1);
        fold(APPROVED, 1, "Immunization", 2, "{\"is\":3}");
        assertThat(cell.latest(1).orElseThrow().json()).isEqualTo(Bytes.ofText("{\"is\":3}"));
    }

    @Test
    void whatIsNewAndNeedsApprovalIsNotThere() {
        fold(UNANSWERED, 1, "Immunization", 0, "{}");
        assertThat(cell.latest(1).orElseThrow().isDeleted()).isTrue();
    }

    @Test
    void anotherTypeIsNoWayRoundIt() {
        fold(APPROVED, 1, "Immunization", 0, "{\"was\":1}");
        fold(UNANSWERED, 1, "Observation", 1, "{}");
        assertThat(cell.latest(1).orElseThrow().type()).isEqualTo("Immunization");
        assertThat(cell.latest(1).orElseThrow().json()).isEqualTo(Bytes.ofText("{\"was\":1}"));
    }

    @Test
    void norIsItShownWhileItIsHeld() {
        fold(APPROVED, 1, "Immunization", 0, "{\"was\":1}");
        Header held = header(UNANSWERED, 1, 1, false);
        cell.showProvisional(held, 0, content(1, "Immunization", "{\"is\":2}"), TIME);
        assertThat(cell.latest(1).orElseThrow().json()).isEqualTo(Bytes.ofText("{\"was\":1}"));
    }

    private void fold(Sanction sanction, long local, String type, long replaces, String json) {
        Header header = header(sanction, local, replaces, json.isEmpty());
        PlacedPart placed = new PlacedPart(cell.head().parts(), cell.head().chain(), List.of(replaces + 1));
        Place place = new Place(written, TIME, Verdict.VALID, List.of(placed), List.of());
        assertThat(cell.fold(header, place, 0, content(local, type, json)).isDone())
                .isTrue();
    }

    private static PartContent content(long local, String type, String json) {
        return new PartContent("", List.of(new PartContent.Item(local, type, Bytes.ofText(json))));
    }

    private Header header(Sanction sanction, long local, long replaces, boolean removes) {
        Digest blob = Digest.sha256(Bytes.ofText("blob " + written));
        AuthorPart author = new AuthorPart(
                Digest.ZERO,
                Digest.sha256(Bytes.ofText("nonce " + written++)),
                Digest.ZERO,
                EntryKind.CLINICAL,
                new WallTime(TIME.millis()),
                true,
                List.of(new CellPart(CELL, blob, 100, List.of(new Change(local, replaces, removes)))),
                List.of(),
                Bytes.EMPTY,
                Digest.ZERO,
                Digest.ZERO,
                0);
        return Header.of(author, Signature.NONE, sanction);
    }
}
