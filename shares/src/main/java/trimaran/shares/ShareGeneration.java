package trimaran.shares;

import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;

/**
 * What one keeper has for one generation: the file key, and the sealing key that lies under it. So one file key opens every
 * stored pair and every envelope of the generation, and destroying that one closes them all, wherever copies of them are.
 */
public record ShareGeneration(GenerationKey file, SealingKeyPair sealing) {

    /** The name under which the private sealing key is sealed by its generation's file key. */
    static final String SEALING = "sealing";

    public static ShareGeneration draw(Party keeper, long generation, Entropy entropy) {
        return new ShareGeneration(GenerationKey.draw(keeper, generation, entropy), SealingKeyPair.generate(entropy));
    }

    public long number() {
        return file.generation();
    }

    /** The private sealing key for its file, sealed under the file key. */
    public Bytes sealedSealingKey(Entropy entropy) {
        SecretBytes pkcs8 = sealing.pkcs8();
        Bytes sealed = file.sealSecret(SEALING, pkcs8, entropy);
        pkcs8.wipe();
        return sealed;
    }

    /** The generation out of its two files; {@link Code#KEY_FILE} if they do not belong together. */
    public static Outcome<ShareGeneration> open(GenerationKey file, Bytes sealedSealingKey) {
        try {
            return switch (file.openSecret(SEALING, sealedSealingKey)) {
                case Outcome.Refused<SecretBytes>(var refusal) -> Outcome.refused(refusal);
                case Outcome.Done<SecretBytes>(SecretBytes pkcs8) ->
                    Outcome.done(new ShareGeneration(file, SealingKeyPair.ofPkcs8(pkcs8)));
            };
        } catch (MalformedException foreign) {
            return Outcome.refused(
                    Code.KEY_FILE, "the sealing key of generation " + file.generation() + " cannot be read");
        }
    }
}
