package trimaran.model;

import java.util.ArrayList;
import java.util.List;

/** Reads single values off the bytes of a checked resource, for rules and searches that need a few of them. */
final class Values {

    private final JsonScanner in;
    private final List<String> names;
    private final List<String> found = new ArrayList<>();

    private Values(Resource resource, List<String> names) {
        this.in = new JsonScanner(resource.body, resource.start, resource.end);
        this.names = names;
    }

    static List<String> at(Resource resource, String path) {
        Values values = new Values(resource, List.of(path.split("\\.", -1)));
        try {
            values.read(0);
        } catch (RefusedException impossible) {
            throw new IllegalStateException("a checked resource no longer reads", impossible);
        }
        return List.copyOf(values.found);
    }

    private void read(int level) throws RefusedException {
        switch (in.peek()) {
            case '[' -> {
                do {
                    in.at++;
                    read(level);
                } while (in.peek() == ',');
                in.at++;
            }
            case '{' -> {
                do {
                    in.at++;
                    in.name();
                    if (level < names.size() && in.text().equals(names.get(level))) {
                        read(level + 1);
                    } else {
                        in.skip(0);
                    }
                } while (in.peek() == ',');
                in.at++;
            }
            default -> scalar(level == names.size());
        }
    }

    private void scalar(boolean wanted) throws RefusedException {
        int start = in.at;
        in.skip(0);
        if (!wanted) {
            return;
        }
        boolean string = in.bytes[start] == '"';
        String text = JsonScanner.text(in.bytes, string ? start + 1 : start, string ? in.at - 1 : in.at);
        if (string || !text.equals("null")) {
            found.add(text);
        }
    }
}
