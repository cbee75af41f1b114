package trimaran.station.web;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A vital sign as it is asked for at the bed, with its LOINC code. Bounds are those of a measurement: beyond the outer ones no
 * human being is, or the device shows another unit; beyond the inner ones a nurse looks twice. They judge no patient.
 */
enum VitalSign {
    TEMPERATURE("8310-5", "Température", "°C", "Cel", "25", "34.5", "40.5", "45"),
    PULSE("8867-4", "Pouls", "/min", "/min", "10", "40", "160", "300"),
    SYSTOLIC("8480-6", "Systolique", "mmHg", "mm[Hg]", "30", "80", "200", "300"),
    DIASTOLIC("8462-4", "Diastolique", "mmHg", "mm[Hg]", "10", "40", "120", "200"),
    SATURATION("2708-6", "Saturation en oxygène", "%", "%", "30", "88", "100", "100"),
    BREATHS("9279-1", "Fréquence respiratoire", "/min", "/min", "2", "8", "40", "120"),
    OXYGEN("3151-8", "Débit d'oxygène", "L/min", "L/min", "0", "0", "15", "70"),
    PAIN("72514-3", "Douleur", "/10", "{score}", "0", "0", "10", "10"),
    GLUCOSE("14743-9", "Glycémie capillaire", "mmol/L", "mmol/L", "0.3", "3.3", "20", "60"),
    WEIGHT("29463-7", "Poids", "kg", "kg", "0.3", "2", "200", "400"),
    URINE("9187-6", "Diurèse", "mL", "mL", "0", "0", "3000", "10000");

    private final String code;
    private final String name;
    private final String unit;
    private final String ucum;
    private final BigDecimal least;
    private final BigDecimal low;
    private final BigDecimal high;
    private final BigDecimal most;

    VitalSign(String code, String name, String unit, String ucum, String least, String low, String high, String most) {
        this.code = code;
        this.name = name;
        this.unit = unit;
        this.ucum = ucum;
        this.least = new BigDecimal(least);
        this.low = new BigDecimal(low);
        this.high = new BigDecimal(high);
        this.most = new BigDecimal(most);
    }

    String code() {
        return code;
    }

    /** As the record calls it. */
    String words() {
        return name;
    }

    String unit() {
        return unit;
    }

    String ucum() {
        return ucum;
    }

    /** Its name in a form. */
    String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    String key() {
        return "vit." + field();
    }

    boolean isPossible(BigDecimal value) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    boolean isUsual(BigDecimal value) {
        return value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
    }

    String least() {
        return least.toPlainString().replace('.', ',');
    }

    String most() {
        return most.toPlainString().replace('.', ',');
    }
}
