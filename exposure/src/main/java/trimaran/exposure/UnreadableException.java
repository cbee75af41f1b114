package trimaran.exposure;

import trimaran.kernel.Code;

/** Record or ledgers could not be read so far that a report could be begun. */
public final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1;

    private final Code code;
    private final transient Remark remark;

    UnreadableException(Code code, Remark remark) {
        super(remark.key());
        this.code = code;
        this.remark = remark;
    }

    public Code code() {
        return code;
    }

    /** What happened and what to do. */
    public Remark remark() {
        return remark;
    }
}
