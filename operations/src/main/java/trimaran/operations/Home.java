package trimaran.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import trimaran.cut.CutCard;
import trimaran.kernel.Code;
import trimaran.kernel.Party;

/**
 * Where everything of one hospital on one machine lies. {@code card/} is public; the folders of the parties are theirs
 * alone (mode 0700); {@code officers/}, {@code badges/} and {@code console/} hold the operator's key files.
 *
 * <p>Trust: whoever can write here can stop the hospital; only with the officers' PINs can they change who is who, and
 * every party checks what it reads against the founding statement.
 */
record Home(Path folder) {

    /** The layout of this page; a home of another number is refused. */
    static final String VERSION = "3";

    /** What is done where nothing else has the same file. */
    static final String FROM_COPY = "put it back from your copy of the home";

    /** The same bytes lie in the folder of every party. */
    static final String FROM_PARTY = "copy it from a party's folder of this hospital, as data/founding";

    /** The one station of a home made by {@code up}. */
    static final String STATION = "accueil";

    /** The folder of a station's clients. */
    static final String CLIENTS = "clients";

    /** As much of a list of whom to call as is read. */
    private static final int CALLS_BYTES = 4 << 10;

    /** What a home is. */
    enum State {
        ABSENT,
        FOUNDED
    }

    Path version() {
        return folder.resolve("version");
    }

    Path card() {
        return folder.resolve("card");
    }

    /** The signed founding statement. */
    Path founding() {
        return card().resolve("founding");
    }

    /** Where each party listens, as every party's configuration says it, too. */
    Path addresses() {
        return card().resolve("parties");
    }

    /** The registry entries that two officers signed at the founding, to be placed when data is first up. */
    Path enrolment() {
        return card().resolve("enrolment");
    }

    /** What the station brought to a founding from cards: its clients are called so. */
    Path stationCard() {
        return card().resolve("station");
    }

    /** The cards of stations that were enrolled since the founding. */
    Path stations() {
        return card().resolve("stations");
    }

    Path of(Role role) {
        return folder.resolve(role.folder());
    }

    Path of(Party party) {
        return of(Role.of(party));
    }

    Path console() {
        return folder.resolve("console");
    }

    Path officers() {
        return folder.resolve("officers");
    }

    Path badges() {
        return folder.resolve("badges");
    }

    /** Badges that open the sealed copies of wards, and nothing else. */
    Path wardBadges() {
        return folder.resolve("ward-badges");
    }

    /** Clients of the FHIR door, one folder each. */
    Path clients() {
        return of(Role.STATION).resolve(CLIENTS);
    }

    /** What runs now, and what the processes printed. */
    Path run() {
        return folder.resolve("run");
    }

    /** The cards of what was cut from here. */
    Path cuts() {
        return folder.resolve("cuts");
    }

    /**
     * Whom a card says to call, from {@code cuts/calls.txt}, a line each: written by the hospital, read at each card. None if there
     * is no such file, or if it cannot be read: a card is printed all the same.
     */
    List<String> calls() {
        try (var in = Files.newInputStream(cuts().resolve("calls.txt"))) {
            return CutCard.calls(new String(in.readNBytes(CALLS_BYTES), StandardCharsets.UTF_8));
        } catch (IOException none) {
            return List.of();
        }
    }

    /** What is carried to the machines of parties that were made anew. */
    Path parcels() {
        return folder.resolve("parcels");
    }

    /** What was imported already. */
    Path imports() {
        return folder.resolve("imports");
    }

    /**
     * Looks whether a hospital was founded here.
     *
     * @throws RefusedException for a folder that holds something else, or a home of another version
     */
    State state() throws RefusedException {
        try {
            if (!Files.exists(folder) || isEmptyFolder(folder)) {
                return State.ABSENT;
            }
            if (!Files.isReadable(version())) {
                throw new RefusedException(
                        Code.HOME_DAMAGED,
                        Files.exists(founding())
                                ? version() + " is missing or cannot be read; " + FROM_COPY
                                : folder
                                        + " is not a hospital of this program and not empty; name another folder: --home"
                                        + " DIR");
            }
            String found = Files.readString(version()).strip();
            if (!found.equals(VERSION)) {
                throw new RefusedException(
                        Code.HOME_VERSION,
                        folder + " has layout " + printable(found) + ", this program knows layout " + VERSION
                                + "; take the program of that layout, or if " + version() + " was damaged, "
                                + FROM_COPY);
            }
            if (!Files.isReadable(founding())) {
                throw new RefusedException(
                        Code.HOME_DAMAGED, folder + " lacks its founding statement, " + founding() + "; " + FROM_PARTY);
            }
            return State.FOUNDED;
        } catch (IOException unreadable) {
            throw new RefusedException(
                    Code.HOME_DAMAGED,
                    folder + " or its file version cannot be read; make it readable to whoever runs this, or "
                            + FROM_COPY);
        }
    }

    /** The home as it must be for every command but {@code up}, {@code found} and {@code join}. */
    Home founded() throws RefusedException {
        if (state() == State.ABSENT) {
            throw new RefusedException(
                    Code.USAGE, "there is no hospital in " + folder + "; found one with: trimaran up");
        }
        return this;
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^0-9A-Za-z.-]", "?");
        return plain.length() <= 20 ? plain : plain.substring(0, 20);
    }

    /** Makes a folder only its owner may look into. */
    static Path ownFolder(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return folder;
    }
}
