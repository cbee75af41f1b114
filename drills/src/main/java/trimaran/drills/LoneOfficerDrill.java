package trimaran.drills;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.record.Registry;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * One officer with a true badge and its PIN, who turned: may end badges of staff and close one tier, since somebody has to be able to at
 * once, and nothing that takes two.
 */
final class LoneOfficerDrill {

    /** For whoever is at work under a badge that is revoked to be turned away. */
    private static final long ENDED_SECONDS_MAX = 10;

    private static final long LOOK_MILLIS = 200;

    /** A nurse who works on; the same one in every drill of a hospital. */
    private static final String REMAINING = "nuit-restante";

    private static final String OFFICER = "direction";

    private LoneOfficerDrill() {}

    static Drill drill() {
        return Drill.withstood(
                "lone-officer",
                "18",
                "the badge and PIN of one officer",
                "may close one tier and end a badge of staff, and nothing else; opening, rebuilding and unmaking an"
                        + " officer take a second one",
                LoneOfficerDrill::turned);
    }

    private static void turned(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        Signer officer = PeopleDrills.officer(hospital.home().resolve("officers/" + OFFICER + ".key"));
        revoked(scene);
        beyond(scene, officer);
        Said cut = hospital.run("cut", "data", "--officer", OFFICER);
        scene.evidence(cut.isWell(), "the officer's badge is true: data is closed with it");
        try {
            scene.awaitCare("while data is cut");
            if (isAllRefused(scene)) {
                closed(scene, officer);
                scene.awaitCare("after the officer tried more");
            } else {
                // With two tiers closed nobody is left to be asked, nor to care for.
                scene.spoilt();
            }
            scene.stopMeasuring();
        } finally {
            List<String> reopen = new ArrayList<>(List.of("reopen", "data"));
            reopen.addAll(Scene.OFFICERS);
            Said reopened = hospital.run(reopen.toArray(String[]::new));
            scene.require(reopened.isWell(), Breach.Kind.UNDEFENDED, "two officers do not reopen it: " + reopened);
        }
    }

    /** A badge of staff ends with one signature; whoever works beside its holder goes on. */
    private static void revoked(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        String ended = "nuit-" + Long.toString(System.nanoTime(), 36);
        BudgetDrill.enrol(scene, ended, "nurse");
        BudgetDrill.enrol(scene, REMAINING, "nurse");
        try (PlainBrowser nurse = new PlainBrowser(hospital, ended);
                PlainBrowser other = new PlainBrowser(hospital, REMAINING)) {
            scene.evidence(isLetIn(nurse) && isLetIn(other), "two nurses are at work");
            scene.strike();
            Said said = hospital.run("enrol", "--end", badge(scene, ended).hex(), "--officer", OFFICER);
            long end = System.nanoTime() + ENDED_SECONDS_MAX * 1_000_000_000L;
            while (isLetIn(nurse) && System.nanoTime() < end) {
                Waiting.pause(LOOK_MILLIS);
            }
            scene.evidence(
                    said.isWell() && !isLetIn(nurse), "the officer's signature alone ends the badge of one of them");
            scene.require(isLetIn(other), Breach.Kind.UNDEFENDED, "the other nurse is turned away, too");
            List<String> again = new ArrayList<>(List.of("enrol", "--role", "nurse", "--person"));
            again.add(hospital.home().resolve("badges/" + ended + ".key").toString());
            again.addAll(Scene.OFFICERS);
            Said enrolled = hospital.run(again.toArray(String[]::new));
            scene.require(
                    !enrolled.isWell() && enrolled.err().contains("was revoked"),
                    Breach.Kind.UNDEFENDED,
                    "two officers bring an ended badge back: " + enrolled);
        }
        scene.awaitCare("after a badge was revoked");
    }

    private static boolean isLetIn(PlainBrowser nurse) {
        HttpResponse<String> shown = nurse.look("/services");
        return shown.statusCode() == 200 && "/services".equals(shown.uri().getPath());
    }

    private static Digest badge(Scene scene, String name) {
        Path file = scene.hospital().home().resolve("badges/" + name + ".key");
        return PeopleDrills.officer(file).publicKey().id();
    }

    /** What takes two officers, while all tiers are up to judge it. */
    private static void beyond(Scene scene, Signer officer) {
        Registry registry = Membership.of(scene.hospital().home());
        Signer own = PeopleDrills.stranger();
        List<Statement> wanted = new ArrayList<>(List.of(
                PeopleDrills.officerBadge(own, now()),
                new Statement.PolicyChange(PeopleDrills.laxer(registry.policy()))));
        registry.officers().stream()
                .filter(other -> !other.equals(officer.publicKey().id()))
                .forEach(other -> wanted.add(new Statement.Revocation(other, now())));
        PeopleDrills.Handed handed = new PeopleDrills.Handed();
        for (Party tier : Party.TIERS) {
            Party as = tier == Party.ACCESS ? Party.APPLICATION : Party.ACCESS;
            PeopleDrills.handIn(scene, as, tier, wanted, List.of(officer), handed);
        }
        scene.evidence(
                registry.officer(officer.publicKey().id()).isPresent() && handed.said() > 0,
                handed + ": another officer's badge, an officer of their own, another policy, signed by one officer");
    }

    /** The command line refuses each for want of a second officer, and not because it could not be done anyway. */
    private static boolean isAllRefused(Scene scene) {
        boolean held = true;
        for (List<String> more : List.of(
                List.of("cut", "access", "--officer", OFFICER),
                List.of("reopen", "data", "--officer", OFFICER),
                List.of("reopen", "data", "--officer", OFFICER, "--officer", OFFICER),
                List.of("rebuild", "data", "--officer", OFFICER, "--officer", OFFICER))) {
            Said said = scene.hospital().run(more.toArray(String[]::new));
            scene.require(!said.isWell(), Breach.Kind.UNDEFENDED, more + PeopleDrills.FOR_ONE);
            scene.require(
                    said.isWell() || said.err().contains(Code.OFFICERS_MISSING.tag()),
                    Breach.Kind.UNDEFENDED,
                    more + " is refused, but not for want of an officer: " + said);
            held &= !said.isWell();
        }
        return held;
    }

    /** What the command line refuses, said to the tiers that are left, signed with the officer's true key. */
    private static void closed(Scene scene, Signer officer) {
        Registry registry = Membership.of(scene.hospital().home());
        List<Statement> wanted = List.of(
                new Statement.EpochChange(registry.epoch() + 1, Party.DATA, registry.party(Party.DATA), now()),
                new Statement.Reopening(Statement.Target.TIER, Statement.Target.subjectOf(Party.DATA), now()),
                new Statement.Cut(
                        Statement.Target.TIER, Statement.Target.subjectOf(Party.ACCESS), registry.reopenings(), now()));
        PeopleDrills.Handed handed = new PeopleDrills.Handed();
        PeopleDrills.handIn(scene, Party.ACCESS, Party.APPLICATION, wanted, List.of(officer), handed);
        PeopleDrills.handIn(scene, Party.APPLICATION, Party.ACCESS, wanted, List.of(officer), handed);
        scene.evidence(handed.said() > 0, handed + " while data is closed, with the true signature of one officer");
    }

    private static RecordTime now() {
        return new RecordTime(System.currentTimeMillis());
    }
}
