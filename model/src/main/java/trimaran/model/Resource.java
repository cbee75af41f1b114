package trimaran.model;

import java.util.Arrays;
import java.util.List;

/**
 * A resource that passed the strict check: the author's own bytes and where in them the id, the references and the rest
 * lie. Shares the body it was read from until {@link #detached()}.
 */
public final class Resource {

    private final Facts facts;
    final byte[] body;
    final int start;
    final int end;
    final int[] references;
    final int[] links;
    final int[] runs;
    final int[] metaRuns;
    final boolean spaced;

    Resource(
            Facts facts,
            byte[] body,
            int start,
            int end,
            int[] references,
            int[] links,
            int[] runs,
            int[] metaRuns,
            boolean spaced) {
        this.facts = facts;
        this.body = body;
        this.start = start;
        this.end = end;
        this.references = references;
        this.links = links;
        this.runs = runs;
        this.metaRuns = metaRuns;
        this.spaced = spaced;
    }

    public String type() {
        return facts.type();
    }

    /** The id the resource came with, or empty. */
    public String id() {
        return facts.id();
    }

    public Facts facts() {
        return facts;
    }

    public int sizeBytes() {
        return end - start;
    }

    /** The bytes as they came, copied. */
    public byte[] bytes() {
        return Arrays.copyOfRange(body, start, end);
    }

    /**
     * The values at a path of element names without the type, as in {@code location.location.reference}: of every item
     * where an element repeats, strings without escapes, numbers and booleans as the author spelt them. Empty if there is
     * none. Reads the resource again, about a microsecond per kilobyte.
     */
    public List<String> values(String path) {
        return Values.at(this, path);
    }

    /**
     * How many literal references there are: every {@code Reference.reference} except those to contained resources. Also a
     * uri or url may name an entry of the same Bundle; {@link ResourceWriter} looks after these, they need not lead anywhere.
     */
    public int referenceCount() {
        return references.length / 2;
    }

    /** The text of a reference: relative ({@code Patient/1}), absolute, {@code urn:}, or conditional ({@code Patient?…}). */
    public String reference(int number) {
        return JsonScanner.text(body, references[2 * number], references[2 * number + 1]);
    }

    /** Where the reference is, for a refusal, as in {@code Observation.subject.reference}. Reads the resource again. */
    public String referencePlace(int number) {
        return Check.placeOf(body, start, end, references[2 * number]);
    }

    /** The same resource on bytes of its own, so that a large body around it can be forgotten. */
    public Resource detached() {
        if (start == 0 && end == body.length) {
            return this;
        }
        return new Resource(
                facts, bytes(), 0, end - start, moved(references), moved(links), moved(runs), moved(metaRuns), spaced);
    }

    private int[] moved(int[] positions) {
        int[] moved = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            moved[i] = positions[i] - start;
        }
        return moved;
    }
}
