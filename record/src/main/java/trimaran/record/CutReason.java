package trimaran.record;

import trimaran.kernel.Bytes;

/** What may stand as the reason of a cut. */
final class CutReason {

    private CutReason() {}

    /**
     * Whether a text may stand as the reason: short, in one line, nothing in it that a terminal would obey, no blank at an end,
     * so that it is printed as it was signed. It is judged by numbers and not by the platform's tables, which grow from release
     * to release: every party has to judge it alike in twenty years.
     */
    static boolean isWhy(String text) {
        return Bytes.ofText(text).size() <= RecordLimits.WHY_BYTES_MAX
                && !text.startsWith(" ")
                && !text.endsWith(" ")
                && text.codePoints().noneMatch(CutReason::isUnprintable);
    }

    /** Controls, ends of lines, what is invisible or turns the direction of a text, halves of characters, tags. */
    private static boolean isUnprintable(int point) {
        return point < 0x20
                || isIn(point, 0x7f, 0x9f)
                || point == 0xad
                || point == 0x61c
                || isIn(point, 0x200b, 0x200f)
                || isIn(point, 0x2028, 0x202e)
                || isIn(point, 0x2060, 0x206f)
                || isIn(point, 0xd800, 0xdfff)
                || point == 0xfeff
                || isIn(point, 0xfff9, 0xfffb)
                || point >= 0xe0000;
    }

    private static boolean isIn(int point, int first, int last) {
        return point >= first && point <= last;
    }
}
