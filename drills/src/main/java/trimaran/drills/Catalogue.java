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
        // A hull that lied is named for ten minutes: first those that measure how soon a page says that one is ill.
        // Then
        // those that take minutes, so that several hospitals at a time end at about the same time.
        drills.addAll(ProcessDrills.all());
        drills.addAll(CutOffDrills.all());
        drills.addAll(AnswerDrills.all());
        drills.addAll(NetworkDrills.all());
        drills.addAll(ReturnDrill.all());
        drills.addAll(PromotionDrill.all());
        drills.addAll(LoneStationDrill.all());
        drills.addAll(NightDrill.all());
        drills.addAll(SplitViewDrill.all());
        drills.addAll(ForkDrills.all());
        drills.addAll(TheftDrills.all());
        drills.addAll(RefreshDrills.all());
        drills.addAll(RefreshLiarDrill.all());
        drills.addAll(RollDrills.all());
        drills.addAll(BackupDrills.all());
        drills.addAll(DiskDrills.all());
        drills.addAll(PeopleDrills.all());
        drills.addAll(ClockDrills.all());
        drills.addAll(StationDrills.all());
        drills.addAll(BudgetDrill.all());
        drills.addAll(SessionDrill.all());
        drills.addAll(RogueClientDrill.all());
        drills.addAll(PeerDrills.all());
        drills.addAll(StoreDrills.all());
        drills.addAll(LostWriteDrills.all());
        drills.addAll(WithholdDrills.all());
        drills.sort((one, other) -> Boolean.compare(one.isHarmful(), other.isHarmful()));
        return List.copyOf(drills);
    }

    static Optional<Drill> named(String name) {
        return drills().stream().filter(drill -> drill.name().equals(name)).findFirst();
    }
}
