package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the process that runs many commands takes; that they say what commands say is tried on a hospital. */
class ManyMainTest {

    private final ByteArrayOutputStream ended = new ByteArrayOutputStream();

    @Test
    void itEndsWithItsInput() throws IOException {
        new ManyMain(ended).serve(in());
        assertThat(ended.size()).isZero();
    }

    @Test
    void anOrderOfMoreArgumentsThanAnyHasIsRefused() {
        for (int count : new int[] {-1, 0, ManyMain.ARGUMENTS_MAX + 1}) {
            assertThatThrownBy(() -> new ManyMain(ended).serve(in(1, count)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(String.valueOf(count));
        }
        // So many are read, and missed.
        assertThatThrownBy(() -> new ManyMain(ended).serve(in(1, ManyMain.ARGUMENTS_MAX)))
                .isInstanceOf(java.io.EOFException.class);
    }

    private static DataInputStream in(int... numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int number : numbers) {
            out.writeInt(number);
        }
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
