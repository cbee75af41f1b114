package trimaran.r4table;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One element of a FHIR XML file: its name, its {@code value} attribute (or empty), its children. */
record Node(String name, String value, String url, List<Node> children) {

    /** Narrative, descriptions and mappings, most of the bytes; nothing here is read from them. */
    private static final Set<String> SKIPPED = Set.of("text", "mapping", "constraint", "differential", "contact");

    /** Reads a Bundle and hands over one resource after the other, so that only one is in memory. */
    static void eachResource(InputStream in, Consumer<Node> consumer) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        boolean next = false;
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                if (next) {
                    consumer.accept(read(reader));
                    next = false;
                } else {
                    next = reader.getLocalName().equals("resource");
                }
            }
        }
    }

    private static Node read(XMLStreamReader reader) throws XMLStreamException {
        Deque<Node> open = new ArrayDeque<>();
        Node root = at(reader);
        open.push(root);
        while (!open.isEmpty()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                Node node = at(reader);
                if (SKIPPED.contains(node.name)) {
                    skip(reader);
                } else {
                    open.getFirst().children.add(node);
                    open.push(node);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open.pop();
            }
        }
        return root;
    }

    private static void skip(XMLStreamReader reader) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private static Node at(XMLStreamReader reader) {
        String value = reader.getAttributeValue(null, "value");
        String url = reader.getAttributeValue(null, "url");
        return new Node(reader.getLocalName(), value == null ? "" : value, url == null ? "" : url, new ArrayList<>());
    }

    /** The value of the first child of this name, or empty. */
    String text(String child) {
        for (Node node : children) {
            if (node.name.equals(child)) {
                return node.value;
            }
        }
        return "";
    }

    List<Node> all(String child) {
        return children.stream().filter(node -> node.name.equals(child)).toList();
    }

    /** The first child of this name, or an empty one. */
    Node first(String child) {
        return children.stream()
                .filter(node -> node.name.equals(child))
                .findFirst()
                .orElse(new Node(child, "", "", List.of()));
    }
}
