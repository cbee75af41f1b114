package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.line.Address;
import trimaran.line.message.Ground;
import trimaran.line.message.Ground.Trait;
import trimaran.line.message.Response;

/** A deployment in which nothing is shared, and then one thing after the other. */
class ExaminationTest {

    private static final Digest ORIGIN = Digest.sha256(Bytes.ofText("hospital"));

    private final Map<Party, Map<Trait, Long>> grounds = new EnumMap<>(Party.class);
    private final Map<Party, Long> clocks = new EnumMap<>(Party.class);
    private final Map<String, Set<String>> resolved = new HashMap<>();
    private final Map<Role, Address> addresses = new EnumMap<>(Role.class);
    private final Map<Trait, Long> relay = new EnumMap<>(Trait.class);

    ExaminationTest() {
        for (Party party : Party.values()) {
            Map<Trait, Long> marks = new EnumMap<>(Trait.class);
            for (Trait trait : Trait.values()) {
                marks.put(trait, Ground.mark(ORIGIN, trait, party.word()));
            }
            marks.put(Trait.VIRTUAL, 1L);
            marks.put(Trait.RELEASED, party.ordinal() * 2L * Examination.STAGGER_MIN.toSeconds());
            grounds.put(party, marks);
        }
        for (Trait trait : RelayGround.COMPARED) {
            relay.put(trait, Ground.mark(ORIGIN, trait, "relay"));
        }
        for (Role role : Role.values()) {
            addresses.put(role, new Address(role.word() + ".example", 8000));
        }
    }

    @Test
    void nothingIsSharedAndNothingIsSaid() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatTwoTiersShareIsGraveWhateverItIs() {
        for (Trait trait : List.of(
                Trait.MACHINE,
                Trait.ACCOUNT,
                Trait.DISK,
                Trait.HOST,
                Trait.STORAGE,
                Trait.ADMINISTRATOR,
                Trait.BACKUP)) {
            long own = share(trait, Party.APPLICATION, Party.DATA);
            assertThat(findings()).singleElement().satisfies(finding -> {
                assertThat(finding.weight()).isEqualTo(Finding.Weight.GRAVE);
                assertThat(finding.parties()).containsExactlyInAnyOrder("application", "data");
                assertThat(finding.sentence()).contains("application", "data");
                assertThat(finding.consequence()).isNotBlank();
            });
            mark(Party.DATA).put(trait, own);
        }
    }

    @Test
    void theWitnessBesideATierIsAWarning() {
        share(Trait.MACHINE, Party.DATA, Party.WITNESS);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.weight()).isEqualTo(Finding.Weight.WARNING);
            assertThat(finding.parties()).containsExactlyInAnyOrder("data", "witness");
        });
    }

    @Test
    void theSpareRelayBesideATierIsAWarningAndSoIsNone() {
        addresses.put(Role.RELAY, new Address("access.example", 8100));
        assertThat(findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).isEqualTo("relay"));
        addresses.remove(Role.RELAY);
        assertThat(findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).isEqualTo("relay"));
    }

    /** Two hosts with a storage each below them are told apart by their names, and the storage is one. */
    @Test
    void oneStorageBelowTwoHostsIsSaidWithWhatFollows() {
        share(Trait.STORAGE, Party.ACCESS, Party.APPLICATION);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo("storage");
            assertThat(finding.sentence()).isEqualTo("access and application have their disks on one storage");
            assertThat(finding.consequence()).contains("the disks of them all");
        });
    }

    @Test
    void whatCarriesTheSpareRelayAndATierIsAWarningHoweverItIsCalled() {
        for (Trait trait : RelayGround.COMPARED) {
            long own = Objects.requireNonNull(relay.put(trait, mark(Party.DATA).getOrDefault(trait, 0L)));
            assertThat(findings()).singleElement().satisfies(finding -> {
                assertThat(finding.weight()).isEqualTo(Finding.Weight.WARNING);
                assertThat(finding.what()).isEqualTo(trait.name().toLowerCase(Locale.ROOT));
                assertThat(finding.parties()).containsExactly("relay", "data");
                assertThat(finding.sentence()).startsWith("relay and data ");
            });
            // Beside the witness it takes no way to a tier.
            relay.put(trait, mark(Party.WITNESS).getOrDefault(trait, 0L));
            assertThat(findings()).isEmpty();
            relay.put(trait, own);
        }
    }

    @Test
    void whatNobodyWroteDownOfTheRelayIsUnknown() {
        relay.remove(Trait.STORAGE);
        assertThat(findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .startsWith("ground.storage is not written down for the spare relay, in relay.ground"));
        relay.clear();
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.weight()).isEqualTo(Finding.Weight.UNKNOWN);
            assertThat(finding.what()).isEqualTo("relay");
            assertThat(finding.sentence()).startsWith("ground.host, ground.storage and ground.administrator are not");
        });
    }

    @Test
    void whatIsWrittenDownOfTheRelayIsReadInTheWordsOfTheTiers(@TempDir Path home)
            throws IOException, RefusedException {
        assertThat(RelayGround.read(home, ORIGIN)).isEqualTo(Ground.UNKNOWN);
        Path file = home.resolve(RelayGround.FILE);
        Files.writeString(file, "# beside the ward\nground.host = data\nground.storage = relay\n");
        relay.clear();
        relay.putAll(RelayGround.read(home, ORIGIN).marks());
        assertThat(findings())
                .extracting(Finding::sentence)
                .containsExactly(
                        "relay and data are carried by one host",
                        "ground.administrator is not written down for the spare relay, in relay.ground of this home: "
                                + "a relay says nothing of itself");
        Files.writeString(file, "ground.hosts = data\n");
        assertThatThrownBy(() -> RelayGround.read(home, ORIGIN))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("relay.ground:1")
                .hasMessageContaining("ground.hosts");
    }

    @Test
    void clocksFurtherApartThanAHeartbeatMayBeOldAreSaid() {
        long max = Examination.CLOCKS_APART_MAX.toMillis();
        clocks.put(Party.ACCESS, max);
        assertThat(findings()).isEmpty();
        clocks.put(Party.ACCESS, 0L);
        clocks.put(Party.DATA, -max - 1);
        assertThat(findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.what()).isEqualTo("clock"));
        assertThat(findings())
                .extracting(Finding::sentence)
                .anyMatch(said -> said.contains("the clock of data is 2 s behind this one"))
                .anyMatch(said -> said.contains("of data and ") && said.contains("2 s apart"));
    }

    /** Each of them is near enough to the console, and neither to the other. */
    @Test
    void clocksAreComparedWithEachOtherAsWell() {
        long max = Examination.CLOCKS_APART_MAX.toMillis();
        clocks.put(Party.ACCESS, max);
        clocks.put(Party.DATA, -max);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo("clock");
            assertThat(finding.parties()).containsExactlyInAnyOrder("access", "data");
            assertThat(finding.sentence()).contains("4 s apart", "access's ahead");
        });
        clocks.put(Party.ACCESS, max / 2);
        clocks.put(Party.DATA, -max / 2);
        assertThat(findings()).isEmpty();
    }

    @Test
    void whereAllPartiesAreAlikeItIsThisConsolesClock() {
        long off = Examination.CLOCKS_APART_MAX.toMillis() + 1;
        for (long sign : new long[] {1, -1}) {
            for (Party party : Party.values()) {
                clocks.put(party, sign * off);
            }
            assertThat(findings()).singleElement().satisfies(finding -> {
                assertThat(finding.what()).isEqualTo("clock");
                assertThat(finding.parties()).containsExactly("console");
                assertThat(finding.sentence())
                        .contains("the clock of this console is", sign > 0 ? "behind" : "ahead of");
            });
        }
        clocks.put(Party.WITNESS, 0L);
        assertThat(findings()).extracting(Finding::parties).doesNotContain(List.of("console"));
    }

    /** The same place by its address, and by a name of it. */
    @Test
    void aNameAndItsAddressAreOnePlace() {
        resolved.put("spare.example", Set.of("10.0.3.7", "10.0.3.8"));
        addresses.put(Role.RELAY, new Address("spare.example", 8100));
        assertThat(findings()).isEmpty();
        addresses.put(Role.ACCESS, new Address("10.0.3.8", 8000));
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.weight()).isEqualTo(Finding.Weight.WARNING);
            assertThat(finding.parties()).containsExactly("relay", "access");
        });
    }

    @Test
    void aNameNobodyKnowsIsUnknownAndNotApart() {
        resolved.put("access.example", Set.of());
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.weight()).isEqualTo(Finding.Weight.UNKNOWN);
            assertThat(finding.what()).isEqualTo("relay");
            assertThat(finding.sentence()).contains("access");
        });
    }

    @Test
    void thisMachineResolvesAnAddressToItselfAndANameToIts() {
        assertThat(Hosts.resolved("127.0.0.1")).containsExactly("127.0.0.1");
        assertThat(Hosts.resolved("localhost")).isNotEmpty();
    }

    @Test
    void oneReleaseGivenToTwoTiersWithinADayIsAWarning() {
        share(Trait.RELEASE, Party.ACCESS, Party.DATA);
        assertThat(findings()).isEmpty();
        long first = Examination.STAGGER_MIN.toSeconds() * 9;
        mark(Party.ACCESS).put(Trait.RELEASED, first);
        mark(Party.DATA).put(Trait.RELEASED, first + Examination.STAGGER_MIN.toSeconds());
        assertThat(findings()).isEmpty();
        mark(Party.DATA).put(Trait.RELEASED, first + Examination.STAGGER_MIN.toSeconds() - 1);
        assertThat(findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).isEqualTo("release"));
    }

    @Test
    void whatNobodyWroteDownIsUnknownAndAMachineOfItsOwnNeedsNoHost() {
        mark(Party.DATA).remove(Trait.HOST);
        mark(Party.DATA).remove(Trait.STORAGE);
        mark(Party.DATA).remove(Trait.BACKUP);
        assertThat(findings()).extracting(Finding::what).containsExactlyInAnyOrder("host", "storage", "backup");
        assertThat(findings())
                .extracting(Finding::sentence)
                .anyMatch(said -> said.startsWith("ground.storage is not written down for data: "));
        assertThat(findings()).extracting(Finding::weight).containsOnly(Finding.Weight.UNKNOWN);
        mark(Party.DATA).put(Trait.VIRTUAL, 0L);
        assertThat(findings()).extracting(Finding::what).containsExactly("backup");
    }

    @Test
    void whatAPartyLeavesOutIsUnknown() {
        for (Trait trait : List.of(Trait.MACHINE, Trait.ACCOUNT, Trait.DISK, Trait.RELEASE)) {
            mark(Party.ACCESS).remove(trait);
            assertThat(findings()).singleElement().satisfies(finding -> {
                assertThat(finding.weight()).isEqualTo(Finding.Weight.UNKNOWN);
                assertThat(finding.parties()).containsExactly("access");
            });
            mark(Party.ACCESS).put(trait, Ground.mark(ORIGIN, trait, Party.ACCESS.word()));
        }
    }

    @Test
    void whoDoesNotAnswerIsNamed() {
        grounds.remove(Party.APPLICATION);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo("silent");
            assertThat(finding.parties()).containsExactly("application");
        });
    }

    @Test
    void aReportBringsTheGroundAndAMarkTellsNoOtherHospitalAnything() {
        Ground ground = new Ground(mark(Party.ACCESS));
        assertThat(Ground.of(new Response.Report(new WallTime(0), ground.counters(), List.of())))
                .isEqualTo(ground);
        Digest other = Digest.sha256(Bytes.ofText("another"));
        assertThat(Ground.mark(other, Trait.HOST, "esx-1")).isNotEqualTo(Ground.mark(ORIGIN, Trait.HOST, "esx-1"));
        assertThat(Ground.mark(ORIGIN, Trait.BACKUP, "nas"))
                .isNotEqualTo(Ground.mark(ORIGIN, Trait.HOST, "nas"))
                .isNotNegative();
    }

    private Map<Trait, Long> mark(Party party) {
        return grounds.getOrDefault(party, Map.of());
    }

    /** Gives the second what the first has; the answer is what it had. */
    private long share(Trait trait, Party first, Party second) {
        Long had = mark(second).put(trait, mark(first).getOrDefault(trait, 0L));
        return had == null ? 0 : had;
    }

    private List<Finding> findings() {
        Map<Party, Examination.Look> looks = new EnumMap<>(Party.class);
        List<Party> silent = new java.util.ArrayList<>();
        for (Party party : Party.values()) {
            if (grounds.containsKey(party)) {
                looks.put(party, new Examination.Look(new Ground(mark(party)), clocks.getOrDefault(party, 0L)));
            } else {
                silent.add(party);
            }
        }
        return Examination.of(
                looks, silent, addresses, host -> resolved.getOrDefault(host, Set.of(host)), new Ground(relay));
    }
}
