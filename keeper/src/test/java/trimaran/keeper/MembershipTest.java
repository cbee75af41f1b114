package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.record.PartyKeys;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Who speaks for each party, before and after the log says so. */
class MembershipTest {

    private static final Digest OLD = KeptTier.digest("line of data");
    private static final Digest NEW = KeptTier.digest("line of data in epoch 2");

    private final KeptTier access = new KeptTier();
    private final Membership membership = access.membership;

    private Statement.EpochChange change(long epoch) {
        return new Statement.EpochChange(epoch, Party.DATA, access.keys(Party.DATA, epoch), KeptTier.START);
    }

    private Bytes statement(long epoch, int signers) {
        return access.signed(change(epoch), signers).encode();
    }

    @Test
    void aReplacedPartySpeaksUnderItsNewKeyAtOnceAndUnderItsOldNoMore() {
        assertThat(membership.maySpeak(OLD)).isTrue();
        assertThat(membership.accept(statement(2, 2))).isEqualTo(Outcome.done(true));
        assertThat(membership.publishLines()).as("somebody is shut out").isTrue();
        assertThat(membership.maySpeak(OLD)).isFalse();
        assertThat(membership.maySpeak(NEW)).isTrue();
        assertThat(membership.partyOf(NEW)).contains(Party.DATA);
        assertThat(membership.epoch()).isEqualTo(2);
        assertThat(access.copy.registry().epoch()).as("the log says so later").isEqualTo(1);
    }

    @Test
    void whatIsHeldIsSignedUnderTheMembershipFollowedHere() {
        membership.accept(statement(2, 2));
        EntryContent content = access.grant();
        assertThat(access.held.hold(content, KeptTier.transit(content)))
                .matches(held -> held instanceof Outcome.Done<trimaran.record.Held>(var word) && word.epoch() == 2);
    }

    @Test
    void theLogMaySayWhatIsKnownAlready() {
        membership.accept(statement(2, 2));
        membership.publishLines();
        access.place(change(2));
        assertThat(membership.publishLines()).isFalse();
        assertThat(membership.maySpeak(NEW)).isTrue();
        assertThat(membership.ahead()).isEmpty();
    }

    /** A tier that is rebuilt hears of all changes before it has a log: the survivors' latest checkpoint is the last data's. */
    @Test
    void whatADataSignedThatCameAndWentBeforeTheLogToldOfItCounts() {
        Bytes second = access.keys(Party.ACCESS, 1).cosigner();
        Bytes third = access.keys(Party.APPLICATION, 1).cosigner();
        assertThat(membership.accept(logging(2, second))).isEqualTo(Outcome.done(true));
        assertThat(membership.accept(logging(3, third))).isEqualTo(Outcome.done(true));
        assertThat(membership.formerLogs())
                .containsExactly(access.keys(Party.DATA, 1).log(), second, third);
        assertThat(new Membership(access.setting, access.copy.registry()).formerLogs())
                .as("after a start")
                .isEqualTo(membership.formerLogs());
    }

    /** A data that signs its log with this key. */
    private Bytes logging(long epoch, Bytes log) {
        PartyKeys keys = access.keys(Party.DATA, epoch);
        PartyKeys own = new PartyKeys(
                Party.DATA, keys.cosigner(), log, keys.statements(), keys.line(), keys.sealing(), keys.generation());
        return access.signed(new Statement.EpochChange(epoch, Party.DATA, own, KeptTier.START), 2)
                .encode();
    }

    @Test
    void theSameStatementAgainIsNoNews() {
        membership.accept(statement(2, 2));
        assertThat(membership.accept(statement(2, 2))).isEqualTo(Outcome.done(false));
    }

    /** Any party may hand a statement in; with the same keys and no signature it would be read at the next start, and count for nothing. */
    @Test
    void theSameKeysWithoutSignaturesAreNotKeptInPlaceOfTheStatement() {
        Bytes true2 = statement(2, 2);
        assertThat(membership.accept(true2)).isEqualTo(Outcome.done(true));
        assertThat(membership.accept(statement(2, 0))).isEqualTo(Outcome.done(false));
        assertThat(membership.statements(2)).containsExactly(true2);
        assertThat(new Membership(access.setting, access.copy.registry()).epoch())
                .as("after a start")
                .isEqualTo(2);
    }

    /** It came by the log alone: whoever hands it in then is not believed either, and two officers are. */
    @Test
    void whatTheLogToldIsKeptForReadersOnceTwoOfficersSignedIt() {
        access.place(change(2));
        assertThat(membership.accept(statement(2, 1))).isEqualTo(Outcome.done(false));
        assertThat(membership.statements(2)).isEmpty();
        assertThat(membership.accept(statement(2, 2))).isEqualTo(Outcome.done(false));
        assertThat(membership.statements(2)).containsExactly(statement(2, 2));
    }

    /** Whoever is rebuilt has no log yet that names those who signed. */
    @Test
    void officersTheLogDoesNotTellOfYetAreTakenFromWhoeverKnowsThem() {
        Registry later = new Registry((Statement.Founding) access.founding.statement());
        Signer officer = access.badge;
        Statement.EpochChange change = change(2);
        Bytes signed = SignedStatement.signed(
                        access.founding.id(), change, List.of(access.officers.getFirst(), officer))
                .encode();
        assertThat(membership.given(signed, later).isDone()).isFalse();
        later.apply(
                new Statement.Grant(
                        officer.publicKey(),
                        Statement.BadgeKind.OFFICER,
                        List.of(),
                        List.of(),
                        List.of(),
                        KeptTier.START),
                KeptTier.START);
        assertThat(membership.accept(signed).isDone()).as("by the log").isFalse();
        assertThat(membership.given(signed, later)).isEqualTo(Outcome.done(true));
    }

    @Test
    void oneOfficerIsNotEnoughAndNoEpochIsLeftOut() {
        assertThat(membership.accept(statement(2, 1)).isDone()).isFalse();
        assertThat(membership.accept(statement(3, 2)).isDone()).isFalse();
        assertThat(membership.epoch()).isEqualTo(1);
    }

    @Test
    void anotherStatementOfAnEpochThatBeganIsRefused() {
        membership.accept(statement(2, 2));
        Statement.EpochChange other =
                new Statement.EpochChange(2, Party.DATA, access.keys(Party.DATA, 7), KeptTier.START);
        Outcome<Boolean> outcome = membership.accept(access.signed(other, 2).encode());
        assertThat(outcome instanceof Outcome.Refused<Boolean>(Refusal refusal) ? refusal.code() : Code.BROKEN)
                .isEqualTo(Code.WRONG_ORIGIN);
    }

    /** Two officers may err; a tier that took this would stop, and stop again at each start. */
    @Test
    void keysNoQuorumCanBeMadeOfAreRefused() {
        PartyKeys good = access.keys(Party.WITNESS, 2);
        PartyKeys bad = new PartyKeys(
                Party.WITNESS,
                access.keys(Party.ACCESS, 1).cosigner(),
                good.log(),
                good.statements(),
                good.line(),
                good.sealing(),
                2);
        Statement.EpochChange change = new Statement.EpochChange(2, Party.WITNESS, bad, KeptTier.START);
        assertThat(membership.accept(access.signed(change, 2).encode()).isDone())
                .isFalse();
        assertThat(membership.epoch()).isEqualTo(1);
        assertThat(new Membership(access.setting, access.copy.registry()).epoch())
                .isEqualTo(1);
    }

    @Test
    void whatWasAcceptedIsKnownAfterAStart() {
        membership.accept(statement(2, 2));
        Membership again = new Membership(access.setting, access.copy.registry());
        assertThat(again.epoch()).isEqualTo(2);
        assertThat(again.maySpeak(OLD)).isFalse();
        assertThat(again.ahead()).containsExactly(statement(2, 2));
    }

    @Test
    void aCutTierIsShutOutWhateverItsKeysUntilItIsOpened() {
        Digest data = access.keys(Party.DATA, 1).line();
        Digest subject = Statement.Target.subjectOf(Party.DATA);
        access.copy.registry().announce(new Statement.Cut(Statement.Target.TIER, subject, 0, KeptTier.START));
        assertThat(membership.publishLines()).isTrue();
        assertThat(membership.maySpeak(data)).isFalse();
        access.copy.registry().announce(new Statement.Reopening(Statement.Target.TIER, subject, KeptTier.START));
        membership.publishLines();
        assertThat(membership.maySpeak(data)).isTrue();
    }

    @Test
    void aCutStationIsShutOutAndAnEnrolledOneLetInOnceThatIsPublished() {
        access.place(new Statement.StationEnrolment("ward", KeptTier.STATION, KeptTier.WARD, KeptTier.START));
        assertThat(membership.maySpeak(KeptTier.STATION)).isFalse();
        assertThat(membership.publishLines()).as("nobody is shut out").isFalse();
        assertThat(membership.maySpeak(KeptTier.STATION)).isTrue();
        access.copy
                .registry()
                .announce(new Statement.Cut(Statement.Target.CLIENT, KeptTier.STATION, 0, KeptTier.START));
        assertThat(membership.publishLines()).isTrue();
        assertThat(membership.maySpeak(KeptTier.STATION)).isFalse();
    }
}
