package trimaran.station.chart;

/** One resource as it is folded; its tree is let go once its section has taken what it shows. */
record Entry(Source source, Node json) {

    String type() {
        return source.type();
    }

    String status() {
        return json.text("status");
    }

    /** Written by mistake: it counts for nothing, and is listed as such. */
    boolean isVoid() {
        return status().equals("entered-in-error")
                || json.concept("verificationStatus").has("entered-in-error");
    }
}
