package trimaran.hospital;

import java.util.List;

/** Why somebody is on a surgical ward. */
final class SurgicalReasons {

    static final List<Reason> DIGESTIVE_SURGERY = List.of(
            Reason.of(
                    "K35.8",
                    "Appendicectomie",
                    Course.OPERATED,
                    "amoxclav paracetamol ketoprofene enoxaparine tramadol-si ondansetron-si",
                    "NFS IONO CRP",
                    Diet.LOW_RESIDUE,
                    "Appendicite aiguë opérée par cœlioscopie. Reprise alimentaire progressive."),
            Reason.of(
                    "K80.0",
                    "Cholécystectomie",
                    Course.OPERATED,
                    "paracetamol ketoprofene enoxaparine tramadol-si ondansetron-si",
                    "NFS IONO FOIE",
                    Diet.LOW_RESIDUE,
                    "Cholécystite opérée, drain retiré au deuxième jour."),
            Reason.of(
                    "C18.7",
                    "Colectomie gauche",
                    Course.OPERATED,
                    "paracetamol-iv nefopam enoxaparine pantoprazole morphine-si ondansetron-si",
                    "NFS IONO CRP NUT",
                    Diet.LOW_RESIDUE,
                    "Résection colique avec anastomose, réhabilitation précoce, lever au premier jour."),
            Reason.of(
                    "K56.6",
                    "Occlusion du grêle",
                    Course.PAINFUL,
                    "glucose5 paracetamol-iv enoxaparine phloroglucinol-si",
                    "NFS IONO CRP LACT",
                    Diet.NOTHING,
                    "Vomissements et arrêt des gaz sur bride. Sonde en aspiration, surveillance clinique."));

    static final List<Reason> ORTHOPAEDICS = List.of(
            Reason.of(
                    "S72.0",
                    "Fracture du col du fémur opérée",
                    Course.OPERATED,
                    "paracetamol enoxaparine oxycodone-lp macrogol oxynorm-si",
                    "NFS IONO CRP",
                    Diet.ENRICHED,
                    "Chute de sa hauteur, prothèse intermédiaire. Premier lever au fauteuil avec aide."),
            Reason.of(
                    "M17.1",
                    "Prothèse totale de genou",
                    Course.OPERATED,
                    "paracetamol ketoprofene enoxaparine pantoprazole oxynorm-si",
                    "NFS IONO CRP",
                    Diet.NORMAL,
                    "Arthrose évoluée, prothèse posée. Flexion à 80 degrés."),
            Reason.of(
                    "S82.2",
                    "Fracture de jambe ostéosynthésée",
                    Course.OPERATED,
                    "paracetamol nefopam enoxaparine tramadol-si",
                    "NFS IONO",
                    Diet.NORMAL,
                    "Accident de deux-roues, enclouage. Surveillance de loge toutes les quatre heures."),
            Reason.of(
                            "M00.9",
                            "Arthrite septique du genou",
                            Course.FEVER,
                            "amoxclav-iv paracetamol-iv enoxaparine tramadol-si",
                            "NFS IONO CRP",
                            Diet.NORMAL,
                            "Genou chaud et fébrile, lavage articulaire. Prélèvements en culture.")
                    .isolated(Isolation.CONTACT));

    static final List<Reason> UROLOGY = List.of(
            Reason.of(
                            "N40",
                            "Résection de prostate",
                            Course.OPERATED,
                            "paracetamol tamsulosine enoxaparine phloroglucinol-si",
                            "NFS IONO",
                            Diet.NORMAL,
                            "Adénome résectionné, lavages clairs, ablation de sonde prévue.")
                    .only(Reason.Whom.MEN),
            Reason.of(
                    "N20.1",
                    "Colique néphrétique fébrile, sonde posée",
                    Course.FEVER,
                    "ceftriaxone paracetamol-iv ketoprofene tamsulosine",
                    "NFS IONO CRP",
                    Diet.NORMAL,
                    "Calcul de l'uretère gauche, dérivation en urgence."),
            Reason.of(
                    "C67.9",
                    "Résection de tumeur de vessie",
                    Course.OPERATED,
                    "paracetamol enoxaparine phloroglucinol-si",
                    "NFS IONO",
                    Diet.NORMAL,
                    "Résection endoscopique, hématurie en cours de résolution."));

    static final List<Reason> HEAD_AND_NECK = List.of(
            Reason.of(
                    "H26.9",
                    "Cataracte opérée",
                    Course.STABLE,
                    "dexa-collyre paracetamol-si",
                    "IONO",
                    Diet.NORMAL,
                    "Implant posé sans difficulté, coque la nuit."),
            Reason.of(
                    "J36",
                    "Phlegmon de l'amygdale",
                    Course.FEVER,
                    "amoxclav-iv paracetamol-iv methylpred tramadol-si",
                    "NFS IONO CRP",
                    Diet.MIXED,
                    "Trismus et voix couverte, ponction ramenant du pus."),
            Reason.of(
                    "E04.2",
                    "Thyroïdectomie",
                    Course.OPERATED,
                    "levothyroxine paracetamol vitamine-d tramadol-si",
                    "NFS IONO",
                    Diet.NORMAL,
                    "Goitre opéré, calcémie surveillée, voix normale."));

    static final List<Reason> DAY_SURGERY = List.of(
            Reason.of(
                    "K40.9",
                    "Hernie inguinale opérée",
                    Course.OPERATED,
                    "paracetamol ketoprofene tramadol-si",
                    "NFS",
                    Diet.NORMAL,
                    "Cure de hernie, sortie prévue le lendemain."),
            Reason.of(
                    "M75.1",
                    "Arthroscopie d'épaule",
                    Course.OPERATED,
                    "paracetamol ketoprofene oxynorm-si",
                    "NFS",
                    Diet.NORMAL,
                    "Réparation de la coiffe, bras en écharpe, bloc efficace."),
            Reason.of(
                    "I83.9",
                    "Varices opérées",
                    Course.OPERATED,
                    "paracetamol enoxaparine tramadol-si",
                    "NFS",
                    Diet.NORMAL,
                    "Éveinage droit, contention en place."));

    private SurgicalReasons() {}
}
