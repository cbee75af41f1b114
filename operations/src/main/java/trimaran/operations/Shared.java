package trimaran.operations;

import java.util.List;
import trimaran.line.message.Ground.Trait;

/**
 * A trait two parties may have in common, and what to say then.
 *
 * @param sentence what is so, after the parties
 * @param tiers what follows where two tiers share it
 * @param guard what follows where the witness shares it with a tier
 */
record Shared(Trait trait, String sentence, String tiers, String guard) {

    static final List<Shared> ALL = List.of(
            new Shared(
                    Trait.MACHINE,
                    "run on one machine",
                    "whoever is root on it holds them all: this is crash tolerance, and not what Trimaran promises",
                    "what takes the machine takes both, so that nobody else can show what a fallen tier hides"),
            new Shared(
                    Trait.ACCOUNT,
                    "run under one account",
                    "one stolen password or one break-in reads the keys of them all",
                    "a break-in at one is a break-in at the other"),
            new Shared(
                    Trait.DISK,
                    "keep their folders on one disk or storage",
                    "one broken disk, one full disk or one encrypted volume stops them together, and a restore has nothing to start from",
                    "one broken or encrypted disk stops both"),
            new Shared(
                    Trait.HOST,
                    "are carried by one host",
                    "its administrator or its failure takes them together: three virtual machines on one host are one hull",
                    "the host's failure takes both"),
            new Shared(
                    Trait.STORAGE,
                    "have their disks on one storage",
                    "its failure, its administrator or whoever encrypts it takes the disks of them all, whatever hosts carry the machines",
                    "the storage's failure takes both"),
            new Shared(
                    Trait.ADMINISTRATOR,
                    "have one administrator",
                    "one stolen administrator's key opens them all",
                    "one stolen administrator's key opens both"),
            new Shared(
                    Trait.BACKUP,
                    "send their backups to one place",
                    "whoever reaches that place has shares of several tiers, and may poison what they would be rebuilt from",
                    "one poisoned backup reaches both"));
}
