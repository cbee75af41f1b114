package trimaran.station.web;

import java.util.Optional;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.LedgerView;
import trimaran.station.ResourceVersion;

/**
 * What somebody else did to a thing between the page that was shown of it and the form that was sent: so that whoever sent it sees
 * both, and whom to ask.
 *
 * @param who the last to change it, as {@link BadgeWords} name them; empty if it is what it was and something else stands in the way
 * @param when in words; empty with {@code who}
 * @param now how it stands, in words
 * @param typed what was to become of it, in words; empty where nothing was typed
 */
record Meanwhile(String who, String when, String now, String typed) {

    /**
     * @param patient whose it is; empty of what is of the house
     * @param seen the version the form was made of, as it names it
     */
    static Meanwhile of(
            Inside inside,
            Visit visit,
            Optional<ResourceId> patient,
            ResourceVersion latest,
            String seen,
            String now,
            String typed) {
        if (seen.equals(String.valueOf(latest.version()))) {
            return new Meanwhile("", "", now, typed);
        }
        Clock clock = new Clock(inside.setting().zone(), visit.words());
        return new Meanwhile(
                who(inside, visit, patient, latest),
                clock.since(latest.lastUpdated().instant(), visit.now()),
                now,
                typed);
    }

    /**
     * The author signed in a session, and the registry says whose it is. A station started since has forgotten; the hulls' ledgers
     * have not, since whoever writes into a record was handed it first.
     */
    private static String who(Inside inside, Visit visit, Optional<ResourceId> patient, ResourceVersion latest) {
        Words words = visit.words();
        Digest session = latest.session();
        if (session.equals(Digest.ZERO)) {
            boolean here = latest.standing() == ResourceVersion.Standing.PROVISIONAL;
            return words.say(here ? "meanwhile.here" : "meanwhile.unknown");
        }
        // The ledgers are asked where all hulls are there to answer: a name is not worth waiting for one that hangs.
        return inside.record()
                .author(session)
                .or(() -> patient.filter(id -> Writing.allUp(inside)).flatMap(id -> inLedgers(visit, id, session)))
                .map(new BadgeWords(inside, words)::of)
                .orElseGet(() -> words.say("meanwhile.unknown"));
    }

    private static Optional<LedgerView.Badge> inLedgers(Visit visit, ResourceId patient, Digest session) {
        return visit.seat()
                .map(seat -> seat.ledgers(patient))
                .filter(Outcome.Done.class::isInstance)
                .flatMap(told -> ((Outcome.Done<LedgerView>) told)
                        .value().acts().stream()
                                .filter(act -> act.session().equals(session))
                                .flatMap(act -> act.badge().stream())
                                .findFirst());
    }
}
