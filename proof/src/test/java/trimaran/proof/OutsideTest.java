package trimaran.proof;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static trimaran.proof.Plant.holdsAndRefuses;
import static trimaran.proof.Plant.refuses;
import static trimaran.proof.Uses.matching;
import static trimaran.proof.Uses.named;
import static trimaran.proof.Uses.use;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Clock, chance, threads, sockets and files come in through a few doors; everything else can be simulated. */
class OutsideTest {

    /** Tools, and the doors of a station, which are the outside. */
    private static final String[] TOOLS = {
        "trimaran.operations..",
        "trimaran.r4table..",
        "trimaran.simulator..",
        "trimaran.trial..",
        "trimaran.drills..",
        "trimaran.bench..",
        "trimaran.hospital..",
        "trimaran.station.main..",
        "trimaran.station.fhir..",
        "trimaran.station.web..",
        "trimaran.station.hl7..",
        "trimaran.station.paper.."
    };

    @Test
    void onlyTheRealLoopAndLinesReadAClock() {
        ArchRule wall = noClasses()
                .that()
                .resideOutsideOfPackages(and("trimaran.process..", "trimaran.line.tls..", "trimaran.relay.."))
                .should(use(
                        "the clock",
                        "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)",
                        "java\\.time\\..*\\.now",
                        "java\\.time\\.Clock\\.(system|tick).*",
                        "java\\.util\\.Date\\.<init>"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "long time() { return System.currentTimeMillis(); }",
                "long time() { return System.nanoTime(); }",
                "java.util.function.Supplier<Object> time = java.time.Instant::now;",
                "Object clock = java.time.Clock.systemUTC();",
                "Object time = new java.util.Date();");
        refuses(wall, "trimaran.store", "long time() { return System.nanoTime(); }");
        refuses(wall, "trimaran.witness", "Object time = java.time.ZonedDateTime.now();");
    }

    @Test
    void onlyTheRealEntropyDrawsFromTheMachine() {
        ArchRule wall = noClasses()
                .that()
                .resideOutsideOfPackages(and("trimaran.process.."))
                // They hand the caller's entropy to the JDK and draw none of their own.
                .and(DescribedPredicate.not(named("trimaran.ledger.EntropyRandom", "trimaran.shares.EntropyRandom")))
                .should(use(
                        "chance",
                        "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)\\..*",
                        "java\\.util\\.random\\..*",
                        "java\\.security\\.SecureRandom\\.(<init>|getInstance.*|getSeed)",
                        "java\\.lang\\.Math\\.random",
                        "java\\.util\\.UUID\\.randomUUID",
                        "java\\.util\\.Collections\\.shuffle"));
        holdsAndRefuses(
                wall,
                "trimaran.shares",
                "Object chance = new java.util.Random();",
                "Object chance = new java.security.SecureRandom();",
                "Object chance = java.util.concurrent.ThreadLocalRandom.current();",
                "double chance = Math.random();",
                "Object id = java.util.UUID.randomUUID();");
        refuses(wall, "trimaran.line.tls", "Object chance = new java.security.SecureRandom();");
    }

    @Test
    void onlyTheRealLoopLinesAndMainsHaveThreads() {
        ArchRule wall = noClasses()
                .that()
                .resideOutsideOfPackages(and("trimaran.process..", "trimaran.line.tls..", "trimaran.relay.."))
                .and(DescribedPredicate.not(named(
                        "trimaran.tier.TierProcess",
                        "trimaran.witness.WitnessMain",
                        "trimaran.application.main.ApplicationMain",
                        // It answers its doors, which wait in threads of their own, from its loop.
                        "trimaran.station.Desk")))
                .should()
                .dependOnClassesThat(
                        matching(
                                "java\\.lang\\.(Thread(\\$.*|Group|Local)?|InheritableThreadLocal)|java\\.util\\.Timer.*"
                                        + "|java\\.util\\.concurrent\\.(.*Execut.*|ForkJoin.*|CompletableFuture|StructuredTask.*)"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "void run() { new Thread(() -> {}).start(); }",
                "void run() { Thread.ofVirtual().start(() -> {}); }",
                "Object pool = java.util.concurrent.Executors.newCachedThreadPool();",
                "java.util.concurrent.CompletableFuture<String> later;",
                "ThreadLocal<String> mine;");
        refuses(wall, "trimaran.data", "Thread thread;");
    }

    @Test
    void onlyLinesRelayAndProcessHaveSockets() {
        ArchRule wall = noClasses()
                .that()
                .resideOutsideOfPackages(and("trimaran.process..", "trimaran.line.tls..", "trimaran.relay.."))
                // It reads the engine's library out of a jar on its own class path.
                .and(DescribedPredicate.not(named("trimaran.store.NativeLibrary")))
                .should()
                .dependOnClassesThat(
                        matching("java\\.net\\.(.*Socket(Impl)?|URL|.*Connection|http\\..*)|javax\\.net\\..*"
                                + "|java\\.nio\\.channels\\.(.*Socket.*|Datagram.*|Selector)"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "java.net.Socket socket;",
                "java.net.ServerSocket socket;",
                "java.net.URL address;",
                "java.nio.channels.SocketChannel channel;",
                "javax.net.ssl.SSLContext context;");
        refuses(wall, "trimaran.store", "java.net.http.HttpClient http;");
    }

    @Test
    void onlyProcessStoreAndMainsTouchFiles() {
        ArchRule wall = noClasses()
                .that()
                .resideOutsideOfPackages(and("trimaran.process..", "trimaran.store..", "trimaran.backup.."))
                .and(DescribedPredicate.not(named(
                        "trimaran.party.OwnKeys",
                        "trimaran.party.FirstStart",
                        "trimaran.tier.OwnStore",
                        "trimaran.witness.WitnessMain",
                        "trimaran.relay.RelayMain")))
                .should()
                .dependOnClassesThat(
                        matching("java\\.nio\\.file\\.Files|java\\.io\\.(File|File[A-Z].*|RandomAccessFile)"
                                + "|java\\.nio\\.channels\\.(Asynchronous)?File.*"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "boolean there(java.nio.file.Path path) { return java.nio.file.Files.exists(path); }",
                "java.io.File file;",
                "java.io.RandomAccessFile file;",
                "java.nio.channels.FileChannel file;");
        refuses(
                wall,
                "trimaran.ledger",
                "Object read() throws Exception { return new java.io.FileInputStream(\"x\"); }");
        refuses(wall, "trimaran.witness", "java.io.FileWriter file;");
    }

    private static String[] and(String... packages) {
        String[] all = Arrays.copyOf(TOOLS, TOOLS.length + packages.length);
        System.arraycopy(packages, 0, all, TOOLS.length, packages.length);
        return all;
    }
}
