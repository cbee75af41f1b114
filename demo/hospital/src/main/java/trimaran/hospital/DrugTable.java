package trimaran.hospital;

import static trimaran.hospital.Drug.continuous;
import static trimaran.hospital.Drug.daily;
import static trimaran.hospital.Drug.onDemand;
import static trimaran.hospital.Drug.perKilogram;

import java.util.List;

/** What this house prescribes. Doses are usual ones of an adult, or a child's by weight; nobody is treated by this table. */
final class DrugTable {

    private static final String UNITS = "unités";

    static final List<Drug> ADULT = List.of(
            daily("amlodipine", "amlodipine", "C08CA01", 5, "mg", Route.ORAL, "8"),
            daily("amoxclav-iv", "amoxicilline et acide clavulanique", "J01CR02", 1, "g", Route.INTRAVENOUS, "6,14,22"),
            daily("amoxclav", "amoxicilline et acide clavulanique", "J01CR02", 1, "g", Route.ORAL, "8,13,20"),
            daily("apixaban", "apixaban", "B01AF02", 5, "mg", Route.ORAL, "8,20"),
            daily("aspirine", "acide acétylsalicylique", "B01AC06", 75, "mg", Route.ORAL, "12"),
            daily("asparte", "insuline asparte", "A10AB05", 6, UNITS, Route.SUBCUTANEOUS, "8,12,19"),
            daily("atorvastatine", "atorvastatine", "C10AA05", 40, "mg", Route.ORAL, "20"),
            daily("bisoprolol", "bisoprolol", "C07AB07", 2.5, "mg", Route.ORAL, "8"),
            daily("ceftriaxone", "ceftriaxone", "J01DD04", 1, "g", Route.INTRAVENOUS, "10"),
            daily("ciprofloxacine", "ciprofloxacine", "J01MA02", 500, "mg", Route.ORAL, "8,20"),
            daily("clopidogrel", "clopidogrel", "B01AC04", 75, "mg", Route.ORAL, "8"),
            daily("dexamethasone", "dexaméthasone", "H02AB02", 6, "mg", Route.ORAL, "8"),
            daily("donepezil", "donépézil", "N06DA02", 10, "mg", Route.ORAL, "20"),
            daily("enoxaparine", "énoxaparine", "B01AB05", 4000, UNITS, Route.SUBCUTANEOUS, "20"),
            daily("epoetine", "époétine alfa", "B03XA01", 4000, UNITS, Route.SUBCUTANEOUS, "10"),
            daily("escitalopram", "escitalopram", "N06AB10", 10, "mg", Route.ORAL, "8"),
            daily("fer", "sulfate ferreux", "B03AA07", 80, "mg", Route.ORAL, "12"),
            daily("filgrastim", "filgrastim", "L03AA02", 300, "µg", Route.SUBCUTANEOUS, "18"),
            daily("furosemide", "furosémide", "C03CA01", 40, "mg", Route.ORAL, "8"),
            daily("furosemide-iv", "furosémide", "C03CA01", 40, "mg", Route.INTRAVENOUS, "8,16"),
            daily("glargine", "insuline glargine", "A10AE04", 14, UNITS, Route.SUBCUTANEOUS, "20"),
            daily("ipratropium", "ipratropium", "R03BB01", 0.5, "mg", Route.INHALED, "8,14,20"),
            daily("kcl", "chlorure de potassium à libération prolongée", "A12BA01", 1200, "mg", Route.ORAL, "8,12,19"),
            daily("ketoprofene", "kétoprofène", "M01AE03", 50, "mg", Route.INTRAVENOUS, "8,14,20"),
            daily("levetiracetam", "lévétiracétam", "N03AX14", 500, "mg", Route.ORAL, "8,20"),
            daily("levodopa", "lévodopa et bensérazide", "N04BA02", 125, "mg", Route.ORAL, "8,12,16,20"),
            daily("levofloxacine", "lévofloxacine", "J01MA12", 500, "mg", Route.ORAL, "8"),
            daily("levothyroxine", "lévothyroxine", "H03AA01", 75, "µg", Route.ORAL, "7"),
            daily("lithium", "lithium", "N05AN01", 400, "mg", Route.ORAL, "20"),
            daily("macrogol", "macrogol", "A06AD15", 1, "sachet", Route.ORAL, "8"),
            daily("meropeneme", "méropénème", "J01DH02", 1, "g", Route.INTRAVENOUS, "6,14,22"),
            daily("metformine", "metformine", "A10BA02", 850, "mg", Route.ORAL, "8,19"),
            daily("methylpred", "méthylprednisolone", "H02AB04", 40, "mg", Route.INTRAVENOUS, "8"),
            daily("metronidazole", "métronidazole", "J01XD01", 500, "mg", Route.INTRAVENOUS, "6,14,22"),
            daily("mirtazapine", "mirtazapine", "N06AX11", 15, "mg", Route.ORAL, "21"),
            daily("morphine-lp", "morphine à libération prolongée", "N02AA01", 30, "mg", Route.ORAL, "8,20"),
            daily("nefopam", "néfopam", "N02BG06", 20, "mg", Route.INTRAVENOUS, "6,12,18,22"),
            daily("nicotine", "nicotine", "N07BA01", 21, "mg", Route.TRANSDERMAL, "8"),
            daily("olanzapine", "olanzapine", "N05AH03", 10, "mg", Route.ORAL, "20"),
            daily("oxazepam", "oxazépam", "N05BA04", 10, "mg", Route.ORAL, "8,13,20"),
            daily("oxycodone-lp", "oxycodone à libération prolongée", "N02AA05", 10, "mg", Route.ORAL, "8,20"),
            daily("pantoprazole", "pantoprazole", "A02BC02", 40, "mg", Route.ORAL, "8"),
            daily("pantoprazole-iv", "pantoprazole", "A02BC02", 40, "mg", Route.INTRAVENOUS, "8,20"),
            daily("paracetamol", "paracétamol", "N02BE01", 1, "g", Route.ORAL, "8,14,20"),
            daily("paracetamol-iv", "paracétamol", "N02BE01", 1, "g", Route.INTRAVENOUS, "6,12,18,22"),
            daily("piptazo", "pipéracilline et tazobactam", "J01CR05", 4, "g", Route.INTRAVENOUS, "6,14,22"),
            daily("prednisolone", "prednisolone", "H02AB06", 40, "mg", Route.ORAL, "8"),
            daily("quetiapine", "quétiapine", "N05AH04", 100, "mg", Route.ORAL, "20"),
            daily("ramipril", "ramipril", "C09AA05", 2.5, "mg", Route.ORAL, "8"),
            daily("risperidone", "rispéridone", "N05AX08", 2, "mg", Route.ORAL, "8,20"),
            daily("salbutamol", "salbutamol", "R03AC02", 5, "mg", Route.INHALED, "8,14,20"),
            daily("sertraline", "sertraline", "N06AB06", 50, "mg", Route.ORAL, "8"),
            daily("sevelamer", "sévélamer", "V03AE02", 800, "mg", Route.ORAL, "8,12,19"),
            daily("spironolactone", "spironolactone", "C03DA01", 25, "mg", Route.ORAL, "8"),
            daily("tamsulosine", "tamsulosine", "G04CA02", 0.4, "mg", Route.ORAL, "20"),
            daily("thiamine", "thiamine", "A11DA01", 500, "mg", Route.ORAL, "8"),
            daily("ticagrelor", "ticagrélor", "B01AC24", 90, "mg", Route.ORAL, "8,20"),
            daily("vancomycine", "vancomycine", "J01XA01", 1, "g", Route.INTRAVENOUS, "8,20"),
            daily("vitamine-d", "colécalciférol", "A11CC05", 1000, UNITS, Route.ORAL, "12"));

    static final List<Drug> OTHERS = List.of(
            daily("dexa-collyre", "dexaméthasone et tobramycine", "S01CA01", 1, "goutte", Route.OCULAR, "8,12,16,20"),
            perKilogram("amoxicilline-enfant", "amoxicilline", "J01CA04", 27, "mg", Route.ORAL, "8,14,20"),
            perKilogram("cafeine", "citrate de caféine", "N06BC01", 5, "mg", Route.ORAL, "9"),
            perKilogram("cefotaxime-enfant", "céfotaxime", "J01DD01", 50, "mg", Route.INTRAVENOUS, "6,14,22"),
            perKilogram("ibuprofene-enfant", "ibuprofène", "M01AE01", 7.5, "mg", Route.ORAL, "8,14,20"),
            perKilogram("paracetamol-enfant", "paracétamol", "N02BE01", 15, "mg", Route.ORAL, "6,12,18,22"),
            perKilogram("prednisolone-enfant", "prednisolone", "H02AB06", 1, "mg", Route.ORAL, "8"),
            daily("salbutamol-enfant", "salbutamol", "R03AC02", 2.5, "mg", Route.INHALED, "6,10,14,18,22"),
            daily("vitamine-d-bebe", "colécalciférol", "A11CC05", 400, UNITS, Route.ORAL, "9"),
            daily("vitamine-k", "phytoménadione", "B02BA01", 2, "mg", Route.ORAL, "9"),
            onDemand("paracetamol-si", "paracétamol", "N02BE01", 1, "g", Route.ORAL, "douleur ou fièvre", 6),
            onDemand("tramadol-si", "tramadol", "N02AX02", 50, "mg", Route.ORAL, "douleur malgré le paracétamol", 6),
            onDemand(
                    "morphine-si",
                    "morphine",
                    "N02AA01",
                    5,
                    "mg",
                    Route.SUBCUTANEOUS,
                    "douleur de 6 ou plus sur 10",
                    4),
            onDemand("oxynorm-si", "oxycodone", "N02AA05", 5, "mg", Route.ORAL, "douleur de 5 ou plus sur 10", 4),
            onDemand("ondansetron-si", "ondansétron", "A04AA01", 4, "mg", Route.INTRAVENOUS, "nausées", 8),
            onDemand("zopiclone-si", "zopiclone", "N05CF01", 3.75, "mg", Route.ORAL, "insomnie", 24),
            onDemand("phloroglucinol-si", "phloroglucinol", "A03AX12", 80, "mg", Route.ORAL, "spasmes", 8),
            onDemand("salbutamol-si", "salbutamol", "R03AC02", 0.2, "mg", Route.INHALED, "gêne respiratoire", 4),
            onDemand("cyamemazine-si", "cyamémazine", "N05AA06", 25, "mg", Route.ORAL, "agitation", 8),
            onDemand("alginate-si", "alginate de sodium", "A02BX13", 10, "mL", Route.ORAL, "brûlures d'estomac", 6),
            onDemand(
                    "trinitrine-si",
                    "trinitrine",
                    "C01DA02",
                    0.3,
                    "mg",
                    Route.ORAL,
                    "douleur thoracique, sous la langue",
                    1),
            continuous("glucose5", "glucose 5 % avec électrolytes", "B05BB02", 60, "mL"),
            continuous("nacl", "chlorure de sodium 0,9 %", "B05XA03", 80, "mL"),
            continuous("noradrenaline", "noradrénaline", "C01CA03", 0.8, "mg"),
            continuous("propofol", "propofol", "N01AX10", 120, "mg"),
            continuous("sufentanil", "sufentanil", "N01AH03", 10, "µg"),
            continuous("insuline-ivse", "insuline asparte", "A10AB05", 2, UNITS),
            continuous("heparine", "héparine sodique", "B01AB01", 1000, UNITS));

    private DrugTable() {}
}
