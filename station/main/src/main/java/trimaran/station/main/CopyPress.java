package trimaran.station.main;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.process.FileDisk;
import trimaran.record.JdkVerifier;
import trimaran.record.PublicKey;
import trimaran.record.Signer;
import trimaran.shares.SealingKeyPair;
import trimaran.station.WardCopies;
import trimaran.station.WardCopy;
import trimaran.station.WardCopyFile;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Language;
import trimaran.station.chart.Places;
import trimaran.station.chart.View;
import trimaran.station.paper.Pack;
import trimaran.station.paper.PackWriter;

/**
 * Prints a ward from its sealed copy, with every hull and the station itself down: a badge, its PIN and the station's folder are
 * enough. Takes no lock and writes nothing into that folder, so it may be done beside a station that runs. What was released into the
 * copy stands in the ledgers since it was made.
 */
final class CopyPress {

    private final Path folder;
    private final StationConfiguration conf;
    private final PublicKey station;
    private final Language language;

    private CopyPress(Path folder, StationConfiguration conf, PublicKey station, Language language) {
        this.folder = folder;
        this.conf = conf;
        this.station = station;
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
                                folder, conf, station, language.equals("en") ? Language.ENGLISH : Language.FRENCH)));
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
        return files(ward)
                .then(files -> WardBadge.open(badge, pin)
                        .then(keys -> opened(files, keys))
                        .then(copy -> PackWriter.pdf(pack(copy, now))));
    }

    /** The copies of the ward that is called so, newest first; what is damaged is not among them. */
    private Outcome<List<WardCopyFile>> files(String ward) {
        WardCopies copies = new WardCopies(FileDisk.in(folder));
        List<WardCopyFile> found = new ArrayList<>();
        TreeSet<String> others = new TreeSet<>();
        // By its id a ward is known before its copies are read: those of the others stay where they are.
        List<WardCopies.Place> all = copies.all();
        List<WardCopies.Place> named = all.stream()
                .filter(place -> place.ward().toString().equals(ward))
                .toList();
        for (WardCopies.Place place : named.isEmpty() ? all : named) {
            Optional<WardCopyFile> file = copies.read(place);
            if (file.filter(one -> one.isCalled(ward)).isPresent()) {
                found.add(file.get());
            } else {
                file.ifPresent(one -> others.add(
                        one.codes().isEmpty() ? one.name() : one.codes().getFirst()));
            }
        }
        if (found.stream().map(WardCopyFile::ward).distinct().count() > 1) {
            return Outcome.refused(Code.BAD_PARAMETER, "more than one ward is called so; name its code");
        }
        return found.isEmpty()
                ? Outcome.refused(
                        Code.NOT_FOUND,
                        "this station has no whole copy of that ward"
                                + (others.isEmpty() ? "" : "; it has " + String.join(", ", others)))
                : Outcome.done(found);
    }

    /** A copy that was altered, or that was sealed to the badge after this one, is passed over for the one before. */
    private Outcome<WardCopy> opened(List<WardCopyFile> files, SealingKeyPair keys) {
        Optional<Refusal> first = Optional.empty();
        for (WardCopyFile file : files) {
            switch (file.open(keys, station, new JdkVerifier())) {
                case Outcome.Done<WardCopy> done -> {
                    return done;
                }
                case Outcome.Refused<WardCopy>(Refusal refusal) -> first = first.or(() -> Optional.of(refusal));
            }
        }
        return Outcome.refused(first.orElseThrow());
    }

    private Pack pack(WardCopy copy, Instant now) {
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
                language.of("sur ", "at ") + conf.name(),
                language);
    }
}
