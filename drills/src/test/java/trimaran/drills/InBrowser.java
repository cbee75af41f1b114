package trimaran.drills;

/**
 * Lends each class of tests a filled hospital and a browser. Whoever comes next finds the people there who came before, as one would on
 * a ward, and no window open.
 */
final class InBrowser extends Lending<BrowsedHospital> {

    /** Enough for every ward to have people and free beds. */
    private static final int BEDS = 60;

    InBrowser() {
        super(BrowsedHospital.class, new Keeper());
    }

    private static final class Keeper implements Loans.Keeper<BrowsedHospital> {

        @Override
        public BrowsedHospital made() {
            return BrowsedHospital.open(OnTrial.folder(), BEDS);
        }

        @Override
        public void settle(BrowsedHospital browsed) {
            browsed.closeWindows();
            OnTrial.calm(browsed.hospital());
        }

        @Override
        public void throwAway(BrowsedHospital browsed) {
            browsed.close();
        }
    }
}
