package trimaran.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What processes have used so far, as Linux counts it.
 *
 * @param cpuMillis user and system time of each process
 * @param compilerMillis the part of it that the JVM's compilers took: it goes away as a process gets older
 */
record Costs(Map<String, Long> cpuMillis, Map<String, Long> compilerMillis) {

    /** Linux counts in hundredths of a second for programs, on every machine we know. */
    private static final long TICK_MILLIS = 10;

    Costs {
        cpuMillis = Map.copyOf(cpuMillis);
        compilerMillis = Map.copyOf(compilerMillis);
    }

    static Costs of(Map<String, Long> processes) {
        Map<String, Long> used = new LinkedHashMap<>();
        Map<String, Long> compilers = new LinkedHashMap<>();
        processes.forEach((word, pid) -> {
            Path process = Path.of("/proc", String.valueOf(pid));
            used.put(word, millis(text(process.resolve("stat"))));
            compilers.put(word, compilers(process.resolve("task")));
        });
        return new Costs(used, compilers);
    }

    long sinceMillis(Costs before) {
        return since(cpuMillis, before.cpuMillis());
    }

    long compilersSinceMillis(Costs before) {
        return since(compilerMillis, before.compilerMillis());
    }

    private static long since(Map<String, Long> now, Map<String, Long> before) {
        return now.entrySet().stream()
                .mapToLong(one -> one.getValue() - before.getOrDefault(one.getKey(), 0L))
                .sum();
    }

    /** The name stands in parentheses and may hold anything; what follows it is counted (proc_pid_stat, fields 14, 15). */
    private static long millis(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
    }

    /** Compiler threads that have ended count no more, so this is rather too little than too much. */
    private static long compilers(Path tasks) {
        long millis = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.contains("(C1 Comp") || stat.contains("(C2 Comp")) {
                    millis += millis(stat);
                }
            }
        } catch (IOException ended) {
            // A thread that ends while the others are read has nothing to say.
            return millis;
        }
        return millis;
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
