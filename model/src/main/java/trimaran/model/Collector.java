package trimaran.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is remembered of one resource while it is checked. */
final class Collector {

    final int depth;
    final Positions references = new Positions();
    final Positions links = new Positions();
    private final Positions locals = new Positions();
    private final Set<String> containedIds = new HashSet<>(0);
    private final List<String> subjects = new ArrayList<>(1);
    private final List<Facts.Identifier> identifiers = new ArrayList<>(1);
    private final List<Facts.PersonName> names = new ArrayList<>(0);
    final Positions runs = new Positions();
    final Positions metaRuns = new Positions();
    String id = "";
    String encounter = "";
    String partOf = "";
    String setting = "";
    String birthDate = "";
    private String clinicalDate = "";
    private int clinicalRank = Integer.MAX_VALUE;
    boolean problem;
    boolean continuous;

    /** @param depth of the resource's own frame */
    Collector(int depth) {
        this.depth = depth;
    }

    void subject(String reference) {
        if (subjects.size() < Limits.FACTS_MAX) {
            subjects.add(reference);
        }
    }

    void identifier(String system, String value) {
        if (identifiers.size() < Limits.FACTS_MAX) {
            identifiers.add(new Facts.Identifier(system, value));
        }
    }

    void name(String family, List<String> given) {
        if (names.size() < Limits.FACTS_MAX) {
            names.add(new Facts.PersonName(family, given));
        }
    }

    boolean wantsDate(int rank) {
        return rank < clinicalRank;
    }

    void clinicalDate(String text, int rank) {
        clinicalDate = text;
        clinicalRank = rank;
    }

    void contained(String containedId) {
        containedIds.add(containedId);
    }

    /** Takes the text of a reference that begins with {@code #}. */
    void local(int start, int end) {
        locals.add(start, end);
    }

    /** Where a reference to a contained resource that is not there begins, or -1. {@code #} alone is the container. */
    int dangling(byte[] body) {
        int[] positions = locals.toArray();
        for (int i = 0; i < positions.length; i += 2) {
            String containedId = JsonScanner.text(body, positions[i] + 1, positions[i + 1]);
            if (!containedId.isEmpty() && !containedIds.contains(containedId)) {
                return positions[i];
            }
        }
        return -1;
    }

    Resource finish(String type, byte[] body, int start, int end, boolean spaced) {
        Facts facts = new Facts(
                type,
                id,
                subjects,
                encounter,
                partOf,
                setting,
                clinicalDate,
                problem,
                continuous,
                identifiers,
                names,
                birthDate);
        return new Resource(
                facts,
                body,
                start,
                end,
                references.toArray(),
                links.toArray(),
                runs.toArray(),
                metaRuns.toArray(),
                spaced);
    }
}
