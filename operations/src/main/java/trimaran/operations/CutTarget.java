package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.record.Header;
import trimaran.record.PublicKey;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Statement.Target;

/**
 * What a person wants closed or opened again, and what it is called in the record (DESIGN §10).
 *
 * @param subject what the statement names: of everything nothing
 * @param name the word it was asked for by
 */
record CutTarget(Target target, Digest subject, String name) {

    /** How a target is asked for. */
    static final String USAGE = "access, application, data, all, or: station NAME, application NAME, client NAME";

    /** The applications of this house; another name would close nothing and say it had. */
    static final Set<String> APPLICATIONS = Set.of("care", "movements");

    /** @param words a tier or {@code all}; or a kind and a name */
    static CutTarget of(Home home, List<String> words) throws RefusedException {
        String first = words.getFirst();
        if (words.size() == 1) {
            return single(first);
        }
        if (words.size() > 2) {
            throw unknown(String.join(" ", words));
        }
        String name = words.get(1);
        return switch (first) {
            case "station" -> new CutTarget(Target.STATION, station(home, name), name);
            case "client" -> new CutTarget(Target.CLIENT, client(home, name), name);
            case "application" -> application(name);
            default -> throw unknown(first + " " + name);
        };
    }

    private static CutTarget single(String word) throws RefusedException {
        if (word.equals("all")) {
            return new CutTarget(Target.ALL, Digest.ZERO, word);
        }
        Optional<Party> party = Party.ofWord(word);
        if (party.isPresent() && !party.get().isTier()) {
            throw new RefusedException(
                    Code.USAGE, "the witness serves no station and reads nothing, so there is nothing to cut; stop it");
        }
        return new CutTarget(Target.TIER, Target.subjectOf(party.orElseThrow(() -> unknown(word))), word);
    }

    private static CutTarget application(String name) throws RefusedException {
        if (!APPLICATIONS.contains(name)) {
            throw new RefusedException(
                    Code.USAGE, "there is no application " + name + "; there are " + String.join(" and ", sorted()));
        }
        return new CutTarget(Target.APPLICATION, Target.subjectOfApplication(name), name);
    }

    private static List<String> sorted() {
        return APPLICATIONS.stream().sorted().toList();
    }

    /** A station is known by the key of its line, which officers enrolled. */
    private static Digest station(Home home, String name) throws RefusedException {
        try {
            for (Header header : Enrolment.decode(Bytes.wrap(Files.readAllBytes(home.enrolment())))) {
                SignedStatement signed = SignedStatement.decode(header.author().statement());
                if (signed.statement() instanceof Statement.StationEnrolment station
                        && station.name().equals(name)) {
                    return station.line();
                }
            }
        } catch (IOException | MalformedException damaged) {
            throw new RefusedException(Code.HOME_DAMAGED, "the enrolment " + home.enrolment() + " is damaged");
        }
        throw new RefusedException(Code.USAGE, "no station " + name + " is enrolled in this hospital");
    }

    /** A connected system is known by its badge, which came with the station's card. */
    private static Digest client(Home home, String name) throws RefusedException {
        StationCard card = StationCard.read(home.of(Role.STATION).resolve(StationCard.FILE));
        PublicKey badge = card.clients().get(name);
        if (badge == null) {
            throw new RefusedException(Code.USAGE, "no client " + name + " came with the station's card");
        }
        return badge.id();
    }

    private static RefusedException unknown(String words) {
        return new RefusedException(Code.USAGE, "there is nothing called " + words + " to cut; " + USAGE);
    }

    boolean isTier(Party party) {
        return target == Target.TIER && subject.equals(Target.subjectOf(party));
    }

    /** In a person's words. */
    String said() {
        return switch (target) {
            case TIER -> "the tier " + name;
            case STATION -> "the station " + name;
            case APPLICATION -> "the application " + name;
            case CLIENT -> "the client " + name;
            case ALL -> "everything";
        };
    }
}
