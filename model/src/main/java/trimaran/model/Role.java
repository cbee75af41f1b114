package trimaran.model;

/** Why the strict check remembers the value of an element; set by path when the table is loaded. */
enum Role {
    NONE,
    /** Parts of data types, kept until the object around them ends. */
    FIRST,
    SECOND,
    GIVEN,
    /** A text that may name an entry of the same Bundle. */
    LINK,
    /** What facts are made of. */
    SUBJECT,
    ENCOUNTER,
    PART_OF,
    CLINICAL_DATE,
    SETTING,
    CATEGORY,
    COURSE,
    IDENTIFIER,
    NAME,
    BIRTH_DATE,
    /** What the writer replaces. */
    ID,
    META,
    VERSION_ID,
    LAST_UPDATED,
    /** Parts of a Bundle. */
    BUNDLE_TYPE,
    ENTRY,
    ENTRY_RESOURCE,
    FULL_URL,
    METHOD,
    REQUEST_URL,
    IF_NONE_MATCH,
    IF_MODIFIED_SINCE,
    IF_MATCH,
    IF_NONE_EXIST
}
