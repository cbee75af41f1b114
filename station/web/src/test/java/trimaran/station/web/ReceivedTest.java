package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.model.Trait;
import trimaran.station.web.OpenWeb.Browser;

/** <i>Messages reçus</i>: found, shown as far as the admission desk may see, dealt with once more. */
class ReceivedTest {

    private static final String ID = "ab".repeat(32);

    private static final String SYSTEM = "urn:oid:1.2.250.1.999.1";
    private static final String PERSON = "{'resourceType':'Patient','identifier':[{'system':'" + SYSTEM
            + "','value':'J000042'}],'name':[{'family':'Abricot'}]}";

    /** An inbox that remembers what it was asked. */
    private static final class Letters implements Received {
        private final List<Query> asked = new ArrayList<>();
        private final List<String> again = new ArrayList<>();
        private Fate fate = Fate.REFUSED;
        private int lines = 1;
        private boolean busy;
        private List<Trait> numbers = List.of();
        private String type = "ADT A02";

        private Line line() {
            return new Line(
                    ID,
                    Instant.ofEpochMilli(OpenWeb.NOW),
                    "GAM CHDEMO",
                    type,
                    "M77",
                    "J000042",
                    fate,
                    "ZBE-4 : code hors de sa table ; reçu : <AJOUT>",
                    "ZBE-4: a code that is not in its table; got: <AJOUT>");
        }

        @Override
        public Outcome<List<Line>> find(Query query, int most) {
            asked.add(query);
            return busy
                    ? Outcome.refused(Code.BUSY, "")
                    : Outcome.done(java.util.Collections.nCopies(Math.min(lines, most), line()));
        }

        @Override
        public Optional<Content> open(String id) {
            return id.equals(ID)
                    ? Optional.of(new Content(
                            line(),
                            List.of(
                                    "MSH|^~\\&|GAM",
                                    "PID|||J000042||Abricot",
                                    "PV1||I|CARDIO^12^P",
                                    "PV2|||Syncope",
                                    "OBX|1|NM|K||6.9"),
                            numbers))
                    : Optional.empty();
        }

        @Override
        public Optional<Line> again(String id) {
            again.add(id);
            return id.equals(ID) ? Optional.of(line()) : Optional.empty();
        }
    }

    private final Letters letters = new Letters();
    private final OpenWeb web = new OpenWeb(true, true, letters);

    @AfterEach
    void close() {
        web.close();
    }

    private Browser clerk() {
        web.hospital.roles = List.of("clerk");
        return web.browser().in("infirmiere");
    }

    @Test
    void messagesAreFoundByWhatSomebodyKnows() {
        Browser clerk = clerk();
        String page = clerk.get("/messages?numero=M77&patient=J000042&jour=24%2F11%2F2026&suite=REFUSED")
                .body();
        assertThat(page)
                .contains("Messages reçus", "J000042", "M77", "ADT A02", "Refusé", "reçu : &lt;AJOUT")
                .contains("href=\"/messages/" + ID + "\"");
        Received.Query query = letters.asked.getLast();
        assertThat(query.controlId()).isEqualTo("M77");
        assertThat(query.patient()).isEqualTo("J000042");
        assertThat(query.fate()).contains(Received.Fate.REFUSED);
        assertThat(query.from()).isEqualTo(Instant.parse("2026-11-23T23:00:00Z"));
        assertThat(query.to()).isEqualTo(Instant.parse("2026-11-24T22:59:59.999Z"));
        letters.lines = WebLimits.ROWS_MAX + 1;
        assertThat(clerk.get("/messages").body()).contains("Il y en a d’autres, plus anciens");
        assertThat(page).contains("jj/mm/aaaa").contains("value=\"24/11/2026\"").doesNotContain("type=\"date\"");
        for (String wrong : List.of("demain", "31%2F11%2F2026", "2026-11-24")) {
            java.net.http.HttpResponse<String> answer = clerk.get("/messages?jour=" + wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(422);
            assertThat(answer.body()).as(wrong).contains("id=\"jour-faute\"");
        }
    }

    @Test
    void whoeverSearchesWhileSomebodyElseDoesIsToldSo() {
        letters.busy = true;
        java.net.http.HttpResponse<String> page = clerk().get("/messages");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains(Code.BUSY.tag());
    }

    @Test
    void ofResultsNothingIsShownButThatTheyCame() {
        String page = clerk().get("/messages/" + ID).body();
        assertThat(page).contains("PID|||J000042||Abricot", "CARDIO^12^P", "Contenu de soins, non montré ici");
        assertThat(page).doesNotContain("6.9").doesNotContain("Syncope");
        letters.type = "ORU R01";
        String result = clerk().get("/messages/" + ID).body();
        assertThat(result)
                .contains("PID|||J000042<")
                .doesNotContain("Abricot")
                .doesNotContain("CARDIO")
                .doesNotContain("Syncope");
        assertThat(clerk().get("/messages").body()).contains("ZBE-4").doesNotContain("AJOUT");
        assertThat(clerk().get("/messages/" + "cd".repeat(32)).statusCode()).isEqualTo(404);
    }

    @Test
    void aMessageAboutSomebodyIsShownOnceTheLedgersHaveALineOfIt() {
        Browser clerk = clerk();
        FakeHospital.FakeCare care = web.hospital.opened.getLast();
        clerk.get("/messages");
        clerk.get("/messages/" + ID);
        assertThat(care.exported).as("nobody the record knows").isEmpty();
        letters.numbers = List.of(Trait.identifier(SYSTEM, "J000042"));
        clerk.get("/messages/" + ID);
        assertThat(care.exported).as("nobody the record knows").isEmpty();
        web.hospital.lone = true;
        assertThat(clerk.get("/messages/" + ID).statusCode())
                .as("one hull's word")
                .isEqualTo(503);
        web.hospital.lone = false;
        web.hospital.add(PERSON);
        assertThat(clerk.get("/messages/" + ID).body()).contains("Abricot");
        assertThat(care.exported).hasSize(1);
        care.nextNote = Refusal.of(Code.UNAVAILABLE, "one hull alone");
        java.net.http.HttpResponse<String> refused = clerk.get("/messages/" + ID);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).doesNotContain("Abricot").contains(Code.UNAVAILABLE.tag());
        web.hospital.nextLookup = Refusal.of(Code.OVER_BUDGET, "200 an hour");
        assertThat(clerk.get("/messages/" + ID).body()).doesNotContain("Abricot");
    }

    @Test
    void aMessageIsDealtWithOnceMoreAndItsFateSaid() {
        Browser clerk = clerk();
        clerk.get("/messages/" + ID);
        letters.fate = Received.Fate.DONE;
        assertThat(clerk.post("/messages/" + ID).statusCode()).isEqualTo(303);
        assertThat(letters.again).containsExactly(ID);
        assertThat(web.events)
                .containsExactly(new WebEvent.MessageAgain(
                        Digest.sha256("infirmiere".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(clerk.get("/messages/" + ID).body()).contains("Message traité : enregistré.");
    }

    @Test
    void whoeverIsNotOfTheAdmissionDeskSeesNoMessages() {
        Browser nurse = web.browser().in("infirmiere");
        assertThat(nurse.get("/services").body()).doesNotContain("href=\"/messages\"");
        assertThat(nurse.get("/messages").statusCode()).isEqualTo(403);
        assertThat(nurse.get("/messages/" + ID).statusCode()).isEqualTo(403);
        assertThat(nurse.post("/messages/" + ID).statusCode()).isEqualTo(403);
        assertThat(letters.asked).isEmpty();
        assertThat(letters.again).isEmpty();
        assertThat(web.browser().get("/messages").statusCode()).isEqualTo(303);
    }
}
