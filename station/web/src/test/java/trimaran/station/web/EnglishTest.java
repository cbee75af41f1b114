package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.web.OpenWeb.Browser;
import trimaran.station.web.check.Formulary;

/**
 * Who reads English reads no French but what people wrote and names bear: every page a link leads to, and what becomes of each form
 * that is sent empty, is gone through by a nurse, a physician, the admission desk and an officer.
 */
class EnglishTest {

    private static final String RECORD = "/patients/" + FakeHospital.PATIENT;

    /** Words only French has, and letters English does without. */
    private static final Pattern FRENCH = Pattern.compile(
            "[éèêàâçîïôûùœ]|\\b(le|la|les|des|du|une|est|sont|pas|dans|avec|sur|cette|aux|aucune?|sortie|données"
                    + "|jours?|heures?|service|lit|ans|vous|votre|depuis|jusqu)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What names of the invented hospital and its drugs are, longest first, and the way to the other language. */
    private static final List<String> SAID = said();

    /** Not followed: they end what is gone through. */
    private static final Set<String> ENDING = Set.of("/verrouiller", "/fin-de-poste", "/reglages", "/connexion");

    private static final int PAGES_MAX = 400;

    private final OpenWeb web = new OpenWeb();
    private final Map<String, List<String>> french = new LinkedHashMap<>();
    private final Set<String> seen = new LinkedHashSet<>();

    @BeforeEach
    void aPatientWithSomethingOnEachPage() {
        web.hospital.second = true;
        // Nothing is written, so that what one form does takes no page from those behind it.
        web.hospital.nextWrites =
                transaction -> Optional.of(new WriteResult.Refused(Refusal.of(Code.UNAVAILABLE, "nothing is written")));
        for (String one : List.of(
                """
                {'resourceType':'Encounter','status':'in-progress','class':{'code':'IMP'},
                'extension':[{'url':'urn:trimaran:expected-end','valueDateTime':'2026-11-24T18:00:00+01:00'}],
                'subject':{'reference':'Patient/%s'},'period':{'start':'2026-11-22T05:40:00+01:00'},
                'location':[{'location':{'reference':'Location/%s'},'status':'active',
                'period':{'start':'2026-11-22T05:40:00+01:00'}}]}""".formatted(FakeHospital.PATIENT, FakeHospital.id(11)),
                """
                {'resourceType':'AllergyIntolerance','clinicalStatus':{'coding':[{'code':'active'}]},
                'code':{'text':'penicillin'},'criticality':'high','reaction':[{'manifestation':[{'text':'rash'}]}]}""",
                """
                {'resourceType':'Flag','status':'active','code':{'text':'Contact','coding':[{'system':'urn:trimaran:flag',
                'code':'isolation-contact'}]}}""",
                """
                {'resourceType':'MedicationRequest','status':'active','intent':'order',
                'authoredOn':'2026-11-23T09:00:00+01:00','medicationCodeableConcept':{'text':'heparin'},
                'dosageInstruction':[{'timing':{'repeat':{'timeOfDay':['08:00:00','20:00:00'],
                'boundsPeriod':{'start':'2026-11-23T09:00:00+01:00'}}},'doseAndRate':[{'doseQuantity':{'value':1,
                'unit':'mg'}}]}]}""",
                """
                {'resourceType':'MedicationRequest','status':'active','intent':'order',
                'authoredOn':'2026-11-23T09:00:00+01:00','medicationCodeableConcept':{'text':'morphine'},
                'dosageInstruction':[{'asNeededBoolean':true}]}""",
                """
                {'resourceType':'Observation','status':'final','category':[{'coding':[{'code':'vital-signs'}]}],
                'code':{'text':'Temperature','coding':[{'system':'http://loinc.org','code':'8310-5'}]},
                'effectiveDateTime':'2026-11-24T06:00:00+01:00','valueQuantity':{'value':38.5,'unit':'C'}}""",
                """
                {'resourceType':'Observation','status':'final','category':[{'coding':[{'code':'laboratory'}]}],
                'code':{'text':'Potassium'},'effectiveDateTime':'2026-11-24T06:00:00+01:00',
                'valueQuantity':{'value':6.9,'unit':'mmol/L'},'interpretation':[{'coding':[{'code':'HH'}]}],
                'referenceRange':[{'low':{'value':3.5},'high':{'value':5.1}}]}""",
                """
                {'resourceType':'ServiceRequest','status':'active','intent':'order','code':{'text':'Troponin'},
                'authoredOn':'2026-11-24T06:00:00+01:00'}""",
                """
                {'resourceType':'DocumentReference','status':'current','type':{'text':'Note'},'content':[{'attachment':
                {'contentType':'text/plain; charset=utf-8','data':'%s'}}]}""".formatted(base64("Slept well")))) {
            web.hospital.add(one);
        }
    }

    @AfterEach
    void close() {
        web.close();
    }

    private static List<String> said() {
        List<String> said = new ArrayList<>(List.of(
                "Hôpital d’essai",
                "Médecine A",
                "Médecine",
                "Chirurgie",
                "312 fenêtre",
                "fenêtre",
                "fuite d’eau",
                "Français"));
        Formulary.here().all().forEach(drug -> said.addAll(List.of(drug.dci(), drug.form(), drug.unit())));
        said.sort(Comparator.comparingInt(String::length).reversed());
        return said;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void noPageAnybodyIsLedToSpeaksFrench() {
        web.hospital.roles = List.of("nurse", "ward-manager");
        walk(english("infirmiere"), List.of("/services", RECORD, "/coques", "/recherche?q=morel", "/nowhere"));
        web.hospital.roles = List.of("physician", "laboratory");
        waitingResult();
        walk(english("medecin"), List.of(RECORD, RECORD + "/prescrire?m=paracetamol", "/rattacher", "/nowhere"));
        web.hospital.roles = List.of("clerk");
        walk(english("infirmiere"), List.of("/messages", "/rapprocher", "/admettre", RECORD + "/acces-motive"));
        walk(english(FakeCuts.OFFICER), List.of("/coques", "/coques/couper", "/coques/carte", "/services"));
        web.hospital.applicationUp = false;
        web.hospital.waiting = 2;
        walk(english("medecin"), List.of("/services", "/coques", RECORD));
        assertThat(french).as(seen.size() + " pages").isEmpty();
        for (String page : List.of(
                "/donner?",
                "/mesurer",
                "/mouvement",
                "/lit?lit=",
                "/admettre?",
                "/rattacher?tache=",
                "/arreter?",
                "/prescrire?",
                "/coques/couper",
                "/messages",
                "/acces-motive")) {
            assertThat(seen).as(page).anyMatch(one -> one.contains(page));
        }
    }

    /** A check that cannot fail is none. */
    @Test
    void aPageInFrenchIsFound() {
        Browser browser = web.browser().in("infirmiere");
        for (String page : List.of("/services", "/services/" + FakeHospital.WARD, RECORD, "/coques", "/nowhere")) {
            look(page, browser.get(page).body());
        }
        assertThat(french).hasSize(5);
    }

    private Browser english(String badge) {
        Browser browser = web.browser();
        browser.get("/connexion");
        browser.post("/reglages", "langue", "en", "vers", "/connexion");
        look("/connexion " + badge, browser.get("/connexion").body());
        HttpResponse<String> wrong = browser.post("/connexion", "badge", badge, "pin", "000000");
        look("/connexion, wrong", wrong.body());
        return browser.in(badge);
    }

    private void waitingResult() {
        String url = "urn:uuid:00000000-0000-4000-8000-000000000000";
        String person = """
                {"resourceType":"Person","extension":[{"url":"urn:trimaran:waiting-message","valueAttachment":
                {"contentType":"x-application/hl7-v2+er7","data":"%s"}}],"name":[{"family":"Morel","given":["Jeanne"]}],
                "gender":"female","birthDate":"1944-03-14"}""".formatted(base64("LABO;Electrolytes"));
        String task = """
                {"resourceType":"Task","status":"requested","intent":"proposal","code":{"coding":
                [{"system":"urn:trimaran:task","code":"result-to-attach"}]},"focus":{"reference":"%s"},
                "authoredOn":"2026-11-24T07:05:00+01:00","reasonCode":{"text":"name or birth date differ"}}""".formatted(url);
        web.hospital.writes.write(Transaction.clinical(List.of(
                new Change.Create(
                        Texts.resource(person.getBytes(StandardCharsets.UTF_8)).orElseThrow(), url, List.of(), ""),
                new Change.Create(
                        Texts.resource(task.getBytes(StandardCharsets.UTF_8)).orElseThrow()))));
    }

    /** Follows what pages lead to, and sends each of their forms with what was typed into none of its fields. */
    private void walk(Browser browser, List<String> from) {
        ArrayDeque<String> ahead = new ArrayDeque<>(from);
        Set<String> asked = new LinkedHashSet<>(from);
        while (!ahead.isEmpty()) {
            String path = ahead.removeFirst();
            assertThat(asked.size()).isLessThan(PAGES_MAX);
            String page = browser.get(path).body();
            look(path, page);
            for (MatchResult link : all("(?:href|action)=\"(/[^\"#]*)", page)) {
                String to = String.valueOf(link.group(1)).replace("&amp;", "&");
                if (!to.startsWith("/s/") && !ENDING.contains(to) && asked.add(to)) {
                    ahead.add(to);
                }
            }
            for (MatchResult form : all("(?s)<form([^>]*)>(.*?)</form>", page)) {
                send(browser, path, String.valueOf(form.group(1)), String.valueOf(form.group(2)));
            }
        }
    }

    private void send(Browser browser, String path, String form, String inside) {
        List<MatchResult> action = all("action=\"(/[^\"]*)", form);
        String to = action.isEmpty() ? path : String.valueOf(action.getFirst().group(1));
        if (!form.contains("method=\"post\"") || ENDING.contains(to)) {
            return;
        }
        List<String> hidden = new ArrayList<>();
        for (MatchResult field : all("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"", inside)) {
            if (!"jeton".equals(field.group(1))) {
                hidden.addAll(List.of(String.valueOf(field.group(1)), String.valueOf(field.group(2))));
            }
        }
        List<MatchResult> buttons = all("<button[^>]*name=\"([^\"]+)\" value=\"([^\"]*)\"", inside);
        for (int i = -1; i < buttons.size(); i++) {
            List<String> fields = new ArrayList<>(hidden);
            if (i >= 0) {
                fields.addAll(List.of(
                        String.valueOf(buttons.get(i).group(1)),
                        String.valueOf(buttons.get(i).group(2))));
            }
            String said = to + " sent empty, "
                    + (i < 0 ? "no button" : String.valueOf(buttons.get(i).group(2)));
            if (seen.add(said)) {
                look(
                        said,
                        browser.post(to.replace("&amp;", "&"), fields.toArray(String[]::new))
                                .body());
            }
        }
    }

    private void look(String path, String page) {
        seen.add(path);
        String text = page.replaceAll("(?s)<(script|style|svg).*?</\\1>", " ");
        StringBuilder read = new StringBuilder();
        all("(?:aria-label|placeholder|title|alt)=\"([^\"]*)\"", text)
                .forEach(one -> read.append(one.group(1)).append('\n'));
        read.append(text.replaceAll("<[^>]*>", "\n"));
        String rest = read.toString();
        for (String said : SAID) {
            rest = rest.replace(said, "");
        }
        List<String> found = rest.lines()
                .map(String::strip)
                .filter(line -> FRENCH.matcher(line).find())
                .toList();
        if (!found.isEmpty()) {
            french.put(path, found);
        }
    }

    private static List<MatchResult> all(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().toList();
    }
}
