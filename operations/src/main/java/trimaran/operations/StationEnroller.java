package trimaran.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.WallTime;
import trimaran.record.PublicKey;
import trimaran.record.Signer;

/**
 * Enrols a station that comes after the founding: two officers sign over its card what the founding's sign over theirs, its line, its
 * badge and its clients. Broken off it is begun again: the same said once more changes nothing.
 */
final class StationEnroller {

    /** What needs the officers, as a sentence begins with it. */
    private static final String ACT = "enrolling a station";

    private final Home home;
    private final String name;
    private final Path file;
    private final StationCard card;

    private StationEnroller(Home home, String name, Path file, StationCard card) {
        this.home = home;
        this.name = name;
        this.file = file;
        this.card = card;
    }

    /** @throws RefusedException for a name or a card no officer should be asked to sign */
    static StationEnroller of(Home home, String name, Path file) throws RefusedException {
        if (!FurtherStations.isName(name)) {
            throw new RefusedException(Code.USAGE, FurtherStations.NAMED);
        }
        StationCard card = StationCard.read(file);
        card.requireOf(Console.founding(home.founding()).id(), file);
        StationEnroller enroller = new StationEnroller(home, name, file, card);
        enroller.requireFree();
        return enroller;
    }

    /** A name is one key's, and a key has one name: a cut by name closes what it says. */
    private void requireFree() throws RefusedException {
        Map<String, Digest> stations = RefusedException.orStop(new HomeNames(home).stations());
        Digest there = stations.get(name);
        if (there != null && !there.equals(card.line())) {
            throw new RefusedException(
                    Code.DUPLICATE, "a station " + name + " with another key is enrolled already; take another name");
        }
        for (Map.Entry<String, Digest> other : stations.entrySet()) {
            if (other.getValue().equals(card.line()) && !other.getKey().equals(name)) {
                throw new RefusedException(
                        Code.DUPLICATE,
                        "the station of " + file + " is enrolled already, as " + other.getKey()
                                + "; bring the card of the one that is to be called " + name);
            }
        }
    }

    /** Whether all of it is in the record, as this home knows. */
    boolean isDone() throws RefusedException {
        return Optional.ofNullable(
                        RefusedException.orStop(new HomeNames(home).stations()).get(name))
                .filter(card.line()::equals)
                .isPresent();
    }

    void enrol(List<String> officers, Shell shell) throws RefusedException {
        Officers.requireTwo(officers, ACT);
        if (isDone()) {
            shell.voice().say("the station " + name + " is enrolled already, under this card's key");
            return;
        }
        shell.voice().say(Cards.compared(file));
        try (Console console = Console.open(home)) {
            for (PublicKey badge : badges()) {
                if (console.registry().officer(badge.id()).isPresent()) {
                    throw new RefusedException(
                            Code.KEY_FILE,
                            "the card " + file
                                    + " names the badge of an officer, who would be none any more; have the station's"
                                    + " machine make its keys anew: join");
                }
            }
            List<Signer> signers = Officers.two(home, console.registry(), officers, ACT);
            WallTime now = new WallTime(SigningClock.now(console, shell).millis());
            Enrolment enrolment =
                    new Enrolment(console.registry().origin(), signers, shell.entropy(), now).station(name, card);
            Enroller.append(console, enrolment.headers());
            new FurtherStations(home).keep(name, card);
        } catch (IOException failure) {
            throw PartyProcess.refused(failure);
        }
        shell.voice()
                .say("the station " + name + " is enrolled"
                        + (card.clients().isEmpty()
                                ? ""
                                : ", and its clients " + String.join(", ", card.sortedClients()))
                        + "; on its machine: trimaran serve station --folder DIR");
    }

    private List<PublicKey> badges() {
        List<PublicKey> badges = new ArrayList<>(card.clients().values());
        badges.add(card.badge());
        return badges;
    }
}
