package trimaran.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What processes have used so far, as Linux counts it.
 *
 * @param cpuMillis user and system time of each process
 */
record Costs(Map<String, Long> cpuMillis) {

    /** Linux counts in hundredths of a second for programs, on every machine we know. */
    private static final long TICK_MILLIS = 10;

    Costs {
        cpuMillis = Map.copyOf(cpuMillis);
    }

    static Costs of(Map<String, Long> processes) {
        Map<String, Long> used = new LinkedHashMap<>();
        processes.forEach((word, pid) -> {
            String stat = text(Path.of("/proc", String.valueOf(pid), "stat"));
            // The name stands in parentheses and may hold anything; what follows it is counted (proc_pid_stat, fields
            // 14, 15).
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            used.put(word, (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS);
        });
        return new Costs(used);
    }

    long sinceMillis(Costs before) {
        return cpuMillis.entrySet().stream()
                .mapToLong(one -> one.getValue() - before.cpuMillis().getOrDefault(one.getKey(), 0L))
                .sum();
    }

    /** Proportional set size of all processes together: memory that would come back if they ended. */
    static long memoryBytes(Map<String, Long> processes) {
        return processes.values().stream()
                .mapToLong(pid -> text(Path.of("/proc", String.valueOf(pid), "smaps_rollup"))
                        .lines()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                        .sum())
                .sum();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new UncheckedIOException("a process ended under the bench", gone);
        }
    }
}
