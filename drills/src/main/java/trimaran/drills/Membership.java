package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.RecordTime;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** Who speaks for each party now, as the public folder {@code card/} of a home says: everybody who attacks knows that much. */
final class Membership {

    private Membership() {}

    /** The registry of the founding and all changes of membership since. */
    static Registry of(Path home) {
        try {
            Path card = home.resolve("card");
            Registry registry = new Registry((Statement.Founding) statement(card.resolve("founding")));
            for (long epoch = 2; Files.exists(card.resolve("epoch-" + epoch)); epoch++) {
                registry.apply(statement(card.resolve("epoch-" + epoch)), RecordTime.ZERO);
            }
            return registry;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (MalformedException damaged) {
            throw new IllegalStateException("the public card of the hospital cannot be read", damaged);
        }
    }

    private static Statement statement(Path file) throws IOException, MalformedException {
        return SignedStatement.decode(Bytes.wrap(Files.readAllBytes(file))).statement();
    }
}
