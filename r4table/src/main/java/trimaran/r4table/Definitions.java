package trimaran.r4table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns StructureDefinitions into shapes: one for each data type, each resource and each element with elements inside. */
final class Definitions {

    private static final String ROOT = "http://hl7.org/fhir/StructureDefinition/";
    private static final String FHIR_TYPE = ROOT + "structuredefinition-fhir-type";

    /** @param codes the enumerable set of a required binding */
    record Field(
            String name,
            int min,
            boolean list,
            int group,
            String type,
            Set<String> targets,
            Optional<Set<Terminology.Code>> codes) {}

    record Shape(String name, boolean resource, List<Field> fields) {}

    final Map<String, Shape> shapes = new LinkedHashMap<>();
    final Set<String> primitives = new TreeSet<>();
    final Set<String> resources = new TreeSet<>();
    private final Terminology terminology;

    Definitions(Terminology terminology) {
        this.terminology = terminology;
    }

    void add(Node definition) {
        String name = definition.text("name");
        String kind = definition.text("kind");
        boolean wanted = definition.text("derivation").equals("specialization")
                || name.equals("SimpleQuantity")
                || name.equals("MoneyQuantity")
                || name.equals("Element");
        if (!definition.name().equals("StructureDefinition") || !wanted || kind.equals("logical")) {
            return;
        }
        if (kind.equals("primitive-type")) {
            primitives.add(name);
            return;
        }
        boolean isAbstract = definition.text("abstract").equals("true") && !name.equals("Element");
        if (isAbstract) {
            return;
        }
        boolean resource = kind.equals("resource");
        if (resource) {
            resources.add(name);
        }
        List<Node> elements = definition.first("snapshot").all("element");
        shape(name, elements.getFirst().text("path"), resource, elements);
    }

    private void shape(String name, String path, boolean resource, List<Node> elements) {
        List<Field> fields = new ArrayList<>();
        int group = 0;
        for (Node element : elements) {
            String at = element.text("path");
            boolean child = at.startsWith(path + ".") && at.indexOf('.', path.length() + 1) < 0;
            if (child && !element.text("max").equals("0")) {
                addFields(fields, element, group++, resource);
                boolean nested =
                        elements.stream().anyMatch(other -> other.text("path").startsWith(at + "."));
                if (nested) {
                    shape(at, at, false, elements);
                }
            }
        }
        if (group > Long.SIZE) {
            throw new IllegalStateException(name + " has more than 64 elements");
        }
        shapes.put(name, new Shape(name, resource, List.copyOf(fields)));
    }

    private void addFields(List<Field> to, Node element, int group, boolean resource) {
        String path = element.text("path");
        String last = path.substring(path.lastIndexOf('.') + 1);
        int min = Integer.parseInt(element.text("min"));
        if (min > 1 || !Set.of("1", "*").contains(element.text("max"))) {
            throw new IllegalStateException("cardinality of " + path);
        }
        boolean list = element.text("max").equals("*");
        String reference = element.text("contentReference");
        if (!reference.isEmpty()) {
            String target = reference.substring(reference.indexOf('#') + 1);
            to.add(new Field(last, min, list, group, target, Set.of(), Optional.empty()));
            return;
        }
        boolean choice = last.endsWith("[x]");
        for (Node type : element.all("type")) {
            String code = typeOf(type, path, resource);
            String name = choice
                    ? last.substring(0, last.length() - 3) + Character.toUpperCase(code.charAt(0)) + code.substring(1)
                    : last;
            to.add(new Field(name, min, list, group, shapeOf(type, code, path), targets(type), codes(element, code)));
        }
    }

    private static String typeOf(Node type, String path, boolean resource) {
        String code = type.text("code");
        if (!code.startsWith("http://hl7.org/fhirpath/")) {
            return code;
        }
        if (path.endsWith(".id")) {
            return resource ? "id" : "string";
        }
        for (Node extension : type.all("extension")) {
            if (extension.url().equals(FHIR_TYPE)) {
                return extension.text("valueUrl");
            }
        }
        throw new IllegalStateException("no type for " + path);
    }

    private static String shapeOf(Node type, String code, String path) {
        if (code.equals("BackboneElement") || code.equals("Element")) {
            return path;
        }
        String profile = type.text("profile");
        boolean narrowed = profile.equals(ROOT + "SimpleQuantity") || profile.equals(ROOT + "MoneyQuantity");
        return narrowed ? profile.substring(ROOT.length()) : code;
    }

    /** Names of the resources a reference may lead to; empty means any. */
    private static Set<String> targets(Node type) {
        Set<String> targets = new TreeSet<>();
        if (type.text("code").equals("Reference")) {
            for (Node profile : type.all("targetProfile")) {
                targets.add(profile.value().substring(ROOT.length()));
            }
        }
        return targets.contains("Resource") ? Set.of() : targets;
    }

    private Optional<Set<Terminology.Code>> codes(Node element, String type) {
        Node binding = element.first("binding");
        boolean coded = Set.of("code", "Coding", "CodeableConcept").contains(type);
        if (!coded || !binding.text("strength").equals("required")) {
            return Optional.empty();
        }
        return terminology.codes(binding.text("valueSet"));
    }
}
