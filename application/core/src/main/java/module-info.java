/**
 * How application decides: the interface an application is written against, who may write what, which cells a rule may
 * read, and the office that takes one request for approval from its bytes to a signed yes or no. Pure but for the loop it
 * runs on. It must never place, store or seal anything, open a socket, or keep what it was shown after the decision.
 */
@org.jspecify.annotations.NullMarked
module trimaran.application {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.line;
    requires transitive trimaran.record;
    requires trimaran.model;

    exports trimaran.application;
}
