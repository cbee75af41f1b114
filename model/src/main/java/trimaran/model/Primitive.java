package trimaran.model;

import java.util.Locale;

/** The primitive types of R4 (data types page), by the JSON they are written as and the check their text must pass. */
enum Primitive {
    BOOLEAN(Json.BOOLEAN),
    INTEGER(Json.NUMBER),
    UNSIGNEDINT(Json.NUMBER),
    POSITIVEINT(Json.NUMBER),
    DECIMAL(Json.NUMBER),
    STRING(Json.STRING),
    MARKDOWN(Json.STRING),
    CODE(Json.STRING),
    ID(Json.STRING),
    URI(Json.STRING),
    URL(Json.STRING),
    CANONICAL(Json.STRING),
    OID(Json.STRING),
    UUID(Json.STRING),
    BASE64BINARY(Json.STRING),
    DATE(Json.STRING),
    DATETIME(Json.STRING),
    INSTANT(Json.STRING),
    TIME(Json.STRING),
    XHTML(Json.STRING);

    enum Json {
        BOOLEAN,
        NUMBER,
        STRING
    }

    final Json json;

    Primitive(Json json) {
        this.json = json;
    }

    static Primitive ofType(String type) {
        return valueOf(type.toUpperCase(Locale.ROOT));
    }
}
