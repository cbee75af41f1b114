/** Something in the archive is false: where, and what. */
final class FalseException extends Exception {

    private static final long serialVersionUID = 1L;

    FalseException(String place, String french, String english) {
        super(place + ": " + Say.of(french, english));
    }
}
