package trimaran.proof;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static trimaran.proof.Plant.holdsAndRefuses;
import static trimaran.proof.Plant.refuses;
import static trimaran.proof.Uses.named;
import static trimaran.proof.Uses.use;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Acts that destroy, end or escape stand only in the classes named here, each with its reason. */
class DangerTest {

    private static final DescribedPredicate<JavaClass> TOOLS =
            resideInAnyPackage("trimaran.simulator..", "trimaran.trial..", "trimaran.drills..", "trimaran.bench..");

    @Test
    void onlyNamedClassesTakeFromTheStore() {
        ArchRule wall = noClasses()
                .that(DescribedPredicate.not(named(
                        // The door itself: it says what a removal is, and refuses one in a space that only grows.
                        "trimaran.keeper.spi.Store",
                        "trimaran.store.RocksStore",
                        // The mark of what is staged once its entry has come, held entries once placed, escrow once
                        // confirmed, what was packed of either, the mark of a missing pair once it is back.
                        "trimaran.keeper.Announcements",
                        "trimaran.keeper.Blobs",
                        "trimaran.keeper.HeldSet",
                        "trimaran.keeper.EscrowSweep",
                        "trimaran.keeper.Packed",
                        "trimaran.keeper.Shares",
                        // Pairs of a pass that was given up, seeds of a refresh that is over, rows whose file key is
                        // gone.
                        "trimaran.keeper.RefreshEnd",
                        "trimaran.keeper.RefreshPass",
                        "trimaran.keeper.RefreshSeeds",
                        "trimaran.keeper.SharesSweep",
                        // What a tail brought that no quorum signed.
                        "trimaran.keeper.Tail",
                        "trimaran.keeper.TailTraces")))
                .and(DescribedPredicate.not(resideInAnyPackage("trimaran.simulator..", "trimaran.drills..")))
                .should(use("removal from the store", "trimaran\\.keeper\\.spi\\.Store\\$Change\\$Remove\\.<init>"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "Object forget(trimaran.kernel.Bytes key) {"
                        + " return new trimaran.keeper.spi.Store.Change.Remove(trimaran.keeper.spi.Space.HELD, key); }",
                "java.util.function.BiFunction<trimaran.keeper.spi.Space, trimaran.kernel.Bytes, Object> forget ="
                        + " trimaran.keeper.spi.Store.Change.Remove::new;");
    }

    @Test
    void onlyErasureErases() {
        ArchRule wall = noClasses()
                .that(DescribedPredicate.not(named(
                        "trimaran.keeper.spi.Store",
                        "trimaran.store.RocksStore",
                        // What two officers took out of the record.
                        "trimaran.keeper.Erasure",
                        // The pieces of a blob, for it; and what was staged and never used, or is of no use any more.
                        "trimaran.keeper.Blobs")))
                .should(use("erasure", "trimaran\\.keeper\\.spi\\.Store\\$Change\\$Erase\\.<init>"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "Object forget(trimaran.kernel.Bytes key) {"
                        + " return new trimaran.keeper.spi.Store.Change.Erase(trimaran.keeper.spi.Space.BLOBS, key); }",
                "java.util.function.BiFunction<trimaran.keeper.spi.Space, trimaran.kernel.Bytes, Object> forget ="
                        + " trimaran.keeper.spi.Store.Change.Erase::new;");
    }

    @Test
    void onlyATailIsTakenBack() {
        ArchRule wall = noClasses()
                .that(DescribedPredicate.not(named(
                        "trimaran.keeper.spi.Store",
                        "trimaran.store.RocksStore",
                        // What no quorum signed where a quorum signed another tree.
                        "trimaran.keeper.Tail",
                        "trimaran.keeper.TailTraces")))
                .should(use("taking back", "trimaran\\.keeper\\.spi\\.Store\\$Change\\$TakeBack\\.<init>"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "Object forget(trimaran.kernel.Bytes key) {"
                        + " return new trimaran.keeper.spi.Store.Change.TakeBack("
                        + "trimaran.keeper.spi.Space.ENTRIES, key); }");
    }

    @Test
    void onlyTheStoreHasTheEngineDelete() {
        ArchRule wall = noClasses()
                .that(DescribedPredicate.not(named("trimaran.store.RocksStore")))
                .should(use(
                        "the engine's removal", "org\\.rocksdb\\..*\\.(delete|drop|singleDelete|destroy|ingest).*"));
        holdsAndRefuses(
                wall,
                "trimaran.store",
                "void forget(org.rocksdb.RocksDB engine) throws Exception { engine.deleteRange(new byte[1]); }");
    }

    @Test
    void onlyNamedClassesDeleteOrShortenFiles() {
        ArchRule wall = noClasses()
                .that(DescribedPredicate.not(named(
                        // Behind the kernel's Disk, and the torn end of a file after a crash.
                        "trimaran.process.FileDisk",
                        "trimaran.process.DurableFile",
                        // A socket left by a process that is gone.
                        "trimaran.process.StatusSocket",
                        // Half an unpacked library.
                        "trimaran.store.NativeLibrary",
                        // Half a founding, and a party's last words before it starts anew.
                        "trimaran.operations.Draft",
                        "trimaran.operations.PartyProcess")))
                .and(DescribedPredicate.not(TOOLS))
                .should(use(
                        "removal of files",
                        "java\\.nio\\.file\\.Files\\.delete.*",
                        "java\\.io\\.File\\.delete.*",
                        "java\\.io\\.RandomAccessFile\\.setLength",
                        ".*\\.truncate"));
        holdsAndRefuses(
                wall,
                "trimaran.store",
                "void forget(java.nio.file.Path path) throws Exception { java.nio.file.Files.delete(path); }",
                "void forget(java.nio.file.Path path) throws Exception { java.nio.file.Files.deleteIfExists(path); }",
                "void forget(java.io.File file) { file.delete(); }",
                "void shorten(java.nio.channels.FileChannel file) throws Exception { file.truncate(0); }",
                "void shorten(java.io.RandomAccessFile file) throws Exception { file.setLength(0); }");
    }

    @Test
    void onlyNamedClassesTakeFromADisk() {
        ArchRule wall = noClasses()
                .that(DescribedPredicate.not(named(
                        // Narrower tiles once the full one is there, the mark of a process that has ended, and that of
                        // keys that
                        // have not served.
                        "trimaran.ledger.TileFolder", "trimaran.operations.Running", "trimaran.witness.Witness")))
                .and(DescribedPredicate.not(TOOLS))
                .and(DescribedPredicate.not(resideInAnyPackage("trimaran.station..")))
                .should(use("removal from a disk", "trimaran\\.kernel\\.Disk\\.remove"));
        holdsAndRefuses(wall, "trimaran.keeper", "void forget(trimaran.kernel.Disk disk) { disk.remove(\"x\"); }");
    }

    /** With a generation's file key all shares under it are gone. */
    @Test
    void onlyARefreshDestroysKeys() {
        ArchRule wall = noClasses()
                .that(DescribedPredicate.not(named(
                        // All three have prepared the next, or nothing lies under it.
                        "trimaran.keeper.ShareRefresh",
                        "trimaran.keeper.SharesBeginning",
                        // Sealing keys by the record's time, once nothing is waited for.
                        "trimaran.keeper.LateKeys",
                        // The doors themselves.
                        "trimaran.shares.ShareKeys",
                        "trimaran.party.OwnKeys")))
                .and(DescribedPredicate.not(resideInAnyPackage("trimaran.simulator..")))
                .should(use(
                        "destruction of keys",
                        "trimaran\\.shares\\.ShareKeys\\.(advance|forgetLate)",
                        "trimaran\\.shares\\.ShareKeys\\$Keeping\\.destroy.*",
                        "trimaran\\.process\\.FileDisk\\.destroy"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "void forget(trimaran.shares.ShareKeys keys) { keys.advance(2); }",
                "void forget(trimaran.shares.ShareKeys keys) { keys.forgetLate(1); }");
        refuses(wall, "trimaran.party", "void forget(trimaran.process.FileDisk disk) { disk.destroy(\"x\"); }");
    }

    @Test
    void onlyOperationsStartsPrograms() {
        ArchRule wall = noClasses()
                .that()
                .resideOutsideOfPackages("trimaran.operations..", "trimaran.trial..", "trimaran.drills..")
                .should(use(
                        "other programs",
                        "java\\.lang\\.ProcessBuilder\\..*",
                        "java\\.lang\\.Runtime\\.(exec|load.*)",
                        "java\\.lang\\.Process(Handle)?\\.destroy.*"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "Object run() throws Exception { return new ProcessBuilder(\"true\").start(); }",
                "Object run() throws Exception { return Runtime.getRuntime().exec(new String[] {\"true\"}); }");
        refuses(wall, "trimaran.relay", "boolean end() { return ProcessHandle.current().destroyForcibly(); }");
    }

    @Test
    void onlyMainsEndTheProcess() {
        ArchRule wall = noClasses()
                .that(DescribedPredicate.not(named(
                        "trimaran.tier.TierProcess",
                        "trimaran.tier.Ending",
                        // A party told to stop that does not within its time.
                        "trimaran.process.Signals",
                        // The console's loop died: nothing would answer any more.
                        "trimaran.operations.Console")))
                .and()
                .haveSimpleNameNotEndingWith("Main")
                .should(use(
                        "the end of the process",
                        "java\\.lang\\.System\\.exit",
                        "java\\.lang\\.Runtime\\.(exit|halt)"));
        holdsAndRefuses(
                wall,
                "trimaran.keeper",
                "void end() { System.exit(1); }",
                "void end() { Runtime.getRuntime().halt(1); }");
    }

    @Test
    void nothingEscapesTheLanguage() {
        ArchRule wall = noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "java.lang.foreign..", "sun..", "jdk.internal..")
                .orShould(use(
                        "classes by name, or foreign objects",
                        "java\\.lang\\.Class\\.(forName|getDeclared.*|getMethod.*|getField.*|getConstructor.*|newInstance)",
                        "java\\.lang\\.ClassLoader\\.(loadClass|defineClass)",
                        "java\\.lang\\.invoke\\.MethodHandles.*",
                        "java\\.io\\.ObjectInputStream\\..*"));
        holdsAndRefuses(
                wall,
                "trimaran.store",
                "Object find() throws Exception { return Class.forName(\"x\"); }",
                "Object find() throws Exception { return String.class.getDeclaredField(\"value\"); }",
                "java.lang.reflect.Method method;",
                "java.lang.foreign.Arena arena;",
                "Object look() { return java.lang.invoke.MethodHandles.lookup(); }",
                "Object read(java.io.InputStream in) throws Exception { return new"
                        + " java.io.ObjectInputStream(in).readObject(); }");
    }
}
