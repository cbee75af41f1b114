package trimaran.hospital;

/** Weight and height somebody of an age may have. */
record Build(double kilograms, int centimetres) {

    private static final int GROWN_DAYS = 16 * 365;

    static Build of(Chance chance, Sex sex, int days) {
        if (days < 28) {
            double kilograms = chance.between(1.9, 3.8);
            return new Build(kilograms, (int) (38 + kilograms * 3.3));
        }
        if (days < GROWN_DAYS) {
            double years = days / 365.0;
            double mean = years < 1 ? 4 + years * 6 : 8 + years * 2.6;
            int height = (int) (years < 1 ? 53 + years * 22 : 74 + years * 6);
            return new Build(mean * chance.between(0.88, 1.14), height);
        }
        int height = (sex == Sex.FEMALE ? 163 : 176) + chance.between(-10, 10) - (days > 75 * 365 ? 4 : 0);
        double index = chance.between(19.5, 31.5);
        return new Build(index * height * height / 10_000, height);
    }
}
