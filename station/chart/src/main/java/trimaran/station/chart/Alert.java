package trimaran.station.chart;

import java.util.Optional;

/** Something whoever comes to the bed must know first (R4 Flag, active). */
public record Alert(Source source, Kind kind, Coded what, String category, Optional<FhirTime> since) {

    public enum Kind {
        ISOLATION,
        /** A limit to what is done: no resuscitation and the like. */
        LIMIT,
        FALL,
        OTHER;

        static Kind of(Coded what) {
            for (Coded.Code code : what.codes()) {
                if (code.system().equals("urn:trimaran:flag")) {
                    return code.code().startsWith("isolation")
                            ? ISOLATION
                            : switch (code.code()) {
                                case "pas-de-reanimation" -> LIMIT;
                                case "risque-chute" -> FALL;
                                default -> OTHER;
                            };
                }
            }
            return OTHER;
        }
    }

    public String words() {
        return what.text();
    }
}
