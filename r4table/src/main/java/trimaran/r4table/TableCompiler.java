package trimaran.r4table;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;

/**
 * Writes {@code r4.table}, big endian, strings as {@link DataOutputStream#writeUTF}: magic, primitive names, resource
 * names, code sets (pairs of system and code), shapes (name, whether a resource, fields). A field: name, minimum, whether
 * a list, group (the elements of a choice share one), type by name, target resource numbers, code set number or -1.
 */
public final class TableCompiler {

    /** "R4T" and the version of this format; the loader refuses any other. */
    public static final int MAGIC = 0x52345401;

    private static final String FOLDER = "/org/hl7/fhir/r4/model/";

    private TableCompiler() {}

    /** @param arguments the folder to write into */
    public static void main(String[] arguments) throws IOException, XMLStreamException {
        Path folder = Path.of(arguments[0]);
        Terminology terminology = new Terminology();
        for (String file : List.of("valuesets", "v3-codesystems", "v2-tables")) {
            each("valueset/" + file + ".xml", terminology::add);
        }
        Definitions definitions = new Definitions(terminology);
        each("profile/profiles-types.xml", definitions::add);
        each("profile/profiles-resources.xml", definitions::add);
        byte[] table = table(definitions);
        Files.createDirectories(folder);
        Files.write(folder.resolve("r4.table"), table);
    }

    private static void each(String file, Consumer<Node> consumer) throws IOException, XMLStreamException {
        try (InputStream in = TableCompiler.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IOException("the standard's definitions are not on the class path: " + file);
            }
            Node.eachResource(in, consumer);
        }
    }

    private static byte[] table(Definitions definitions) throws IOException {
        List<Set<Terminology.Code>> codeSets = new ArrayList<>();
        for (Definitions.Shape shape : definitions.shapes.values()) {
            for (Definitions.Field field : shape.fields()) {
                field.codes().filter(codes -> !codeSets.contains(codes)).ifPresent(codeSets::add);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            List<String> resources = List.copyOf(definitions.resources);
            out.writeInt(MAGIC);
            writeNames(out, List.copyOf(definitions.primitives));
            writeNames(out, resources);
            writeCodeSets(out, codeSets);
            out.writeShort(definitions.shapes.size());
            for (Definitions.Shape shape : definitions.shapes.values()) {
                out.writeUTF(shape.name());
                out.writeBoolean(shape.resource());
                out.writeShort(shape.fields().size());
                for (Definitions.Field field : shape.fields()) {
                    writeField(out, field, resources, codeSets);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void writeField(
            DataOutputStream out, Definitions.Field field, List<String> resources, List<Set<Terminology.Code>> codeSets)
            throws IOException {
        out.writeUTF(field.name());
        out.writeByte(field.min());
        out.writeBoolean(field.list());
        out.writeByte(field.group());
        out.writeUTF(field.type());
        out.writeShort(field.targets().size());
        for (String target : field.targets()) {
            int number = resources.indexOf(target);
            if (number < 0) {
                throw new IOException("unknown reference target " + target + " in " + field.name());
            }
            out.writeShort(number);
        }
        out.writeShort(field.codes().map(codeSets::indexOf).orElse(-1));
    }

    private static void writeCodeSets(DataOutputStream out, List<Set<Terminology.Code>> codeSets) throws IOException {
        out.writeShort(codeSets.size());
        for (Set<Terminology.Code> codes : codeSets) {
            out.writeShort(codes.size());
            for (Terminology.Code code : codes) {
                out.writeUTF(code.system());
                out.writeUTF(code.code());
            }
        }
    }

    private static void writeNames(DataOutputStream out, List<String> names) throws IOException {
        out.writeShort(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }
}
