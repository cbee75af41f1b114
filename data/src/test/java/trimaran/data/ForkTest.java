package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.simulated.SimulatedNetwork;

/** A copy that is another tree than the others': whoever asks how it stands is told. */
class ForkTest {

    private final PlacingTier tier = new PlacingTier(Party.ACCESS, Party.APPLICATION);

    @Test
    void aCopyThatIsNotWhatAQuorumSignedSaysSo() {
        uncovered();
        assertThat(faults()).isEmpty();
        PlacingTier.Line access = tier.line(SimulatedNetwork.peer(Party.ACCESS.word()));

        Bytes other = tier.house.note(
                new TreeHead(2, Digest.sha256(Bytes.ofText("another"))),
                Party.ACCESS,
                Party.APPLICATION,
                Party.WITNESS);
        access.ask(new Request.Publish(other));

        assertThat(faults()).singleElement().asString().contains("another tree than the one a quorum signed");
    }

    @Test
    void aTreeThatOnlyTheLogSignedIsADispute() {
        uncovered();
        PlacingTier.Line access = tier.line(SimulatedNetwork.peer(Party.ACCESS.word()));

        access.ask(new Request.Cosign(tier.house.note(new TreeHead(2, Digest.sha256(Bytes.ofText("another"))))));

        assertThat(faults()).singleElement().asString().contains("no quorum has signed");
    }

    /** Places an entry that nobody cosigns. */
    private void uncovered() {
        assertThat(tier.serves(2_000)).isTrue();
        tier.others.values().forEach(party -> party.signsFalsely = true);
        tier.append(new Writing(tier.house).grant());
        assertThat(tier.copy().size()).isEqualTo(2);
    }

    private List<String> faults() {
        Outcome<Response> answer = tier.line(SimulatedNetwork.peer(Party.WITNESS.word()))
                .ask(new Request.Status())
                .only();
        if (answer instanceof Outcome.Done<Response>(Response.Report report)) {
            return report.faults();
        }
        throw new AssertionError("no report: " + answer);
    }
}
