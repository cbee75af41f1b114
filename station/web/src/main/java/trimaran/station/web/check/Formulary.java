package trimaran.station.web.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.model.Trait;

/** The drugs that can be prescribed here, by name. Read once from {@code formulaire.csv}, which is part of the program. */
public final class Formulary {

    private static final String FILE = "formulaire.csv";
    private static final int COLUMNS = 11;
    private static final Formulary HERE = new Formulary();

    private final List<Drug> drugs;

    private Formulary() {
        this.drugs = read();
    }

    public static Formulary here() {
        return HERE;
    }

    public List<Drug> all() {
        return drugs;
    }

    public Optional<Drug> drug(String key) {
        return drugs.stream().filter(one -> one.key().equals(key)).findFirst();
    }

    /** Those whose name has these letters in it, whatever their case and accents; all for none. */
    public List<Drug> named(String letters) {
        String wanted = Trait.plain(letters);
        return drugs.stream()
                .filter(one -> Trait.plain(one.dci()).contains(wanted))
                .toList();
    }

    private static List<Drug> read() {
        List<Drug> all = new ArrayList<>();
        try (InputStream in = Formulary.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("no list of drugs");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    all.add(drug(line.split(";", -1)));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(all);
    }

    private static Drug drug(String[] columns) {
        if (columns.length != COLUMNS) {
            throw new IllegalStateException("a drug of " + columns.length + " columns");
        }
        return new Drug(
                columns[0],
                columns[1],
                columns[2],
                columns[3],
                columns[4],
                columns[5],
                columns[6].equals("kg"),
                Way.valueOf(columns[7]),
                columns[8].isEmpty() ? List.of() : List.of(columns[8].split(" ", -1)),
                columns[9],
                columns[10].isEmpty() ? 0 : Integer.parseInt(columns[10]));
    }
}
