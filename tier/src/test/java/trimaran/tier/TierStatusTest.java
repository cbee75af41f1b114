package trimaran.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.keeper.Alarm;
import trimaran.keeper.KeeperEvent;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.CloseReason;
import trimaran.process.EventLog;

/** What whoever runs a tier's machine reads there. */
class TierStatusTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void everyAlarmIsOnTheSocket() {
        for (Alarm alarm : Alarm.values()) {
            assertThat(TierStatus.Count.of(alarm.counter())).as(alarm.counter()).isPresent();
        }
        assertThat(TierStatus.Count.of("checkpoint.size")).contains(TierStatus.Count.CHECKPOINT_SIZE);
        assertThat(TierStatus.Count.of("a counter nobody knows")).isEmpty();
    }

    @Test
    void everyEventIsALineOfItsOwn() throws IOException {
        Path file = folder.resolve("events.log");
        try (EventLog log = EventLog.to(file)) {
            TierLog events = new TierLog(log);
            for (KeeperEvent event : List.of(
                    new KeeperEvent.LineUp(Party.DATA),
                    new KeeperEvent.LineDown(Party.DATA, CloseReason.PEER),
                    new KeeperEvent.VoidEntry(7, Digest.ZERO),
                    new KeeperEvent.HeldOverdue(2, 10_001),
                    new KeeperEvent.PlaceBehind(8, 12_000),
                    new KeeperEvent.OldKey(9),
                    new KeeperEvent.LedgerContradicted(Party.ACCESS),
                    new KeeperEvent.LedgerParted(Party.DATA),
                    new KeeperEvent.LedgerSetAside(Party.ACCESS, 3, 4),
                    new KeeperEvent.PairsRefused(1),
                    new KeeperEvent.Disagreement(Party.DATA, Code.EQUIVOCATION),
                    new KeeperEvent.OtherTree(9))) {
                events.write(event);
            }
        }
        assertThat(Files.readAllLines(file))
                .extracting(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactly(
                        "line-up party=data",
                        "line-down party=data reason=peer",
                        "void-entry index=7 entry=" + Digest.ZERO.hex(),
                        "held-overdue entries=2 millis=10001",
                        "place-behind index=8 millis=12000",
                        "old-key index=9",
                        "ledger-contradicted party=access",
                        "ledger-parted party=data",
                        "ledger-set-aside party=access line=3 lines=4",
                        "pairs-refused pairs=1",
                        "disagreement party=data code=equivocation",
                        "other-tree size=9");
    }
}
