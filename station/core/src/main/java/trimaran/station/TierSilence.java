package trimaran.station;

/** A tier that died without a word is noticed by the beats it does not send while others do. */
final class TierSilence {

    private final StationSetting setting;
    private final TierTable tiers;
    private final HeadWatch watch;
    private final TierHealth health;

    TierSilence(StationSetting setting, TierTable tiers, HeadWatch watch, TierHealth health) {
        this.health = health;
        this.setting = setting;
        this.tiers = tiers;
        this.watch = watch;
    }

    /** Looks now and from now on. */
    void look() {
        health.look(watch.followed());
        boolean beats = tiers.up().stream().anyMatch(line -> line.silentMillis() < StationLimits.SILENT_MILLIS / 2);
        for (TierLine line : tiers.up()) {
            if (beats
                    && line.silentMillis() > StationLimits.SILENT_MILLIS
                    && watch.followed().contains(line.tier())) {
                line.redial();
            }
        }
        setting.loop().after(StationLimits.LOOK_MILLIS, this::look);
    }
}
