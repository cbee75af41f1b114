package trimaran.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.record.CellKind;

/** What a letter tells the person it goes to. */
class LetterTest {

    private static final Addressee ANNE = new Addressee(
            "Anne Quatrevent", "80041127", List.of("3 rue des Essais", "14000 Caen"), true, false, false, false);

    private static Letter letter(Fallen fallen) {
        return new Letter(
                "Hôpital d’essai",
                Letter.party(fallen, "labo"),
                new Window(at("2026-11-20T01:00:00Z"), at("2026-11-21T05:30:00Z")),
                List.of(
                        "Un programme de chiffrement est entré par un compte de maintenance.",
                        "Le serveur a été coupé."),
                "la déléguée à la protection des données, 02 31 00 00 00",
                at("2026-11-24T08:00:00Z"),
                ZoneId.of("Europe/Paris"));
    }

    private static RecordTime at(String time) {
        return new RecordTime(Instant.parse(time).toEpochMilli());
    }

    private static Exposed exposed(Map<CellKind, Integer> certain, Map<CellKind, Integer> possible) {
        return exposed(certain, possible, Map.of());
    }

    private static Exposed exposed(
            Map<CellKind, Integer> certain, Map<CellKind, Integer> possible, Map<CellKind, Integer> named) {
        return new Exposed(
                new CellId(0, 7),
                Optional.empty(),
                certain.isEmpty() ? Certainty.POSSIBLE : Certainty.CERTAIN,
                Set.of(Way.SHOWN),
                certain,
                possible,
                named,
                0,
                at("2026-11-20T09:00:00Z"),
                at("2026-11-20T10:00:00Z"));
    }

    @Test
    void saysWhatHappenedWhichDataWhenWhatFollowsAndWhomToAsk() {
        String page = letter(new Fallen.Tier(Party.APPLICATION))
                .html(exposed(Map.of(CellKind.STAY, 2, CellKind.IDENTITY, 1), Map.of(CellKind.DOSSIER, 1)), ANNE);
        assertThat(page)
                .contains("Anne Quatrevent<br>3 rue des Essais<br>14000 Caen")
                .contains("Dossier 80041127")
                .contains("Du 20 novembre 2026 à 2 h 00 au 21 novembre 2026 à 6 h 30")
                .contains("le serveur de contrôle des prescriptions et des mouvements")
                .contains("tout ou partie de ce qui suit y était lisible :</p>\n<ul><li>l’identité")
                .contains("<li>2 séjours : ")
                .contains("Ce qui suit a pu l’être aussi")
                .contains("entre le 20 novembre 2026 à 10 h 00 et le 20 novembre 2026 à 11 h 00")
                .contains("<p>Un programme de chiffrement est entré")
                .contains("<p>Le serveur a été coupé.</p>")
                .contains("02 31 00 00 00")
                .contains("www.cnil.fr")
                .doesNotContain("trimestre")
                .doesNotContain("{0}");
    }

    @Test
    void whatIsPossibleIsNotSaidToBeCertain() {
        String page = letter(new Fallen.Station("accueil")).html(exposed(Map.of(), Map.of(CellKind.STAY, 1)), ANNE);
        assertThat(page)
                .contains("le poste de travail « accueil »")
                .contains("sans que nous puissions l’affirmer ni l’exclure")
                .contains("<li>un séjour : ")
                .doesNotContain("Nos registres le montrent");
    }

    /** That an allergy was noted is not what allergy it is. */
    @Test
    void whatWasOnlyAnnouncedIsNotSaidToHaveBeenRead() {
        Letter letter = letter(new Fallen.Tier(Party.APPLICATION));
        Map<CellKind, Integer> dossier = Map.of(CellKind.DOSSIER, 1);
        assertThat(letter.html(exposed(Map.of(), dossier, dossier), ANNE))
                .contains("mais pas ce qui y est écrit :</p>\n<ul><li>le dossier de fond")
                .doesNotContain("sans que nous puissions l’affirmer ni l’exclure");
        assertThat(letter.html(exposed(Map.of(), Map.of(CellKind.DOSSIER, 1, CellKind.STAY, 3), dossier), ANNE))
                .contains("sans que nous puissions l’affirmer ni l’exclure :</p>\n<ul><li>3 séjours")
                .contains("mais pas ce qui y est écrit :</p>\n<ul><li>le dossier de fond");
    }

    @Test
    void aChildsLetterGoesToWhoeverAnswersForThem() {
        Addressee child = new Addressee("Zoé", "", List.of(), false, true, false, false);
        String page = letter(new Fallen.Badge(Digest.ZERO)).html(exposed(Map.of(CellKind.STAY, 1), Map.of()), child);
        assertThat(page)
                .contains("Aux représentants légaux de Zoé")
                .contains("du dossier du mineur que vous représentez")
                .contains("le système connecté « labo »")
                .doesNotContain("Dossier ");
        assertThat(child.remark()).contains("mineur : vérifier à qui écrire").contains("adresse absente du dossier");
        assertThat(new Addressee("A", "", List.of("rue"), true, false, true, false).remark())
                .contains("ayants droit");
    }

    @Test
    void whatTheRecordSaysIsTextAndNoHtml() {
        Addressee odd = new Addressee("<script>&\"", "<1>", List.of("<b>"), true, false, false, false);
        assertThat(letter(new Fallen.Tier(Party.DATA)).html(exposed(Map.of(CellKind.STAY, 1), Map.of()), odd))
                .contains("&lt;script&gt;&amp;&quot;<br>&lt;b&gt;")
                .contains("Dossier &lt;1&gt;");
    }

    @Test
    void everyPartyHasAName() {
        for (Party party : Party.values()) {
            if (party.isTier() || party == Party.WITNESS) {
                assertThat(Letter.party(new Fallen.Tier(party), "")).startsWith("le serveur");
            }
        }
    }
}
