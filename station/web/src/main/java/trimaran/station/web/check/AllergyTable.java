package trimaran.station.web.check;

import java.util.List;
import java.util.Optional;
import trimaran.model.Trait;
import trimaran.station.chart.Allergies;

/**
 * Which drugs an allergy is about: by the code or the words it is written with, the beginnings of the ATC codes it forbids, and of
 * those it may cross-react with. A short table of what matters most in a hospital; what is not in it is said to be not compared.
 */
final class AllergyTable {

    /**
     * One family.
     *
     * @param codes SNOMED CT codes of the allergy or the substance
     * @param words parts of its name, in capitals without accents
     * @param forbidden beginnings of ATC codes
     * @param crossing beginnings of ATC codes of related families
     */
    record Family(List<String> codes, List<String> words, List<String> forbidden, List<String> crossing) {}

    private static final List<Family> ALL = List.of(
            new Family(
                    List.of("91936005", "294505008", "764146007"),
                    List.of("PENICILLIN", "AMOXICILLIN", "PIPERACILLIN", "AMPICILLIN"),
                    List.of("J01C"),
                    List.of("J01D")),
            new Family(
                    List.of("294532003"),
                    List.of("CEPHALOSPORIN", "CEFTRIAXON", "CEFOTAXIM"),
                    List.of("J01DB", "J01DC", "J01DD", "J01DE"),
                    List.of("J01C", "J01DH")),
            new Family(
                    List.of("293586001", "387458008"),
                    List.of("ASPIRIN", "ACETYLSALICYL", "AINS", "ANTIINFLAMMATOIRE", "KETOPROFEN", "IBUPROFEN"),
                    List.of("B01AC06", "N02BA", "M01A"),
                    List.of()),
            new Family(List.of("91939003"), List.of("SULFAMID", "SULFONAMID"), List.of("J01E"), List.of("C03CA")),
            new Family(
                    List.of("293601004"),
                    List.of("MORPHIN", "CODEIN", "OPIOID", "OPIAC", "TRAMADOL", "OXYCODON"),
                    List.of("N02A", "N01AH"),
                    List.of()),
            new Family(List.of(), List.of("QUINOLON", "FLOXACIN"), List.of("J01MA"), List.of()),
            new Family(List.of(), List.of("MACROLID", "ERYTHROMYCIN"), List.of("J01FA"), List.of()),
            new Family(List.of(), List.of("HEPARIN", "ENOXAPARIN"), List.of("B01AB"), List.of()),
            new Family(List.of(), List.of("PARACETAMOL"), List.of("N02BE01"), List.of()),
            new Family(List.of(), List.of("INSULIN"), List.of("A10A"), List.of()));

    private static final List<String> ATC_SYSTEMS =
            List.of("http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73");

    private AllergyTable() {}

    /** What an allergy has to say of a drug; empty if these tables know nothing of it. */
    static Optional<List<Finding.Kind>> about(Allergies.Allergy allergy, Drug drug) {
        String name = Trait.plain(allergy.substance().text());
        List<Family> families = ALL.stream()
                .filter(one -> one.codes().stream().anyMatch(allergy.substance()::has)
                        || one.words().stream().anyMatch(name::contains))
                .toList();
        List<String> coded = allergy.substance().codes().stream()
                .filter(one -> ATC_SYSTEMS.contains(one.system()))
                .map(one -> one.code())
                .toList();
        boolean byName = !name.isEmpty() && Trait.plain(drug.dci()).contains(name);
        boolean forbidden = byName
                || coded.stream().anyMatch(drug.atc()::startsWith)
                || families.stream().anyMatch(one -> begins(one.forbidden(), drug));
        if (forbidden) {
            return Optional.of(List.of(Finding.Kind.ALLERGY));
        }
        if (families.stream().anyMatch(one -> begins(one.crossing(), drug))) {
            return Optional.of(List.of(Finding.Kind.CROSS));
        }
        boolean known = !families.isEmpty() || !coded.isEmpty();
        return known ? Optional.of(List.of()) : Optional.empty();
    }

    private static boolean begins(List<String> beginnings, Drug drug) {
        return beginnings.stream().anyMatch(drug.atc()::startsWith);
    }
}
