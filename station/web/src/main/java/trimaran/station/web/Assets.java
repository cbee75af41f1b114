package trimaran.station.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/** The few files pages are dressed with, each named in an address that changes when its bytes do. */
final class Assets {

    /** Below it they are served. */
    static final String PREFIX = "/s/";

    private static final Map<String, String> TYPES = types();

    /** One of them. */
    record Asset(String type, Bytes body) {}

    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private final String stamp;

    Assets() {
        StringBuilder all = new StringBuilder();
        TYPES.forEach((name, type) -> {
            Bytes body = read(name);
            assets.put(name, new Asset(type, body));
            all.append(Digest.sha256(body.unsafeArray()).hex());
        });
        stamp = Digest.sha256(Bytes.ofText(all.toString()).unsafeArray()).hex().substring(0, 12);
    }

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("tokens.css", "text/css; charset=utf-8");
        types.put("base.css", "text/css; charset=utf-8");
        types.put("web.css", "text/css; charset=utf-8");
        types.put("favicon.svg", "image/svg+xml");
        types.put("icones.svg", "image/svg+xml");
        types.put("polices/inter-trimaran.woff2", "font/woff2");
        types.put("polices/OFL.txt", "text/plain; charset=utf-8");
        types.put("htmx.min.js", "text/javascript; charset=utf-8");
        return types;
    }

    private static Bytes read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream("s/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no asset " + name);
            }
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What stands in their addresses: other bytes, other addresses, so that a browser may keep them for good. */
    String stamp() {
        return stamp;
    }

    /** @param path below {@link #PREFIX}, the stamp first */
    Optional<Asset> at(String path) {
        int slash = path.indexOf('/');
        return slash < 0 || !path.substring(0, slash).equals(stamp)
                ? Optional.empty()
                : Optional.ofNullable(assets.get(path.substring(slash + 1)));
    }
}
