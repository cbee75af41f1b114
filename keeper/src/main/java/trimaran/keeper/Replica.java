package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Merkle;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSignature;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Judgement;
import trimaran.record.Place;
import trimaran.record.Quorum;
import trimaran.record.RecordLimits;
import trimaran.record.Verdict;

/**
 * Takes in what data placed: every entry is judged again here, and its place must be the very one this tier computes. Only what
 * is on this tier's disk is cosigned.
 */
public final class Replica {

    private final KeeperSetting setting;
    private final Copy copy;
    private final Intake intake;
    private final Fetcher fetcher;
    private final Cosigner cosigner;
    private final HeldSet held;
    private final Feed feed;

    /** From whom entries are being taken in: one that is slow keeps no other from giving the same ones. */
    private final Set<Party> busy = EnumSet.noneOf(Party.class);

    Replica(
            KeeperSetting setting,
            Copy copy,
            Intake intake,
            Fetcher fetcher,
            Cosigner cosigner,
            HeldSet held,
            Feed feed) {
        this.setting = setting;
        this.copy = copy;
        this.intake = intake;
        this.fetcher = fetcher;
        this.cosigner = cosigner;
        this.held = held;
        this.feed = feed;
    }

    /** Takes in entries from data and cosigns the checkpoint over them, if this tier then holds all of it. */
    void replicate(Party from, Request.Replicate request, Consumer<Outcome<Response>> answer) {
        boolean news = request.firstIndex() + request.entries().size() > copy.size();
        if (news && cosigner.tails().isWary()) {
            // What a quorum signed of it is fetched with its proof (Arrears).
            answer.accept(
                    Outcome.refused(Code.UNAVAILABLE, "this tier takes only what a quorum signed, since data forked"));
            return;
        }
        if (news && fetcher.restoring().isUnderWay(copy.size())) {
            answer.accept(Outcome.refused(Code.UNAVAILABLE, "this tier is being restored from a backup"));
            return;
        }
        takeIn(from, request.firstIndex(), request.entries(), Optional.empty(), request.note(), outcome -> {
            switch (outcome) {
                case Outcome.Refused<Response>(Refusal refusal) -> answer.accept(Outcome.refused(refusal));
                case Outcome.Done<Response>(Response response) -> {
                    // Without a note this is a step of catching up: the checkpoint lies further on.
                    if (response instanceof Response.Behind || request.note().isEmpty()) {
                        answer.accept(outcome);
                    } else {
                        answer.accept(cosign(request.note()));
                    }
                }
            }
        });
    }

    /** Takes in placed entries from any tier that has them; Done, or Behind with this copy's size if there is a gap. */
    public void takeIn(Party from, long first, List<SealedEntry> entries, Consumer<Outcome<Response>> answer) {
        takeIn(from, first, entries, Optional.empty(), Bytes.EMPTY, answer);
    }

    /** As {@link #takeIn}, but only if the tree with these entries stands. */
    public void takeIn(
            Party from,
            long first,
            List<SealedEntry> entries,
            Optional<Predicate<TreeHead>> stands,
            Consumer<Outcome<Response>> answer) {
        takeIn(from, first, entries, stands, Bytes.EMPTY, answer);
    }

    private void takeIn(
            Party from,
            long first,
            List<SealedEntry> entries,
            Optional<Predicate<TreeHead>> stands,
            Bytes offered,
            Consumer<Outcome<Response>> answer) {
        if (first > copy.size()) {
            answer.accept(Outcome.done(new Response.Behind(copy.size())));
            return;
        }
        if (!busy.add(from)) {
            answer.accept(Outcome.refused(Code.BUSY, "this tier is taking entries in from you already"));
            return;
        }
        List<Digest> missing = new ArrayList<>();
        news(first, entries).forEach(entry -> missing.addAll(intake.missing(entry)));
        fetcher.fetch(from, missing, fetched -> {
            busy.remove(from);
            answer.accept(fetched.then(done -> take(news(first, entries), stands, offered)));
        });
    }

    /** Those that are not here: another may have given some while pieces were fetched. */
    private List<SealedEntry> news(long first, List<SealedEntry> entries) {
        return entries.subList((int) Math.min(entries.size(), copy.size() - first), entries.size());
    }

    private Outcome<Response> take(List<SealedEntry> news, Optional<Predicate<TreeHead>> stands, Bytes offered) {
        if (stands.isPresent() && news.isEmpty()) {
            return Outcome.done(new Response.Done());
        }
        if (stands.isPresent() && !stands.get().test(after(news))) {
            return Outcome.refused(Code.BAD_PROOF, "these entries are not those the quorum signed");
        }
        return apply(news, stands.isPresent(), offered);
    }

    /** The tree as it would be with these; of entries that cannot be read, a tree nobody signed. */
    private TreeHead after(List<SealedEntry> news) {
        List<Digest> leaves = new ArrayList<>();
        for (SealedEntry sealed : news) {
            leaves.add(
                    complete(sealed, true) instanceof Outcome.Done<EntryContent>(EntryContent content)
                            ? Merkle.leaf(Key.digest(Place.leaf(
                                    content.header().author().nonce(), content.headerBytes(), sealed.place())))
                            : Digest.ZERO);
        }
        return copy.frontier().append(leaves).frontier().head();
    }

    /**
     * What a quorum covers may come without what confirmation or erasure took.
     *
     * @param signed whether it is the beginning of a tree that was signed, though perhaps by no quorum of today's keys: data that was
     *     replaced may have been the third that made one
     */
    private Outcome<EntryContent> complete(SealedEntry sealed, boolean signed) {
        try {
            Place place = Place.decode(sealed.place());
            if (place.verdict() == Verdict.VOID) {
                return intake.bare(sealed);
            }
            boolean covered = signed || place.index() < cosigner.noteSize();
            return covered ? intake.covered(sealed) : intake.complete(sealed);
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "a place cannot be read");
        }
    }

    private Outcome<Response> apply(List<SealedEntry> news, boolean signed, Bytes offered) {
        CopyGroup group = copy.begin();
        if (!offered.isEmpty()) {
            group.cosigned(offered);
        }
        for (SealedEntry sealed : news) {
            Outcome<EntryContent> content = complete(sealed, signed);
            if (content instanceof Outcome.Refused<EntryContent>(Refusal refusal)) {
                return commit(news, group, Optional.of(refusal));
            }
            EntryContent entry = ((Outcome.Done<EntryContent>) content).value();
            Optional<Refusal> refusal = admit(group, entry, sealed.place());
            if (refusal.isPresent()) {
                return commit(news, group, refusal);
            }
        }
        return commit(news, group, Optional.empty());
    }

    /** What was taken in before the first refused entry is good, and the registry has folded it: it is kept. */
    private Outcome<Response> commit(List<SealedEntry> news, CopyGroup group, Optional<Refusal> refusal) {
        boolean lagged = cosigner.noteSize() > copy.size();
        copy.commit(group);
        fetcher.restoring().took(news.subList(0, group.count()));
        feed.remember(group);
        if (lagged) {
            held.settle();
            feed.beat();
        }
        return refusal.<Outcome<Response>>map(Outcome::refused).orElseGet(() -> Outcome.done(new Response.Done()));
    }

    private Optional<Refusal> admit(CopyGroup group, EntryContent entry, Bytes placeBytes) {
        Place place;
        try {
            place = Place.decode(placeBytes);
        } catch (MalformedException malformed) {
            return Optional.of(Refusal.of(Code.MALFORMED, "a place cannot be read"));
        }
        if (place.index() == 0) {
            boolean same = place.equals(FoundingEntry.place(setting.founding()))
                    && entry.headerBytes()
                            .equals(FoundingEntry.content(setting.founding()).headerBytes());
            if (!same) {
                return Optional.of(Refusal.of(Code.WRONG_ORIGIN, "entry 0 is another hospital's"));
            }
            group.add(entry, place);
            return Optional.empty();
        }
        RecordTime latest = setting.now().plusMillis(RecordLimits.AHEAD_MILLIS_MAX);
        if (place.time().isAfter(latest) || group.lastTime().isAfter(place.time())) {
            return Optional.of(Refusal.of(Code.BAD_VALUE, "data's clock went back, or runs more than 10 s ahead"));
        }
        Judgement judgement = group.judge(entry, place.time(), place.held());
        if (!group.place(judgement, place.time(), place.held()).equals(place)) {
            cosigner.disputed(place.index() + 1);
            return Optional.of(Refusal.of(
                    Code.EQUIVOCATION,
                    "data placed entry " + place.index() + " otherwise than the record says: "
                            + judgement.reason().map(Refusal::sentence).orElse("other heads or versions")));
        }
        // What a quorum signed is taken as it is. Before that nothing comes without its envelopes.
        if (place.held().isEmpty() && place.index() >= cosigner.noteSize()) {
            Optional<Refusal> stale = new LateKeys(copy.registry()).stale(entry, place.time());
            if (stale.isPresent()) {
                return stale;
            }
        }
        group.add(entry, place);
        return Optional.empty();
    }

    private Outcome<Response> cosign(Bytes noteBytes) {
        try {
            Note note = Note.parse(noteBytes);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            return cosigner.standing(noteBytes).then(standing -> {
                hear(noteBytes, standing);
                return cosigner.cosign(checkpoint).map(signature -> {
                    cosigner.offered(noteBytes, checkpoint.size());
                    return cosigned(signature);
                });
            });
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "this checkpoint cannot be read");
        }
    }

    /**
     * A beat over more than this tier knows of: whoever gathered that quorum may have died before telling it, and the beat is
     * then the only word of it. What is missing is fetched.
     */
    private void hear(Bytes note, Quorum.Standing standing) {
        if (standing.quorum() && standing.checkpoint().size() > cosigner.noteSize() && cosigner.learn(note, standing)) {
            held.settle();
            feed.beat();
        }
    }

    private Response cosigned(NoteSignature signature) {
        return new Response.Cosigned(Cosigner.lines(List.of(signature)));
    }

    /** The heartbeat: the same checkpoint, cosigned with the time of now. */
    Outcome<Response> cosignAnew(Bytes note) {
        return cosign(note);
    }
}
