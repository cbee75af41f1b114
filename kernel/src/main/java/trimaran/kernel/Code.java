package trimaran.kernel;

/**
 * The stable codes of refusals, {@code TRI-nnn}, with their one mapping to an HTTP status, an OperationOutcome issue type
 * (FHIR R4 value set issue-type) and a process exit code. A number never changes its meaning and is never used again.
 */
public enum Code {
    // 1xx: what was sent
    MALFORMED(100, 400, "structure", 2),
    TOO_LARGE(101, 413, "too-long", 2),
    UNKNOWN_ELEMENT(102, 422, "structure", 2),
    WRONG_TYPE(103, 422, "structure", 2),
    CARDINALITY(104, 422, "required", 2),
    BAD_VALUE(105, 422, "value", 2),
    CODE_REQUIRED(106, 422, "code-invalid", 2),
    BAD_REFERENCE(107, 422, "not-found", 2),
    NOT_SUPPORTED(108, 404, "not-supported", 2),
    BAD_PARAMETER(109, 400, "value", 2),
    UNSUPPORTED_MEDIA(110, 415, "not-supported", 2),
    METHOD_NOT_ALLOWED(111, 405, "not-supported", 2),
    TOO_SLOW(112, 408, "timeout", 2),
    NOT_ACCEPTABLE(113, 406, "not-supported", 2),
    // 2xx: what was asked for
    NOT_FOUND(200, 404, "not-found", 3),
    GONE(201, 410, "deleted", 3),
    VERSION_CONFLICT(202, 409, "conflict", 3),
    PRECONDITION_FAILED(203, 412, "conflict", 3),
    DUPLICATE(204, 409, "duplicate", 3),
    CELL_EXISTS(205, 409, "duplicate", 3),
    UNREAD(206, 409, "conflict", 3),
    // 3xx: who is asking
    NOT_SIGNED_IN(300, 401, "login", 4),
    NOT_ALLOWED(301, 403, "forbidden", 4),
    SESSION_ENDED(302, 401, "expired", 4),
    SESSION_UNKNOWN(303, 401, "unknown", 4),
    BAD_SIGNATURE(304, 403, "security", 4),
    OVER_BUDGET(305, 429, "throttled", 4),
    WRONG_PIN(306, 401, "login", 4),
    CUT(307, 403, "suppressed", 4),
    OFFICERS_MISSING(308, 403, "forbidden", 4),
    // 4xx: what an application decided
    BED_TAKEN(400, 422, "business-rule", 5),
    NOT_ADMITTED(401, 422, "business-rule", 5),
    ALREADY_DISCHARGED(402, 422, "business-rule", 5),
    ROLE_MISSING(403, 403, "business-rule", 5),
    PREMISE_MOVED(404, 409, "transient", 5),
    APPROVAL_EXPIRED(405, 409, "transient", 5),
    RULE(406, 422, "business-rule", 5),
    // 5xx: what is not to be had right now
    UNAVAILABLE(500, 503, "transient", 6),
    STALE(501, 503, "transient", 6),
    BUSY(502, 503, "throttled", 6),
    NOT_HELD(503, 503, "transient", 6),
    BROKEN(504, 500, "exception", 6),
    // 6xx: the record itself
    WRONG_ORIGIN(600, 409, "conflict", 7),
    BAD_PROOF(601, 502, "security", 7),
    EQUIVOCATION(602, 502, "security", 7),
    BAD_SHARE(603, 502, "security", 7),
    UNKNOWN_ENTRY(604, 404, "not-found", 7),
    // 7xx: the command line and the home folder
    USAGE(700, 400, "invalid", 64),
    PORT_BUSY(701, 503, "transient", 65),
    DISK_FULL(702, 507, "no-store", 66),
    HOME_VERSION(703, 500, "not-supported", 67),
    KEY_FILE(704, 500, "security", 68),
    HOME_DAMAGED(705, 500, "exception", 69),
    HOME_IN_USE(706, 503, "lock-error", 70),
    TIER_INCOMPLETE(707, 503, "transient", 71);

    private final int number;
    private final int httpStatus;
    private final String issueType;
    private final int exitCode;

    Code(int number, int httpStatus, String issueType, int exitCode) {
        this.number = number;
        this.httpStatus = httpStatus;
        this.issueType = issueType;
        this.exitCode = exitCode;
    }

    public int number() {
        return number;
    }

    /** The code as people quote it, for instance {@code TRI-202}. */
    public String tag() {
        return "TRI-" + number;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public String issueType() {
        return issueType;
    }

    public int exitCode() {
        return exitCode;
    }

    public static Code read(Reader reader) throws MalformedException {
        int number = reader.u16();
        for (Code code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        throw new MalformedException("unknown refusal code " + number);
    }

    public void write(Writer writer) {
        writer.u16(number);
    }
}
