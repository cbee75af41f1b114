package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.ledger.Node;
import trimaran.ledger.TreeHead;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Place;

/**
 * Looks for the place where this copy parts from the tree a quorum signed, and has the tail behind it taken back. The other
 * tier's entries are gone through from the last size on that a quorum is known to have signed here; each page comes with the
 * proof that the quorum's tree begins with it, so nobody can make this tier give up an entry that stands there.
 */
final class ForkSearch {

    private final KeeperSetting setting;
    private final Copy copy;
    private final Cosigner cosigner;
    private final Peers peers;
    private final Intake intake;
    private final Fetcher fetcher;
    private final Alarms alarms;
    private Runnable anew = () -> {};
    private boolean busy;
    private boolean condemned;
    private int turn;

    ForkSearch(
            KeeperSetting setting,
            Copy copy,
            Cosigner cosigner,
            Peers peers,
            Intake intake,
            Fetcher fetcher,
            Alarms alarms) {
        this.setting = setting;
        this.copy = copy;
        this.cosigner = cosigner;
        this.peers = peers;
        this.intake = intake;
        this.fetcher = fetcher;
        this.alarms = alarms;
    }

    void beginAnew(Runnable who) {
        anew = who;
    }

    /** Asks the next tier that is there; one that shows nothing is passed over the next time. */
    void search() {
        List<Party> others = Party.TIERS.stream()
                .filter(party -> party != setting.party() && peers.isUp(party))
                .toList();
        if (!busy && !condemned && !others.isEmpty()) {
            busy = true;
            page(others.get(turn++ % others.size()), cosigner.sharedSize(), cosigner.noteHead());
        }
    }

    private void page(Party from, long start, TreeHead signed) {
        if (start >= Math.min(copy.size(), signed.size())) {
            // As far as it goes this copy is the quorum's tree: whoever said otherwise lied.
            busy = false;
            return;
        }
        peers.ask(from, new Request.FetchEntries(start, MessageLimits.CONTENT_BYTES_MAX), outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.Entries entries)
                    && entries.from() == start
                    && !entries.entries().isEmpty()) {
                long end = Math.min(signed.size(), start + entries.entries().size());
                headers(from, start, entries.entries().subList(0, (int) (end - start)), signed);
            } else {
                busy = false;
            }
        });
    }

    /** A header too large for a frame is fetched by its digest; of the content nothing is needed to compare. */
    private void headers(Party from, long start, List<SealedEntry> page, TreeHead signed) {
        List<Digest> missing = page.stream()
                .map(entry -> new SealedEntry(
                        entry.header(), SealedEntry.Item.NOTHING, SealedEntry.Item.NOTHING, List.of(), entry.place()))
                .flatMap(entry -> intake.missing(entry).stream())
                .toList();
        fetcher.fetch(from, missing, fetched -> {
            Optional<List<Digest>> leaves = fetched.isDone() ? leaves(page) : Optional.empty();
            if (leaves.isPresent()) {
                prove(from, start, leaves.get(), signed);
            } else {
                busy = false;
            }
        });
    }

    private Optional<List<Digest>> leaves(List<SealedEntry> page) {
        List<Digest> leaves = new ArrayList<>();
        for (SealedEntry sealed : page) {
            if (!(intake.bare(sealed) instanceof Outcome.Done<EntryContent>(EntryContent content))) {
                return Optional.empty();
            }
            leaves.add(Merkle.leaf(
                    Key.digest(Place.leaf(content.header().author().nonce(), content.headerBytes(), sealed.place()))));
        }
        return Optional.of(leaves);
    }

    private void prove(Party from, long start, List<Digest> leaves, TreeHead signed) {
        TreeHead head = Frontier.of(copy, start).append(leaves).frontier().head();
        if (head.size() == signed.size()) {
            compare(from, start, leaves, signed, head.equals(signed));
            return;
        }
        peers.ask(from, new Request.ProveConsistency(head.size(), signed.size()), outcome -> {
            boolean proven = outcome instanceof Outcome.Done<Response>(Response.Proof proof)
                    && new ConsistencyProof(head.size(), signed.size(), proof.hashes()).proves(head, signed);
            compare(from, start, leaves, signed, proven);
        });
    }

    private void compare(Party from, long start, List<Digest> leaves, TreeHead signed, boolean proven) {
        if (!proven) {
            busy = false;
            return;
        }
        for (int i = 0; i < leaves.size() && start + i < copy.size(); i++) {
            if (!copy.hash(new Node(0, start + i)).equals(leaves.get(i))) {
                condemn(start + i);
                return;
            }
        }
        page(from, start + leaves.size(), signed);
    }

    /** What this keeper does from here on until it is closed no longer matters: whatever it adds goes with the tail. */
    private void condemn(long size) {
        condemned = true;
        Tail.condemn(setting.store(), size, cosigner.note().orElseThrow(), cosigner.tails());
        alarms.event(new KeeperEvent.TailTakenBack(size, copy.size() - size));
        anew.run();
    }
}
