package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.record.CellHead;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** What a keeper remembers of others has an end, and just over it the oldest goes or a no is said. */
class KeeperLimitTest {

    private final KeptTier access = new KeptTier();

    @Test
    void oneChallengeTooManyForgetsTheOldest() {
        Sessions sessions = sessions();
        List<Joining> all = sessions(Sessions.CHALLENGES_MAX + 1);
        List<Digest> challenges = new ArrayList<>();
        all.forEach(one -> challenges.add(one.challenge(sessions)));
        assertThat(code(all.get(0).prove(sessions, challenges.get(0)))).isEqualTo(Code.SESSION_UNKNOWN);
        assertThat(all.get(1).prove(sessions, challenges.get(1)).isDone()).isTrue();
    }

    @Test
    void oneSessionTooManyForgetsTheOneUnusedLongest() {
        Sessions sessions = sessions();
        for (Joining one : sessions(Sessions.JOINED_MAX + 1)) {
            assertThat(one.prove(sessions, one.challenge(sessions)).isDone()).isTrue();
        }
        assertThat(sessions.joined()).isEqualTo(Sessions.JOINED_MAX);
    }

    @Test
    void soManyLackingPairsAreGotBackAtATime() {
        List<Store.Change> rows = new ArrayList<>();
        for (int i = 1; i <= Shares.LACKING_MAX + 1; i++) {
            rows.add(new Put(
                    Space.STATE,
                    Key.lacking(new CellId(0, i)),
                    new Writer().i64(0).flag(true).toBytes()));
        }
        access.store.write(rows);
        assertThat(access.copy.shares().lacking(one -> true)).hasSize(Shares.LACKING_MAX);
        CellId last = new CellId(0, Shares.LACKING_MAX + 1L);
        assertThat(access.copy.shares().lacking(one -> one.cell().equals(last)))
                .as("those nobody has do not hide it")
                .hasSize(1);
    }

    @Test
    void oneCellTooManyIsReadFromDiskAgain() {
        RecentCells cells = new RecentCells(new MemoryStore());
        for (int i = 1; i <= RecentCells.CELLS_MAX + 1; i++) {
            cells.moved(head(i));
        }
        assertThat(cells.head(new CellId(0, 2))).isEqualTo(head(2));
        assertThat(cells.head(new CellId(0, 1))).as("not on this disk").isEqualTo(CellHead.empty(new CellId(0, 1)));
    }

    @Test
    void soManyEntriesAreKeptReadyForFollowers() {
        Announcements announcements = new Announcements(access.setting, access.copy);
        Feed feed = new Feed(access.copy, access.cosigner, access.membership, announcements);
        long first = access.copy.size();
        CopyGroup group = access.copy.begin();
        for (int i = 0; i <= Feed.RECENT_MAX; i++) {
            add(group, access.setting.now());
        }
        access.copy.commit(group);
        feed.remember(group);
        assertThat(feed.leaf(first)).isEmpty();
        assertThat(feed.leaf(first + 1)).isPresent();
        assertThat(feed.leaf(first + Feed.RECENT_MAX)).isPresent();
    }

    @Test
    void oneCutTooManyIsNotAcceptedOnSight() {
        Announcements announcements = new Announcements(access.setting, access.copy);
        for (int i = 0; i < Announcements.PENDING_MAX; i++) {
            assertThat(announcements.accept(cut(i)).isDone()).isTrue();
        }
        assertThat(code(announcements.accept(cut(Announcements.PENDING_MAX)))).isEqualTo(Code.BUSY);
    }

    @Test
    void aPlaceIsToldOnceItIsMoreThanSoFarBehindAQuorumWithoutIt() {
        Alarms alarms = new Alarms(access.setting, access.copy, access.cosigner, access.held);
        long seconds = KeptTier.START.millis() / 1000 + 60;
        access.place(access.grant(), KeptTier.START);
        Bytes note = access.note(
                access.cosigner.checkpoint(access.copy.size()), seconds, Party.ACCESS, Party.DATA, Party.WITNESS);
        assertThat(access.cosigner.learn(note)).isTrue();
        RecordTime bound = new RecordTime(seconds * 1000 - Alarms.BEHIND_MILLIS_MAX);
        alarms.committed(placed(bound.plusMillis(-1)));
        assertThat(alarms.count(Alarm.BEHIND)).isEqualTo(1);
        alarms.committed(placed(bound));
        assertThat(alarms.count(Alarm.BEHIND)).isEqualTo(1);
    }

    private CopyGroup placed(RecordTime time) {
        CopyGroup group = access.copy.begin();
        add(group, time);
        access.copy.commit(group);
        return group;
    }

    private void add(CopyGroup group, RecordTime time) {
        EntryContent content = access.grant();
        group.add(content, group.place(group.judge(content, time, List.of()), time, List.of()));
    }

    private Bytes cut(int number) {
        return access.signed(
                        new Statement.Cut(
                                Statement.Target.CLIENT, KeptTier.digest("nobody " + number), 0, KeptTier.START),
                        1)
                .encode();
    }

    private static CellHead head(int cell) {
        return CellHead.empty(new CellId(0, cell)).plus(KeptTier.digest("entry"), KeptTier.digest("blob"));
    }

    /** A session on its way in. */
    private final class Joining {
        private final Digest session;
        private final Signer key;

        Joining(Digest session, Signer key) {
            this.session = session;
            this.key = key;
        }

        Digest challenge(Sessions sessions) {
            Outcome<Response> asked =
                    sessions.challenge(KeptTier.STATION, new Request.JoinSession(session, Bytes.EMPTY));
            if (asked instanceof Outcome.Done<Response>(Response.Challenge challenge)) {
                return challenge.nonce();
            }
            throw new AssertionError("no challenge: " + asked);
        }

        Outcome<Response> prove(Sessions sessions, Digest challenge) {
            byte[] message = RequestCodec.joinBytes(access.founding.id(), Party.ACCESS, session, challenge);
            return sessions.prove(new Request.ProveSession(session, key.sign(message)));
        }
    }

    private Sessions sessions() {
        return new Sessions(access.setting, access.copy.registry(), size -> Optional.empty());
    }

    private List<Joining> sessions(int count) {
        access.openSession();
        List<Joining> all = new ArrayList<>();
        CopyGroup group = access.copy.begin();
        for (int i = 0; i < count; i++) {
            Signer key = KeptTier.signer("session " + i);
            Statement.SessionOpening opening = new Statement.SessionOpening(
                    key.publicKey(),
                    access.badge.publicKey().id(),
                    KeptTier.STATION,
                    KeptTier.START,
                    KeptTier.START.plusMillis(8 * 3_600_000L),
                    Digest.ZERO);
            EntryContent content =
                    access.entry(SignedStatement.signed(access.founding.id(), opening, List.of(access.badge)));
            RecordTime now = access.setting.now();
            group.add(content, group.place(group.judge(content, now, List.of()), now, List.of()));
            all.add(new Joining(SignedStatement.id(opening), key));
        }
        access.copy.commit(group);
        return all;
    }

    private static Code code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?>(Refusal refusal) ? refusal.code() : Code.BROKEN;
    }
}
