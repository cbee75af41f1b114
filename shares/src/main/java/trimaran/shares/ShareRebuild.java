package trimaran.shares;

import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;

/**
 * A fallen tier's pair out of the other two (DESIGN §6). The rebuilt tier does this with what both survivors send it; no
 * one holds three shares: each survivor sends only what the rebuilt tier is to keep, so K is assembled nowhere.
 */
public final class ShareRebuild {

    private ShareRebuild() {}

    /**
     * What one survivor sends for the rebuilding of a tier: the one share both keep.
     *
     * @param number 1 to 3
     */
    public record Contribution(Party from, int number, SecretBytes share) {
        public Contribution {
            if (!from.keepsShare(number) || share.size() != SharePair.SHARE_BYTES) {
                throw new IllegalArgumentException("not a share " + from.word() + " keeps");
            }
        }
    }

    public static Contribution contribution(SharePair survivor, Party fallen) {
        if (survivor.keeper() == fallen) {
            throw new IllegalArgumentException("the fallen tier cannot contribute to itself");
        }
        int number = fallen.keepsShare(SharePair.lowerNumber(survivor.keeper()))
                ? SharePair.lowerNumber(survivor.keeper())
                : SharePair.higherNumber(survivor.keeper());
        return new Contribution(survivor.keeper(), number, survivor.share(number));
    }

    /** The rebuilt pair; {@link Code#BAD_SHARE} unless the two contributions are exactly the fallen tier's shares. */
    public static Outcome<SharePair> rebuild(Party fallen, Contribution one, Contribution other) {
        if (one.from() == other.from()
                || one.number() == other.number()
                || !fallen.keepsShare(one.number())
                || !fallen.keepsShare(other.number())
                || one.from() == fallen
                || other.from() == fallen) {
            return Outcome.refused(Code.BAD_SHARE, "These are not the two shares of " + fallen.word() + ".");
        }
        return Outcome.done(
                one.number() < other.number()
                        ? new SharePair(fallen, one.share(), other.share())
                        : new SharePair(fallen, other.share(), one.share()));
    }

    /** Whether two survivors hold the same copy of the share they have in common; compared by commitments on the line. */
    public static boolean agree(SharePair one, SharePair other) {
        int common = commonNumber(one.keeper(), other.keeper());
        return one.share(common).equals(other.share(common));
    }

    /** The number of the one share that two different tiers both keep. */
    public static int commonNumber(Party one, Party other) {
        if (one == other) {
            throw new IllegalArgumentException("one tier has two shares in common with itself");
        }
        for (int number = 1; number <= 3; number++) {
            if (one.keepsShare(number) && other.keepsShare(number)) {
                return number;
            }
        }
        throw new IllegalArgumentException("the witness keeps no share");
    }
}
