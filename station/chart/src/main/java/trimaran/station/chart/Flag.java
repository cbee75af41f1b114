package trimaran.station.chart;

import java.util.List;

/**
 * What its laboratory says of a result (v3 ObservationInterpretation), never worked out here from a range.
 *
 * @param text what it says in its own words, where the code is none of those known
 */
public record Flag(Level level, Direction direction, String text) {

    public enum Level {
        NONE,
        USUAL,
        ABNORMAL,
        CRITICAL
    }

    public enum Direction {
        NONE,
        LOW,
        HIGH
    }

    static final Flag NONE = new Flag(Level.NONE, Direction.NONE, "");

    static Flag of(List<Coded> interpretations) {
        Flag worst = NONE;
        for (Coded one : interpretations) {
            Flag flag = of(one);
            if (flag.level().compareTo(worst.level()) > 0 || worst.equals(NONE)) {
                worst = flag;
            }
        }
        return worst;
    }

    private static Flag of(Coded coded) {
        for (Coded.Code code : coded.codes()) {
            switch (code.code()) {
                case "LL", "LU" -> {
                    return new Flag(Level.CRITICAL, Direction.LOW, "");
                }
                case "HH", "HU" -> {
                    return new Flag(Level.CRITICAL, Direction.HIGH, "");
                }
                case "AA" -> {
                    return new Flag(Level.CRITICAL, Direction.NONE, "");
                }
                case "L", "<" -> {
                    return new Flag(Level.ABNORMAL, Direction.LOW, "");
                }
                case "H", ">" -> {
                    return new Flag(Level.ABNORMAL, Direction.HIGH, "");
                }
                case "A" -> {
                    return new Flag(Level.ABNORMAL, Direction.NONE, "");
                }
                case "N" -> {
                    return new Flag(Level.USUAL, Direction.NONE, "");
                }
                default -> {
                    // Another coding may say more.
                }
            }
        }
        return new Flag(Level.NONE, Direction.NONE, coded.text());
    }

    public boolean isCritical() {
        return level == Level.CRITICAL;
    }

    /** {@code critique, bas}; empty for what is usual or of which nothing was said. */
    public String words(Language language) {
        String severity = switch (level) {
            case CRITICAL -> language.of("critique", "critical");
            case ABNORMAL -> direction == Direction.NONE ? language.of("anormal", "abnormal") : "";
            case NONE, USUAL -> "";
        };
        String way = switch (direction) {
            case LOW -> language.of("bas", "low");
            case HIGH -> language.of("haut", "high");
            case NONE -> "";
        };
        return Node.joined(", ", List.of(severity, way, text), part -> part);
    }
}
