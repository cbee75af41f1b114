package trimaran.model;

/** Every bound of the FHIR door's input, in one place. Just over one of them the answer is a refusal, never a crash. */
public final class Limits {

    /** Largest body. The largest synthetic patient seen is 53 MB; a body is held once in memory. */
    public static final int BODY_BYTES_MAX = 64 << 20;

    /** Deepest nesting of objects. R4's own elements nest about 15 deep; extensions add a little, attackers a lot. */
    public static final int DEPTH_MAX = 48;

    /** Resources inside resources: a Bundle of Bundles with contained resources is 4. */
    public static final int NESTED_RESOURCES_MAX = 4;

    /** Entries of one Bundle: a whole life of 53 MB has about 40,000. */
    public static final int ENTRIES_MAX = 100_000;

    /** Items of any other list in one resource; a Provenance of a whole life names about 40,000 targets. */
    public static final int ITEMS_MAX = 200_000;

    /** References in one body; each is kept as two numbers until the transaction is written. */
    public static final int REFERENCES_MAX = 1_000_000;

    /** Identifiers, and names, of one resource that are kept for finding it. The rest stays in the resource unfound. */
    public static final int FACTS_MAX = 64;

    /** A string of FHIR has at most 1 MiB (R4, data types, string). Base64 and narrative are bound by the body alone. */
    public static final int STRING_BYTES_MAX = 1 << 20;

    /** Longest literal reference, URL or other URI: what every proxy on the way still carries. */
    public static final int URI_BYTES_MAX = 8192;

    /** Digits, sign, point and exponent of a decimal: many times the 18 digits R4 asks for. */
    public static final int DECIMAL_CHARACTERS_MAX = 64;

    /** Largest power of ten in a decimal: beyond it a few bytes would make a calculator write a megabyte. */
    public static final int EXPONENT_MAX = 99;

    /** Digits of a fraction of a second: nanoseconds, the finest a clock here knows. */
    public static final int FRACTION_DIGITS_MAX = 9;

    /** Characters of an id (R4, data types, id). */
    public static final int ID_CHARACTERS_MAX = 64;

    /** Deepest nesting of tags in a narrative. */
    public static final int XHTML_DEPTH_MAX = 64;

    private Limits() {}
}
