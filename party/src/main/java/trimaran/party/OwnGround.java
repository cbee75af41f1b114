package trimaran.party;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.Digest;
import trimaran.line.message.Ground;
import trimaran.line.message.Ground.Trait;
import trimaran.process.Machine;

/** What this party stands on: what its machine shows, and what its people wrote down because no machine shows it. */
public final class OwnGround {

    /** The rooms that every tier runs: by their files releases are compared, since each tier has some of its own beside them. */
    private static final Set<String> COMMON = Set.of(
            "backup", "keeper", "kernel", "ledger", "line", "party", "process", "record", "shares", "store", "tier");

    private OwnGround() {}

    /**
     * Looked at once, at the party's start.
     *
     * @param folder the party's
     * @param said what its configuration says
     * @param origin the founding statement's id
     */
    public static Ground look(Path folder, Map<Trait, String> said, Digest origin) {
        Map<Trait, Long> marks = new EnumMap<>(Trait.class);
        said.forEach((trait, name) -> marks.put(trait, Ground.mark(origin, trait, name)));
        Machine machine = Machine.look();
        machine.boot().ifPresent(boot -> {
            marks.put(Trait.MACHINE, Ground.mark(origin, Trait.MACHINE, boot));
            marks.put(Trait.ACCOUNT, Ground.mark(origin, Trait.ACCOUNT, boot + " " + machine.account()));
        });
        Machine.disk(folder)
                .filter(disk -> disk.elsewhere() || machine.boot().isPresent())
                .map(disk -> disk.elsewhere() ? disk.name() : machine.boot().orElse("") + " " + disk.name())
                .ifPresent(name -> marks.put(Trait.DISK, Ground.mark(origin, Trait.DISK, name)));
        machine.virtual().ifPresent(virtual -> marks.put(Trait.VIRTUAL, virtual ? 1L : 0L));
        Machine.release(COMMON).ifPresent(release -> {
            marks.put(Trait.RELEASE, Ground.mark(origin, Trait.RELEASE, release.digests()));
            marks.put(Trait.RELEASED, release.seconds());
        });
        return new Ground(marks);
    }
}
