/**
 * The application tier as a process: a keeper with an office. This room alone knows all applications; it opens cells for a
 * filed draft and forgets them with the decision.
 */
@org.jspecify.annotations.NullMarked
module trimaran.application.main {
    requires static transitive org.jspecify;
    requires transitive trimaran.tier;
    requires transitive trimaran.application;
    requires trimaran.application.movements;
    requires trimaran.application.care;
    requires trimaran.seal;

    exports trimaran.application.main;
}
