package trimaran.kernel;

/**
 * Bytes that are not what they claim to be. Checked on purpose: whoever reads foreign bytes says at once what becomes of
 * them. The message names the place and never repeats the content.
 */
public final class MalformedException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message, null, false, false);
    }
}
