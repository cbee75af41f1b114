package trimaran.station.main;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.process.FileDisk;
import trimaran.record.JdkVerifier;
import trimaran.record.Signer;
import trimaran.shares.SealingKeyPair;
import trimaran.station.WardCopy;
import trimaran.station.WardCopyFile;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Language;
import trimaran.station.chart.Places;
import trimaran.station.chart.View;
import trimaran.station.paper.Pack;
import trimaran.station.paper.PackWriter;
import trimaran.station.web.SealedCopies;

/**
 * Prints a ward from its sealed copy, with every hull and the station itself down: a badge, its PIN and the station's folder are
 * enough. Takes no lock and writes nothing into that folder, so it may be done beside a station that runs. What was released into the
 * copy stands in the ledgers since it was made.
 */
final class CopyPress {

    private final StationConfiguration conf;
    private final CopySources sources;
    private final Language language;

    /** What was in a copy, and who brought that. */
    private record Opened(WardCopy copy, WardCopyFile file, CopySource source) {}

    private CopyPress(StationConfiguration conf, CopySources sources, Language language) {
        this.conf = conf;
        this.sources = sources;
        this.language = language;
    }

    /** {@code copy <folder> <ward> <badge> <language> <file>}. */
    static Outcome<Boolean> run(Instant now, String... arguments) {
        Path out = Path.of(arguments[5]).toAbsolutePath();
        return of(Path.of(arguments[1]), arguments[4])
                .then(press -> press.print(arguments[2], Path.of(arguments[3]), pin(), now))
                .map(pdf -> {
                    FileDisk.in(Objects.requireNonNull(out.getParent()))
                            .replace(String.valueOf(out.getFileName()), Bytes.wrap(pdf));
                    return true;
                });
    }

    static Outcome<CopyPress> of(Path folder, String language) {
        return StationConfiguration.read(folder)
                .then(conf -> StationKeys.open(folder)
                        .then(keys -> keys.badge(folder.resolve("badge.key")))
                        .map(Signer::publicKey)
                        .map(station -> new CopyPress(
                                conf,
                                CopySource.of(folder, conf.buddies(), station),
                                language.equals("en") ? Language.ENGLISH : Language.FRENCH)));
    }

    private static char[] pin() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? new char[0] : line.toCharArray();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** The ward as PDF, from its newest copy that is whole. */
    Outcome<byte[]> print(String ward, Path badge, char[] pin, Instant now) {
        return sources.called(ward)
                .then(files -> WardBadge.open(badge, pin)
                        .then(keys -> opened(files, keys))
                        .then(opened -> PackWriter.pdf(pack(opened.copy(), opened.source(), now))));
    }

    /** What is in a ward's newest copy that is whole, by its id, for whoever reads it at a screen. */
    Outcome<SealedCopies.Opened> open(ResourceId ward, Path badge, char[] pin) {
        return sources.called(ward.toString())
                .then(files -> WardBadge.open(badge, pin).then(keys -> opened(files, keys)))
                .map(opened -> new SealedCopies.Opened(
                        opened.copy(),
                        new SealedCopies.Copy(
                                ward,
                                opened.file().name(),
                                opened.file().made(),
                                opened.source().other())));
    }

    /** A copy that was altered, or that was sealed to the badge after this one, is passed over for the one before. */
    private static Outcome<Opened> opened(List<CopySources.Found> files, SealingKeyPair keys) {
        Optional<Refusal> first = Optional.empty();
        for (CopySources.Found one : files) {
            switch (one.source().open(one.file(), keys, new JdkVerifier())) {
                case Outcome.Done<WardCopy>(WardCopy copy) -> {
                    return Outcome.done(new Opened(copy, one.file(), one.source()));
                }
                case Outcome.Refused<WardCopy>(Refusal refusal) -> first = first.or(() -> Optional.of(refusal));
            }
        }
        return Outcome.refused(first.orElseThrow());
    }

    /** Where it was printed, and which station made the copy if that is another: nobody takes its word for this one's. */
    static String where(String here, Optional<String> other, Language language) {
        return language.of("sur ", "at ")
                + here
                + other.map(station -> language.of(", copie faite par le poste ", ", copy made by station ") + station)
                        .orElse("");
    }

    private Pack pack(WardCopy copy, CopySource source, Instant now) {
        ZoneId zone = conf.zone();
        View view = new View(now, zone, Places.of(copy.places()));
        Map<ResourceId, Chart> charts = new HashMap<>();
        copy.folders().forEach((patient, resources) -> charts.put(patient, ChartFold.of(resources, view)));
        return new Pack(
                copy.hospital(),
                copy.board(),
                charts,
                view,
                copy.dataAt().instant(),
                true,
                where(conf.name(), source.other(), language),
                language);
    }
}
