package trimaran.station.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.model.ContinuityReview;
import trimaran.record.Statement;
import trimaran.station.LedgerView;
import trimaran.station.ResourceVersion;
import trimaran.station.Unreviewed;

/** Somebody in front of the list of what nobody approved. */
abstract class ReviewBench extends MovementBench {

    static final Digest SESSION = Digest.sha256(Bytes.ofText("session of a nurse"));
    static final Digest BADGE = Digest.sha256(Bytes.ofText("badge of a nurse"));
    static final String PATH = ReviewPages.PATH + "/" + FakeHospital.PATIENT;

    @BeforeEach
    void rules() {
        web.hospital.authors.put(
                SESSION, new LedgerView.Badge(BADGE, Optional.of(Statement.BadgeKind.PERSON), List.of("nurse")));
        web.hospital.nextWrites = web.hospital.reviews::take;
    }

    Unreviewed unreviewed(String what) {
        return web.hospital.reviews.add(
                SESSION,
                Optional.empty(),
                ResourceVersion.Standing.RECORDED,
                "{'resourceType':'Procedure','status':'completed','code':{'text':'" + what + "'}}");
    }

    List<String> reviews() {
        return web.hospital.writes.all(ContinuityReview.TYPE).stream()
                .map(one -> new String(one.json().toArray(), StandardCharsets.UTF_8))
                .toList();
    }
}
