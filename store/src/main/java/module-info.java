@org.jspecify.annotations.NullMarked
module trimaran.store {
    requires static transitive org.jspecify;
}
