package trimaran.operations;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.process.FileDisk;
import trimaran.process.HomeLock;

/**
 * By what a home knows of rebuilds that broke off: a file for each in {@code card/}, from before the new keys count until the party's copy is
 * whole. In the party's own folder whoever holds that party could write it.
 */
record UnderWay(Home home) {

    private static final int DIGITS_MAX = 18;

    /** One rebuild at a time in one home: two would draft keys over each other's, and whose were agreed to would be gone. */
    HomeLock turn() throws RefusedException {
        if (HomeLock.take(home.card()) instanceof Outcome.Done<HomeLock>(HomeLock turn)) {
            return turn;
        }
        throw new RefusedException(
                Code.HOME_IN_USE,
                "a rebuild or restore is under way in this home; wait until it has ended, then look: trimaran status");
    }

    void begin(Party party, long epoch) {
        FileDisk.in(home.card()).replace(file(party), Bytes.ofText(String.valueOf(epoch)));
    }

    /** The epoch whose keys the party was to get; empty if nothing broke off, as far as this home knows. */
    OptionalLong epoch(Party party) {
        return FileDisk.in(home.card())
                .read(file(party))
                .map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8))
                .filter(text -> text.matches("[0-9]{1," + DIGITS_MAX + "}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    void end(Party party) {
        Draft.remove(home.card().resolve(file(party)));
    }

    private static String file(Party party) {
        return "rebuilding-" + party.word();
    }
}
