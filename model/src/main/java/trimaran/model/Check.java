package trimaran.model;

import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

/**
 * One strict reading of one body: a single pass over the tokens, guided by the element table. {@link Memory} keeps what
 * is worth keeping. The first fault ends it; the open frames then say where that was.
 */
final class Check {

    private final ElementTable table = ElementTable.r4();
    private final JsonScanner in;
    private final Frame[] frames = new Frame[Limits.DEPTH_MAX];
    private final Memory memory;
    private int depth = -1;
    private int nested;
    private byte[] plain = new byte[64];

    Check(byte[] body, int start, int end, @Nullable BundleDraft draft) {
        in = new JsonScanner(body, start, end);
        memory = new Memory(this, in, frames, draft);
    }

    /** Reads the whole body as one resource. */
    Resource whole() throws RefusedException {
        Resource resource = resource();
        in.finish();
        return resource;
    }

    /** Finds the place of a reference by reading the checked resource again until it comes. */
    static String placeOf(byte[] body, int start, int end, int reference) {
        Check check = new Check(body, start, end, null);
        check.memory.stopAt = reference;
        try {
            check.whole();
            return "";
        } catch (RefusedException found) {
            return check.refusal(found).place();
        }
    }

    Refusal refusal(RefusedException fault) {
        StringBuilder place = place();
        if (!fault.below.isEmpty()) {
            place.append(place.isEmpty() ? "" : ".").append(fault.below);
        }
        return Refusal.at(fault.code, place.toString(), fault.sentence);
    }

    StringBuilder place() {
        StringBuilder place = new StringBuilder(64);
        if (depth >= 0) {
            place.append(frames[0].shape.name);
        }
        for (int i = 0; i <= depth; i++) {
            Shape.Field field = frames[i].field;
            if (field != null) {
                place.append('.').append(field.name);
                if (frames[i].index >= 0) {
                    place.append('[').append(frames[i].index).append(']');
                }
            }
        }
        return place;
    }

    int depth() {
        return depth;
    }

    /** Whether the resource being read lies inside the one that is collected. */
    boolean isNested() {
        return nested > 0;
    }

    /** Reads a resource of its own: the body, or an entry of a Bundle. */
    private Resource resource() throws RefusedException {
        Collector outer = memory.collector;
        int outerNested = nested;
        Collector mine = new Collector(depth + 1);
        memory.collector = mine;
        nested = 0;
        in.peek();
        int start = in.at;
        Shape shape = TypeName.announced(in, depth);
        object(shape);
        int dangling = mine.dangling(in.bytes);
        if (dangling >= 0) {
            String below = placeOf(in.bytes, start, in.at, dangling);
            below = depth < 0 ? below : below.substring(shape.name.length() + 1);
            throw new RefusedException(Code.BAD_REFERENCE, "no contained resource has this id", below);
        }
        memory.collector = outer;
        nested = outerNested;
        return mine.finish(shape.name, in.bytes, start, in.at, in.spaced);
    }

    /** Reads a resource of a Bundle being drafted: what is wrong with it is its own affair, unless it is not even JSON. */
    private void entryResource(BundleDraft draft) throws RefusedException {
        in.peek();
        int mark = in.at;
        int before = depth;
        Collector outer = memory.collector;
        try {
            draft.resource(resource());
        } catch (RefusedException fault) {
            if (fault.code == Code.MALFORMED) {
                throw fault;
            }
            draft.issue(refusal(fault));
            depth = before;
            memory.collector = outer;
            nested = 0;
            in.at = mark;
            in.skip(depth);
        }
    }

    private void containedResource(boolean contained) throws RefusedException {
        if (nested == Limits.NESTED_RESOURCES_MAX) {
            throw new RefusedException(Code.TOO_LARGE, "resources inside resources nest too deep");
        }
        if (contained && nested > 0 && isInsideContained()) {
            throw new RefusedException(Code.CARDINALITY, "a contained resource contains no others");
        }
        nested++;
        object(TypeName.announced(in, depth));
        nested--;
    }

    private boolean isInsideContained() {
        for (int i = depth - 1; i >= 0; i--) {
            Shape.Field field = frames[i].field;
            if (field != null && field.name.equals("contained")) {
                return true;
            }
        }
        return false;
    }

    private void object(Shape shape) throws RefusedException {
        if (in.peek() != '{') {
            throw wrongType("an object");
        }
        Frame frame = open(shape);
        in.at++;
        if (in.peek() == '}') {
            throw new RefusedException(Code.BAD_VALUE, "an empty object is not allowed");
        }
        while (true) {
            in.name();
            int start = in.textStart - 1;
            boolean dropped = member(frame);
            if (frame.runs != null) {
                frame.member(frame.runs, start, in.at, dropped);
            }
            if (in.peek() == '}') {
                break;
            }
            in.take(',');
        }
        in.at++;
        close(frame);
    }

    private Frame open(Shape shape) throws RefusedException {
        if (depth + 1 == Limits.DEPTH_MAX) {
            throw new RefusedException(Code.TOO_LARGE, "nested deeper than " + Limits.DEPTH_MAX + " levels");
        }
        depth++;
        Frame frame = frames[depth];
        if (frame == null) {
            frame = new Frame(shape);
            frames[depth] = frame;
        }
        frame.reset(shape);
        frame.runs = memory.runsOf(shape);
        return frame;
    }

    private void close(Frame frame) throws RefusedException {
        frame.field = null;
        frame.index = -1;
        long missing = frame.shape.required & ~(frame.seen | frame.extras);
        if (missing != 0) {
            String name = frame.shape.nameOf(Long.lowestOneBit(missing));
            throw new RefusedException(Code.CARDINALITY, "a required element is missing", name);
        }
        if (frame.hasGaps()) {
            Shape.Field hollow = frame.hollow();
            if (hollow != null) {
                throw new RefusedException(Code.BAD_VALUE, "null with neither value nor extension", hollow.name);
            }
        }
        memory.ended(frame);
        depth--;
    }

    /** Reads the member whose name was read last; true if the writer replaces it. */
    private boolean member(Frame frame) throws RefusedException {
        Shape.Field field = find(frame);
        if (field == null) {
            frame.field = null;
            if (frame.typed) {
                throw new RefusedException(Code.MALFORMED, "a name is given twice", "resourceType");
            }
            frame.typed = true;
            in.peek();
            in.string();
            return true;
        }
        boolean extra = frame.extra;
        frame.field = field;
        frame.index = -1;
        long before = extra ? frame.extras : frame.seen;
        if (field.choice && !frame.choose(field)) {
            throw new RefusedException(Code.CARDINALITY, "only one type of this element is allowed");
        }
        if ((before & field.bit) != 0) {
            throw JsonScanner.malformed("a name is given twice");
        }
        if (extra) {
            frame.extras |= field.bit;
        } else {
            frame.seen |= field.bit;
        }
        if (field.list) {
            list(frame, field, extra);
        } else {
            item(field, extra);
        }
        return switch (field.role) {
            case ID, META -> !extra;
            case VERSION_ID, LAST_UPDATED -> true;
            default -> false;
        };
    }

    /** The element the last name means, null for {@code resourceType}; sets whether it is the {@code _name} beside it. */
    private Shape.@Nullable Field find(Frame frame) throws RefusedException {
        byte[] name = in.bytes;
        int start = in.textStart;
        int end = in.textEnd;
        int hash = in.hash;
        if (in.escaped) {
            name = plainText(start, end);
            end = JsonScanner.unescape(in.bytes, start, end, name);
            start = 0;
            hash = NameIndex.hash(name, 0, end);
        }
        frame.extra = end > start && name[start] == '_';
        if (frame.extra) {
            start++;
            hash = NameIndex.hash(name, start, end);
        }
        Shape.Field field = frame.shape.field(name, start, end, hash);
        boolean known = field != null && (!frame.extra || field.primitive != null);
        if (known) {
            return field;
        }
        if (frame.shape.resource && !in.escaped && TypeName.isNext(in)) {
            return null;
        }
        frame.field = null;
        boolean shown = PrimitiveText.isId(name, start, end);
        String below = shown ? (frame.extra ? "_" : "") + JsonScanner.text(name, start, end) : "";
        throw new RefusedException(Code.UNKNOWN_ELEMENT, "FHIR R4 has no such element here", below);
    }

    private void list(Frame frame, Shape.Field field, boolean extra) throws RefusedException {
        if (in.peek() != '[') {
            throw wrongType("a list");
        }
        in.at++;
        if (in.peek() == ']') {
            throw new RefusedException(Code.BAD_VALUE, "an empty list is not allowed");
        }
        int limit = field.role == Role.ENTRY ? Limits.ENTRIES_MAX : Limits.ITEMS_MAX;
        int count = 0;
        while (true) {
            if (count == limit) {
                throw new RefusedException(Code.TOO_LARGE, "a list of more than " + limit);
            }
            frame.index = count;
            if (field.primitive != null && in.peek() == 'n' && in.literal("null")) {
                Frame.Gaps gaps = frame.gaps(field);
                (extra ? gaps.extras : gaps.values).set(count);
            } else {
                item(field, extra);
            }
            count++;
            if (in.peek() == ']') {
                break;
            }
            in.take(',');
        }
        in.at++;
        frame.index = -1;
        memory.counted(frame, field, extra, count);
    }

    private void item(Shape.Field field, boolean extra) throws RefusedException {
        if (extra) {
            object(table.element());
        } else if (field.primitive != null) {
            primitive(field, field.primitive);
        } else if (field.shape != null) {
            object(field.shape);
        } else if (memory.draft != null && field.role == Role.ENTRY_RESOURCE && depth == 1 && nested == 0) {
            entryResource(memory.draft);
        } else {
            containedResource(field.name.equals("contained"));
        }
    }

    private void primitive(Shape.Field field, Primitive type) throws RefusedException {
        int next = in.peek();
        switch (type.json) {
            case BOOLEAN -> {
                if (!in.literal("true") && !in.literal("false")) {
                    throw wrongType("true or false");
                }
                return;
            }
            case NUMBER -> {
                if (next != '-' && (next < '0' || next > '9')) {
                    throw wrongType("a number");
                }
                in.number();
                raise(PrimitiveText.numberFault(type, in.integer, in.bytes, in.textStart, in.textEnd));
                return;
            }
            case STRING -> {
                if (next != '"') {
                    throw wrongType("a string");
                }
            }
        }
        in.string();
        string(field, type);
        if (field.role != Role.NONE) {
            memory.value(frames[depth], field);
        }
    }

    private void string(Shape.Field field, Primitive type) throws RefusedException {
        byte[] text = in.bytes;
        int start = in.textStart;
        int end = in.textEnd;
        if (in.escaped && type != Primitive.STRING && type != Primitive.MARKDOWN) {
            text = plainText(start, end);
            end = JsonScanner.unescape(in.bytes, start, end, text);
            start = 0;
        }
        raise(PrimitiveText.fault(type, text, start, end));
        if (field.codes != null && !field.codes.contains(text, start, end)) {
            throw new RefusedException(Code.CODE_REQUIRED, "not one of the codes this element requires");
        }
    }

    private byte[] plainText(int start, int end) {
        if (plain.length < end - start) {
            plain = new byte[Math.max(end - start, 2 * plain.length)];
        }
        return plain;
    }

    private static void raise(@Nullable Refusal fault) throws RefusedException {
        if (fault != null) {
            throw new RefusedException(fault.code(), fault.sentence());
        }
    }

    private static RefusedException wrongType(String wanted) {
        return new RefusedException(Code.WRONG_TYPE, "expected " + wanted);
    }
}
