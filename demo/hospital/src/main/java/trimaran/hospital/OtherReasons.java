package trimaran.hospital;

import java.util.List;
import java.util.Map;

/** Why somebody is on any other ward, and the whole list by what a ward is there for. */
final class OtherReasons {

    private static final List<Reason> MATERNITY = List.of(
            Reason.of(
                            "O80",
                            "Accouchement par voie basse",
                            Course.PAINFUL,
                            "paracetamol ketoprofene fer phloroglucinol-si",
                            "NFS",
                            Diet.NORMAL,
                            "Accouchement sans complication, allaitement débuté.")
                    .only(Reason.Whom.WOMEN),
            Reason.of(
                            "O82",
                            "Césarienne",
                            Course.OPERATED,
                            "paracetamol ketoprofene enoxaparine fer oxynorm-si",
                            "NFS CRP",
                            Diet.NORMAL,
                            "Césarienne en cours de travail, premier lever fait.")
                    .only(Reason.Whom.WOMEN),
            Reason.of(
                            "O14.1",
                            "Pré-éclampsie",
                            Course.TENSION,
                            "amlodipine paracetamol enoxaparine",
                            "NFS IONO FOIE",
                            Diet.NORMAL,
                            "Tension à 165, protéinurie, rythme fœtal normal. Surveillance rapprochée.")
                    .only(Reason.Whom.WOMEN),
            Reason.of(
                            "O60.0",
                            "Menace d'accouchement prématuré",
                            Course.STABLE,
                            "phloroglucinol-si paracetamol-si",
                            "NFS CRP",
                            Diet.NORMAL,
                            "Contractions à 31 semaines, col modifié. Maturation pulmonaire faite.")
                    .only(Reason.Whom.WOMEN));

    private static final List<Reason> NEONATOLOGY = List.of(
            Reason.of(
                    "P07.3",
                    "Prématurité à 33 semaines",
                    Course.STABLE,
                    "cafeine vitamine-d-bebe vitamine-k",
                    "NFS IONO",
                    Diet.MILK,
                    "Né à 33 semaines, respiration spontanée, peau à peau matin et soir."),
            Reason.of(
                    "P59.9",
                    "Ictère néonatal",
                    Course.STABLE,
                    "vitamine-d-bebe",
                    "NFS FOIE",
                    Diet.MILK,
                    "Bilirubine au-dessus de la courbe, photothérapie discontinue."),
            Reason.of(
                    "P36.9",
                    "Suspicion d'infection néonatale",
                    Course.FEVER,
                    "cefotaxime-enfant vitamine-d-bebe vitamine-k",
                    "NFS IONO CRP",
                    Diet.MILK,
                    "Geignement et fièvre maternelle, antibiotiques en attendant les cultures."));

    private static final List<Reason> PAEDIATRICS = List.of(
            Reason.of(
                            "J21.0",
                            "Bronchiolite",
                            Course.LUNG_FEVER,
                            "paracetamol-enfant salbutamol-enfant",
                            "NFS",
                            Diet.CHILD,
                            "Gêne respiratoire et moins de la moitié des biberons. Désencombrement avant les repas.")
                    .isolated(Isolation.DROPLET),
            Reason.of(
                    "J45.9",
                    "Crise d'asthme",
                    Course.DYSPNOEA,
                    "salbutamol-enfant prednisolone-enfant paracetamol-enfant",
                    "NFS",
                    Diet.CHILD,
                    "Crise au retour de l'école, amélioration sous aérosols."),
            Reason.of(
                    "K35.9",
                    "Appendicite opérée",
                    Course.OPERATED,
                    "paracetamol-enfant ibuprofene-enfant cefotaxime-enfant",
                    "NFS CRP",
                    Diet.CHILD,
                    "Douleur de fosse iliaque, cœlioscopie, suites simples."),
            Reason.of(
                            "A08.0",
                            "Gastro-entérite à rotavirus",
                            Course.FEVER,
                            "paracetamol-enfant glucose5",
                            "NFS IONO",
                            Diet.CHILD,
                            "Perte de 7 % du poids, réhydratation, reprise du lait.")
                    .isolated(Isolation.CONTACT),
            Reason.of(
                    "J18.9",
                    "Pneumonie",
                    Course.LUNG_FEVER,
                    "amoxicilline-enfant paracetamol-enfant",
                    "NFS CRP",
                    Diet.CHILD,
                    "Fièvre élevée, foyer à la radiographie."));

    private static final List<Reason> INTENSIVE_CARE = List.of(
            Reason.of(
                    "A41.9",
                    "Choc septique",
                    Course.VENTILATED,
                    "noradrenaline propofol sufentanil meropeneme vancomycine pantoprazole-iv enoxaparine insuline-ivse",
                    "NFS IONO CRP LACT INR",
                    Diet.NOTHING,
                    "Choc à point de départ abdominal, ventilation protectrice, amines en décroissance."),
            Reason.of(
                            "J80",
                            "Détresse respiratoire aiguë",
                            Course.VENTILATED,
                            "propofol sufentanil piptazo dexamethasone pantoprazole-iv enoxaparine nacl",
                            "NFS IONO CRP LACT",
                            Diet.NOTHING,
                            "Pneumopathie bilatérale, séances de décubitus ventral.")
                    .isolated(Isolation.DROPLET),
            Reason.of(
                    "I46.9",
                    "Arrêt cardiaque récupéré",
                    Course.VENTILATED,
                    "noradrenaline propofol sufentanil heparine pantoprazole-iv levetiracetam",
                    "NFS IONO TROP LACT INR",
                    Diet.NOTHING,
                    "Arrêt devant témoin, massage immédiat, contrôle de la température."),
            Reason.of(
                    "T07",
                    "Polytraumatisme",
                    Course.VENTILATED,
                    "propofol sufentanil noradrenaline paracetamol-iv enoxaparine pantoprazole-iv",
                    "NFS IONO LACT INR",
                    Diet.NOTHING,
                    "Accident de la route, fractures costales et du bassin, rate surveillée."));

    private static final List<Reason> STEP_DOWN = List.of(
            Reason.of(
                    "A41.5",
                    "Sepsis urinaire",
                    Course.SEPSIS,
                    "piptazo nacl paracetamol-iv enoxaparine pantoprazole-iv",
                    "NFS IONO CRP LACT",
                    Diet.NORMAL,
                    "Hypotension corrigée par le remplissage, hémocultures positives à E. coli."),
            Reason.of(
                    "E10.1",
                    "Acidocétose diabétique",
                    Course.SEPSIS,
                    "insuline-ivse nacl kcl enoxaparine paracetamol-si",
                    "NFS IONO LACT",
                    Diet.DIABETIC,
                    "Polyurie et vomissements, pH à 7,12. Insuline continue et potassium."),
            Reason.of(
                    "K92.0",
                    "Hématémèse",
                    Course.BLEEDING,
                    "pantoprazole-iv nacl ceftriaxone thiamine",
                    "NFS IONO INR FOIE",
                    Diet.NOTHING,
                    "Rupture de varices ligaturées, deux culots transfusés."));

    private static final List<Reason> CORONARY_CARE = List.of(
            Reason.of(
                    "I21.0",
                    "Infarctus antérieur",
                    Course.PAINFUL,
                    "aspirine ticagrelor atorvastatine bisoprolol ramipril heparine trinitrine-si",
                    "NFS IONO TROP",
                    Diet.LOW_SALT,
                    "Occlusion de l'artère interventriculaire, angioplastie à 3 heures."),
            Reason.of(
                    "I44.2",
                    "Bloc auriculo-ventriculaire complet",
                    Course.STABLE,
                    "enoxaparine paracetamol atorvastatine",
                    "NFS IONO TROP INR",
                    Diet.LOW_SALT,
                    "Syncope, fréquence à 32, stimulateur posé."),
            Reason.of(
                    "I50.1",
                    "Œdème pulmonaire aigu",
                    Course.DYSPNOEA,
                    "furosemide-iv kcl bisoprolol ramipril enoxaparine trinitrine-si",
                    "NFS IONO BNP TROP",
                    Diet.LOW_SALT,
                    "Détresse nocturne, ventilation non invasive pendant six heures."));

    private static final List<Reason> EMERGENCY = List.of(
            Reason.of(
                    "R07.4",
                    "Douleur thoracique",
                    Course.PAINFUL,
                    "aspirine paracetamol trinitrine-si",
                    "NFS IONO TROP",
                    Diet.NORMAL,
                    "Douleur de repos, électrocardiogramme normal. Deuxième troponine attendue."),
            Reason.of(
                    "S06.0",
                    "Traumatisme crânien sous anticoagulant",
                    Course.STABLE,
                    "paracetamol-iv nacl",
                    "NFS IONO INR",
                    Diet.NOTHING,
                    "Chute à domicile, scanner sans saignement, surveillance de 24 heures."),
            Reason.of(
                    "T50.9",
                    "Intoxication médicamenteuse",
                    Course.STABLE,
                    "nacl thiamine",
                    "NFS IONO FOIE",
                    Diet.NORMAL,
                    "Prise volontaire de benzodiazépines, réveil en cours, avis psychiatrique demandé."),
            Reason.of(
                    "R50.9",
                    "Fièvre sans point d'appel",
                    Course.FEVER,
                    "paracetamol-iv nacl ceftriaxone",
                    "NFS IONO CRP LACT",
                    Diet.NORMAL,
                    "Fièvre depuis 24 heures, prélèvements faits, antibiotique probabiliste."));

    private static final List<Reason> REHABILITATION = List.of(
            Reason.of(
                    "Z50.1",
                    "Rééducation après fracture du fémur",
                    Course.STABLE,
                    "paracetamol enoxaparine vitamine-d macrogol tramadol-si",
                    "NFS NUT",
                    Diet.ENRICHED,
                    "Marche avec déambulateur sur trente mètres, retour à domicile visé."),
            Reason.of(
                    "I69.3",
                    "Suites d'accident vasculaire cérébral",
                    Course.STABLE,
                    "aspirine atorvastatine ramipril escitalopram macrogol",
                    "NFS IONO",
                    Diet.MIXED,
                    "Hémiparésie droite en récupération, orthophonie quotidienne."),
            Reason.of(
                    "Z54.0",
                    "Convalescence après chirurgie digestive",
                    Course.STABLE,
                    "paracetamol enoxaparine fer pantoprazole",
                    "NFS NUT",
                    Diet.ENRICHED,
                    "Reprise de poids, soins de stomie appris."));

    private static final List<Reason> LONG_STAY = List.of(
            Reason.of(
                    "F00.1",
                    "Maladie d'Alzheimer évoluée",
                    Course.STABLE,
                    "donepezil macrogol paracetamol vitamine-d",
                    "NFS",
                    Diet.MIXED,
                    "Dépendance pour tous les actes, calme, reconnaît ses proches."),
            Reason.of(
                    "I69.4",
                    "Séquelles d'accident vasculaire",
                    Course.STABLE,
                    "aspirine atorvastatine macrogol paracetamol",
                    "NFS",
                    Diet.MIXED,
                    "Hémiplégie ancienne, fauteuil adapté, prévention d'escarre."),
            Reason.of(
                    "G30.9",
                    "Démence, troubles du comportement",
                    Course.STABLE,
                    "risperidone escitalopram macrogol cyamemazine-si",
                    "NFS",
                    Diet.NORMAL,
                    "Déambulation, animation l'après-midi, traitement réévalué chaque mois."));

    private static final Map<Care, List<Reason>> ALL = Map.ofEntries(
            Map.entry(Care.MEDICINE, MedicalReasons.MEDICINE),
            Map.entry(Care.CARDIOLOGY, MedicalReasons.CARDIOLOGY),
            Map.entry(Care.PNEUMOLOGY, MedicalReasons.PNEUMOLOGY),
            Map.entry(Care.GASTROENTEROLOGY, MedicalReasons.GASTROENTEROLOGY),
            Map.entry(Care.NEUROLOGY, MedicalReasons.NEUROLOGY),
            Map.entry(Care.NEPHROLOGY, MedicalReasons.NEPHROLOGY),
            Map.entry(Care.GERIATRICS, MedicalReasons.GERIATRICS),
            Map.entry(Care.ONCOLOGY, MedicalReasons.ONCOLOGY),
            Map.entry(Care.PSYCHIATRY, MedicalReasons.PSYCHIATRY),
            Map.entry(Care.DIGESTIVE_SURGERY, SurgicalReasons.DIGESTIVE_SURGERY),
            Map.entry(Care.ORTHOPAEDICS, SurgicalReasons.ORTHOPAEDICS),
            Map.entry(Care.UROLOGY, SurgicalReasons.UROLOGY),
            Map.entry(Care.HEAD_AND_NECK, SurgicalReasons.HEAD_AND_NECK),
            Map.entry(Care.DAY_SURGERY, SurgicalReasons.DAY_SURGERY),
            Map.entry(Care.MATERNITY, MATERNITY),
            Map.entry(Care.NEONATOLOGY, NEONATOLOGY),
            Map.entry(Care.PAEDIATRICS, PAEDIATRICS),
            Map.entry(Care.INTENSIVE_CARE, INTENSIVE_CARE),
            Map.entry(Care.STEP_DOWN, STEP_DOWN),
            Map.entry(Care.CORONARY_CARE, CORONARY_CARE),
            Map.entry(Care.EMERGENCY, EMERGENCY),
            Map.entry(Care.REHABILITATION, REHABILITATION),
            Map.entry(Care.LONG_STAY, LONG_STAY));

    private OtherReasons() {}

    /** Every reason this sex may come for. */
    static List<Reason> of(Care care, Sex sex) {
        return ALL.getOrDefault(care, List.of()).stream()
                .filter(reason -> reason.fits(sex))
                .toList();
    }
}
