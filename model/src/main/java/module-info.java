/**
 * What FHIR R4 allows and where a resource belongs: the element table, the strict check of foreign JSON, references and
 * their rewriting, Bundles, placement in cells, and the facts by which resources are found. Pure: bytes in, values out.
 * It must never read a file, a clock or a socket, link a parser of others, or decide who may do something.
 */
@org.jspecify.annotations.NullMarked
module trimaran.model {
    requires transitive trimaran.kernel;
    requires static transitive org.jspecify;

    exports trimaran.model;
}
