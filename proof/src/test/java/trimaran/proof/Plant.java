package trimaran.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Violations written out, compiled against the house and shown to a wall, so that each wall is seen to refuse. */
final class Plant {

    /** What stands in for libraries that this room does not link: a wall knows them by their names alone. */
    private static final List<Source> STRANGERS = List.of(
            new Source("JsonFactory", "package com.fasterxml.jackson.core; public class JsonFactory {}"),
            new Source("WebServer", "package io.helidon.webserver; public class WebServer {}"),
            new Source("CommandLine", "package picocli; public class CommandLine {}"),
            new Source(
                    "RocksDB", "package org.rocksdb; public class RocksDB { public void deleteRange(byte[] key) {} }"));

    private Plant() {}

    /** Asserts that the house passes the wall and that each body, as a class of the package, does not. */
    static void holdsAndRefuses(ArchRule wall, String packageName, String... bodies) {
        wall.check(House.classes());
        refuses(wall, packageName, bodies);
    }

    /** Asserts that the wall lets none of these bodies stand in the package. */
    static void refuses(ArchRule wall, String packageName, String... bodies) {
        Path folder = compile(packageName, bodies).resolve(packageName.replace('.', '/'));
        for (int index = 0; index < bodies.length; index++) {
            Path planted = folder.resolve("Planted" + index + ".class");
            assertThat(wall.allowEmptyShould(true)
                            .evaluate(new ClassFileImporter().importPath(planted))
                            .hasViolation())
                    .as("%s, planted in %s: %s", wall.getDescription(), packageName, bodies[index])
                    .isTrue();
        }
    }

    /** The rooms of the application tier with one class more. */
    static JavaClasses withApplications(String packageName, String body) {
        List<Path> all = new ArrayList<>(House.rooms().stream()
                .filter(room -> room.name().startsWith("application/"))
                .map(House.Room::classes)
                .toList());
        all.add(compile(packageName, body));
        return new ClassFileImporter().importPaths(all);
    }

    /** Compiles classes {@code Planted0}, {@code Planted1} and so on; what stands before a brace may extend one. */
    static Path compile(String packageName, String... bodies) {
        List<Source> sources = new ArrayList<>(STRANGERS);
        for (int index = 0; index < bodies.length; index++) {
            String name = "Planted" + index;
            String body = bodies[index].contains("{") && bodies[index].startsWith("implements ")
                    ? bodies[index]
                    : "{ " + bodies[index] + " }";
            sources.add(new Source(name, "package " + packageName + "; abstract class " + name + " " + body));
        }
        return compile(sources, "-cp", classPath());
    }

    /** Compiles a module descriptor alone. */
    static Path compileModule(String descriptor) {
        return compile(List.of(new Source("module-info", descriptor)), "-p", System.getProperty("java.class.path"));
    }

    private static Path compile(List<Source> sources, String... options) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try {
            Path target = Files.createDirectories(House.root().resolve("proof/target/planted"));
            Path folder = Files.createTempDirectory(target, "");
            List<String> all = new ArrayList<>(List.of(options));
            all.addAll(List.of("-d", folder.toString(), "-nowarn", "-proc:none"));
            boolean compiled =
                    compiler.getTask(said, null, null, all, null, sources).call();
            assertThat(compiled).as("the planted source compiles: %s", said).isTrue();
            return folder;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static String classPath() {
        return House.rooms().stream()
                .map(room -> room.classes().toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
