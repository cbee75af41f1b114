package trimaran.operations;

import java.io.PrintWriter;

/** What a command says: results on standard output for programs, progress and refusals on standard error for people. */
record Voice(PrintWriter out, PrintWriter err, boolean terminal) {

    /** A result. */
    void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Something a person should know. */
    void say(String line) {
        err.println("trimaran: " + line);
        err.flush();
    }

    /** A step on the way. */
    void progress(String line) {
        err.println("  " + line);
        err.flush();
    }

    /** Replaces the present line on a terminal; says nothing elsewhere. */
    void bar(String line) {
        if (terminal) {
            err.print("\r\u001b[K" + line);
            err.flush();
        }
    }
}
