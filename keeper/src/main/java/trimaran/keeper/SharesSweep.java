package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Remove;

/** Removes what is left on disk of generations whose file keys are gone: noise that takes room. */
final class SharesSweep {

    /** Rows removed at a look. */
    static final int SWEPT_MAX = 4_096;

    private final KeeperSetting setting;
    private final Shares shares;

    /** Below which generation nothing is left; looking over removed rows costs a store as much as over rows. */
    private long clean = -1;

    SharesSweep(KeeperSetting setting, Shares shares) {
        this.setting = setting;
        this.shares = shares;
    }

    void look() {
        long present = shares.refreshed();
        if (clean == present) {
            return;
        }
        List<Store.Change> batch = new ArrayList<>();
        setting.store().scan(Space.SHARES, Key.number(0), Key.number(present), (key, value) -> {
            batch.add(new Remove(Space.SHARES, key));
            return batch.size() < SWEPT_MAX;
        });
        if (batch.isEmpty()) {
            clean = present;
        } else {
            setting.store().write(batch);
        }
    }
}
