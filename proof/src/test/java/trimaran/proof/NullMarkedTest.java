package trimaran.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The null checker looks only at what is marked: a room that forgets the mark would go unchecked. */
class NullMarkedTest {

    @Test
    void everyRoomIsMarked() throws IOException {
        for (House.Room room : House.rooms()) {
            assertThat(marked(room.classes().resolve("module-info.class")))
                    .as(room.name())
                    .isTrue();
        }
        assertThat(House.rooms()).hasSizeGreaterThan(15);
    }

    @Test
    void aRoomWithoutTheMarkIsSeen() throws IOException {
        Path forgotten = Plant.compileModule("module planted { }");
        assertThat(marked(forgotten.resolve("module-info.class"))).isFalse();
    }

    private static boolean marked(Path moduleInfo) throws IOException {
        ClassModel module = ClassFile.of().parse(Files.readAllBytes(moduleInfo));
        return module.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(found -> found.annotations().stream())
                .anyMatch(found -> found.className().equalsString("Lorg/jspecify/annotations/NullMarked;"));
    }
}
