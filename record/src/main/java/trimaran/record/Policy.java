package trimaran.record;

import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * The numbers every tier applies itself (DESIGN §6 Budgets, §8). Part of the registry, changed by two officers.
 *
 * @param cellsPerHour cells a session may open outside its ward before it is slowed down
 * @param cellsBeforeSecondPerson above this it takes a delay and a second person
 * @param delayMillis the delay above {@code cellsBeforeSecondPerson}
 * @param lookupsPerHour lookups by trait
 * @param wardFactorPercent distinct patients of a ward per day that are free, in percent of its beds
 * @param leaseMillis life of a release
 * @param stationLeaseMillis life of a release to a ward station's own session
 * @param sessionMillis longest life of a session
 */
public record Policy(
        long version,
        int cellsPerHour,
        int cellsBeforeSecondPerson,
        int delayMillis,
        int lookupsPerHour,
        int wardFactorPercent,
        long leaseMillis,
        long stationLeaseMillis,
        long sessionMillis) {

    public static final Policy DEFAULT =
            new Policy(1, 20, 40, 5_000, 200, 130, 15 * 60_000L, 12 * 3_600_000L, 12 * 3_600_000L);

    public static Policy read(Reader reader) throws MalformedException {
        return new Policy(
                reader.count(),
                number(reader),
                number(reader),
                number(reader),
                number(reader),
                number(reader),
                reader.count(),
                reader.count(),
                reader.count());
    }

    private static int number(Reader reader) throws MalformedException {
        long number = reader.u32();
        if (number > Integer.MAX_VALUE) {
            throw new MalformedException("a policy's number is over the limit");
        }
        return (int) number;
    }

    public void write(Writer writer) {
        writer.i64(version)
                .u32(cellsPerHour)
                .u32(cellsBeforeSecondPerson)
                .u32(delayMillis)
                .u32(lookupsPerHour);
        writer.u32(wardFactorPercent).i64(leaseMillis).i64(stationLeaseMillis).i64(sessionMillis);
    }
}
