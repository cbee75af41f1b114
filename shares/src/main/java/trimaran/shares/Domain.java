package trimaran.shares;

import trimaran.kernel.Writer;

/**
 * What a hash, a derived key or a code is for. Each use of a secret begins with its own tag, so that a value made for one
 * purpose is never valid for another. A tag is part of what was sealed and never changes; a new layout gets a new tag.
 */
public enum Domain {
    KEY_COMMITMENT("trimaran/2/key-commitment"),
    SHARE_COMMITMENT("trimaran/2/share-commitment"),
    PART_KEY("trimaran/1/part-key"),
    PART_SALT("trimaran/1/part-salt"),
    ENVELOPE_KEY("trimaran/1/envelope-key"),
    STORED_PAIR("trimaran/1/stored-pair"),
    STORED_SECRET("trimaran/1/stored-secret"),
    INCREMENT("trimaran/1/increment"),
    GENERATION_DIGEST("trimaran/2/generation-digest"),
    SEARCH_KEY("trimaran/1/search-key"),
    LOOKUP_PARTIAL("trimaran/1/lookup-partial"),
    BADGE_SEAL_KEY("trimaran/1/badge-seal-key");

    private final String tag;

    Domain(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }

    /** A writer that begins with the tag and its length, so that no tag is the beginning of another's content. */
    public Writer begin() {
        return new Writer().text(tag);
    }
}
