package trimaran.model;

import trimaran.kernel.Code;

/** Ends a check from deep inside; the check's entry turns it into a refusal with the place. Never leaves the module. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    final Code code;
    final String sentence;

    /** The element the sentence is about, below the one being read; may be empty. */
    final String below;

    RefusedException(Code code, String sentence) {
        this(code, sentence, "");
    }

    RefusedException(Code code, String sentence, String below) {
        super(sentence, null, false, false);
        this.code = code;
        this.sentence = sentence;
        this.below = below;
    }
}
