package trimaran.station.chart;

/** In which words something is shown. */
public enum Language {
    FRENCH,
    ENGLISH;

    /** One of two wordings. */
    public String of(String french, String english) {
        return this == FRENCH ? french : english;
    }
}
