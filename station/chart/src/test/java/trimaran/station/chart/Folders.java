package trimaran.station.chart;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.hospital.DemoHospital;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;

/** Resources as a station would have them open, by hand or by the invented hospital. */
final class Folders {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final Instant NOW = Instant.parse("2026-11-24T07:12:00Z");
    static final View VIEW = new View(NOW, PARIS, Places.NONE);

    private static final Pattern ENTRY = Pattern.compile(
            "\\{\"fullUrl\":\"(urn:uuid:[0-9a-f-]{36})\",\"resource\":(\\{\"resourceType\":\"([A-Za-z]+)\".*?)"
                    + ",\"request\":\\{\"method\":\"POST\",\"url\":\"([A-Za-z]+)\"\\}\\}");

    private Folders() {}

    static ResourceId id(long local) {
        return new ResourceId(new CellId(0, 77), local);
    }

    /** A resource in single quotes; the n-th of its folder. */
    static ResourceVersion resource(long n, String json) {
        String text = json.replace('\'', '"');
        Matcher type = Pattern.compile("\"resourceType\":\"([A-Za-z]+)\"").matcher(text);
        if (!type.find()) {
            throw new IllegalArgumentException("no resource: " + json);
        }
        return version(id(n), group(type, 1), text);
    }

    private static String group(java.util.regex.MatchResult found, int number) {
        return java.util.Objects.requireNonNull(found.group(number));
    }

    static ResourceVersion version(ResourceId id, String type, String json) {
        return new ResourceVersion(
                id,
                type,
                1,
                new RecordTime(NOW.toEpochMilli()),
                Bytes.ofText(json),
                ResourceVersion.Standing.RECORDED,
                false,
                Digest.ZERO);
    }

    static Chart chart(String... resources) {
        return chart(VIEW, resources);
    }

    static Chart chart(View view, String... resources) {
        List<ResourceVersion> all = new ArrayList<>();
        for (String resource : resources) {
            all.add(resource(all.size() + 1L, resource));
        }
        return ChartFold.of(all, view);
    }

    /** What one transaction of the invented hospital brings, with the references a station would write. */
    static List<ResourceVersion> of(DemoHospital.Load load) {
        Map<String, String> references = new HashMap<>();
        List<String[]> found = new ArrayList<>();
        Matcher entry = ENTRY.matcher(load.body());
        while (entry.find()) {
            String[] one = {group(entry, 1), group(entry, 2), group(entry, 3)};
            references.put(one[0], one[2] + "/" + id(found.size() + 1L));
            found.add(one);
        }
        List<ResourceVersion> all = new ArrayList<>();
        for (String[] one : found) {
            String json = Pattern.compile("urn:uuid:[0-9a-f-]{36}")
                    .matcher(one[1])
                    .replaceAll(urn -> references.getOrDefault(urn.group(), urn.group()));
            all.add(version(id(all.size() + 1L), one[2], json));
        }
        return all;
    }
}
