package trimaran.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/** Valid resources of the commonest types, and short ways to check one. Every name in them is invented. */
final class Samples {

    static final String CONCEPT = "{'coding':[{'system':'http://loinc.org','code':'8867-4'}],'text':'Heart rate'}";
    static final String SUBJECT = "'subject':{'reference':'Patient/p1'}";
    static final String DIV = "<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p>Anna &amp; Max<br/></p></div>";

    static final String PATIENT = "{'resourceType':'Patient','id':'p1','text':{'status':'generated','div':'" + DIV
            + "'},'identifier':[{'use':'official','system':'urn:oid:1.2.250.1.213.1.4.8','value':'184127645108946'}],"
            + "'active':true,'name':[{'use':'official','family':'Noël-Bœuf','given':['Anna','Maria'],"
            + "'_given':[null,{'extension':[{'url':'http://example.org/e','valueBoolean':true}]}]}],"
            + "'gender':'female','birthDate':'1984-12-27','_birthDate':{'extension':[{'url':"
            + "'http://hl7.org/fhir/StructureDefinition/patient-birthTime','valueDateTime':'1984-12-27T05:10:00+01:00'}]},"
            + "'deceasedBoolean':false,'link':[{'other':{'reference':'Patient/p2'},'type':'seealso'}]}";

    static final String OBSERVATION = "{'resourceType':'Observation','status':'final','code':" + CONCEPT + "," + SUBJECT
            + ",'encounter':{'reference':'Encounter/e1'},'effectiveDateTime':'2026-02-28T23:59:60.5Z',"
            + "'component':[{'code':" + CONCEPT + ",'valueQuantity':{'value':1.10,'unit':'/min'}},"
            + "{'code':" + CONCEPT + ",'valueQuantity':{'value':-0.5e3}},{'code':" + CONCEPT + ",'valueInteger':-7}]}";

    static final String ENCOUNTER = "{'resourceType':'Encounter','status':'in-progress','class':{'system':"
            + "'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'IMP'}," + SUBJECT
            + ",'period':{'start':'2026-01-01T08:00:00Z'},'location':[{'location':{'reference':'Location/l1'}}]}";

    static final String CONDITION = "{'resourceType':'Condition','clinicalStatus':{'coding':[{'system':"
            + "'http://terminology.hl7.org/CodeSystem/condition-clinical','code':'active'}]},'category':[{'coding':[{"
            + "'code':'problem-list-item'}]}]," + SUBJECT + ",'encounter':{'reference':'Encounter/e1'}}";

    static final List<String> VALID = List.of(
            PATIENT,
            OBSERVATION,
            ENCOUNTER,
            CONDITION,
            "{'resourceType':'AllergyIntolerance','type':'allergy','category':['food','medication'],"
                    + "'patient':{'reference':'Patient/p1'},'reaction':[{'manifestation':[" + CONCEPT + "]}]}",
            "{'resourceType':'Procedure','status':'completed'," + SUBJECT + ",'performedPeriod':{'start':'2025-04'}}",
            "{'resourceType':'MedicationRequest','status':'active','intent':'order','medicationCodeableConcept':"
                    + CONCEPT + "," + SUBJECT + ",'authoredOn':'2026','courseOfTherapyType':{'coding':[{'code':"
                    + "'continuous'}]},'dosageInstruction':[{'sequence':1,'doseAndRate':[{'doseQuantity':{'value':1}}],"
                    + "'timing':{'repeat':{'timeOfDay':['08:00:00','20:00:00.5']}}}]}",
            "{'resourceType':'MedicationStatement','status':'active','medicationReference':{'reference':'#m'},"
                    + "'contained':[{'resourceType':'Medication','id':'m','code':" + CONCEPT + "}]," + SUBJECT + "}",
            "{'resourceType':'MedicationAdministration','status':'completed','medicationCodeableConcept':" + CONCEPT
                    + "," + SUBJECT + ",'effectiveDateTime':'2026-03-01'}",
            "{'resourceType':'MedicationDispense','status':'completed','medicationCodeableConcept':" + CONCEPT + "}",
            "{'resourceType':'Medication','amount':{'numerator':{'value':1},'denominator':{'value':2}}}",
            "{'resourceType':'Immunization','status':'completed','vaccineCode':" + CONCEPT
                    + ",'patient':{'reference':'Patient/p1'},'occurrenceString':'as a child'}",
            "{'resourceType':'DiagnosticReport','status':'final','code':" + CONCEPT + "," + SUBJECT
                    + ",'issued':'2026-05-05T10:00:00.000Z','result':[{'reference':'Observation/o1/_history/2'}]}",
            "{'resourceType':'ServiceRequest','status':'active','intent':'order'," + SUBJECT
                    + ",'identifier':[{'system':'urn:o','value':'77'}],'occurrenceDateTime':'2026-07-09'}",
            "{'resourceType':'Specimen','status':'available'," + SUBJECT + ",'collection':{'duration':{'value':3}}}",
            "{'resourceType':'DocumentReference','status':'current','content':[{'attachment':{'contentType':"
                    + "'application/pdf','data':'SGVs bG8=','size':5}}]," + SUBJECT
                    + ",'context':{'encounter':[{'reference':'Encounter/e1'}]}}",
            "{'resourceType':'Composition','status':'final','type':" + CONCEPT
                    + ",'date':'2026-08-01','author':[{'display':'Dr Moreau'}],'title':'Lettre de sortie'}",
            "{'resourceType':'CarePlan','status':'active','intent':'plan'," + SUBJECT + ",'activity':[{'detail':"
                    + "{'status':'in-progress','description':'walk'}}]}",
            "{'resourceType':'Goal','lifecycleStatus':'active','description':" + CONCEPT + "," + SUBJECT + "}",
            "{'resourceType':'Appointment','status':'booked','start':'2026-09-09T09:00:00Z','participant':[{'actor':"
                    + "{'reference':'Practitioner/d1'},'status':'accepted'},{'actor':{'reference':'Patient/p1'},"
                    + "'status':'accepted'}]}",
            "{'resourceType':'Task','status':'requested','intent':'order','for':{'reference':'Patient/p1'}}",
            "{'resourceType':'Organization','name':'Cardiologie','partOf':{'reference':'Organization/o1'}}",
            "{'resourceType':'Practitioner','name':[{'family':'Moreau','given':['Jean']}]}",
            "{'resourceType':'PractitionerRole','practitioner':{'reference':'Practitioner/d1'}}",
            "{'resourceType':'Location','name':'Lit 12','position':{'longitude':2.35,'latitude':48.85}}",
            "{'resourceType':'Device','deviceName':[{'name':'Pompe','type':'user-friendly-name'}]}",
            "{'resourceType':'RelatedPerson','patient':{'reference':'Patient/p1'},'birthDate':'1960'}",
            "{'resourceType':'Coverage','status':'active','beneficiary':{'reference':'Patient/p1'},"
                    + "'payor':[{'identifier':{'value':'CPAM 75'}}]}",
            "{'resourceType':'Claim','status':'active','type':" + CONCEPT + ",'use':'claim','patient':{'reference':"
                    + "'Patient/p1'},'created':'2026-02-02','provider':{'display':'x'},'priority':" + CONCEPT
                    + ",'insurance':[{'sequence':1,'focal':true,'coverage':{'display':'x'}}],'total':{'value':12.00,"
                    + "'currency':'EUR'}}",
            "{'resourceType':'Provenance','target':[{'reference':'Encounter/e1'},{'reference':'Patient/p1'}],"
                    + "'recorded':'2026-04-01T00:00:00Z','agent':[{'who':{'display':'x'}}]}",
            "{'resourceType':'QuestionnaireResponse','status':'completed','item':[{'linkId':'1','answer':[{"
                    + "'valueDecimal':1.0},{'valueDate':'2024-02-29','item':[{'linkId':'1.1'}]}]}]}",
            "{'resourceType':'Bundle','type':'collection','entry':[{'resource':{'resourceType':'Basic','code':"
                    + CONCEPT + "}}]}",
            "{'resourceType':'Parameters','parameter':[{'name':'x','part':[{'name':'y','valueUuid':"
                    + "'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'}]}]}");

    private Samples() {}

    /** Samples are written with single quotes, to be readable. */
    static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    static Resource accepted(String json) {
        return accepted(bytes(json));
    }

    static Resource accepted(byte[] json) {
        return switch (StrictParser.parse(json)) {
            case Outcome.Done<Resource>(Resource resource) -> resource;
            case Outcome.Refused<Resource>(Refusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    static Refusal refused(String json) {
        return refused(bytes(json));
    }

    static Refusal refused(byte[] json) {
        return switch (StrictParser.parse(json)) {
            case Outcome.Done<Resource> done ->
                throw new AssertionError("accepted " + done.value().type());
            case Outcome.Refused<Resource>(Refusal refusal) -> refusal;
        };
    }

    static Bundle bundle(String json) {
        return switch (BundleReader.read(bytes(json))) {
            case Outcome.Done<Bundle>(Bundle bundle) -> bundle;
            case Outcome.Refused<Bundle>(Refusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    static Refusal bundleRefused(byte[] json) {
        return switch (BundleReader.read(json)) {
            case Outcome.Done<Bundle> done ->
                throw new AssertionError("accepted " + done.value().type());
            case Outcome.Refused<Bundle>(Refusal refusal) -> refusal;
        };
    }
}
