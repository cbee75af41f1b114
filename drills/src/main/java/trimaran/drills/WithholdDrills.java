package trimaran.drills;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.SealedEntry;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** A tier that leaves out what it is asked for, under its own true key, and agrees with itself in all it says. */
final class WithholdDrills {

    /** Patients of whom something is left out, and allergies each of them has beside the one they came with. */
    private static final int VICTIMS = 6;

    private static final int ALLERGIES = 3;

    /** What the ward writes and the tier never tells of. */
    private static final int NEWS_MIN = 8;

    /** Writes a station has to hear of before it takes a tier for one that tells. */
    private static final int TOLD_MIN = 5;

    /** A station tells people of what is left out once a quorum has covered it for ten seconds, as far as it heard. */
    private static final long HEARD_MILLIS = 13_000;

    private static final long NOTICED_SECONDS_MAX = 20;

    /** Words of the breach that is expected where the defence is missing. */
    static final String SHOWN_WITHOUT = " is shown without ";

    private WithholdDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        // Application is asked for no cell as long as the two others answer.
        for (Party party : List.of(Party.ACCESS, Party.DATA)) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "withhold-" + word,
                    "22",
                    "the program of " + word
                            + ", altered under its true key: of some cells it leaves out the last part and says the head of"
                            + " before, of some a part in the middle, some it does not know; of answers by name the last; and then all news",
                    "a station that remembers nothing shows every patient whole, and names who left something out",
                    scene -> withheld(scene, party)));
        }
        return drills;
    }

    private static void withheld(Scene scene, Party party) throws IOException {
        List<Written> allergies = allergies(scene);
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        Withholding lies = new Withholding(
                entries(scene, party),
                cells(allergies),
                Set.of(AlteredTier.station(scene.hospital().home()).peerId().keyDigest()));
        scene.evidence(
                lies.victims() == VICTIMS,
                lies.victims() + " dossiers of several parts of which something is left out");
        try (AlteredTier altered = AlteredTier.of(scene, party, lies)) {
            scene.awaitCare("beside an altered " + party.word());
            scene.strike();
            lies.freeze();
            scene.awaitWrites(NEWS_MIN, "the ward writes what is kept back");
            StationEyes eyes = new StationEyes(scene);
            scene.forgetAtTheStation();
            scene.reread();
            whole(scene, scene.cohort().patients().subList(0, VICTIMS), allergies);
            // Who tells nothing new is asked last, and so leaves nothing out: once it tells again it is asked as ever.
            lies.thaw();
            scene.awaitWrites(TOLD_MIN, "the ward writes what is told again");
            scene.forgetAtTheStation();
            scene.awaitWrites(TOLD_MIN, "the station hears news of everybody");
            // Sooner it may be a tier that has not come so far.
            Waiting.pause(HEARD_MILLIS);
            scene.expectLeftOutSaid(party);
            // A part in the middle that is missing is proven, and who lied is asked last from then on.
            List<Cohort.Patient> proven = withMiddles(scene, lies, allergies);
            List<Cohort.Patient> unproven =
                    new ArrayList<>(scene.cohort().patients().subList(0, VICTIMS));
            unproven.removeAll(proven);
            whole(scene, unproven, allergies);
            scene.requireSaid(party, "leaves out what it has heard of");
            whole(scene, proven, allergies);
            withoutFirstReader(scene, party, lies, allergies);
            new Reckoning(scene.client()).breaches(allergies).forEach(one -> scene.breach(one.kind(), one.what()));
            new Reckoning(scene.client())
                    .breaches(scene.probe().written())
                    .forEach(one -> scene.breach(one.kind(), one.what()));
            scene.evidence(
                    lies.untried().isEmpty() && altered.broken().isEmpty(),
                    party.word() + " left out: " + lies + ", and never " + lies.untried() + altered.broken());
            Optional<String> named = eyes.named(party, NOTICED_SECONDS_MAX);
            named.ifPresent(line -> scene.alarmed("station: " + line));
            scene.say("  the station wrote down: " + named.orElse("nothing"));
            scene.require(named.isPresent(), Breach.Kind.UNDEFENDED, "the station names nobody who left something out");
        }
    }

    /**
     * Of parts access is asked first, so that what data leaves out within a cell shows only where access is away, too; a cell whose
     * shares data gives opens with those of application.
     */
    private static void withoutFirstReader(Scene scene, Party party, Withholding lies, List<Written> allergies) {
        if (party == Party.ACCESS) {
            return;
        }
        scene.hospital().kill(Party.ACCESS.word());
        try {
            scene.forgetAtTheStation();
            whole(scene, withMiddles(scene, lies, allergies), allergies);
        } finally {
            scene.hospital().start(Party.ACCESS.word());
        }
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
    }

    /** Patients of whose dossier a part in the middle is left out. */
    private static List<Cohort.Patient> withMiddles(Scene scene, Withholding lies, List<Written> allergies) {
        return scene.cohort().patients().subList(0, VICTIMS).stream()
                .filter(patient -> allergies.stream()
                        .filter(one -> of(one, patient))
                        .anyMatch(one -> lies.leaves(Withholding.Omission.MIDDLE, cell(one))))
                .toList();
    }

    /** What a tier has on its disk, as it gives it to another. */
    private static List<SealedEntry> entries(Scene scene, Party party) {
        Party other = party == Party.DATA ? Party.ACCESS : Party.DATA;
        try (PartyLine line = PeerDrills.line(scene, party, other)) {
            return PeerDrills.entries(line, 0, Integer.MAX_VALUE);
        }
    }

    /** Some patients' allergies, one entry each, so that a dossier has several parts. */
    private static List<Written> allergies(Scene scene) {
        List<Written> written = new ArrayList<>();
        for (Cohort.Patient patient : scene.cohort().patients().subList(0, VICTIMS)) {
            for (int i = 1; i <= ALLERGIES; i++) {
                String identifier = "withheld-" + patient.handle() + "-" + i + "-"
                        + scene.random().nextInt(1 << 20);
                String resource =
                        "{\"resourceType\":\"AllergyIntolerance\",\"identifier\":[{\"system\":\"" + Written.SYSTEM
                                + "\",\"value\":\"" + identifier + "\"}],\"code\":{\"text\":\"allergie " + identifier
                                + "\"},\"patient\":{\"reference\":\"Patient/" + patient.id() + "\"}}";
                written.add(written(scene.client(), new Written.Part("AllergyIntolerance", identifier, resource)));
            }
        }
        return written;
    }

    private static Written written(FhirClient client, Written.Part part) {
        Reply[] reply = new Reply[1];
        Waiting.until(KillDrill.STANDSTILL_SECONDS_MAX, "an allergy is taken", () -> {
            reply[0] = client.create(part.type(), part.resource());
            return reply[0].isDone();
        });
        return new Written(List.of(part), reply[0]);
    }

    private static Set<CellId> cells(List<Written> written) {
        Set<CellId> cells = new TreeSet<>();
        written.forEach(one -> cells.add(cell(one)));
        return cells;
    }

    private static CellId cell(Written one) {
        try {
            return ResourceId.parse(one.answer().id()).cell();
        } catch (MalformedException foreign) {
            throw new IllegalStateException("not an id of this house: " + one.answer(), foreign);
        }
    }

    private static boolean of(Written one, Cohort.Patient patient) {
        return one.parts().getFirst().resource().contains("\"Patient/" + patient.id() + "\"");
    }

    /** Each of these patients with all their allergies, as a chart asks for them. */
    private static void whole(Scene scene, List<Cohort.Patient> patients, List<Written> allergies) {
        for (Cohort.Patient patient : patients) {
            Reply page = scene.client().read("AllergyIntolerance?patient=Patient/" + patient.id() + "&_count=100");
            long shown = TrialHospital.count(page.body(), "\"fullUrl\":");
            long missing = allergies.stream()
                    .filter(one -> of(one, patient))
                    .map(one -> one.parts().getFirst())
                    .filter(part -> !page.body().contains("\"" + part.identifier() + "\""))
                    .count();
            String whose = "Patient/" + patient.id();
            if (page.status() != 200) {
                // A door that is busy leaves out nothing.
                scene.breach(Breach.Kind.OMITTED, "the allergies of " + whose + " are not answered: " + page.status());
            } else {
                scene.require(
                        missing == 0 && shown > ALLERGIES,
                        Breach.Kind.OMITTED,
                        whose + SHOWN_WITHOUT + missing + " allergies, with " + shown + " others");
            }
        }
    }
}
