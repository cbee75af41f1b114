package trimaran.station.paper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.hospital.DemoHospital;
import trimaran.hospital.Setting;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.station.BedPlace;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.WardPlace;
import trimaran.station.WardStay;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Language;
import trimaran.station.chart.Places;
import trimaran.station.chart.Stay;
import trimaran.station.chart.View;

/** Wards of the invented hospital, with everybody's chart. */
final class Wards {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final Instant NOW = Instant.parse("2026-11-24T07:14:00Z");
    static final Instant DATA = Instant.parse("2026-11-24T07:10:00Z");
    static final View VIEW = new View(NOW, PARIS, Places.NONE);

    private static final Pattern ENTRY = Pattern.compile(
            "\\{\"fullUrl\":\"(urn:uuid:[0-9a-f-]{36})\",\"resource\":(\\{\"resourceType\":\"([A-Za-z]+)\".*?)"
                    + ",\"request\":\\{\"method\":\"POST\",\"url\":\"([A-Za-z]+)\"\\}\\}");

    private Wards() {}

    /** The same as printed from a sealed copy. */
    static Pack fromCopy(Pack pack) {
        return new Pack(
                pack.hospital(),
                pack.board(),
                pack.charts(),
                pack.view(),
                pack.dataAt(),
                true,
                pack.printedBy(),
                pack.language());
    }

    /** A pack of the first ward, with as many of its patients as there are, up to a number. */
    static Pack pack(int patients, Language language) {
        DemoHospital hospital = new DemoHospital(new Setting(7, 700, LocalDateTime.of(2026, 11, 24, 8, 12)));
        List<WardBoard.Bed> beds = new ArrayList<>();
        List<WardStay> unplaced = new ArrayList<>();
        List<WardStay> expected = new ArrayList<>();
        Map<ResourceId, Chart> charts = new HashMap<>();
        long cell = 1;
        for (List<Integer> queue : hospital.queues()) {
            for (int number : queue) {
                Chart chart = ChartFold.of(resources(hospital.patient(number), new CellId(0, cell++)), VIEW);
                Optional<Stay> stay = chart.stay();
                if (stay.isEmpty() || charts.size() - expected.size() >= patients) {
                    continue;
                }
                ResourceId patient = chart.banner().source().orElseThrow().id();
                String shown = stay.get().place().map(Stay.Stop::shown).orElse("");
                boolean there = stay.get().phase() == Stay.Phase.PRESENT;
                boolean placed = shown.contains(", lit ");
                BedPlace bed = bed(patient, placed ? shown.replaceFirst(".*, lit ", "") : "", BedPlace.State.READY, "");
                WardStay one = new WardStay(
                        stay.get().source().id(),
                        patient,
                        placed ? Optional.of(bed.id()) : Optional.empty(),
                        there ? WardStay.Presence.PRESENT : WardStay.Presence.EXPECTED,
                        stay.get().start().orElseThrow().text());
                charts.put(patient, chart);
                if (!there) {
                    expected.add(one);
                } else if (placed) {
                    beds.add(new WardBoard.Bed(bed, List.of(one), List.of()));
                } else {
                    unplaced.add(one);
                }
            }
        }
        ResourceId other = new ResourceId(new CellId(0, 9_999), 1);
        beds.add(new WardBoard.Bed(bed(other, "390 porte", BedPlace.State.TO_CLEAN, ""), List.of(), List.of()));
        beds.add(new WardBoard.Bed(
                bed(other, "390 fenêtre", BedPlace.State.CLOSED, "fuite d’eau, jusqu’au 25/11"), List.of(), List.of()));
        beds.add(new WardBoard.Bed(bed(other, "391", BedPlace.State.READY, ""), List.of(), List.of()));
        return pack(beds, unplaced, expected, charts, language);
    }

    static Pack pack(
            List<WardBoard.Bed> beds,
            List<WardStay> unplaced,
            List<WardStay> expected,
            Map<ResourceId, Chart> charts,
            Language language) {
        WardPlace ward = new WardPlace(
                new ResourceId(new CellId(0, 8_888), 1),
                List.of("MED-A"),
                "Médecine A",
                "Méd. A",
                "Médecine",
                "01 99 00 31 01",
                beds.stream().map(WardBoard.Bed::place).toList());
        return new Pack(
                "Centre hospitalier des Trois-Îles (fictif)",
                new WardBoard(ward, beds, unplaced, expected, 0, 0),
                charts,
                VIEW,
                DATA,
                false,
                "sur MED-A-1 par C. Leroy",
                language);
    }

    static BedPlace bed(ResourceId like, String name, BedPlace.State state, String note) {
        ResourceId id = new ResourceId(like.cell(), (1L << 40) + Math.abs((long) name.hashCode()));
        return new BedPlace(id, "", name, name, state, "", note);
    }

    private static List<ResourceVersion> resources(DemoHospital.Load load, CellId cell) {
        Map<String, String> references = new HashMap<>();
        List<String[]> found = new ArrayList<>();
        Matcher entry = ENTRY.matcher(load.body());
        while (entry.find()) {
            String[] one = {group(entry, 1), group(entry, 2), group(entry, 3)};
            references.put(one[0], one[2] + "/" + new ResourceId(cell, found.size() + 1L));
            found.add(one);
        }
        List<ResourceVersion> all = new ArrayList<>();
        for (String[] one : found) {
            String json = Pattern.compile("urn:uuid:[0-9a-f-]{36}")
                    .matcher(one[1])
                    .replaceAll(urn -> references.getOrDefault(urn.group(), urn.group()));
            all.add(version(new ResourceId(cell, all.size() + 1L), one[2], json));
        }
        return all;
    }

    static ResourceVersion version(ResourceId id, String type, String json) {
        return new ResourceVersion(
                id,
                type,
                1,
                new RecordTime(NOW.toEpochMilli()),
                Bytes.wrap(json.getBytes(StandardCharsets.UTF_8)),
                ResourceVersion.Standing.RECORDED,
                false,
                Digest.ZERO);
    }

    private static String group(MatchResult found, int number) {
        return Objects.requireNonNull(found.group(number));
    }
}
