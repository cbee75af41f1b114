package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.AuthorPart;
import trimaran.record.Escrow;

/**
 * Gets the envelopes of entries that came without theirs, from whoever keeps them still: every tier does until all three say they
 * need them no more. Data may send an entry to two and withhold its envelopes from one; of the two shares that one then lacks,
 * data alone has the other, and may have fallen. Nobody need be believed: the author signed the envelopes' digest.
 */
final class EnvelopeSearch {

    /** Looks in a row at which the same is lacking before envelopes are asked for: a rebuilt tier gets its pairs before. */
    static final int LOOKS_BEFORE = 3;

    /** Entries whose envelopes are asked for at a look. */
    static final int AT_ONCE = 64;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Peers peers;
    private final Fetcher fetcher;
    /** Positions of entries whose envelopes no other tier keeps. */
    private final Set<Long> inVain = new HashSet<>();

    private int looks;
    private boolean busy;

    EnvelopeSearch(KeeperSetting setting, Copy copy, Peers peers, Fetcher fetcher) {
        this.setting = setting;
        this.copy = copy;
        this.peers = peers;
        this.fetcher = fetcher;
    }

    /** Somebody was away, or may have been: everything is asked for once more. */
    void forgive() {
        inVain.clear();
    }

    void look() {
        if (busy) {
            return;
        }
        List<Long> wanted = copy.shares().lacking(one -> !one.brought() && !inVain.contains(one.index())).stream()
                .map(Shares.Lacking::index)
                .distinct()
                .limit(AT_ONCE)
                .toList();
        looks = wanted.isEmpty() ? 0 : looks + 1;
        if (looks > LOOKS_BEFORE) {
            busy = true;
            next(new ArrayList<>(wanted));
        }
    }

    private void next(List<Long> wanted) {
        if (wanted.isEmpty()) {
            busy = false;
            return;
        }
        long index = wanted.removeFirst();
        List<Party> others =
                Party.TIERS.stream().filter(party -> party != setting.party()).toList();
        ask(index, new ArrayList<>(others), () -> next(wanted));
    }

    private void ask(long index, List<Party> others, Runnable then) {
        if (others.isEmpty()) {
            inVain.add(index);
            then.run();
            return;
        }
        Party from = others.removeFirst();
        peers.ask(from, new Request.FetchEntries(index, 1), outcome -> {
            AuthorPart author =
                    copy.entry(index).map(stored -> stored.header().author()).orElseThrow();
            Optional<SealedEntry.Item> item = outcome instanceof Outcome.Done<Response>(Response.Entries entries)
                            && entries.from() == index
                            && !entries.entries().isEmpty()
                    ? Optional.of(entries.entries().getFirst().escrow())
                    : Optional.empty();
            if (item.isEmpty() || item.get().isNothing()) {
                ask(index, others, then);
            } else if (item.get().inline().isPresent()) {
                take(index, author, item.get().inline(), () -> ask(index, others, then), then);
            } else if (!item.get().digest().equals(author.escrow())) {
                ask(index, others, then);
            } else {
                fetcher.fetch(
                        from,
                        List.of(author.escrow()),
                        fetched -> take(
                                index,
                                author,
                                copy.staging().content(author.escrow()),
                                () -> ask(index, others, then),
                                then));
            }
        });
    }

    private void take(long index, AuthorPart author, Optional<Bytes> bytes, Runnable otherwise, Runnable then) {
        if (bytes.isEmpty() || !Digest.sha256(bytes.get()).equals(author.escrow())) {
            otherwise.run();
            return;
        }
        try {
            setting.store().write(copy.shares().late(author, Escrow.decode(bytes.get()), index));
            then.run();
        } catch (MalformedException malformed) {
            otherwise.run();
        }
    }
}
