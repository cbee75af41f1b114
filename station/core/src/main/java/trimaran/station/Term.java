package trimaran.station;

import trimaran.model.Trait;

/**
 * What something is looked up by: a kind of trait and its normalised value. The kind names the resource type, so that a
 * token leads to resources of one type only.
 */
record Term(String kind, String value) {

    static Term of(String resourceType, Trait trait) {
        return new Term(resourceType + "/" + trait.type(), trait.value());
    }

    /** An id its author chose. */
    static Term ofChosenId(String resourceType, String id) {
        return new Term(resourceType + "/id", id);
    }

    /** An input under its sender's own name for it (DESIGN §8, traits). */
    static Term ofInput(String sender, String name) {
        return new Term("Trimaran/input", sender + "/" + name);
    }

    /** Something every station has to find without having been told of it, as the house cells. */
    static Term ofPlace(String name) {
        return new Term("Trimaran", name);
    }
}
