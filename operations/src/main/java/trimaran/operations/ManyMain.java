package trimaran.operations;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Code;

/**
 * The command line for a program that runs the same few commands hundreds of times, as drills do: each with output and refusals of its
 * own, as if it were a process, without a Java machine that begins for it. Ends when its standard input does.
 *
 * <p>In: {@code i32 number ‖ i32 count ‖ count arguments ‖ file of its output ‖ file of its refusals}, texts as
 * {@link DataInputStream#readUTF}. Out, as each ends: {@code i32 number ‖ i32 exit status}. Several may run at a time.
 */
public final class ManyMain {

    /** Arguments of one command: more than any has. */
    static final int ARGUMENTS_MAX = 1_000;

    private final DataOutputStream ended;

    private record Order(int number, List<String> arguments, Path out, Path err) {

        static Order read(int number, DataInputStream in) throws IOException {
            int count = in.readInt();
            if (count < 1 || count > ARGUMENTS_MAX) {
                throw new IOException("an order of " + count + " arguments");
            }
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                arguments.add(in.readUTF());
            }
            return new Order(number, List.copyOf(arguments), Path.of(in.readUTF()), Path.of(in.readUTF()));
        }
    }

    ManyMain(OutputStream ended) {
        this.ended = new DataOutputStream(new BufferedOutputStream(ended));
    }

    public static void main(String[] nothing) throws IOException {
        OutputStream ended = System.out;
        // Nothing but the ends of commands goes there, whatever a library prints.
        System.setOut(System.err);
        new ManyMain(ended).serve(new DataInputStream(System.in));
        System.exit(0);
    }

    /** Returns at the end of what comes in. */
    void serve(DataInputStream in) throws IOException {
        while (true) {
            int number;
            try {
                number = in.readInt();
            } catch (EOFException over) {
                return;
            }
            Order order = Order.read(number, in);
            Thread.ofPlatform().name(order.arguments().getFirst()).start(() -> end(order.number(), status(order)));
        }
    }

    private static int status(Order order) {
        try (PrintWriter out = writer(order.out());
                PrintWriter err = writer(order.err())) {
            try {
                return Main.run(
                        Main.shell(new Voice(out, err, false)),
                        order.arguments().toArray(String[]::new));
            } catch (RuntimeException | Error broken) {
                return Main.told(new Voice(out, err, false), broken);
            }
        } catch (IOException unwritten) {
            // Who waits for its end hears of it: there is nowhere to say why but here.
            System.err.println(order.arguments().getFirst() + " has no file to write to: " + unwritten);
            return Code.BROKEN.exitCode();
        }
    }

    private static PrintWriter writer(Path file) throws IOException {
        return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    private void end(int number, int status) {
        synchronized (ended) {
            try {
                ended.writeInt(number);
                ended.writeInt(status);
                ended.flush();
            } catch (IOException gone) {
                throw new UncheckedIOException("nobody waits for the end of commands any more", gone);
            }
        }
    }
}
