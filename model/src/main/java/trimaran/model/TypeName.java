package trimaran.model;

import trimaran.kernel.Code;

/** Finds out which type a resource is before its elements are judged. */
final class TypeName {

    private TypeName() {}

    /** Looks for {@code resourceType}, nearly always the first member, and leaves the position before the object. */
    static Shape announced(JsonScanner in, int depth) throws RefusedException {
        if (in.peek() != '{') {
            throw new RefusedException(Code.WRONG_TYPE, "expected a resource");
        }
        int mark = in.at++;
        int next = in.peek();
        while (next != '}') {
            in.name();
            if (isNext(in)) {
                if (in.peek() != '"') {
                    throw new RefusedException(Code.WRONG_TYPE, "expected a string", "resourceType");
                }
                in.string();
                int number = ElementTable.r4().resourceNumber(in.bytes, in.textStart, in.textEnd);
                if (number < 0) {
                    throw new RefusedException(Code.UNKNOWN_ELEMENT, "no resource type of FHIR R4", "resourceType");
                }
                in.at = mark;
                return ElementTable.r4().resource(number);
            }
            in.skip(depth + 2);
            next = in.peek();
            if (next == ',') {
                in.at++;
                next = in.peek();
                if (next == '}') {
                    throw JsonScanner.malformed("not JSON: expected a name");
                }
            } else if (next != '}') {
                throw JsonScanner.malformed("not JSON: expected , or }");
            }
        }
        throw new RefusedException(Code.CARDINALITY, "a resource says its resourceType", "resourceType");
    }

    static boolean isNext(JsonScanner in) {
        return in.textEnd - in.textStart == 12 && in.text().equals("resourceType");
    }
}
