import java.util.Locale;

/** What is printed: French, or English where the machine speaks English. */
final class Say {

    private static final boolean ENGLISH = Locale.getDefault().getLanguage().equals("en");

    private Say() {}

    static String of(String french, String english) {
        return ENGLISH ? english : french;
    }

    static void line(String mark, String what) {
        System.out.println(mark + " ".repeat(Math.max(1, 8 - mark.length())) + what);
    }

    static void ok(String french, String english) {
        line("OK", of(french, english));
    }
}
