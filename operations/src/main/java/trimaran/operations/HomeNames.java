package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import trimaran.cut.CutNames;
import trimaran.cut.CutTarget;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.record.Header;
import trimaran.record.PublicKey;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** What stations and connected systems are called in a home: read only when one is named, so that a damaged list hinders no other cut. */
record HomeNames(Home home) implements CutNames {

    /** @param kind what is named so, as a person calls it */
    static Digest named(Outcome<Map<String, Digest>> all, String kind, String name) throws RefusedException {
        Map<String, Digest> known = RefusedException.orStop(all);
        Digest found = known.get(name);
        if (found == null) {
            throw new RefusedException(
                    Code.USAGE,
                    "there is no " + kind + " " + name + " in this hospital; " + CutTarget.oneOf(known.keySet()));
        }
        return found;
    }

    /** A station is known by the key of its line, which officers enrolled: at the founding, or from this home later. */
    @Override
    public Outcome<Map<String, Digest>> stations() {
        Map<String, Digest> stations = new TreeMap<>();
        try {
            new FurtherStations(home).cards().forEach((name, card) -> stations.put(name, card.line()));
            for (Header header : Enrolment.decode(Bytes.wrap(Files.readAllBytes(home.enrolment())))) {
                SignedStatement signed = SignedStatement.decode(header.author().statement());
                if (signed.statement() instanceof Statement.StationEnrolment station) {
                    stations.put(station.name(), station.line());
                }
            }
        } catch (IOException | MalformedException damaged) {
            return Outcome.refused(
                    Code.HOME_DAMAGED,
                    "the enrolment " + home.enrolment() + " is missing or damaged; " + Home.FROM_COPY);
        } catch (RefusedException damaged) {
            return Outcome.refused(damaged.refusal());
        }
        return Outcome.done(stations);
    }

    /**
     * A connected system is known by its badge, which came with the station's card: in its folder, or in the home of an office. One of
     * a station enrolled later is called NAME@STATION, since two stations may have one of the same name.
     */
    @Override
    public Outcome<Map<String, Digest>> clients() {
        return stationCard("what connected systems are called stands").then(own -> {
            Map<String, Digest> clients = new TreeMap<>();
            own.clients().forEach((name, badge) -> clients.put(name, badge.id()));
            return further().map(all -> {
                all.forEach((station, card) ->
                        card.clients().forEach((name, badge) -> clients.put(name + "@" + station, badge.id())));
                return clients;
            });
        });
    }

    /** The badges under which stations open their own sessions, by their numbers: they came with the stations' cards, too. */
    Outcome<Map<Digest, PublicKey>> stationBadges() {
        return stationCard("the badge of the station stands")
                .then(own -> further().map(all -> {
                    Map<Digest, PublicKey> badges = new HashMap<>();
                    badges.put(own.badge().id(), own.badge());
                    all.values().forEach(card -> badges.put(card.badge().id(), card.badge()));
                    return badges;
                }));
    }

    private Outcome<Map<String, StationCard>> further() {
        try {
            return Outcome.done(new FurtherStations(home).cards());
        } catch (RefusedException damaged) {
            return Outcome.refused(damaged.refusal());
        }
    }

    private Outcome<StationCard> stationCard(String what) {
        Path own = home.of(Role.STATION).resolve(StationCard.FILE);
        Path file = Files.exists(own) ? own : home.stationCard();
        if (!Files.exists(file)) {
            return Outcome.refused(
                    Code.NOT_FOUND,
                    what + " on the station's card, which is not here; copy its " + StationCard.FILE + " to " + file);
        }
        try {
            return Outcome.done(StationCard.read(file));
        } catch (RefusedException damaged) {
            return Outcome.refused(damaged.refusal());
        }
    }
}
