@org.jspecify.annotations.NullMarked
module trimaran.line {
    requires static transitive org.jspecify;
}
