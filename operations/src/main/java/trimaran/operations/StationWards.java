package trimaran.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.record.RecordLimits;

/**
 * Which wards a station keeps copies of, as it writes it into its folder (docs/formats.md): officers read the names and sign the cells.
 *
 * @param badge the number of that station's badge
 * @param names of the wards by their cells, as the station orders them
 */
record StationWards(Digest badge, Map<CellId, String> names) {

    /** What the file is called in a station's folder. */
    static final String FILE = "wards";

    /** As many as one badge is granted, with names of any sensible length. */
    static final int BYTES_MAX = 64 << 10;

    private static final String BADGE = "badge";

    private static final String SEPARATOR = " = ";

    StationWards {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    static StationWards read(Path file) throws RefusedException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            if (bytes.length > BYTES_MAX || lines.size() > 1 + RecordLimits.GRANTS_MAX) {
                throw new RefusedException(
                        Code.TOO_LARGE,
                        file + " names more wards than the " + RecordLimits.GRANTS_MAX
                                + " one badge is granted; name fewer with badge --wards and start the station anew");
            }
            return of(lines);
        } catch (IOException | MalformedException damaged) {
            throw new RefusedException(
                    Code.USAGE,
                    file + " is not what a station says of its wards; bring the file " + FILE + " of its folder");
        }
    }

    private static StationWards of(List<String> lines) throws MalformedException {
        String first = lines.isEmpty() ? "" : lines.getFirst();
        if (!first.matches(BADGE + SEPARATOR + "[0-9a-f]{64}")) {
            throw new MalformedException("no badge in the first line");
        }
        Map<CellId, String> names = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] ward = line.split(SEPARATOR, 2);
            // A name goes to a terminal, where a control character could show officers another one.
            if (ward.length < 2 || line.chars().anyMatch(Character::isISOControl)) {
                throw new MalformedException("not a ward's line");
            }
            names.put(CellId.ofHandle(ward[0]), ward[1]);
        }
        return new StationWards(Digest.ofHex(first.substring(BADGE.length() + SEPARATOR.length())), names);
    }

    List<CellId> cells() {
        return List.copyOf(names.keySet());
    }
}
