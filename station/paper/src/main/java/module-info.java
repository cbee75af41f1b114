/**
 * The ward pack on paper: a census, and for each patient what is needed to go on without any screen, with blank numbered forms, as
 * one PDF of black on white. Says what the charts say and nothing else, each sheet with whom it is about, how old it is and a code
 * that leads back to it. It must never ask a station for anything, write a file, fetch anything by an address, shorten a drug, a
 * dose or a name, or leave a sheet without its patient.
 */
@org.jspecify.annotations.NullMarked
module trimaran.station.paper {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.station;
    requires transitive trimaran.station.chart;
    requires com.google.zxing;
    // The engine draws with the JDK's fonts and colours and reads its own XHTML with the JDK's parser.
    requires java.desktop;
    requires java.logging;
    requires java.xml;
    requires openhtmltopdf.core;
    requires openhtmltopdf.pdfbox;
    // Which letters the fonts have.
    requires org.apache.fontbox;
    requires org.apache.pdfbox.io;
    requires org.apache.pdfbox;

    exports trimaran.station.paper;
}
