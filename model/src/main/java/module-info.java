@org.jspecify.annotations.NullMarked
module trimaran.model {
    requires static transitive org.jspecify;
}
