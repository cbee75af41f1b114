@org.jspecify.annotations.NullMarked
module trimaran.record {
    requires static transitive org.jspecify;
}
