package trimaran.proof;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The methods of Java sources and their length, as the compiler's parser sees them. */
final class Methods {

    /** A method with its class; lines from its name to its last brace, without its comment and annotations. */
    record Method(String name, long lines) {}

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private Methods() {}

    static List<Method> of(List<Path> files) {
        try (StandardJavaFileManager manager = COMPILER.getStandardFileManager(null, null, null)) {
            return parse(manager.getJavaFileObjectsFromPaths(files));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Method> of(String name, String text) {
        return parse(List.of(
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                }));
    }

    private static List<Method> parse(Iterable<? extends JavaFileObject> sources) {
        JavacTask task = (JavacTask) COMPILER.getTask(null, null, null, List.of("-proc:none"), null, sources);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Method> found = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Finder(unit, positions, found), "");
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }

    private static final class Finder extends TreeScanner<Void, String> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> found;

        Finder(CompilationUnitTree unit, SourcePositions positions, List<Method> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            return super.visitClass(type, type.getSimpleName().toString());
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
            if (method.getBody() != null) {
                long first = positions.getStartPosition(unit, method.getBody());
                long last = positions.getEndPosition(unit, method.getBody());
                long lines = unit.getLineMap().getLineNumber(last)
                        - unit.getLineMap().getLineNumber(first)
                        + 1;
                found.add(new Method(type + "." + method.getName(), lines));
            }
            return super.visitMethod(method, type);
        }
    }
}
