@org.jspecify.annotations.NullMarked
module trimaran.keeper {
    requires static transitive org.jspecify;

    exports trimaran.keeper.spi;

    requires transitive trimaran.kernel;
}
