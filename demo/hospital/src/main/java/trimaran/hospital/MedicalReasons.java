package trimaran.hospital;

import java.util.List;

/** Why somebody is on a medical ward. */
final class MedicalReasons {

    static final List<Reason> MEDICINE = List.of(
            Reason.of(
                    "J18.1",
                    "Pneumopathie lobaire",
                    Course.LUNG_FEVER,
                    "amoxclav-iv paracetamol enoxaparine pantoprazole salbutamol-si",
                    "NFS IONO CRP",
                    Diet.NORMAL,
                    "Toux et fièvre depuis trois jours, foyer de crépitants à la base droite. Antibiothérapie débutée aux urgences."),
            Reason.of(
                    "N10",
                    "Pyélonéphrite aiguë",
                    Course.FEVER,
                    "ceftriaxone paracetamol-iv enoxaparine phloroglucinol-si",
                    "NFS IONO CRP",
                    Diet.NORMAL,
                    "Fièvre à 39, douleur lombaire droite, brûlures mictionnelles. Échographie sans dilatation."),
            Reason.of(
                            "A09.9",
                            "Gastro-entérite infectieuse",
                            Course.FEVER,
                            "glucose5 paracetamol phloroglucinol-si ondansetron-si",
                            "NFS IONO CRP",
                            Diet.LOW_RESIDUE,
                            "Diarrhée et vomissements depuis 48 heures, signes de déshydratation. Coproculture en cours.")
                    .isolated(Isolation.CONTACT),
            Reason.of(
                            "J10.1",
                            "Grippe avec atteinte respiratoire",
                            Course.LUNG_FEVER,
                            "paracetamol ipratropium enoxaparine salbutamol-si",
                            "NFS IONO CRP",
                            Diet.NORMAL,
                            "Syndrome grippal, désaturation à l'effort. Test rapide positif à l'entrée.")
                    .isolated(Isolation.DROPLET),
            Reason.of(
                    "L03.1",
                    "Érysipèle de jambe",
                    Course.FEVER,
                    "amoxclav paracetamol enoxaparine tramadol-si",
                    "NFS IONO CRP",
                    Diet.NORMAL,
                    "Jambe droite rouge, chaude, douloureuse, porte d'entrée interdigitale. Contours marqués au feutre."),
            Reason.of(
                    "E11.6",
                    "Diabète de type 2 déséquilibré",
                    Course.STABLE,
                    "glargine asparte metformine enoxaparine",
                    "NFS IONO",
                    Diet.DIABETIC,
                    "Hyperglycémie à 18 mmol/L sans acidose, amaigrissement. Reprise de l'insuline et éducation."),
            Reason.of(
                    "R55",
                    "Malaise avec perte de connaissance",
                    Course.STABLE,
                    "enoxaparine paracetamol-si",
                    "NFS IONO TROP",
                    Diet.NORMAL,
                    "Malaise au lever, sans traumatisme. Recherche d'une hypotension orthostatique et d'un trouble du rythme."));

    static final List<Reason> CARDIOLOGY = List.of(
            Reason.of(
                    "I50.1",
                    "Insuffisance cardiaque gauche décompensée",
                    Course.DYSPNOEA,
                    "furosemide-iv kcl bisoprolol ramipril spironolactone enoxaparine",
                    "NFS IONO BNP",
                    Diet.LOW_SALT,
                    "Dyspnée de repos, orthopnée, œdèmes des membres inférieurs. Prise de cinq kilos en dix jours."),
            Reason.of(
                    "I48.0",
                    "Fibrillation atriale rapide",
                    Course.DYSPNOEA,
                    "bisoprolol apixaban furosemide atorvastatine",
                    "NFS IONO TROP INR",
                    Diet.LOW_SALT,
                    "Palpitations depuis la veille, fréquence à 140. Ralentissement avant échographie."),
            Reason.of(
                    "I20.0",
                    "Angor instable",
                    Course.PAINFUL,
                    "aspirine ticagrelor atorvastatine bisoprolol enoxaparine trinitrine-si",
                    "NFS IONO TROP",
                    Diet.LOW_SALT,
                    "Douleurs thoraciques au moindre effort, troponine stable. Coronarographie programmée."),
            Reason.of(
                    "I33.0",
                    "Endocardite infectieuse",
                    Course.FEVER,
                    "amoxclav-iv paracetamol bisoprolol furosemide enoxaparine",
                    "NFS IONO CRP",
                    Diet.LOW_SALT,
                    "Fièvre prolongée, souffle mitral nouveau, hémocultures positives à streptocoque."));

    static final List<Reason> PNEUMOLOGY = List.of(
            Reason.of(
                    "J44.1",
                    "Exacerbation de BPCO",
                    Course.DYSPNOEA,
                    "salbutamol ipratropium prednisolone amoxclav enoxaparine nicotine",
                    "NFS IONO CRP",
                    Diet.NORMAL,
                    "Majoration de la dyspnée et des expectorations. Oxygène aux lunettes, objectif 88 à 92 %."),
            Reason.of(
                            "A15.0",
                            "Tuberculose pulmonaire",
                            Course.FEVER,
                            "levofloxacine paracetamol pantoprazole enoxaparine",
                            "NFS IONO CRP FOIE",
                            Diet.ENRICHED,
                            "Toux, sueurs nocturnes, amaigrissement, image cavitaire du lobe supérieur. Trois tubages demandés.")
                    .isolated(Isolation.AIR),
            Reason.of(
                    "I26.9",
                    "Embolie pulmonaire",
                    Course.DYSPNOEA,
                    "heparine paracetamol bisoprolol",
                    "NFS IONO TROP INR",
                    Diet.NORMAL,
                    "Dyspnée brutale et douleur thoracique, angioscanner positif, sans retentissement droit."),
            Reason.of(
                    "J45.0",
                    "Asthme aigu",
                    Course.DYSPNOEA,
                    "salbutamol ipratropium methylpred salbutamol-si pantoprazole",
                    "NFS IONO CRP",
                    Diet.NORMAL,
                    "Crise depuis 12 heures malgré le traitement de secours. Débit de pointe à 45 %."),
            Reason.of(
                    "J90",
                    "Épanchement pleural",
                    Course.LUNG_FEVER,
                    "amoxclav-iv paracetamol-iv enoxaparine tramadol-si",
                    "NFS IONO CRP",
                    Diet.NORMAL,
                    "Dyspnée et douleur basithoracique gauche. Ponction ramenant un liquide citrin."));

    static final List<Reason> GASTROENTEROLOGY = List.of(
            Reason.of(
                    "K92.2",
                    "Hémorragie digestive",
                    Course.BLEEDING,
                    "pantoprazole-iv nacl fer paracetamol-si",
                    "NFS IONO INR FOIE",
                    Diet.NOTHING,
                    "Méléna depuis la veille, hémoglobine à 7,4. Endoscopie faite, ulcère bulbaire traité."),
            Reason.of(
                    "K85.1",
                    "Pancréatite aiguë biliaire",
                    Course.PAINFUL,
                    "nacl paracetamol-iv nefopam enoxaparine morphine-si ondansetron-si",
                    "NFS IONO CRP FOIE",
                    Diet.NOTHING,
                    "Douleur épigastrique transfixiante, lipase à dix fois la normale. Scanner à 72 heures."),
            Reason.of(
                    "K70.3",
                    "Cirrhose décompensée, ascite",
                    Course.STABLE,
                    "furosemide spironolactone pantoprazole thiamine oxazepam",
                    "NFS IONO INR FOIE NUT",
                    Diet.LOW_SALT,
                    "Ascite tendue, ponction évacuatrice de six litres. Sevrage en cours."),
            Reason.of(
                    "K51.9",
                    "Poussée de rectocolite",
                    Course.FEVER,
                    "methylpred enoxaparine paracetamol vitamine-d phloroglucinol-si",
                    "NFS IONO CRP NUT",
                    Diet.LOW_RESIDUE,
                    "Huit selles sanglantes par jour, fébricule. Coproculture négative."));

    static final List<Reason> NEUROLOGY = List.of(
            Reason.of(
                    "I63.9",
                    "Infarctus cérébral sylvien gauche",
                    Course.TENSION,
                    "aspirine atorvastatine enoxaparine ramipril macrogol",
                    "NFS IONO INR",
                    Diet.MIXED,
                    "Déficit droit et aphasie de début brutal, thrombolyse à 2 h 40. Trouble de la déglutition."),
            Reason.of(
                    "G40.9",
                    "Crises d'épilepsie répétées",
                    Course.STABLE,
                    "levetiracetam enoxaparine paracetamol-si",
                    "NFS IONO",
                    Diet.NORMAL,
                    "Trois crises généralisées en 24 heures après oubli du traitement."),
            Reason.of(
                    "G20",
                    "Maladie de Parkinson, fluctuations",
                    Course.STABLE,
                    "levodopa macrogol enoxaparine quetiapine",
                    "NFS IONO",
                    Diet.MIXED,
                    "Blocages et dyskinésies invalidantes. Adaptation des horaires : ne pas décaler les prises."),
            Reason.of(
                    "G61.0",
                    "Syndrome de Guillain-Barré",
                    Course.STABLE,
                    "enoxaparine paracetamol oxycodone-lp macrogol oxynorm-si",
                    "NFS IONO CRP",
                    Diet.NORMAL,
                    "Déficit moteur ascendant. Immunoglobulines, capacité vitale mesurée toutes les huit heures."));

    static final List<Reason> NEPHROLOGY = List.of(
            Reason.of(
                    "N17.9",
                    "Insuffisance rénale aiguë",
                    Course.DYSPNOEA,
                    "furosemide-iv pantoprazole amlodipine paracetamol-si",
                    "NFS IONO CRP",
                    Diet.RENAL,
                    "Créatinine passée de 110 à 380 sous anti-inflammatoire. Diurèse surveillée à l'heure."),
            Reason.of(
                    "N18.5",
                    "Insuffisance rénale terminale, début de dialyse",
                    Course.TENSION,
                    "sevelamer epoetine furosemide amlodipine vitamine-d fer",
                    "NFS IONO NUT",
                    Diet.RENAL,
                    "Première série de séances par cathéter. Poids sec en cours de réglage."),
            Reason.of(
                            "T82.7",
                            "Infection de cathéter de dialyse",
                            Course.SEPSIS,
                            "vancomycine paracetamol epoetine sevelamer",
                            "NFS IONO CRP LACT",
                            Diet.RENAL,
                            "Frissons pendant la séance, orifice inflammatoire. Cathéter retiré, hémocultures en cours.")
                    .isolated(Isolation.CONTACT));

    static final List<Reason> GERIATRICS = List.of(
            Reason.of(
                    "R29.6",
                    "Chutes à répétition",
                    Course.STABLE,
                    "paracetamol vitamine-d enoxaparine macrogol",
                    "NFS IONO NUT",
                    Diet.ENRICHED,
                    "Troisième chute en un mois, sans fracture. Bilan de marche et révision du traitement."),
            Reason.of(
                    "F05.1",
                    "Confusion aiguë",
                    Course.FEVER,
                    "ceftriaxone paracetamol donepezil macrogol cyamemazine-si",
                    "NFS IONO CRP NUT",
                    Diet.MIXED,
                    "Agitation et inversion du rythme depuis trois jours, infection urinaire retrouvée."),
            Reason.of(
                    "J69.0",
                    "Pneumopathie d'inhalation",
                    Course.LUNG_FEVER,
                    "amoxclav-iv paracetamol-iv enoxaparine salbutamol",
                    "NFS IONO CRP NUT",
                    Diet.MIXED,
                    "Encombrement après fausse route au repas. Reprise alimentaire mixée, assise à 90 degrés."),
            Reason.of(
                    "I50.0",
                    "Insuffisance cardiaque globale",
                    Course.DYSPNOEA,
                    "furosemide-iv bisoprolol kcl apixaban",
                    "NFS IONO BNP NUT",
                    Diet.LOW_SALT,
                    "Dyspnée et œdèmes chez une personne vivant seule. Pesée chaque matin."),
            Reason.of(
                            "A04.7",
                            "Colite à Clostridioides difficile",
                            Course.FEVER,
                            "metronidazole paracetamol enoxaparine",
                            "NFS IONO CRP NUT",
                            Diet.LOW_RESIDUE,
                            "Diarrhée sous antibiotique, toxine positive. Gants et surblouse, lavage des mains au savon.")
                    .isolated(Isolation.CONTACT));

    static final List<Reason> ONCOLOGY = List.of(
            Reason.of(
                            "D70",
                            "Aplasie fébrile",
                            Course.SEPSIS,
                            "piptazo filgrastim paracetamol pantoprazole ondansetron-si",
                            "NFS IONO CRP LACT",
                            Diet.ENRICHED,
                            "Fièvre au neuvième jour d'une cure, neutrophiles à 0,3. Chambre protégée.")
                    .isolated(Isolation.PROTECTIVE),
            Reason.of(
                            "C50.9",
                            "Cancer du sein, cure de chimiothérapie",
                            Course.STABLE,
                            "dexamethasone pantoprazole enoxaparine ondansetron-si",
                            "NFS IONO FOIE",
                            Diet.NORMAL,
                            "Quatrième cure, bonne tolérance. Contrôle de la numération avant administration.")
                    .only(Reason.Whom.WOMEN),
            Reason.of(
                    "C34.9",
                    "Cancer bronchique, douleurs osseuses",
                    Course.PAINFUL,
                    "morphine-lp paracetamol dexamethasone macrogol enoxaparine morphine-si",
                    "NFS IONO CRP NUT",
                    Diet.ENRICHED,
                    "Douleurs lombaires mal contrôlées, titration de la morphine. Radiothérapie antalgique demandée."),
            Reason.of(
                    "C18.9",
                    "Cancer colique, altération de l'état général",
                    Course.STABLE,
                    "oxycodone-lp macrogol enoxaparine oxynorm-si",
                    "NFS IONO FOIE NUT",
                    Diet.ENRICHED,
                    "Perte de huit kilos, soins de support et discussion du projet de soins."));

    static final List<Reason> PSYCHIATRY = List.of(
            Reason.of(
                    "F32.2",
                    "Épisode dépressif sévère",
                    Course.STABLE,
                    "sertraline mirtazapine oxazepam zopiclone-si",
                    "NFS IONO",
                    Diet.NORMAL,
                    "Tristesse et idées noires depuis deux mois, perte de sept kilos. Surveillance rapprochée."),
            Reason.of(
                    "F20.0",
                    "Schizophrénie, rechute délirante",
                    Course.STABLE,
                    "olanzapine risperidone oxazepam cyamemazine-si",
                    "NFS IONO FOIE",
                    Diet.NORMAL,
                    "Arrêt du traitement depuis six semaines, propos de persécution, adhésion partielle aux soins."),
            Reason.of(
                    "F31.1",
                    "Trouble bipolaire, accès maniaque",
                    Course.STABLE,
                    "lithium olanzapine zopiclone-si cyamemazine-si",
                    "NFS IONO",
                    Diet.NORMAL,
                    "Exaltation, insomnie totale, dépenses. Lithiémie de contrôle à cinq jours."),
            Reason.of(
                    "F10.3",
                    "Sevrage d'alcool",
                    Course.STABLE,
                    "oxazepam thiamine nicotine paracetamol-si",
                    "NFS IONO FOIE",
                    Diet.NORMAL,
                    "Demande de sevrage, tremblements à l'entrée, pas de crise. Hydratation et vitamines."));

    private MedicalReasons() {}
}
