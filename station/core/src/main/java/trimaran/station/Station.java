package trimaran.station;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.PeerId;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.model.Trait;
import trimaran.record.CellHead;
import trimaran.record.NewCell;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/**
 * The core of a station. Everything is asked and answered on its loop; doors on other threads go through {@link Desk}.
 */
public final class Station {

    private final StationSetting setting;
    private final TierTable tiers;
    private final RegistryFold registry;
    private final NoteChecks notes;
    private final HeadWatch watch;
    private final Outbox outbox;
    private final Courier courier;
    private final Cells cells;
    private final HeldView held;
    private final Folders folders;
    private final Sessions sessions;
    private final House house;
    private final SearchCell search;
    private final Finder finder;
    private final Drafting.Desks desks;
    private final Searches searches;
    private final PatientReading patients;
    private final WardReading boards;
    private final Printing printing;
    private final Ear ear = new Ear();
    private final TierHealth health;
    private final HeardTime heard;

    public Station(StationSetting world) {
        tiers = new TierTable(world.loop());
        printing = new Printing(tiers::up);
        health = new TierHealth(world, tiers);
        tiers.heed(health::isAskedLast);
        setting = world.alsoTelling(health);
        registry = new RegistryFold(setting, tiers::up, this::applied);
        Registry folded = registry.registry();
        notes = new NoteChecks(setting, folded);
        watch = new HeadWatch(setting, notes, registry.start(), ear);
        health.heed(watch);
        outbox = new Outbox(setting);
        cells = new Cells(setting.loop(), setting.openBytesMax());
        held = new HeldView(setting, tiers::up, folded, cells, this::own, watch::holds, this::appeared);
        DraftBox drafts = new DraftBox(folded.origin(), setting.outboxKey());
        courier = new Courier(setting, outbox, tiers, folded, drafts, ear::session, watch);
        folders = new Folders(setting, ear, watch, cells, held);
        heard = new HeardTime(setting, watch::newestMillis);
        sessions = new Sessions(setting, tiers, folded, watch, outbox, courier, cells, heard);
        search = new SearchCell(setting, tiers, folders, cells, this::desks, sessions::service);
        finder = new Finder(setting, tiers::up, watch, search);
        house = new House(setting, finder, folders);
        searches = new Searches(setting, finder, folders, tiers, cells, held);
        patients = new PatientReading(cells, folders, folded, watch::ageMillis);
        Wards wards = new Wards(setting, cells, folders, finder, house);
        Unopened unopened = new Unopened(tiers, cells);
        boards = new WardReading(setting, house, wards, unopened, watch::ageMillis);
        desks = new Drafting.Desks(
                setting,
                cells,
                folders,
                finder,
                house,
                new Sealing(setting, drafts),
                outbox,
                courier,
                new Claims(),
                registry,
                watch,
                wards,
                unopened,
                searches::identityWritten);
    }

    private Optional<HeldView.Own> own(Digest entry) {
        return courier.underWay(entry).map(Submission::own);
    }

    private void appeared(NewCell cell) {
        searches.appeared(cell);
    }

    private Drafting.Desks desks() {
        return desks;
    }

    /** Dials the tiers, follows them, and goes on with what the outbox holds. On the loop. */
    public void start() {
        for (Party tier : Party.TIERS) {
            dial(tier);
        }
        tiers.follow(registry.registry().cutTiersOnSight(), this::dial);
        cells.start();
        new TierSilence(setting, tiers, watch, health).look();
        courier.resume(entry -> ResumedFate.of(entry, desks.claims()));
        setting.loop().after(StationLimits.POSITION_MILLIS, this::saveAgain);
    }

    private void dial(Party tier) {
        TierLine line = new TierLine(
                tier,
                new PeerId(registry.registry().party(tier).line()),
                setting,
                registry.registry().origin(),
                ear);
        tiers.put(line);
        line.start();
    }

    /** Hangs up, writes down where it stands, and forgets every key. The outbox stays. On the loop. */
    public void stop() {
        tiers.all().forEach(TierLine::stop);
        outbox.flush();
        registry.save(watch.frontier());
        heard.save();
        cells.forgetAll();
    }

    private void saveAgain() {
        // What left the outbox is written first: an entry is never looked for before the place the feed begins at.
        outbox.flush();
        registry.save(watch.frontier());
        heard.save();
        setting.loop().after(StationLimits.POSITION_MILLIS, this::saveAgain);
    }

    /** Opens a session for a badge; answers once two tiers know it, or, where nobody is reached for long, it lies in the outbox. */
    public void open(Signer badge, long lifeMillis, Consumer<Outcome<OwnSession>> then) {
        sessions.open(badge, lifeMillis, then);
    }

    /** Ends a session: what only it had open is forgotten at once. */
    public void close(OwnSession session) {
        sessions.close(session);
    }

    /** The station's own session; empty until two tiers know it. */
    public Optional<OwnSession> service() {
        return sessions.service();
    }

    /** Puts a signed registry statement (a grant, an enrolment, a cut) into the record. */
    public void register(SignedStatement statement, Consumer<WriteResult> then) {
        sessions.register(statement, new RegisteredFate(statement.id(), then));
    }

    /** Writes all changes or none. The answer comes on the loop, once. */
    public void write(OwnSession session, Transaction transaction, Consumer<WriteResult> then) {
        new Drafting(desks, session, transaction, then).run();
    }

    /** All versions of a resource, oldest first; {@code NOT_FOUND} if the record does not hold it. */
    public void versions(
            OwnSession session, ResourceId id, Request.Purpose purpose, Consumer<Outcome<List<ResourceVersion>>> then) {
        if (session.isClosed()) {
            then.accept(Outcome.refused(Code.SESSION_ENDED, "this session has ended"));
            return;
        }
        folders.cell(
                session,
                id.cell(),
                purpose,
                outcome -> then.accept(outcome.then(cell -> {
                    List<ResourceVersion> versions = cell.versions(id.local());
                    return versions.isEmpty()
                            ? Outcome.refused(Code.NOT_FOUND, "there is no such resource")
                            : Outcome.done(versions);
                })));
    }

    /** All versions, from any thread and without the loop, if the cell is open and current; empty if not. */
    Optional<List<ResourceVersion>> versionsAtHand(OwnSession session, ResourceId id) {
        if (session.isClosed() || !watch.isFresh()) {
            return Optional.empty();
        }
        return cells.current(id.cell(), session.id())
                .map(cell -> cell.versions(id.local()))
                .filter(versions -> !versions.isEmpty());
    }

    /** Everything of one patient, by any of their cells or resources. */
    public void patient(
            OwnSession session, CellId cell, Request.Purpose purpose, Consumer<Outcome<PatientFolder>> then) {
        if (session.isClosed()) {
            then.accept(Outcome.refused(Code.SESSION_ENDED, "this session has ended"));
            return;
        }
        searches.growth().whenKnown(() -> patiently(next -> patients.folder(session, cell, purpose, next), then));
    }

    private <T> void patiently(Patience.Question<T> question, Consumer<Outcome<T>> then) {
        Patience.ask(setting.loop(), StationLimits.ANSWER_MILLIS, question, then);
    }

    /** Organisations, staff, places, catalogues; not {@code anew} it costs no lookup where they are open. */
    public void house(OwnSession session, boolean anew, Consumer<Outcome<PatientFolder>> then) {
        this.<List<OpenCell>>patiently(
                next -> house.open(session, anew, next),
                outcome -> then.accept(outcome.map(all -> PatientFolder.house(all, watch.ageMillis()))));
    }

    /** Resources of a type that have all of these traits, as every tier that is reached knows them. */
    public void find(OwnSession session, String type, List<Trait> traits, Consumer<Outcome<List<ResourceId>>> then) {
        searches.find(
                session, traits.stream().map(trait -> Term.of(type, trait)).toList(), then);
    }

    /** Resources of a type that have any of these traits. */
    void findAny(OwnSession session, String type, List<Trait> traits, Consumer<Outcome<List<ResourceId>>> then) {
        searches.findAny(
                session, traits.stream().map(trait -> Term.of(type, trait)).toList(), then);
    }

    /** The latest version of each, without what is taken back. */
    void latest(
            OwnSession session,
            List<ResourceId> ids,
            Request.Purpose purpose,
            Consumer<Outcome<List<ResourceVersion>>> then) {
        this.<List<ResourceVersion>>patiently(next -> patients.latest(session, ids, purpose, next), then);
    }

    /** The resource whose author chose this id. */
    public void findChosen(OwnSession session, String type, String id, Consumer<Outcome<List<ResourceId>>> then) {
        searches.find(session, List.of(Term.ofChosenId(type, id)), then);
    }

    /** The index of all patients, for a session with the whole record in its scope, once it holds all this station knows of. */
    public void index(OwnSession session, Consumer<Outcome<SystemIndex>> then) {
        searches.currentIndex(session, then);
    }

    public StationState state() {
        boolean ready = sessions.service().isPresent();
        return Lookout.state(tiers, health, watch, outbox, courier, cutting(), patients.unreviewed(), ready);
    }

    /** What an officer who stands here does. */
    Cutting cutting() {
        return new Cutting(setting, tiers, registry);
    }

    OfficerReading reading() {
        return new OfficerReading(setting, tiers, registry);
    }

    RefusedEntries refused() {
        return new RefusedEntries(setting, outbox, cells, registry());
    }

    Set<Digest> waiting(Set<Digest> entries) {
        return outbox.among(entries);
    }

    /** How old the newest heartbeat is. From any thread. */
    public long ageMillis() {
        return watch.ageMillis();
    }

    /** The hospital as this station knows it: badges, roles, policy. On the loop. */
    public Registry registry() {
        return registry.registry();
    }

    StationSetting setting() {
        return setting;
    }

    Cells cells() {
        return cells;
    }

    /** What whoever stands in for another station works with. */
    Inside inside() {
        return new Inside(setting, outbox, tiers, watch, registry.registry(), courier);
    }

    Printing printing() {
        return printing;
    }

    LedgerReading ledgers() {
        return new LedgerReading(setting, tiers::up, registry::registry);
    }

    WardReading boards() {
        return boards;
    }

    private void applied(Statement statement) {
        notes.follow(registry.registry());
        switch (statement) {
            case Statement.EpochChange change
            when change.replaced().isTier() -> {
                tiers.line(change.replaced()).stop();
                dial(change.replaced());
            }
            case Statement.Roll roll -> folders.orderCame();
            case Statement.Grant _, Statement.StationEnrolment _ -> sessions.ensureService();
            default -> sessions.recheck();
        }
        tiers.follow(registry.registry().cutTiersOnSight(), this::dial);
    }

    /** What the lines and the feeds say, handed to whom it concerns. */
    private final class Ear implements TierLine.Owner, HeadWatch.Listener, Folders.Hulls {

        @Override
        public Optional<OwnSession> session(Digest id) {
            return sessions.filing(id);
        }

        @Override
        public void up(TierLine line, Response.Welcome welcome) {
            watch.follow(line);
            sessions.up(line);
            courier.up(line.tier());
            registry.fetch();
        }

        @Override
        public void down(TierLine line) {
            watch.down(line);
            sessions.down(line);
            courier.down(line.tier());
        }

        @Override
        public void pushed(TierLine line, Push push) {
            watch.pushed(line, push);
        }

        @Override
        public void covered(long index, Push.MovedEntry entry) {
            registry.covered(index, entry.leaf(), entry.place());
            // Who is told that it is written may search for it at once, also where it was too large to be kept open.
            searches.growth().expect();
            courier.covered(index, entry);
            searches.growth().covered(index, entry);
        }

        @Override
        public void toldOtherwise(long index, Push.MovedEntry entry) {
            searches.growth().covered(index, entry);
        }

        @Override
        public void head(CellHead head) {
            cells.headTold(head);
            searches.headTold(head);
        }

        @Override
        public void heldChanged(Set<Digest> more, Set<Digest> gone) {
            held.changed(more, gone);
        }

        @Override
        public void announced(Bytes statement) {
            registry.announced(statement);
        }

        @Override
        public List<TierLine> readers() {
            return tiers.up();
        }

        @Override
        public Registry registry() {
            return registry.registry();
        }
    }
}
