package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.message.SealedEntry.Item;
import trimaran.process.FileDisk;
import trimaran.record.Header;

/** Has data place registry entries that officers signed. */
final class Enroller {

    /** An entry waits for its group's synced write and little else. */
    private static final long APPEND_MILLIS = 30_000;

    /** Together half a minute: data waits three seconds for a second tier, on a busy machine longer. */
    private static final int ATTEMPTS_MAX = 150;

    private static final long PAUSE_MILLIS = 200;

    private Enroller() {}

    /** Places what the founding prepared, once; begun and broken off it starts again, since an entry has one place. */
    static void enrol(Home home) throws RefusedException {
        if (isDone(home)) {
            return;
        }
        try (Console console = Console.open(home)) {
            append(console, Enrolment.decode(Bytes.wrap(Files.readAllBytes(home.enrolment()))));
        } catch (IOException | MalformedException damaged) {
            throw new RefusedException(
                    Code.HOME_DAMAGED,
                    "the enrolment " + home.enrolment() + " is missing or damaged; " + Home.FROM_COPY);
        }
        FileDisk.in(home.card()).replace("enrolled", Bytes.ofText("1\n"));
    }

    static boolean isDone(Home home) {
        return Files.exists(home.card().resolve("enrolled"));
    }

    /** Asks until data has caught up with the other tiers, which it does before it places anything. */
    private static Outcome<Response> placed(Console.Line line, SealedEntry entry) throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            Outcome<Response> answer = line.ask(new Request.Append(entry), APPEND_MILLIS);
            boolean notYet =
                    answer instanceof Outcome.Refused<Response>(Refusal refusal) && refusal.code() == Code.UNAVAILABLE;
            if (!notYet || attempt == ATTEMPTS_MAX) {
                return answer;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void append(Console console, List<Header> headers) throws RefusedException {
        try (Console.Line line = console.dial(Party.DATA)) {
            for (Header header : headers) {
                SealedEntry entry = new SealedEntry(
                        Item.inline(header.encode()), Item.NOTHING, Item.NOTHING, List.of(), Bytes.EMPTY);
                Outcome<Response> answer = placed(line, entry);
                if (answer instanceof Outcome.Refused<Response>(Refusal refusal) && refusal.code() != Code.DUPLICATE) {
                    throw new RefusedException(
                            refusal.code(), "data does not place a registry entry: " + refusal.sentence());
                }
            }
        }
    }
}
