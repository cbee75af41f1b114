package trimaran.simulator;

/** Planted bugs of a station that reads, each beside a tier that lies. */
final class PlantedReaders {

    private PlantedReaders() {}

    /** It holds no share against the commitment. */
    static final class AnyShare extends Plants {

        @Override
        Fault beside() {
            return Fault.LIES;
        }

        @Override
        boolean takesAnyShare() {
            return true;
        }
    }

    /** It asks no second tier for what the first leaves out. */
    static final class OneTier extends Plants {

        @Override
        Fault beside() {
            return Fault.LIES;
        }

        @Override
        boolean believesOneTier() {
            return true;
        }
    }
}
