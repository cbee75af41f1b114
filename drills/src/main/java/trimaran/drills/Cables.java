package trimaran.drills;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import trimaran.trial.TrialHospital;

/** All the cables from one station to the tiers and the relay. */
final class Cables implements AutoCloseable {

    private final Map<String, Wire> wires = new HashMap<>();

    Cables(TrialHospital hospital) throws IOException {
        for (String word : List.of("access", "application", "data", "relay")) {
            wires.put(word, new Wire(hospital.port(word)));
        }
    }

    /** A station's configuration by which it speaks over these. */
    String rewired(String configuration) {
        String text = configuration;
        for (Map.Entry<String, Wire> one : wires.entrySet()) {
            text = Pattern.compile("(?m)^" + one.getKey() + " = .*$")
                    .matcher(text)
                    .replaceFirst(
                            one.getKey() + " = 127.0.0.1:" + one.getValue().port());
        }
        return text;
    }

    void cut() {
        wires.values().forEach(Wire::cut);
    }

    void heal() {
        wires.values().forEach(Wire::heal);
    }

    /** Connections that were broken, or tried in vain, while they were out. */
    int broken() {
        return wires.values().stream().mapToInt(Wire::broken).sum();
    }

    /** Bytes that passed. */
    long bytes() {
        return wires.values().stream().mapToLong(Wire::bytes).sum();
    }

    @Override
    public void close() {
        wires.values().forEach(Wire::close);
    }
}
