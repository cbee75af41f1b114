package trimaran.keeper;

/**
 * What lies on this tier's own disk cannot be read, though it was written whole: the disk lies, or somebody wrote on it. No restart mends that, and a
 * rebuild from the other tiers does.
 */
public final class UnreadableCopyException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param what of the copy, and that it cannot be read */
    public UnreadableCopyException(String what, Exception cause) {
        super(what, cause);
    }
}
