package trimaran.keeper;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Prepared;
import trimaran.line.message.RefreshStep;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** What tiers said of each generation they prepared, as far as it was heard here; it asks them. */
final class RefreshHearing {

    private final KeeperSetting setting;
    private final Copy copy;
    private final Membership membership;
    private final Peers peers;
    private final NavigableMap<Long, RefreshWords> words = new TreeMap<>();

    RefreshHearing(KeeperSetting setting, Copy copy, Membership membership, Peers peers) {
        this.setting = setting;
        this.copy = copy;
        this.membership = membership;
        this.peers = peers;
    }

    /** What was said of a generation. */
    RefreshWords words(long generation) {
        return words.computeIfAbsent(generation, this::kept);
    }

    /** For whoever asks, of whichever generation it likes: nothing is kept of that. */
    List<Prepared> told(long generation) {
        return kept(generation).all();
    }

    private RefreshWords kept(long generation) {
        return new RefreshWords(setting, copy.registry(), membership, generation);
    }

    /** @param then told whether it answered, once what it said is taken in */
    void ask(Party other, long generation, Consumer<Boolean> then) {
        peers.ask(other, new Request.Refresh(new RefreshStep.Show(generation)), outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.PreparedWords(List<Prepared> said))) {
                said.forEach(word -> words(generation).take(other, word));
                then.accept(true);
            } else {
                then.accept(false);
            }
        });
    }
}
