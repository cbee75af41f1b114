package trimaran.proof;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.proof.Plant.holdsAndRefuses;
import static trimaran.proof.Plant.refuses;
import static trimaran.proof.Uses.matching;
import static trimaran.proof.Uses.use;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** An application decides from what it is given alone, so that any reader can decide again and the simulator can run it. */
class PureApplicationsTest {

    private static final String ANY = "trimaran.application.movements";

    /** Every package beside the core but the main. A new application stands behind these walls without being named. */
    private static final DescribedPredicate<JavaClass> APPLICATIONS = DescribedPredicate.describe(
            "are of an application",
            type -> type.getPackageName().startsWith("trimaran.application.")
                    && !type.getPackageName().startsWith("trimaran.application.main"));

    @Test
    void thereAreApplications() {
        assertThat(House.classes().stream().filter(APPLICATIONS).map(JavaClass::getPackageName))
                .contains("trimaran.application.movements", "trimaran.application.care");
        assertThat(House.classes().stream().filter(PureApplicationsTest::isApplication))
                .hasSizeGreaterThan(1);
    }

    @Test
    void anApplicationReachesNothingOutside() {
        ArchRule wall = noClasses()
                .that(APPLICATIONS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.nio..",
                        "java.net..",
                        "java.util.concurrent..",
                        "java.util.random..",
                        "java.lang.ref..",
                        "java.lang.reflect..",
                        "java.lang.foreign..",
                        "java.security..",
                        "javax..",
                        "trimaran.line",
                        "trimaran.line.tls..",
                        "trimaran.keeper..",
                        "trimaran.seal..",
                        "trimaran.shares..",
                        "trimaran.process..",
                        "trimaran.store..")
                .orShould()
                .dependOnClassesThat(matching("trimaran\\.kernel\\.(Disk|Loop|Entropy)(\\$.*)?"))
                .orShould()
                .dependOnClassesThat(matching("java\\.time\\.(Clock|InstantSource)"))
                .orShould()
                .dependOnClassesThat(matching("java\\.util\\.(.*Random.*|Timer.*|Scanner|UUID)"))
                .orShould()
                .dependOnClassesThat(
                        matching("java\\.lang\\.(Thread.*|Runtime|Process.*|ScopedValue.*|InheritableThreadLocal)"));
        holdsAndRefuses(
                wall,
                ANY,
                "java.io.File file;",
                "java.nio.file.Path path;",
                "java.net.URI address;",
                "java.util.concurrent.atomic.AtomicLong counter;",
                "java.lang.ref.SoftReference<String> memory;",
                "java.security.SecureRandom chance;",
                "Class<?> mirror = java.lang.reflect.Method.class;",
                "trimaran.line.Network network;",
                "trimaran.kernel.Disk disk;",
                "trimaran.kernel.Loop loop;",
                "trimaran.kernel.Entropy entropy;",
                "java.time.Clock clock;",
                "java.util.Random chance;",
                "java.util.SplittableRandom chance;",
                "Thread thread;",
                "ThreadLocal<String> memory;",
                "Runtime machine;",
                "ProcessBuilder program;");
    }

    @Test
    void anApplicationAsksNoClockAndNoChance() {
        ArchRule wall = noClasses()
                .that(APPLICATIONS)
                .should(use("the clock", "java\\.time\\..*\\.now"))
                .orShould(use("the machine", "java\\.lang\\.System\\..*", "java\\.lang\\.IO\\..*"))
                .orShould(use("chance", "java\\.lang\\.Math\\.random", "java\\.util\\.Collections\\.shuffle"));
        holdsAndRefuses(
                wall,
                ANY,
                "Object time() { return java.time.Instant.now(); }",
                "java.util.function.Supplier<Object> day = java.time.LocalDate::now;",
                "long time() { return System.nanoTime(); }",
                "void say() { System.out.println(); }",
                "double chance() { return Math.random(); }");
    }

    @Test
    void noApplicationKnowsAnother() {
        ArchRule wall = slices().matching("trimaran.application.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(matching("trimaran\\.application\\.main\\..*"), DescribedPredicate.alwaysTrue());
        wall.check(House.classes());
        ArchRule named = noClasses()
                .that()
                .resideInAPackage(ANY)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("trimaran.application.care..");
        holdsAndRefuses(named, ANY, "trimaran.application.care.Care other;");
        assertThat(wall.evaluate(Plant.withApplications(ANY, "trimaran.application.care.Care other;"))
                        .hasViolation())
                .isTrue();
    }

    @Test
    void anApplicationRemembersNothing() {
        ArchRule fixed = fields().that()
                .areDeclaredInClassesThat(APPLICATIONS)
                .and()
                .areStatic()
                .should()
                .beFinal();
        holdsAndRefuses(fixed, ANY, "static int counter;");
        ArchRule plain = noFields()
                .that()
                .areDeclaredInClassesThat(APPLICATIONS)
                .and()
                .areStatic()
                .and(DescribedPredicate.<JavaField>describe(
                        "are not made by the compiler",
                        field -> !field.getName().startsWith("$")))
                .should()
                .haveRawType(DescribedPredicate.describe(
                        "that can change",
                        type -> type.isArray()
                                || type.getFullName()
                                        .matches("java\\.util\\.\\w+(Map|List|Set|Deque|Queue|Vector|Stack)")
                                || type.getFullName().startsWith("java.lang.StringBu")));
        holdsAndRefuses(
                plain,
                ANY,
                "static final int[] COUNTERS = {1};",
                "static final java.util.HashMap<String, String> SEEN = new java.util.HashMap<>();",
                "static final StringBuilder SAID = new StringBuilder();");
        ArchRule stateless = noFields()
                .that()
                .areDeclaredInClassesThat(
                        DescribedPredicate.describe("are applications", PureApplicationsTest::isApplication))
                .should()
                .notBeStatic()
                // The present ones have none at all.
                .allowEmptyShould(true);
        holdsAndRefuses(stateless, ANY, "implements trimaran.application.Application { String last; }");
    }

    @Test
    void theCoreRemembersNothingInStatics() {
        ArchRule fixed = fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage("trimaran.application")
                .and()
                .areStatic()
                .should()
                .beFinal();
        fixed.check(House.classes());
        refuses(fixed, "trimaran.application", "static String last;");
    }

    private static boolean isApplication(JavaClass type) {
        return type.getRawInterfaces().stream()
                .anyMatch(face -> face.getFullName().equals("trimaran.application.Application"));
    }
}
