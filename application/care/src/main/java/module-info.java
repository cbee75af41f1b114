/**
 * Care: every clinical resource, and whatever else no other application answers for. It decides nothing but what is its
 * own: checks of dose and allergy are a room of their own. It must never reach another application, the disk, the
 * network, a clock, randomness or a thread.
 */
@org.jspecify.annotations.NullMarked
module trimaran.application.care {
    requires static transitive org.jspecify;
    requires transitive trimaran.application;
    requires trimaran.model;

    exports trimaran.application.care;
}
