package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.station.ResourceVersion;

/** Whoever reads sees at each line what nobody checked, and what was written long before it came into the record. */
class MarksTest {

    private static final String MEASURE = """
            {"resourceType":"Observation","status":"final","category":[{"coding":[{"code":"vital-signs"}]}],\
            "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}],"text":"Pouls"},\
            "effectiveDateTime":"2026-03-01T02:10:00Z","valueQuantity":{"value":88,"unit":"/min"}}""";
    private static final String NOTE = """
            {"resourceType":"DocumentReference","status":"current","description":"Transmission de nuit",\
            "date":"2026-03-01T02:12:00Z","content":[{"attachment":{"contentType":"text/plain","data":"bnVpdA=="}}]}""";

    private final OpenWeb web = new OpenWeb();
    private final OpenWeb.Browser browser = web.browser().in("infirmiere");

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void whatCameLateAndWhatNobodyCheckedIsMarkedAtItsLine() {
        version(1, "Observation", MEASURE, true, true);
        version(2, "DocumentReference", NOTE, false, true);
        for (String tab : new String[] {"constantes", "documents"}) {
            String page = page(tab);
            assertThat(page).as(tab).contains("arrivé après coup, ");
            assertThat(page.contains("non contrôlé</span>")).as(tab).isEqualTo(tab.equals("constantes"));
        }
        browser.post("/reglages", "langue", "en", "vers", "/services");
        assertThat(page("constantes")).contains("came in later, ", "unchecked</span>");
    }

    @Test
    void whatCameAtOnceBearsNoMark() {
        version(1, "Observation", MEASURE, false, false);
        version(2, "DocumentReference", NOTE, false, false);
        for (String tab : new String[] {"constantes", "documents"}) {
            assertThat(page(tab)).as(tab).doesNotContain("après coup", "non contrôlé</span>");
        }
    }

    private String page(String tab) {
        return browser.get("/patients/" + FakeHospital.PATIENT + "/" + tab).body();
    }

    private void version(int number, String type, String json, boolean continuity, boolean late) {
        web.hospital.patient.add(new ResourceVersion(
                FakeHospital.id(500 + number),
                type,
                1,
                new RecordTime(OpenWeb.NOW),
                Bytes.ofText(json),
                ResourceVersion.Standing.RECORDED,
                continuity,
                Digest.ZERO,
                Digest.ZERO,
                late));
    }
}
