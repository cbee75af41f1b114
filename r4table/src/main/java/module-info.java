/**
 * Runs while the house is built: reads the StructureDefinitions, ValueSets and CodeSystems of FHIR R4 and writes the one
 * compact element table that {@code model} loads. It must never be linked by anything that runs in a hospital.
 */
@org.jspecify.annotations.NullMarked
module trimaran.r4table {
    requires java.xml;
    requires static transitive org.jspecify;
}
