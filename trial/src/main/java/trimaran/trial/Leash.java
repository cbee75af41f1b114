package trimaran.trial;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Ends what this program started when this program ends, however it ends: a shell waits at the other end of a pipe, which the system
 * closes with the program, and kills what it was told of. A shutdown hook hears of no {@code kill -9}. MAY be used from many threads.
 */
public final class Leash {

    /**
     * A process is told by its number and its start (proc(5), field 22 of {@code stat}; its 20th after the name), so that another one
     * that was given the number later is left alone. Of a home it is what stands in its {@code run/*.process} then: the number, the
     * boot and the start. Ctrl-C at a terminal is for the program, and the shell does its work after it.
     */
    private static final String SHELL = """
            trap '' HUP INT TERM
            end() {
              set -- "$1" "$2" $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null)
              [ "$#" -ge 22 ] && [ "${22}" = "$2" ] && kill -KILL "$1" 2>/dev/null
            }
            processes=
            homes=
            while read -r what named; do
              case $what in
                process) processes="$processes $named" ;;
                home) homes="$homes$named
            " ;;
              esac
            done
            for one in $processes; do end "${one%:*}" "${one#*:}"; done
            printf %s "$homes" | while IFS= read -r run; do
              for file in "$run"/*.process; do
                [ -f "$file" ] && read -r number start < "$file" && end "$number" "${start##*/}"
              done
            done
            """;

    /** The first field behind the name is field 3. */
    private static final int START_FIELD = 22 - 3;

    private static @Nullable OutputStream shell;

    private Leash() {}

    /** This process ends with this program at the latest; what it starts itself does not. */
    public static void hold(ProcessHandle process) {
        String stat = TrialHospital.text(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length > START_FIELD) {
            tell("process " + process.pid() + ":" + fields[START_FIELD]);
        }
    }

    /** All processes a hospital's home remembers when this program ends. */
    public static void hold(Path run) {
        Path whole = run.toAbsolutePath();
        if (whole.toString().contains("\n")) {
            throw new IllegalArgumentException("a folder's name of several lines");
        }
        tell("home " + whole);
    }

    private static synchronized void tell(String line) {
        try {
            OutputStream to = shell;
            if (to == null) {
                to = new ProcessBuilder("sh", "-c", SHELL)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .getOutputStream();
                shell = to;
            }
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException gone) {
            throw new IllegalStateException("nobody holds what this program starts", gone);
        }
    }
}
