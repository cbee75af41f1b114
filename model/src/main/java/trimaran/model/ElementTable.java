package trimaran.model;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The elements of all data types and resources of FHIR R4, compiled from the standard's StructureDefinitions when the
 * house is built. Loaded once per process, shared, never changed.
 */
public final class ElementTable {

    /** Must equal the compiler's: "R4T" and the version of the format. */
    private static final int MAGIC = 0x52345401;

    private static final ElementTable R4 = load();

    private final Map<String, Shape> shapes = new HashMap<>();
    private final List<String> resourceNames;
    private final NameIndex resourceIndex;
    private final Shape[] resourceShapes;
    private final Shape element;

    private record Pending(Shape.Field field, String type) {}

    private ElementTable(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IllegalStateException("the element table is of another version");
        }
        Set<String> primitives = new HashSet<>(names(in));
        resourceNames = List.copyOf(names(in));
        List<CodeSet> codeSets = codeSets(in);
        List<Pending> pending = new ArrayList<>();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            Shape shape = shape(in, primitives, codeSets, pending);
            shapes.put(shape.name, shape);
        }
        for (Pending open : pending) {
            open.field.shape = shapes.get(open.type);
            if (open.field.shape == null && !open.type.equals("Resource")) {
                throw new IllegalStateException("no shape " + open.type);
            }
        }
        resourceIndex = new NameIndex(resourceNames);
        resourceShapes = resourceNames.stream().map(this::require).toArray(Shape[]::new);
        element = require("Element");
        Roles.assign(this);
    }

    /** The table of R4 (4.0.1). */
    public static ElementTable r4() {
        return R4;
    }

    /** The resource types R4 knows, in alphabetical order. */
    public List<String> resourceTypes() {
        return resourceNames;
    }

    public boolean isResourceType(String type) {
        return resourceNames.contains(type);
    }

    /** Names of the elements of a data type, a resource or a path such as {@code Patient.contact}; empty if unknown. */
    public List<String> elementsOf(String path) {
        Shape shape = shapes.get(path);
        return shape == null
                ? List.of()
                : Arrays.stream(shape.fields).map(field -> field.name).toList();
    }

    /**
     * The data type of the element at a path such as {@code Encounter.location.location}; primitives in lower case; empty if R4
     * has no such element. An element of a choice is named with its type, as {@code Observation.effectiveDateTime}.
     */
    public String typeOf(String path) {
        String[] steps = path.split("\\.", -1);
        Shape shape = shapes.get(steps[0]);
        for (int i = 1; i < steps.length && shape != null; i++) {
            Shape.Field field = shape.field(steps[i]);
            if (field == null) {
                return "";
            }
            if (field.primitive != null) {
                return i == steps.length - 1 ? field.primitive.name().toLowerCase(Locale.ROOT) : "";
            }
            shape = field.shape;
        }
        return shape == null ? "" : shape.name;
    }

    @Nullable
    Shape shape(String path) {
        return shapes.get(path);
    }

    Iterable<Shape> shapes() {
        return shapes.values();
    }

    /** What {@code _name} beside a primitive may contain. */
    Shape element() {
        return element;
    }

    /** The number of a resource type, or -1. */
    int resourceNumber(byte[] bytes, int start, int end) {
        return resourceIndex.find(bytes, start, end);
    }

    Shape resource(int number) {
        return resourceShapes[number];
    }

    Shape require(String path) {
        Shape shape = shapes.get(path);
        if (shape == null) {
            throw new IllegalStateException("R4 has no " + path);
        }
        return shape;
    }

    private static ElementTable load() {
        try (InputStream in = ElementTable.class.getResourceAsStream("r4.table")) {
            if (in == null) {
                throw new IllegalStateException("the element table was not built in");
            }
            return new ElementTable(new DataInputStream(new ByteArrayInputStream(in.readAllBytes())));
        } catch (IOException broken) {
            throw new IllegalStateException("the element table is damaged", broken);
        }
    }

    private Shape shape(DataInputStream in, Set<String> primitives, List<CodeSet> codeSets, List<Pending> pending)
            throws IOException {
        String name = in.readUTF();
        boolean resource = in.readBoolean();
        int count = in.readUnsignedShort();
        List<Shape.Field> fields = new ArrayList<>(count);
        long required = 0;
        long before = 0;
        long shared = 0;
        List<FieldLine> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            FieldLine line = FieldLine.read(in);
            lines.add(line);
            long bit = 1L << line.group;
            shared |= before & bit;
            before |= bit;
            required |= line.min > 0 ? bit : 0;
        }
        for (FieldLine line : lines) {
            boolean primitive = primitives.contains(line.type);
            Shape.Field field = new Shape.Field(
                    line.name,
                    line.list,
                    (shared >>> line.group & 1) != 0,
                    line.group,
                    primitive ? Primitive.ofType(line.type) : null,
                    line.targets(resourceNames.size()),
                    line.codeSet < 0 ? null : codeSets.get(line.codeSet));
            fields.add(field);
            if (!primitive) {
                pending.add(new Pending(field, line.type));
            }
        }
        return new Shape(name, resource, fields, required);
    }

    private record FieldLine(
            String name, int min, boolean list, int group, String type, List<Integer> targetNumbers, int codeSet) {

        static FieldLine read(DataInputStream in) throws IOException {
            String name = in.readUTF();
            int min = in.readUnsignedByte();
            boolean list = in.readBoolean();
            int group = in.readUnsignedByte();
            String type = in.readUTF();
            int count = in.readUnsignedShort();
            List<Integer> targets = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                targets.add(in.readUnsignedShort());
            }
            return new FieldLine(name, min, list, group, type, targets, in.readShort());
        }

        long @Nullable [] targets(int resources) {
            if (targetNumbers.isEmpty()) {
                return null;
            }
            long[] bits = new long[(resources + 63) / 64];
            for (int number : targetNumbers) {
                bits[number / 64] |= 1L << number % 64;
            }
            return bits;
        }
    }

    private static List<CodeSet> codeSets(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        List<CodeSet> sets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Map<String, List<String>> bySystem = new LinkedHashMap<>();
            int codes = in.readUnsignedShort();
            for (int j = 0; j < codes; j++) {
                String system = in.readUTF();
                bySystem.computeIfAbsent(system, _ -> new ArrayList<>()).add(in.readUTF());
            }
            sets.add(new CodeSet(List.copyOf(bySystem.keySet()), List.copyOf(bySystem.values())));
        }
        return sets;
    }

    private static List<String> names(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names;
    }
}
