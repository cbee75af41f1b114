package trimaran.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The four parties that sign checkpoints. The first three are tiers, each a keeper of every entry. */
public enum Party {
    ACCESS,
    APPLICATION,
    DATA,
    WITNESS;

    public static final List<Party> TIERS = List.of(ACCESS, APPLICATION, DATA);

    public boolean isTier() {
        return this != WITNESS;
    }

    /** The name in files, options and messages, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Party> ofWord(String word) {
        for (Party party : values()) {
            if (party.word().equals(word)) {
                return Optional.of(party);
            }
        }
        return Optional.empty();
    }

    /** Whether this tier keeps share 1, 2 or 3 of each cell: access r2 r3, application r1 r3, data r1 r2. */
    public boolean keepsShare(int number) {
        return switch (this) {
            case ACCESS -> number == 2 || number == 3;
            case APPLICATION -> number == 1 || number == 3;
            case DATA -> number == 1 || number == 2;
            case WITNESS -> false;
        };
    }
}
