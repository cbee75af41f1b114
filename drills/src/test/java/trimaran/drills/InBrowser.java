package trimaran.drills;

import com.microsoft.playwright.PlaywrightException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import trimaran.trial.TrialHospital;

/**
 * Lends each class of tests a filled hospital and a browser. Whoever comes next finds the people there who came before, as one would on
 * a ward, no window open and nobody at a screen. Where there is no browser, the class is skipped and says so.
 */
final class InBrowser extends Lending<BrowsedHospital> implements ExecutionCondition {

    /** Enough for every ward to have people and free beds. */
    private static final int BEDS = 60;

    InBrowser() {
        super(BrowsedHospital.class, new Keeper());
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return BrowsedHospital.isPossible()
                ? ConditionEvaluationResult.enabled("a browser is on the path")
                : ConditionEvaluationResult.disabled("no chromium on the path: pages are not tried in a browser");
    }

    private static final class Keeper implements Loans.Keeper<BrowsedHospital> {

        @Override
        public BrowsedHospital made() {
            return BrowsedHospital.open(OnTrial.folder(), BEDS);
        }

        @Override
        public void settle(BrowsedHospital browsed) {
            try {
                browsed.closeWindows();
            } catch (PlaywrightException dead) {
                throw new IllegalStateException("the browser is gone", dead);
            }
            // Who was at a screen would be locked out of it in the midst of another's test.
            browsed.hospital().kill(TrialHospital.STATION);
            browsed.hospital().start(TrialHospital.STATION);
            OnTrial.calm(browsed.hospital());
        }

        @Override
        public void throwAway(BrowsedHospital browsed) {
            browsed.close();
        }
    }
}
