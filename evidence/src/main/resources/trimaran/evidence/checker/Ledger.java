import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of one hull's release ledger, as one hull has them, and that hull's signed word where they lead. */
final class Ledger {

    private static final int LINE_BYTES_MAX = 1 << 16;

    /** One hull may have fallen, and says what it likes. */
    private static final int WORDS_NEEDED = 2;

    /** Lines carry their hull's clock, which may be set meanwhile: so much has to be there on either side of the window. */
    private static final long MARGIN_MILLIS = 10 * 60_000;

    private final CheckArchive check;
    private final int whose;
    private final int keeper;
    private long next = -1;
    private byte[] chain = new byte[32];
    private long lastTime = -1;
    private long inWindow;
    private long backwards;

    private Ledger(CheckArchive check, int whose, int keeper) {
        this.check = check;
        this.whose = whose;
        this.keeper = keeper;
    }

    /** All three ledgers, each with its own hull's word and the words of the two that copy it. */
    static void all(CheckArchive check) throws IOException, FalseException {
        for (int whose = 0; whose < Fold.TIERS; whose++) {
            String name = "ledgers/" + Fold.PARTIES[whose];
            Path reference = null;
            int heard = 0;
            long lines = 0;
            for (int i = 0; i < Fold.TIERS; i++) {
                int keeper = (whose + i) % Fold.TIERS;
                String by = Fold.PARTIES[keeper];
                Path own = check.folder.resolve(name + "/" + by + ".lines");
                Path head = check.folder.resolve(name + "/" + by + ".head");
                if (!Files.exists(head) && Files.exists(own)) {
                    throw new FalseException(
                            check.folder.relativize(own).toString(),
                            "n'a pas la parole signée de " + by,
                            "lacks the signed word of " + by);
                }
                if (!Files.exists(head)) {
                    Say.line("NOTE", name + Say.of(" : rien de " + by, ": nothing of " + by));
                    continue;
                }
                Ledger ledger = new Ledger(check, whose, keeper);
                boolean has = Files.exists(own);
                ledger.check(has || reference == null ? own : reference, head);
                heard++;
                if (reference == null) {
                    reference = own;
                    lines = ledger.inWindow;
                } else if (has) {
                    check.missing.add(name + differing(by, own, reference));
                }
            }
            if (heard == 0) {
                check.missing.add(name + Say.of(" : ni le livre ni une copie", ": neither the ledger nor a copy"));
            } else {
                if (heard < WORDS_NEEDED) {
                    check.missing.add(name
                            + Say.of(
                                    " : une seule coque le dit, ce n'est pas une preuve",
                                    ": one hull alone says so, which is no proof"));
                }
                Say.ok(
                        name + " : " + lines + " lignes dans la période, signé par " + heard + " sur 3",
                        name + ": " + lines + " lines in the window, signed by " + heard + " of 3");
            }
        }
    }

    private static String differing(String by, Path own, Path reference) throws IOException {
        long same = Files.mismatch(own, reference);
        if (same == Files.size(own)) {
            return Say.of(" : la copie de " + by + " est plus courte", ": the copy of " + by + " is shorter");
        }
        if (same == Files.size(reference)) {
            return Say.of(" : " + by + " a plus de lignes", ": " + by + " has more lines");
        }
        return Say.of(
                " : CONTRADICTION, " + by + " a d'autres lignes", ": CONTRADICTION, " + by + " has other lines");
    }

    private void check(Path lines, Path head) throws IOException, FalseException {
        String place = check.folder.relativize(lines).toString();
        if (!Files.exists(lines)) {
            throw new FalseException(place, "n'est pas là", "is not there");
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(lines)))) {
            for (int size = in.read(); size >= 0; size = in.read()) {
                int rest = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                if (size != 0 || rest > LINE_BYTES_MAX) {
                    throw new FalseException(place, "longueur impossible", "an impossible length");
                }
                byte[] line = new byte[rest];
                in.readFully(line);
                line(place, line);
            }
        } catch (EOFException cut) {
            throw new FalseException(place, "finit au milieu d'une ligne", "ends within a line");
        }
        if (backwards > 0) {
            Say.line(
                    "NOTE",
                    place
                            + Say.of(
                                    " : l'heure recule " + backwards + " fois",
                                    ": its clock goes back " + backwards + " times"));
        }
        head(place, head);
    }

    private void line(String place, byte[] bytes) throws FalseException {
        String at = place + ", " + Math.max(next, 0);
        Cursor in = new Cursor(at, bytes);
        long number = in.i64();
        long time = in.i64();
        in.raw(1 + 4 * 32);
        in.list(() -> in.raw(16));
        byte[] previous = in.raw(32);
        in.end();
        boolean first = next < 0;
        if (first ? number > 0 && time >= check.from - MARGIN_MILLIS : number != next || !Arrays.equals(previous, chain)) {
            throw new FalseException(at, "ne suit pas la ligne d'avant", "does not follow the line before");
        }
        if (first && number == 0 && !Arrays.equals(previous, chain)) {
            throw new FalseException(at, "la ligne 0 a un prédécesseur", "line 0 has a predecessor");
        }
        backwards += time < lastTime ? 1 : 0;
        lastTime = time;
        inWindow += time >= check.from && time <= check.to ? 1 : 0;
        next = number + 1;
        chain = Cursor.sha256(Cursor.ascii("trimaran/ledger/1\n"), bytes);
    }

    /** The hull signed that so many lines lead to this hash, for this very archive, after its window. */
    private void head(String place, Path file) throws IOException, FalseException {
        String at = check.folder.relativize(file).toString();
        byte[] bytes = Files.readAllBytes(file);
        Cursor in = new Cursor(at, bytes);
        int by = in.u8();
        int of = in.u8();
        long lines = in.i64();
        byte[] led = in.raw(32);
        long total = in.i64();
        long time = in.i64();
        byte[] about = in.raw(32);
        int end = in.position();
        Key.Signed signature = Key.Signed.read(in);
        in.end();
        byte[] message =
                Cursor.joined(Cursor.ascii("trimaran/ledger-head/1\n"), check.fold.origin, Arrays.copyOf(bytes, end));
        if (by != keeper || of != whose || !check.fold.present(by).statements().signed(message, signature)) {
            throw new FalseException(at, "n'est pas signé de cette coque", "is not signed by that hull");
        }
        if (!Arrays.equals(about, Cursor.sha256(check.description))) {
            throw new FalseException(at, "est signé pour une autre archive", "is signed for another archive");
        }
        if (lines != Math.max(next, 0) || !Arrays.equals(led, chain)) {
            throw new FalseException(
                    place, "ne mène pas à l'empreinte signée", "does not lead to the hash that was signed");
        }
        boolean over = lastTime > check.to + MARGIN_MILLIS;
        if (total < lines || !over && total != lines) {
            throw new FalseException(place, "finit avant la période", "ends before the window does");
        }
        if (!over && time <= check.to) {
            check.missing.add(at + Say.of(" : dit avant la fin de la période", ": said before the end of the window"));
        }
    }
}
