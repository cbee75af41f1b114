package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** How long a cut that was announced is passed on. */
final class AnnouncementsTest {

    private static final Digest LOST = KeptTier.digest("a lost station");

    private final KeptTier access = new KeptTier();
    private final SignedStatement cut =
            access.signed(new Statement.Cut(Statement.Target.STATION, LOST, 0, KeptTier.START), 1);

    private Announcements announcements() {
        return new Announcements(access.setting, access.copy);
    }

    private void place() {
        access.place(access.entry(cut), access.setting.now());
    }

    @Test
    void whatHasItsPlaceWaitsForNoneAndIsPassedOnUntilAQuorumSignedIt() {
        Announcements announcements = announcements();
        Bytes bytes = cut.encode();
        long before = access.copy.size();
        assertThat(announcements.accept(bytes).isDone()).isTrue();
        assertThat(announcements.pending()).containsExactly(bytes);
        place();
        announcements.settle();
        assertThat(announcements.pending()).isEmpty();
        assertThat(announcements.told(before)).containsExactly(bytes);
        assertThat(announcements.news(before)).containsExactly(bytes);
        assertThat(announcements.news(before)).as("once").isEmpty();
        assertThat(announcements.told(before)).as("whoever comes").containsExactly(bytes);

        assertThat(announcements.told(access.copy.size())).isEmpty();
        assertThat(access.copy.registry().isCutByName(LOST)).isTrue();
    }

    /** Data placed it before the console reached this tier, or the console never did. */
    @Test
    void whatCameByTheLogAloneIsPassedOnAsWell() {
        Announcements announcements = announcements();
        long before = access.copy.size();
        place();
        announcements.settle();
        assertThat(announcements.accept(cut.encode()).isDone()).isTrue();
        assertThat(announcements.news(before)).containsExactly(cut.encode());
        assertThat(announcements.told(before)).containsExactly(cut.encode());
        access.place(new Statement.Reopening(Statement.Target.STATION, LOST, KeptTier.START));
        assertThat(announcements.news(before)).hasSize(1);
        assertThat(announcements.told(before)).as("both, in their order").hasSize(2);
    }

    @Test
    void aStartForgetsNothingThatNoQuorumSigned() {
        long before = access.copy.size();
        announcements().accept(cut.encode());
        place();
        Announcements later = announcements();
        assertThat(later.told(before)).containsExactly(cut.encode());
        assertThat(later.pending()).isEmpty();
        assertThat(later.told(access.copy.size())).isEmpty();
    }

    @Test
    void whatCountsNoMoreWaitsNoMore() {
        Announcements announcements = announcements();
        announcements.accept(cut.encode());
        access.place(new Statement.Reopening(Statement.Target.STATION, LOST, KeptTier.START));
        announcements.settle();
        assertThat(announcements.pending()).isEmpty();
        assertThat(announcements.told(access.copy.size())).isEmpty();
        assertThat(access.copy.registry().isCutByName(LOST)).isFalse();
    }
}
