package trimaran.hospital;

/** What a ward is there for; each has its own reasons to come, ages and courses. */
enum Care {
    MEDICINE,
    CARDIOLOGY,
    PNEUMOLOGY,
    GASTROENTEROLOGY,
    NEUROLOGY,
    NEPHROLOGY,
    GERIATRICS,
    REHABILITATION,
    LONG_STAY,
    ONCOLOGY,
    DIGESTIVE_SURGERY,
    ORTHOPAEDICS,
    UROLOGY,
    HEAD_AND_NECK,
    DAY_SURGERY,
    MATERNITY,
    NEONATOLOGY,
    PAEDIATRICS,
    INTENSIVE_CARE,
    STEP_DOWN,
    CORONARY_CARE,
    EMERGENCY,
    PSYCHIATRY
}
