package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.cut.CutTarget;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.process.SystemEntropy;
import trimaran.record.Header;
import trimaran.record.JdkVerifier;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;

/** A station that comes after the founding. That its tiers let it in is shown on a whole hospital, by the drills. */
class StationEnrolTest {

    private static final List<String> TWO = List.of("un.key", "deux.key");

    @TempDir
    Path folder;

    private FoundedOffice office = new FoundedOffice(new Home(Path.of("")), List.of());

    @BeforeEach
    void anOffice() throws Exception {
        office = FoundedOffice.in(folder.resolve("office"));
    }

    private Path carried(StationCard card) throws Exception {
        return Files.write(folder.resolve(StationCard.FILE), card.encode().toArray());
    }

    private StationEnroller enroller(String name, Path card) throws RefusedException {
        return StationEnroller.of(office.home(), name, card);
    }

    private void refused(String name, Path card, Code code, String... words) {
        assertThatThrownBy(() -> enroller(name, card)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.refusal().code()).as(refused.getMessage()).isEqualTo(code);
            assertThat(refused.refusal().sentence()).contains(words);
        });
    }

    private static PublicKey client(StationCard card, String name) {
        return Objects.requireNonNull(card.clients().get(name));
    }

    private Map<String, Digest> stations() throws RefusedException {
        return RefusedException.orStop(new HomeNames(office.home()).stations());
    }

    /** The statements of the founding's own, over another card: its line, its badge, its clients, each signed by two. */
    @Test
    void twoOfficersSignItsLineItsBadgeAndItsClients() throws Exception {
        StationCard card = FoundedOffice.card("etage", "labo", Founder.CONNECTOR);
        Registry registry = office.registry();
        List<Signer> two = office.officers().subList(0, 2);
        WallTime now = FoundedOffice.now();
        List<Header> headers = new Enrolment(registry.origin(), two, new SystemEntropy(), now)
                .station("etage", card)
                .headers();
        assertThat(headers).hasSize(4);
        for (Header header : headers) {
            SignedStatement signed = SignedStatement.decode(header.author().statement());
            RecordTime time = new RecordTime(now.millis());
            assertThat(StatementJudgement.judge(signed, registry, time, new JdkVerifier()))
                    .isEmpty();
            registry.apply(signed.statement(), time);
        }
        assertThat(registry.station(card.line()).orElseThrow().name()).isEqualTo("etage");
        assertThat(registry.badge(card.badge().id()).orElseThrow().kind()).isEqualTo(Statement.BadgeKind.STATION);
        assertThat(registry.badge(client(card, "labo").id()).orElseThrow().scopes())
                .containsExactly(Founder.ALL_SCOPES);
        assertThat(registry.badge(client(card, Founder.CONNECTOR).id())
                        .orElseThrow()
                        .scopes())
                .isEqualTo(Founder.CONNECTOR_SCOPES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Etage", "2b", "../etage", "é", "etage 2", "abcdefghijklmnopqrstuvwxyz-0123456"})
    void aNameThatIsNotAllowedIsRefused(String name) throws Exception {
        refused(name, carried(FoundedOffice.card("etage")), Code.USAGE, "small letters", "32 at most");
    }

    @Test
    void aNameAsLongAsAllowedIsTaken() throws Exception {
        String longest = "abcdefghijklmnopqrstuvwxyz-01234";
        assertThat(longest).hasSize(32);
        assertThat(enroller(longest, carried(FoundedOffice.card("etage"))).isDone())
                .isFalse();
    }

    @Test
    void aNameAnotherKeyHasIsRefusedAndSoIsAKeyAnotherNameHas() throws Exception {
        Path card = carried(FoundedOffice.card("etage"));
        refused("accueil", card, Code.DUPLICATE, "accueil", "another key", "another name");
        new FurtherStations(office.home()).keep("etage", StationCard.read(card));
        assertThat(enroller("etage", card).isDone()).isTrue();
        refused("bloc", card, Code.DUPLICATE, "enrolled already, as etage");
        refused("etage", carried(FoundedOffice.card("bloc")), Code.DUPLICATE, "another key");
    }

    @Test
    void aDamagedCardIsRefused() throws Exception {
        Path card = carried(FoundedOffice.card("etage", "labo"));
        byte[] whole = Files.readAllBytes(card);
        Files.write(card, Arrays.copyOf(whole, whole.length - 1));
        refused("etage", card, Code.KEY_FILE, "damaged", "carry");
        refused("etage", folder.resolve("nowhere"), Code.KEY_FILE, "missing", "carry");
    }

    @Test
    void aCardMadeWithAnotherHospitalsFoundingIsRefused() throws Exception {
        StationCard plain = FoundedOffice.card("etage", "labo");
        Digest other = FoundedOffice.digest("another hospital");
        StationCard foreign = new StationCard(Optional.of(other), plain.line(), plain.badge(), plain.clients());
        refused("etage", carried(foreign), Code.WRONG_ORIGIN, "another hospital", other.toString());
        Digest origin = office.registry().origin();
        StationCard own = new StationCard(Optional.of(origin), plain.line(), plain.badge(), plain.clients());
        assertThat(StationCard.read(carried(own))).isEqualTo(own);
        assertThat(enroller("etage", carried(own)).isDone()).isFalse();
    }

    @Test
    void oneOfficerIsNotEnoughAndNothingIsKept() throws Exception {
        Path card = carried(FoundedOffice.card("etage"));
        StandIn.Said said = StandIn.run(
                "", office.command("enrol", "--station", "etage", "--card", card.toString(), "--officer", "un.key"));
        assertThat(said.status()).as(said.err()).isEqualTo(Code.OFFICERS_MISSING.exitCode());
        assertThat(said.err()).contains("two officers");
        assertThat(stations()).containsOnlyKeys("accueil");
    }

    @Test
    void stationAndCardBelongTogether() throws Exception {
        String card = carried(FoundedOffice.card("etage")).toString();
        for (List<String> wrong : List.of(
                List.of("enrol", "--station", "etage"),
                List.of("enrol", "--card", card),
                List.of("enrol", "--station", "etage", "--card", card, "--wards", card))) {
            StandIn.Said said = StandIn.run("", office.command(wrong.toArray(String[]::new)));
            assertThat(said.status()).as(wrong + said.err()).isEqualTo(Code.USAGE.exitCode());
            assertThat(said.err()).contains("belong together");
        }
    }

    /** What is enrolled is not enrolled again: its badge would lose its wards. */
    @Test
    void aStationThatIsEnrolledIsLeftAsItIs() throws Exception {
        Path card = carried(FoundedOffice.card("etage"));
        new FurtherStations(office.home()).keep("etage", StationCard.read(card));
        StandIn.Said said = StandIn.run(
                "",
                office.command(
                        "enrol",
                        "--station",
                        "etage",
                        "--card",
                        card.toString(),
                        "--officer",
                        TWO.getFirst(),
                        "--officer",
                        TWO.getLast()));
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(said.err()).contains("enrolled already");
    }

    @Test
    void whatIsEnrolledLaterIsCutRolledAndCountedByItsName() throws Exception {
        StationCard card = FoundedOffice.card("etage", "bench");
        HomeNames names = new HomeNames(office.home());
        assertThat(CutTarget.of(List.of("station", "etage"), names).isDone()).isFalse();
        new FurtherStations(office.home()).keep("etage", card);
        assertThat(stations()).containsEntry("etage", card.line()).containsKey("accueil");
        assertThat(CutTarget.of(List.of("station", "etage"), names))
                .isEqualTo(Outcome.done(new CutTarget(Statement.Target.STATION, card.line(), "etage")));
        assertThat(RefusedException.orStop(names.clients()))
                .containsEntry("bench@etage", client(card, "bench").id())
                .containsKey("bench");
        assertThat(RefusedException.orStop(names.stationBadges()))
                .hasSize(2)
                .containsEntry(card.badge().id(), card.badge());
        String[] exposure = office.command("exposure", "--party", "station", "etage", "--from", "2026-01-01");
        assertThat(StandIn.run("", exposure).err()).doesNotContain("there is no station");
    }

    /** Its wards are granted as the founding's station's are: by the file its badge stands in. */
    @Test
    void aFurtherStationsWardsAreItsOwn() throws Exception {
        StationCard card = FoundedOffice.card("etage");
        Files.writeString(office.home().card().resolve("enrolled"), "1\n");
        Path wards = Files.writeString(
                folder.resolve(StationWards.FILE),
                "badge = " + card.badge().id().hex() + "\n");
        String[] grant = office.command("enrol", "--wards", wards.toString());
        assertThat(StandIn.run("", grant).err()).contains("of another station", "--station NAME --card FILE");
        new FurtherStations(office.home()).keep("etage", card);
        assertThat(StandIn.run("", grant).err()).contains("names no ward yet");
    }

    @Test
    void aDamagedListOfThemHindersNoOtherCut() throws Exception {
        new FurtherStations(office.home()).keep("etage", FoundedOffice.card("etage"));
        Files.writeString(office.home().stations().resolve("etage"), "torn");
        HomeNames names = new HomeNames(office.home());
        assertThat(names.stations() instanceof Outcome.Refused<Map<String, Digest>>(var refusal)
                        && refusal.code() == Code.HOME_DAMAGED
                        && refusal.sentence().contains(StationCard.FILE))
                .isTrue();
        assertThat(CutTarget.of(List.of("data"), names).isDone()).isTrue();
    }

    /** A card is made once more only where its folder says so: a mistyped one of the founding's station makes no second station. */
    @Test
    void aStationWithoutANameMakesNoKeysAfterTheFounding() throws MalformedException {
        StandIn.Said said = StandIn.run(
                "",
                "join",
                "station",
                "--folder",
                folder.resolve("mistyped").toString(),
                "--founding",
                office.home().founding().toString(),
                "--parties",
                office.home().addresses().toString());
        assertThat(said.status()).as(said.err()).isEqualTo(Code.KEY_FILE.exitCode());
        assertThat(folder.resolve("mistyped")).doesNotExist();
    }

    @Test
    void aStationMakesItsKeysAndTakesTheFoundingAtOnce() throws Exception {
        Path own = folder.resolve("etage");
        StandIn.Said said = StandIn.run(
                "",
                "join",
                "station",
                "--folder",
                own.toString(),
                "--name",
                "etage",
                "--client",
                "labo",
                "--founding",
                office.home().founding().toString(),
                "--parties",
                office.home().addresses().toString());
        assertThat(said.status()).as(said.err()).isZero();
        StationCard card = StationCard.read(own.resolve(StationCard.FILE));
        assertThat(card.hospital()).contains(office.registry().origin());
        assertThat(card.clients()).containsOnlyKeys("labo");
        assertThat(Files.readString(own.resolve(PartyConfiguration.FILE))).contains("name = etage\n");
        assertThat(said.err()).contains("fingerprint of this card", "once it is enrolled");
        assertThat(enroller("etage", own.resolve(StationCard.FILE)).isDone()).isFalse();
        PartyConfiguration.write(own, Role.STATION, Ports.read(office.home().addresses()));
        assertThat(Files.readString(own.resolve(PartyConfiguration.FILE)))
                .as("where others are is said anew, not what it is called")
                .containsOnlyOnce("name = etage\n");
    }
}
