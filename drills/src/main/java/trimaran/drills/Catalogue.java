package trimaran.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every drill that can be carried out by name. */
final class Catalogue {

    private Catalogue() {}

    /** In the order {@code all} carries them out: what spoils a hospital comes last. */
    static List<Drill> drills() {
        List<Drill> drills = new ArrayList<>();
        // Those that take minutes come first: several hospitals at a time then end at about the same time.
        drills.addAll(SplitViewDrill.all());
        drills.addAll(ReturnDrill.all());
        drills.addAll(PromotionDrill.all());
        drills.addAll(LoneStationDrill.all());
        drills.addAll(LostWriteDrills.all());
        drills.addAll(TheftDrills.all());
        drills.addAll(RefreshDrills.all());
        drills.addAll(RollDrills.all());
        drills.addAll(BackupDrills.all());
        drills.addAll(StoreDrills.all());
        drills.addAll(DiskDrills.all());
        drills.addAll(PeerDrills.all());
        drills.addAll(WithholdDrills.all());
        drills.addAll(ProcessDrills.all());
        drills.addAll(PeopleDrills.all());
        drills.addAll(NetworkDrills.all());
        drills.addAll(CutOffDrills.all());
        drills.addAll(AnswerDrills.all());
        drills.addAll(ClockDrills.all());
        drills.addAll(StationDrills.all());
        drills.addAll(BudgetDrill.all());
        drills.addAll(SessionDrill.all());
        drills.addAll(RogueClientDrill.all());
        drills.sort((one, other) -> Boolean.compare(one.isHarmful(), other.isHarmful()));
        return List.copyOf(drills);
    }

    static Optional<Drill> named(String name) {
        return drills().stream().filter(drill -> drill.name().equals(name)).findFirst();
    }
}
