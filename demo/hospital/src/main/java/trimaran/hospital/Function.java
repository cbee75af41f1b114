package trimaran.hospital;

import java.util.List;

/**
 * What somebody does in the house.
 *
 * @param share of a thousand of all staff
 * @param onWard whether it is done on a ward
 */
record Function(String code, String woman, String man, String prefix, int share, boolean onWard) {

    static final List<Function> ALL = List.of(
            new Function("ide", "infirmière", "infirmier", "", 300, true),
            new Function("as", "aide-soignante", "aide-soignant", "", 250, true),
            new Function("ash", "agente de service hospitalier", "agent de service hospitalier", "", 80, true),
            new Function("ph", "praticienne hospitalière", "praticien hospitalier", "Dr", 90, true),
            new Function("interne", "interne", "interne", "", 45, true),
            new Function("cadre", "cadre de santé", "cadre de santé", "", 22, true),
            new Function("sf", "sage-femme", "sage-femme", "", 18, false),
            new Function("puer", "infirmière puéricultrice", "infirmier puériculteur", "", 16, false),
            new Function("kine", "masseuse-kinésithérapeute", "masseur-kinésithérapeute", "", 20, false),
            new Function("diet", "diététicienne", "diététicien", "", 6, false),
            new Function("ass", "assistante de service social", "assistant de service social", "", 8, false),
            new Function("psy", "psychologue", "psychologue", "", 10, false),
            new Function("pharm", "pharmacienne", "pharmacien", "Dr", 6, false),
            new Function("prep", "préparatrice en pharmacie", "préparateur en pharmacie", "", 12, false),
            new Function("bio", "biologiste médicale", "biologiste médical", "Dr", 5, false),
            new Function("tech", "technicienne de laboratoire", "technicien de laboratoire", "", 22, false),
            new Function("manip", "manipulatrice en radiologie", "manipulateur en radiologie", "", 22, false),
            new Function("bran", "brancardière", "brancardier", "", 18, false),
            new Function("sec", "secrétaire médicale", "secrétaire médical", "", 22, false),
            new Function("adm", "agente des admissions", "agent des admissions", "", 12, false),
            new Function("info", "technicienne informatique", "technicien informatique", "", 6, false),
            new Function("log", "agente logistique", "agent logistique", "", 10, false));
}
