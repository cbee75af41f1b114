package trimaran.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an object may contain: a data type, a resource, or an element with elements inside. Fixed once loaded. */
final class Shape {

    /** What the strict check remembers of an object of this shape when it ends. */
    enum Hook {
        NONE,
        REFERENCE,
        IDENTIFIER,
        CODING,
        CONCEPT,
        PERIOD,
        HUMAN_NAME,
        META,
        ENTRY
    }

    /** One element an object may contain; each type of a choice is a field of its own. */
    static final class Field {
        final String name;
        final boolean list;
        final boolean choice;
        /** The bit of the element among its siblings; the types of a choice share it. */
        final long bit;

        /** The type if it is primitive; null for objects. */
        final @Nullable Primitive primitive;

        /** The shape of an object; null for primitives, and for an element that takes any resource. */
        @Nullable
        Shape shape;

        /** Numbers of the resource types a reference may lead to, as bits; null if any. */
        final long @Nullable [] targets;

        /** The codes of a required binding; null if there is none or it cannot be listed. */
        final @Nullable CodeSet codes;

        Role role = Role.NONE;
        /** Among the clinical dates of a resource the lowest rank counts. */
        int rank;

        Field(
                String name,
                boolean list,
                boolean choice,
                int group,
                @Nullable Primitive primitive,
                long @Nullable [] targets,
                @Nullable CodeSet codes) {
            this.name = name;
            this.list = list;
            this.choice = choice;
            this.bit = 1L << group;
            this.primitive = primitive;
            this.targets = targets;
            this.codes = codes;
        }
    }

    final String name;
    final boolean resource;
    final Field[] fields;
    final long required;
    private final NameIndex index;
    Hook hook = Hook.NONE;

    Shape(String name, boolean resource, List<Field> fields, long required) {
        this.name = name;
        this.resource = resource;
        this.fields = fields.toArray(Field[]::new);
        this.required = required;
        this.index = new NameIndex(fields.stream().map(field -> field.name).toList());
    }

    @Nullable
    Field field(byte[] bytes, int start, int end, int hash) {
        int number = index.find(bytes, start, end, hash);
        return number < 0 ? null : fields[number];
    }

    @Nullable
    Field field(String wanted) {
        for (Field field : fields) {
            if (field.name.equals(wanted)) {
                return field;
            }
        }
        return null;
    }

    /** The name of the element with this bit; for a choice what the names of its types have in common. */
    String nameOf(long bit) {
        String common = "";
        for (Field field : fields) {
            if (field.bit == bit) {
                common = common.isEmpty() ? field.name : shared(common, field.name);
            }
        }
        return common;
    }

    private static String shared(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }
}
