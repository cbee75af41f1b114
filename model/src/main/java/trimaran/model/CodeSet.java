package trimaran.model;

import java.util.List;

/** All codes of a required binding, with and without their systems. */
final class CodeSet {

    private final NameIndex codes;
    private final NameIndex systems;
    private final List<List<String>> codesOfSystem;

    CodeSet(List<String> systems, List<List<String>> codesOfSystem) {
        this.systems = new NameIndex(systems);
        this.codesOfSystem = codesOfSystem;
        this.codes = new NameIndex(
                codesOfSystem.stream().flatMap(List::stream).distinct().toList());
    }

    boolean contains(byte[] bytes, int start, int end) {
        return codes.find(bytes, start, end) >= 0;
    }

    /** Whether the coding is one of the set: code and system must belong together. */
    boolean contains(byte[] system, String code) {
        int number = systems.find(system, 0, system.length);
        return number >= 0 && codesOfSystem.get(number).contains(code);
    }
}
