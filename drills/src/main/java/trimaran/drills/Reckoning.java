package trimaran.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import trimaran.drills.Written.Part;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Holds what clients were answered against what the record gives back: promised means there, once, and equal; unanswered means
 * whole or not at all, and never twice.
 */
final class Reckoning {

    /** Requests at once while looking everything up. */
    private static final int LOOKERS = 4;

    /** A busy door is asked again. */
    private static final int ATTEMPTS_MAX = 40;

    private final FhirClient client;

    Reckoning(FhirClient client) {
        this.client = client;
    }

    /** @return a sentence for every promise that was not kept; empty is what a drill wants */
    List<String> faults(List<Written> written) {
        return breaches(written).stream().map(Breach::what).toList();
    }

    /** The same, each with the promise it breaks. */
    List<Breach> breaches(List<Written> written) {
        List<Breach> faults = new ArrayList<>();
        try (ExecutorService lookers = Executors.newFixedThreadPool(LOOKERS)) {
            List<Future<List<Breach>>> looks = new ArrayList<>();
            for (Written one : written) {
                looks.add(lookers.submit(() -> faults(one)));
            }
            for (Future<List<Breach>> look : looks) {
                faults.addAll(look.get());
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the reckoning broke off", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return faults;
    }

    private List<Breach> faults(Written one) {
        List<Breach> faults = new ArrayList<>();
        int there = 0;
        for (Part part : one.parts()) {
            String page = search(part);
            long count = TrialHospital.count(page, "\"fullUrl\":");
            if (count > 1) {
                faults.add(new Breach(Breach.Kind.FORGED, part.identifier() + " is there " + count + " times"));
            }
            if (count == 1 && !part.isSame(resource(page))) {
                faults.add(new Breach(
                        Breach.Kind.FORGED, part.identifier() + " comes back as something else: " + resource(page)));
            }
            there += count > 0 ? 1 : 0;
        }
        String name = one.parts().getFirst().identifier() + " (" + one.parts().size() + " resources, answered "
                + one.answer().status() + ")";
        if (one.isPromised() && there < one.parts().size()) {
            faults.add(new Breach(Breach.Kind.LOST, name + " is lost: " + there + " found"));
        }
        if (there != 0 && there != one.parts().size()) {
            faults.add(new Breach(Breach.Kind.OMITTED, name + " is there in part: " + there + " found"));
        }
        if (one.isRefusedForItself()) {
            faults.add(new Breach(
                    Breach.Kind.UNDEFENDED,
                    name + " was refused for itself: " + one.answer().body()));
        }
        return faults;
    }

    private String search(Part part) {
        for (int attempt = 1; ; attempt++) {
            Reply reply = client.read(part.type() + "?identifier=" + Written.SYSTEM + "%7C" + part.identifier());
            if (reply.status() == 200) {
                return reply.body();
            }
            if (attempt == ATTEMPTS_MAX) {
                throw new IllegalStateException("search does not answer: " + reply);
            }
            Waiting.pause(250);
        }
    }

    /** The first resource of a search page. */
    private static String resource(String page) {
        int from = page.indexOf("\"resource\":") + "\"resource\":".length();
        int to = page.indexOf(",\"search\":{", from);
        return to < 0 ? "" : page.substring(from, to);
    }
}
