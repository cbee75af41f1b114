package trimaran.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/**
 * The one configuration file of a party: lines {@code key = value}, UTF-8, empty lines and lines that begin with
 * {@code #} apart. Whoever reads it says for each key what it must be; a key that is missing, unknown, there twice or of
 * another type refuses the start ({@link Code#USAGE}) with file and line. There are no silent defaults.
 *
 * {@snippet :
 * Outcome<Settings> settings = Configuration.read(file, keys ->
 *     new Settings(keys.port("port"), keys.path("home"), keys.addresses("peers")));
 * }
 */
public final class Configuration {

    /** Largest file; a party has some twenty keys. */
    public static final int FILE_MAX = 64 * 1024;

    /** Most addresses in one list. */
    public static final int ADDRESSES_MAX = 32;

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");

    private record Line(int number, String value) {}

    /** A fault found in the middle of a shape; never leaves {@link #read}. */
    private static final class Fault extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Fault(String sentence) {
            super(sentence, null, false, false);
        }
    }

    private final Path file;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private int last;

    private Configuration(Path file) {
        this.file = file;
    }

    /** Reads the file into the shape, which asks for every key it may hold. */
    public static <T> Outcome<T> read(Path file, Function<Configuration, T> shape) {
        try {
            Configuration configuration = new Configuration(file);
            configuration.parse(text(file));
            T value = shape.apply(configuration);
            configuration.requireAllAsked();
            return Outcome.done(value);
        } catch (Fault fault) {
            return Outcome.refused(Code.USAGE, String.valueOf(fault.getMessage()));
        }
    }

    /**
     * Puts another text in place of the file, or the first one: a power cut leaves the old or the new. Who may read it stays, since a
     * party may run under another account than whoever writes this.
     *
     * @throws java.io.UncheckedIOException where the disk does not take it; the old text is there still
     */
    public static void replace(Path file, String text) {
        replace(file, text.getBytes(StandardCharsets.UTF_8), file);
    }

    /** The same of a file the configuration speaks of: whoever reads the one reads the other. */
    public static void replaceBeside(Path configuration, String name, Bytes content) {
        replace(configuration.resolveSibling(name), content.unsafeArray(), configuration);
    }

    private static void replace(Path file, byte[] content, Path like) {
        try {
            DurableFile.replaceShared(file, content, like);
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    /** A value of at least one character. */
    public String text(String key) {
        return line(key).value();
    }

    /** Whether the key is there, for keys that may be left out. */
    public boolean has(String key) {
        asked.add(key);
        return lines.containsKey(key);
    }

    /** A whole number from min to max, both included. */
    public int number(String key, int min, int max) {
        Line line = line(key);
        if (line.value().matches("-?[0-9]{1,10}")) {
            long value = Long.parseLong(line.value());
            if (value >= min && value <= max) {
                return (int) value;
            }
        }
        throw fault(line, key, "must be a whole number from " + min + " to " + max);
    }

    /** A TCP port from 1 to 65535. */
    public int port(String key) {
        return number(key, 1, 65_535);
    }

    /** A path; a relative one counts from the folder of the configuration file. */
    public Path path(String key) {
        Line line = line(key);
        try {
            return file.toAbsolutePath().resolveSibling(line.value()).normalize();
        } catch (InvalidPathException invalid) {
            throw fault(line, key, "must be a path");
        }
    }

    /** Addresses {@code host:port} with commas between them, IPv6 in brackets; not resolved, at least one. */
    public List<InetSocketAddress> addresses(String key) {
        Line line = line(key);
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String item : line.value().split(",", -1)) {
            addresses.add(address(line, key, item.strip()));
        }
        if (addresses.size() > ADDRESSES_MAX) {
            throw fault(line, key, "may list at most " + ADDRESSES_MAX + " addresses");
        }
        return List.copyOf(addresses);
    }

    private InetSocketAddress address(Line line, String key, String item) {
        int colon = item.lastIndexOf(':');
        String host = colon < 0 ? "" : item.substring(0, colon);
        String port = item.substring(colon + 1);
        if (HOST.matcher(host).matches() && port.matches("[0-9]{1,5}")) {
            int number = Integer.parseInt(port);
            if (number >= 1 && number <= 65_535) {
                String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
                return InetSocketAddress.createUnresolved(bare, number);
            }
        }
        throw fault(line, key, "must be a list of host:port");
    }

    private Line line(String key) {
        asked.add(key);
        Line line = lines.get(key);
        if (line == null) {
            throw new Fault(file + ":" + last + ": ends without the key " + key);
        }
        return line;
    }

    private Fault fault(Line line, String key, String must) {
        return new Fault(file + ":" + line.number() + ": " + key + " " + must);
    }

    private void parse(String text) {
        for (String line : text.lines().toList()) {
            last++;
            String content = line.strip();
            if (!content.isEmpty() && !content.startsWith("#")) {
                add(content);
            }
        }
    }

    private void add(String content) {
        int equals = content.indexOf('=');
        String key = equals < 0 ? "" : content.substring(0, equals).strip();
        String value = content.substring(equals + 1).strip();
        if (!KEY.matcher(key).matches() || value.isEmpty()) {
            throw new Fault(file + ":" + last + ": is not a line key = value");
        }
        Line before = lines.putIfAbsent(key, new Line(last, value));
        if (before != null) {
            throw new Fault(file + ":" + last + ": has the key " + key + " again, first in line " + before.number());
        }
    }

    private void requireAllAsked() {
        lines.forEach((key, line) -> {
            if (!asked.contains(key)) {
                throw fault(line, key, "is not a key of this file");
            }
        });
    }

    private static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new Fault(file + ": the configuration file is missing");
            }
            if (Files.size(file) > FILE_MAX) {
                throw new Fault(file + ": a configuration file has at most " + FILE_MAX + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw new Fault(file + ": the configuration file is not UTF-8");
        } catch (IOException unreadable) {
            throw new Fault(file + ": the configuration file cannot be read");
        }
    }
}
