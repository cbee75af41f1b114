@org.jspecify.annotations.NullMarked
module trimaran.seal {
    requires static transitive org.jspecify;
}
