package trimaran.station;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;

/**
 * Which wards this station keeps copies of and what the tiers know them by: the file {@code wards}, for the officers who grant its badge
 * those wards, so that their patients cost it no budget (DESIGN §6). Only whoever reads the house can say which cell a ward is.
 *
 * <p>Layout: UTF-8 lines {@code key = value}; first {@code badge} and the number of the station's badge, then for each ward its cell's
 * handle and its name. A ward in which nobody ever lay has no cell and no line.
 *
 * <p>Trust: whoever changes it has officers grant other wards under the names they expect. What is opened by it stands in the ledgers.
 */
final class KeptWards {

    static final String FILE = "wards";

    private final StationSetting setting;
    private String written = "";

    KeptWards(StationSetting setting) {
        this.setting = setting;
    }

    /** On the loop; the disk is waited for on the workbench, and asked again only for something new. */
    void tell(List<WardBoard> boards, Function<ResourceId, Optional<CellId>> cells) {
        StringBuilder text = new StringBuilder("badge = ")
                .append(setting.badge().publicKey().id().hex())
                .append('\n');
        for (WardBoard board : boards) {
            String name = plain(board.ward().name());
            cells.apply(board.ward().id())
                    .ifPresent(cell -> text.append(cell.handle())
                            .append(" = ")
                            .append(name)
                            .append('\n'));
        }
        String fresh = text.toString();
        if (fresh.equals(written)) {
            return;
        }
        written = fresh;
        setting.workbench().run(() -> {
            try {
                setting.disk().replace(FILE, Bytes.ofText(fresh));
            } catch (UncheckedIOException refused) {
                // A station that can read goes on, and its copies say themselves what the disk does not take.
                setting.loop().run(() -> written = "");
            }
        });
    }

    /** Whoever reads the file refuses what a terminal would take for a command, as bytes of another alphabet may be. */
    private static String plain(String name) {
        StringBuilder text = new StringBuilder(name);
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                text.setCharAt(at, ' ');
            }
        }
        return text.toString().strip();
    }
}
