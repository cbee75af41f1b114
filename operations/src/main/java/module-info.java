/**
 * The operator's command line: founds a hospital, starts and stops each party's own main as its own process, asks parties
 * how they are, imports at the station's door and fills a demo hospital there. It holds the console's key and the demo badges;
 * it never opens a cell, never reads a party's store and never does a party's work for it.
 */
@org.jspecify.annotations.NullMarked
module trimaran.operations {
    requires static transitive org.jspecify;
    requires info.picocli;
    requires java.net.http;
    requires trimaran.backup;
    requires trimaran.cut;
    requires trimaran.evidence;
    requires trimaran.exposure;
    requires trimaran.hospital;
    requires trimaran.kernel;
    requires trimaran.ledger;
    requires trimaran.line;
    requires trimaran.model;
    requires trimaran.process;
    requires trimaran.record;
    requires trimaran.shares;

    exports trimaran.operations;

    opens trimaran.operations to
            info.picocli;
}
