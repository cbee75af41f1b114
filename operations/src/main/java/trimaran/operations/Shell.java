package trimaran.operations;

import trimaran.kernel.Entropy;
import trimaran.kernel.WallTime;

/** What every command is given: how to start programs, randomness, the clock, and where to speak. */
record Shell(Programs programs, Entropy entropy, Voice voice) {

    WallTime now() {
        return new WallTime(System.currentTimeMillis());
    }
}
