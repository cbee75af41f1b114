package trimaran.party;

import java.nio.file.Files;
import java.nio.file.Path;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.process.FileDisk;

/**
 * Tells the folder of a party that has not served yet from half the folder of one that has. Who makes its keys leaves a mark, which goes once
 * there is what tells of the party's life: a tier's store, the witness's head. A folder with neither is what a copy that was broken off
 * leaves, and whoever served from it would say under known keys that nothing ever happened.
 *
 * <p>On disk: the file {@link #MARK}, a line for people; only that it is there counts. Who puts it back and takes the store or the head away
 * has the party begin anew under keys that served, as who sets its disk back to its first day.
 */
public final class FirstStart {

    public static final String MARK = "unserved";

    private static final Bytes LINE = Bytes.ofText("The keys in this folder have not served yet.\n");

    private FirstStart() {}

    /** Keys were made, and nobody has served under them. */
    static void lieAhead(Path folder) {
        FileDisk.in(folder).replace(MARK, LINE);
    }

    /**
     * Refused if these keys have served and what tells of it is gone.
     *
     * @param life what tells of it, by its name in the folder
     * @param there whether it is there, and a party can go on from it
     */
    public static Outcome<Path> require(Party party, Path folder, String life, boolean there) {
        return there || Files.exists(folder.resolve(MARK))
                ? Outcome.done(folder)
                : Outcome.refused(
                        Code.HOME_DAMAGED,
                        "only half of " + party.word() + " is in " + folder + ": its keys have served, and " + life
                                + " is missing or not whole; put back what is missing from the very copy the rest is of, or have two officers rebuild it from the others: trimaran rebuild "
                                + party.word());
    }

    /** What tells of the party's life is on disk. Should a power cut bring the mark back, the next start takes it away. */
    public static void isOver(Path folder) {
        FileDisk.in(folder).remove(MARK);
    }
}
