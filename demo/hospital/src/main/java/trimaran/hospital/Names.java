package trimaran.hospital;

import java.util.List;

/** Names to draw from: usual ones, so that nobody in particular is meant, some with particles, hyphens, accents, some from elsewhere. */
final class Names {

    /** Who has roots elsewhere has both names from there. */
    record Elsewhere(String family, List<String> women, List<String> men) {}

    static final List<String> FAMILIES = words("""
            Abadie Allard André Arnaud Aubert Aubry Bailly Barbier Baron Barre Baudry Beaumont Bénard Benoît Berger Bernard
            Berthelot Bertin Besson Blanc Blanchard Blanchet Bodin Boivin Bonnet Bouchet Boulanger Bourdin Bourgeois Bouvier
            Boyer Brault Breton Briand Brun Brunet Buisson Camus Carlier Caron Carpentier Carré Chabert Chapuis Charpentier
            Charrier Chauvin Chevalier Chevallier Clément Colas Collet Colin Cordier Cousin Courtois Daniel David Delage
            Delahaye Delannoy Delattre Delaunay Denis Deschamps Devaux Didier Drouet Dubois Dubreuil Dufour Duhamel Dumas
            Dumont Dupont Dupuis Durand Duval Estève Étienne Évrard Fabre Faure Favre Félix Ferrand Ferré Fleury Fontaine
            Forestier Fournier François Gaillard Garnier Gauthier Gérard Germain Gilbert Gillet Girard Giraud Gosselin Goujon
            Grandjean Grégoire Grenier Gros Guérin Guichard Guilbert Guillaume Guillot Guyot Hamon Hébert Henry Hervé Hubert
            Humbert Imbert Jacob Jacquet Jacquot Joly Joubert Jourdan Julien Lacroix Lagarde Lambert Lamy Langlois Laporte
            Laroche Launay Laurent Leblanc Leclerc Lecomte Lefebvre Legrand Lejeune Lemaire Lemoine Lenoir Leroux Leroy
            Lesage Levasseur Lévêque Loiseau Lopin Louis Lucas Maillard Mallet Marchal Marchand Maréchal Marie Marion Martel
            Martin Martinet Masson Mathieu Maurice Ménard Mercier Meunier Meyer Michaud Michel Millet Monnier Moreau Morel
            Morin Moulin Muller Navarre Noël Normand Olivier Pascal Pasquier Payet Pelletier Perret Perrier Perrin Perrot
            Petit Philippe Picard Pichon Pineau Poirier Pons Poulain Prévost Prigent Quéré Raymond Raynaud Regnier Rémy Renard
            Renaud Rey Ricard Richard Riou Rivière Robert Robin Roche Roger Rolland Roussel Rousset Roux Royer Salmon Sauvage
            Schmitt Schneider Simon Tanguy Tessier Texier Thibault Thomas Toussaint Vallée Vasseur Verdier Vidal Vincent Voisin
            Weber Weiss""");

    /** Names a board must have room for, and a search must find however they are typed. */
    static final List<String> UNUSUAL = List.of(
            "Le Goff",
            "Le Bihan",
            "de La Tour d'Aigues",
            "d'Hérouville",
            "de Saint-Aubin",
            "L'Hostis",
            "Du Plessis",
            "Saint-Pierre",
            "Bouchard-Delaroche",
            "Vandenbroucke-Castelnau",
            "Montaigu de Villeneuve-Saint-Georges",
            "Ó Briain",
            "Müller-Lüdenscheid",
            "Yé");

    static final List<Elsewhere> ELSEWHERE = List.of(
            elsewhere("Benali", "Samira Fatima Leïla Nadia", "Karim Rachid Mehdi Youssef"),
            elsewhere("Haddad", "Yasmina Amel Salima", "Sofiane Tarek Ahmed"),
            elsewhere("Diallo", "Aïssatou Mariama Fatoumata", "Mamadou Ibrahima Ousmane"),
            elsewhere("Traoré", "Aminata Kadiatou", "Moussa Seydou Adama"),
            elsewhere("N'Diaye", "Ndèye Coumba", "Cheikh Abdoulaye"),
            elsewhere("Da Silva", "Maria Ana Luísa", "Manuel José João"),
            elsewhere("Teixeira", "Maria-Fernanda Rosa", "António Rui"),
            elsewhere("Nguyen", "Thị-Lan Minh-Châu", "Minh-Tâm Văn-Hùng"),
            elsewhere("Tran", "Thu-Hà Kim", "Quang Đức"),
            elsewhere("Kowalski", "Danuta Zofia Agnieszka", "Władysław Marek Paweł"),
            elsewhere("Rossi", "Giulia Paola", "Marco Luigi"),
            elsewhere("García-Martínez", "Carmen Dolores", "Antonio Jesús"),
            elsewhere("Yılmaz", "Ayşe Emine", "Mehmet Çağrı"),
            elsewhere("Okafor", "Ngozi Chioma", "Emeka Chukwudi"),
            elsewhere("Popescu", "Ioana Elena", "Ștefan Andrei"),
            elsewhere("Öztürk", "Elif Zeynep", "Emre Hüseyin"),
            elsewhere("Wang", "Xiaoyan Mei", "Jun Wei"),
            elsewhere("Rakotoarisoa-Andrianampoinimerina", "Voahangy Hanta", "Hery Tojo"));

    private static final List<List<String>> WOMEN = List.of(
            words("""
                    Jeanne Simone Yvette Denise Colette Odette Bernadette Thérèse Huguette Raymonde Paulette Ginette Andrée
                    Marcelle Lucienne Madeleine Germaine Suzanne Geneviève Micheline Jacqueline Renée Solange Yvonne Gisèle
                    Marie-Thérèse Marie-Louise Éliane Josette Arlette"""),
            words("""
                    Monique Françoise Catherine Martine Sylvie Christine Brigitte Nicole Chantal Annie Dominique Michèle Hélène
                    Patricia Véronique Nathalie Isabelle Corinne Évelyne Marie-Odile Anne-Marie Joëlle Pascale Claudine"""),
            words("""
                    Sandrine Stéphanie Céline Virginie Karine Aurélie Émilie Élodie Julie Laetitia Sabrina Marion Amélie
                    Delphine Caroline Mélanie Audrey Charlène Gaëlle Solène Anaïs Noémie Clémence Pauline"""),
            words(
                    "Emma Jade Louise Alice Chloé Inès Léa Rose Manon Zoé Lina Ambre Léonie Agathe Maëlle Éléa Capucine"));

    private static final List<List<String>> MEN = List.of(
            words("""
                    Georges Raymond Lucien Marcel Robert Roger André Maurice Henri Pierre Jean Louis René Fernand Gaston Albert
                    Émile Léon Paul Gérard Guy Armand Serge Bernard Jean-Baptiste Joseph"""),
            words("""
                    Alain Michel Philippe Patrick Daniel Christian Jacques Gilles Didier Yves Thierry Pascal Éric Bruno Francis
                    Jean-Pierre Jean-Marc Jean-François Denis Hervé Joël Marc Yann Loïc"""),
            words("""
                    Nicolas Sébastien Julien Stéphane Frédéric Cédric David Christophe Jérôme Guillaume Mickaël Benoît Grégory
                    Romain Thomas Maxime Kévin Anthony Fabien Mathieu Antoine Rémi Aurélien"""),
            words(
                    "Gabriel Raphaël Léo Louis Arthur Jules Adam Maël Noah Hugo Liam Sacha Éden Gaspard Nino Timéo Côme"));

    /** Towns there are not. */
    static final List<String> TOWNS = List.of(
            "Port-des-Îles",
            "Saint-Exemple-sur-Mer",
            "Villefictive",
            "La Trémaille",
            "Bourg-l'Essai",
            "Les Trois-Coques",
            "Montdemo-le-Haut");

    static final List<String> STREETS = List.of(
            "rue de l'Exemple",
            "avenue du Port-Fictif",
            "impasse des Goélands",
            "place du Marché-Inventé",
            "chemin de la Digue",
            "rue des Charpentiers-de-Marine");

    private Names() {}

    private static List<String> words(String text) {
        return List.of(text.split("\\s+", -1));
    }

    private static Elsewhere elsewhere(String family, String women, String men) {
        return new Elsewhere(family, words(women), words(men));
    }

    /** Given names that somebody of this age is likely to have. */
    static List<String> given(Sex sex, int years) {
        int generation = years >= 72 ? 0 : years >= 50 ? 1 : years >= 18 ? 2 : 3;
        return (sex == Sex.FEMALE ? WOMEN : MEN).get(generation);
    }
}
