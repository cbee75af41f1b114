package trimaran.hospital;

import java.util.List;

/**
 * One kind of ward, as the house of 700 beds has it.
 *
 * @param uf the code of its functional unit
 * @param level the floor, which also begins its room numbers
 * @param beds of 700
 * @param occupied percent of its beds
 * @param fromDays youngest patient, in days
 * @param toYears oldest patient, in years
 * @param women percent
 * @param stayDays longest stay that is usual
 * @param singles whether every room has one bed
 */
record WardKind(
        String code,
        String name,
        String shortName,
        String uf,
        String pole,
        String building,
        int level,
        Care care,
        int beds,
        int occupied,
        int fromDays,
        int toYears,
        int women,
        int stayDays,
        boolean singles) {

    private static final int COLUMNS = 15;

    /**
     * All 25, in the order in which a smaller house would have them: code, name, short name, functional unit, department, building,
     * floor, care, beds, percent occupied, youngest (in days or years), oldest in years, percent of women, days of stay, rooms.
     */
    static final List<WardKind> ALL = """
            MED-A  | Médecine A                               | Méd. A       | 3101 | Médecine                | Bâtiment principal | 3 | MEDICINE          | 30 | 87  | 18 a | 96  | 52  | 9   | partage
            MAT    | Maternité                                | Mater.       | 4101 | Mère-enfant             | Bâtiment principal | 6 | MATERNITY         | 36 | 95  | 18 a | 44  | 100 | 4   | partage
            REA    | Réanimation                              | Réa          | 5101 | Soins critiques         | Bâtiment principal | 0 | INTENSIVE_CARE    | 18 | 100 | 18 a | 84  | 40  | 12  | seul
            CHIR-D | Chirurgie digestive                      | Chir. dig.   | 2101 | Chirurgie               | Bâtiment principal | 2 | DIGESTIVE_SURGERY | 32 | 88  | 18 a | 88  | 48  | 7   | partage
            PED    | Pédiatrie                                | Pédia.       | 4301 | Mère-enfant             | Bâtiment principal | 5 | PAEDIATRICS       | 24 | 83  | 29 j | 15  | 46  | 4   | seul
            CARDIO | Cardiologie                              | Cardio       | 3201 | Médecine                | Bâtiment principal | 4 | CARDIOLOGY        | 32 | 91  | 45 a | 94  | 42  | 7   | partage
            UHCD   | Urgences, lits-portes                    | UHCD         | 6101 | Urgences et psychiatrie | Bâtiment principal | 0 | EMERGENCY         | 16 | 82  | 18 a | 96  | 50  | 1   | seul
            GER    | Gériatrie aiguë                          | Gériatrie    | 7101 | Gériatrie et suite      | Bâtiment principal | 1 | GERIATRICS        | 36 | 92  | 75 a | 101 | 64  | 12  | partage
            ORTHO  | Orthopédie et traumatologie              | Ortho        | 2201 | Chirurgie               | Bâtiment principal | 2 | ORTHOPAEDICS      | 36 | 88  | 18 a | 95  | 55  | 8   | partage
            PSY    | Psychiatrie                              | Psy          | 6201 | Urgences et psychiatrie | Pavillon C         | 1 | PSYCHIATRY        | 50 | 94  | 18 a | 74  | 47  | 40  | partage
            SSR-1  | Soins de suite et réadaptation 1         | SSR 1        | 7201 | Gériatrie et suite      | Pavillon B         | 1 | REHABILITATION    | 40 | 100 | 55 a | 96  | 58  | 35  | partage
            PNEUMO | Pneumologie                              | Pneumo       | 3301 | Médecine                | Bâtiment principal | 4 | PNEUMOLOGY        | 28 | 89  | 18 a | 90  | 44  | 8   | partage
            GASTRO | Hépato-gastro-entérologie                | Gastro       | 3401 | Médecine                | Bâtiment principal | 5 | GASTROENTEROLOGY  | 28 | 86  | 18 a | 88  | 45  | 7   | partage
            NEURO  | Neurologie                               | Neuro        | 3501 | Médecine                | Bâtiment principal | 5 | NEUROLOGY         | 26 | 92  | 18 a | 92  | 50  | 9   | partage
            NEPHRO | Néphrologie et dialyse                   | Néphro       | 3601 | Médecine                | Bâtiment principal | 2 | NEPHROLOGY        | 20 | 85  | 18 a | 88  | 43  | 8   | partage
            ONCO   | Oncologie                                | Onco         | 3701 | Médecine                | Bâtiment principal | 6 | ONCOLOGY          | 24 | 83  | 30 a | 86  | 54  | 7   | seul
            NEONAT | Néonatologie                             | Néonat       | 4201 | Mère-enfant             | Bâtiment principal | 6 | NEONATOLOGY       | 16 | 75  | 1 j  | 0   | 48  | 15  | seul
            USC    | Surveillance continue                    | USC          | 5201 | Soins critiques         | Bâtiment principal | 0 | STEP_DOWN         | 12 | 92  | 18 a | 86  | 44  | 6   | seul
            USIC   | Soins intensifs de cardiologie           | USIC         | 5301 | Soins critiques         | Bâtiment principal | 4 | CORONARY_CARE     | 12 | 92  | 40 a | 90  | 36  | 4   | seul
            URO    | Urologie                                 | Uro          | 2301 | Chirurgie               | Bâtiment principal | 1 | UROLOGY           | 22 | 82  | 40 a | 90  | 22  | 5   | partage
            ORL    | ORL et ophtalmologie                     | ORL-Oph      | 2401 | Chirurgie               | Bâtiment principal | 1 | HEAD_AND_NECK     | 18 | 78  | 18 a | 88  | 50  | 3   | partage
            CHIR-C | Chirurgie ambulatoire et de courte durée | Chir. courte | 2501 | Chirurgie               | Bâtiment principal | 0 | DAY_SURGERY       | 24 | 75  | 18 a | 82  | 55  | 1   | partage
            SSR-2  | Soins de suite et réadaptation 2         | SSR 2        | 7202 | Gériatrie et suite      | Pavillon B         | 2 | REHABILITATION    | 40 | 88  | 55 a | 96  | 60  | 35  | partage
            MED-B  | Médecine B                               | Méd. B       | 3102 | Médecine                | Bâtiment principal | 3 | MEDICINE          | 30 | 87  | 18 a | 94  | 52  | 9   | partage
            USLD   | Soins de longue durée                    | USLD         | 7301 | Gériatrie et suite      | Pavillon D         | 1 | LONG_STAY         | 50 | 88  | 75 a | 103 | 70  | 400 | seul
            """.lines().map(WardKind::of).toList();

    private static WardKind of(String line) {
        List<String> row = List.of(line.split("\\s*\\|\\s*", -1));
        if (row.size() != COLUMNS) {
            throw new IllegalStateException("no ward: " + line);
        }
        String[] youngest = row.get(10).split(" ", -1);
        int from = Integer.parseInt(youngest[0]);
        return new WardKind(
                row.get(0),
                row.get(1),
                row.get(2),
                row.get(3),
                row.get(4),
                row.get(5),
                number(row, 6),
                Care.valueOf(row.get(7)),
                number(row, 8),
                number(row, 9),
                // Whoever is so many years old has lived their leap days, too.
                youngest[1].equals("a") ? from * 365 + from / 4 + 1 : from,
                number(row, 11),
                number(row, 12),
                number(row, 13),
                row.get(14).equals("seul"));
    }

    private static int number(List<String> row, int column) {
        return Integer.parseInt(row.get(column));
    }

    /** How the nurses' station is called: numbers that are given to nobody (ARCEP, 01 99 00). */
    String phone() {
        return "01 99 00 " + uf.substring(0, 2) + " " + uf.substring(2);
    }
}
