package trimaran.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;

/** What the check keeps in passing: references, facts, the parts of a Bundle; and the rules that need two elements. */
final class Memory {

    private static final byte[] URN_UUID = "urn:uuid:".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] HISTORY = "/_history/".getBytes(StandardCharsets.US_ASCII);

    private final Check check;
    private final JsonScanner in;
    private final Frame[] frames;
    private final ElementTable table = ElementTable.r4();
    final @Nullable BundleDraft draft;
    Collector collector = new Collector(0);

    /** The reference whose place is looked for, or -1. */
    int stopAt = -1;

    private int referenceCount;

    Memory(Check check, JsonScanner in, Frame[] frames, @Nullable BundleDraft draft) {
        this.check = check;
        this.in = in;
        this.frames = frames;
        this.draft = draft;
    }

    /** Where to note the members that stay, for the resource itself and its meta; null for any other object. */
    @Nullable
    Positions runsOf(Shape shape) {
        int depth = check.depth();
        if (check.isNested()) {
            return null;
        }
        if (depth == collector.depth) {
            return collector.runs;
        }
        return shape.hook == Shape.Hook.META && depth == collector.depth + 1 ? collector.metaRuns : null;
    }

    /** Notes how long a list of primitives was, so that it can be laid beside its {@code _name}. */
    void counted(Frame frame, Shape.Field field, boolean extra, int count) {
        if (field.primitive == null) {
            return;
        }
        if (extra) {
            frame.gaps(field).extraCount = count;
        } else {
            frame.counts[Long.numberOfTrailingZeros(field.bit)] = count;
        }
    }

    /** Called with each string of an element that has a role. */
    void value(Frame frame, Shape.Field field) throws RefusedException {
        boolean own = !check.isNested();
        boolean top = own && check.depth() == collector.depth;
        switch (field.role) {
            case FIRST -> {
                frame.firstStart = in.textStart;
                frame.firstEnd = in.textEnd;
            }
            case SECOND -> {
                frame.secondStart = in.textStart;
                frame.secondEnd = in.textEnd;
            }
            case GIVEN -> {
                if (own && ownerRole(1) == Role.NAME) {
                    frame.addGiven(in.text());
                }
            }
            case LINK -> {
                if (PrimitiveText.startsWith(in.bytes, in.textStart, in.textEnd, URN_UUID)) {
                    link();
                }
            }
            case ID -> {
                if (top) {
                    collector.id = in.text();
                } else if (containedDirectly()) {
                    collector.contained(in.text());
                }
            }
            case BIRTH_DATE -> {
                if (top) {
                    collector.birthDate = in.text();
                }
            }
            case CLINICAL_DATE -> {
                if (top && collector.wantsDate(field.rank)) {
                    collector.clinicalDate(in.text(), field.rank);
                }
            }
            case BUNDLE_TYPE,
                    FULL_URL,
                    METHOD,
                    REQUEST_URL,
                    IF_NONE_MATCH,
                    IF_MODIFIED_SINCE,
                    IF_MATCH,
                    IF_NONE_EXIST -> {
                if (draft != null && own && collector.depth == 0) {
                    draft.text(field.role, in.text());
                }
            }
            case NONE,
                    SUBJECT,
                    ENCOUNTER,
                    PART_OF,
                    SETTING,
                    CATEGORY,
                    COURSE,
                    IDENTIFIER,
                    NAME,
                    META,
                    VERSION_ID,
                    LAST_UPDATED,
                    ENTRY,
                    ENTRY_RESOURCE -> {
                // Objects, remembered when they end, and members that only the writer looks for.
            }
        }
    }

    /** Called with each object when it ends. */
    void ended(Frame frame) throws RefusedException {
        switch (frame.shape.hook) {
            case NONE, META -> {
                // Nothing to keep.
            }
            case REFERENCE -> {
                if (frame.hasFirst()) {
                    literal(frame);
                }
            }
            case IDENTIFIER -> {
                if (isOwn(Role.IDENTIFIER)) {
                    collector.identifier(first(frame), second(frame));
                }
            }
            case CODING -> coding(frame);
            case CONCEPT -> concept(frame);
            case PERIOD -> period(frame);
            case HUMAN_NAME -> {
                if (isOwn(Role.NAME)) {
                    collector.name(first(frame), frame.given == null ? List.of() : frame.given);
                }
            }
            case ENTRY -> {
                if (draft != null && check.depth() == 1 && !check.isNested()) {
                    draft.entryEnds();
                }
            }
        }
    }

    private void literal(Frame frame) throws RefusedException {
        int start = frame.firstStart;
        int end = frame.firstEnd;
        if (start == stopAt) {
            throw new RefusedException(Code.BAD_REFERENCE, "", "reference");
        }
        count();
        if (in.bytes[start] == '#') {
            collector.local(start, end);
            return;
        }
        byte[] text = in.bytes;
        if (JsonScanner.hasEscape(text, start, end)) {
            text = first(frame).getBytes(StandardCharsets.UTF_8);
            judge(text, 0, text.length);
        } else {
            judge(text, start, end);
        }
        collector.references.add(start, end);
        if (check.isNested()) {
            return;
        }
        switch (ownerRole(1)) {
            case SUBJECT -> collector.subject(first(frame));
            case ENCOUNTER -> {
                if (collector.encounter.isEmpty()) {
                    collector.encounter = first(frame);
                }
            }
            case PART_OF -> collector.partOf = first(frame);
            default -> {
                // A reference that places nothing.
            }
        }
    }

    /** A relative reference must name a type R4 has and the element allows; an absolute one must be a URI. */
    private void judge(byte[] text, int start, int end) throws RefusedException {
        if (end - start > Limits.URI_BYTES_MAX) {
            throw new RefusedException(Code.TOO_LARGE, "a reference is too long", "reference");
        }
        int stop = start;
        while (stop < end && text[stop] != '/' && text[stop] != '?' && text[stop] != ':') {
            stop++;
        }
        if (stop < end && text[stop] == ':') {
            if (PrimitiveText.fault(Primitive.URI, text, start, end) != null) {
                throw new RefusedException(Code.BAD_REFERENCE, "not a reference: not a URI", "reference");
            }
            return;
        }
        int type = table.resourceNumber(text, start, stop);
        if (type < 0 || stop == end) {
            throw new RefusedException(Code.BAD_REFERENCE, "not a reference: expected Type/id or a URI", "reference");
        }
        if (text[stop] == '/' && !isIdAndVersion(text, stop + 1, end)) {
            throw new RefusedException(Code.BAD_REFERENCE, "not a reference: no valid id", "reference");
        }
        Shape.Field owner = owner(1);
        boolean allowed = owner == null || owner.targets == null || (owner.targets[type / 64] >>> type % 64 & 1) != 0;
        if (!allowed) {
            throw new RefusedException(Code.BAD_REFERENCE, "this element does not lead to that type", "reference");
        }
    }

    /** {@code id} or {@code id/_history/version} (R4, references, literal). */
    private static boolean isIdAndVersion(byte[] text, int start, int end) {
        int slash = start;
        while (slash < end && text[slash] != '/') {
            slash++;
        }
        if (!PrimitiveText.isId(text, start, slash)) {
            return false;
        }
        return slash == end
                || (PrimitiveText.startsWith(text, slash, end, HISTORY)
                        && PrimitiveText.isId(text, slash + HISTORY.length, end));
    }

    private void link() throws RefusedException {
        count();
        collector.links.add(in.textStart, in.textEnd);
    }

    private void count() throws RefusedException {
        if (++referenceCount > Limits.REFERENCES_MAX) {
            throw new RefusedException(Code.TOO_LARGE, "more than " + Limits.REFERENCES_MAX + " references");
        }
    }

    private void coding(Frame frame) {
        Frame parent = frames[check.depth() - 1];
        boolean inConcept = parent.shape.hook == Shape.Hook.CONCEPT;
        Shape.Field owner = owner(inConcept ? 2 : 1);
        if (owner == null) {
            return;
        }
        if (owner.codes != null && frame.hasFirst() && frame.hasSecond()) {
            parent.bound |= owner.codes.contains(first(frame).getBytes(StandardCharsets.UTF_8), second(frame));
        }
        if (check.isNested() || !frame.hasSecond()) {
            return;
        }
        switch (owner.role) {
            case SETTING -> collector.setting = second(frame);
            case CATEGORY -> collector.problem |= second(frame).equals("problem-list-item");
            case COURSE -> collector.continuous |= second(frame).equals("continuous");
            default -> {
                // A code that places nothing.
            }
        }
    }

    private void concept(Frame frame) throws RefusedException {
        Shape.Field owner = owner(1);
        if (owner == null || owner.codes == null) {
            return;
        }
        // A concept of nothing but an extension says why there is no code; id and extension are the first two bits.
        boolean said = (frame.seen & ~0b11L) != 0;
        if (said && !frame.bound) {
            throw new RefusedException(Code.CODE_REQUIRED, "none of the codes this element requires");
        }
    }

    private void period(Frame frame) {
        Shape.Field owner = owner(1);
        if (owner == null || !isOwn(Role.CLINICAL_DATE) || !collector.wantsDate(owner.rank)) {
            return;
        }
        if (frame.hasFirst() || frame.hasSecond()) {
            collector.clinicalDate(frame.hasFirst() ? first(frame) : second(frame), owner.rank);
        }
    }

    /** Whether the object that ends is an element of this role of the collected resource itself. */
    private boolean isOwn(Role role) {
        return !check.isNested() && ownerRole(1) == role;
    }

    private Role ownerRole(int levels) {
        Shape.Field owner = owner(levels);
        return owner == null ? Role.NONE : owner.role;
    }

    private Shape.@Nullable Field owner(int levels) {
        int depth = check.depth() - levels;
        return depth < 0 ? null : frames[depth].field;
    }

    /** Whether the resource being read is directly contained in the collected one. */
    private boolean containedDirectly() {
        return check.isNested() && "contained".equals(fieldName(owner(1)));
    }

    private static @Nullable String fieldName(Shape.@Nullable Field field) {
        return field == null ? null : field.name;
    }

    private String first(Frame frame) {
        return frame.hasFirst() ? JsonScanner.text(in.bytes, frame.firstStart, frame.firstEnd) : "";
    }

    private String second(Frame frame) {
        return frame.hasSecond() ? JsonScanner.text(in.bytes, frame.secondStart, frame.secondEnd) : "";
    }
}
