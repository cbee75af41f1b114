package trimaran.station.fhir;

import trimaran.kernel.Code;

/**
 * {@code Location/$ward-pack?ward=}: the ward on paper, as PDF. An operation of this house, for whoever prints; what a reader of FHIR
 * JSON would do with it is said by its content type.
 */
final class WardPack {

    /** A ward's code or name, as people write it. */
    static final int NAME_CHARACTERS_MAX = 100;

    private WardPack() {}

    static Answer of(Call call) throws RefusedException {
        String ward = call.address().parameters().single("ward").orElse("").strip();
        if (ward.isEmpty() || ward.length() > NAME_CHARACTERS_MAX) {
            throw RefusedException.at(Code.BAD_PARAMETER, "ward", "name the ward by its code, its name or its id");
        }
        return Answer.pdf(RefusedException.value(call.view().wardPack(ward, Issues.LANGUAGE.get())));
    }
}
