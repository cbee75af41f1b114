package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.line.message.RefreshStep;
import trimaran.party.OwnKeys;
import trimaran.process.SystemEntropy;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.seal.CellShares;
import trimaran.shares.Increments;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;
import trimaran.shares.SharePair;
import trimaran.store.RocksStore;

/** Thieves open what they have the shares of, also where shares were refreshed and no commitment tells them any more. */
class ThiefTest {

    private static final long REFRESHED = OwnKeys.FIRST_GENERATION + 1;

    private final Entropy entropy = new SystemEntropy();
    private final CellShares drawn = CellShares.draw(entropy);
    private final NewCell opening = NewCell.named(
            Digest.sha256(Bytes.ofText("a session")),
            CellKind.DOSSIER,
            CellId.NONE,
            drawn.keyCommitment(),
            drawn.shareCommitments());
    private final List<RefreshStep.Seed> seeds = Stream.generate(() -> new RefreshStep.Seed(
                    REFRESHED, OwnKeys.FIRST_GENERATION, SecretBytes.random(entropy, Increments.SEED_BYTES), List.of()))
            .limit(Party.TIERS.size())
            .toList();

    @TempDir
    Path folder;

    @BeforeEach
    void tiersHaveTheirKeys() {
        for (Party tier : Party.TIERS) {
            assertThat(OwnKeys.make(tier, folder.resolve(tier.word()), entropy).isDone())
                    .isTrue();
            keys(tier).draw(REFRESHED);
        }
    }

    @Test
    void allThreeTiersOpenWhatWasRefreshed() {
        try (Thief thief = thief()) {
            for (Party tier : Party.TIERS) {
                store(tier, List.of(stored(tier, REFRESHED, refreshed(tier))));
                thief.takeTier(tier, folder.resolve(tier.word()));
            }
            assertThat(thief.keys()).isOne();
        }
    }

    /** What was stolen before a refresh and what after it are of two keys that never were. */
    @Test
    void sharesOfTwoGenerationsOpenNothing() {
        try (Thief thief = thief()) {
            store(Party.ACCESS, List.of(stored(Party.ACCESS, OwnKeys.FIRST_GENERATION, drawn.pairFor(Party.ACCESS))));
            store(Party.DATA, List.of(stored(Party.DATA, REFRESHED, refreshed(Party.DATA))));
            thief.takeTier(Party.ACCESS, folder.resolve(Party.ACCESS.word()));
            thief.takeTier(Party.DATA, folder.resolve(Party.DATA.word()));
            assertThat(thief.pairs()).isEqualTo(2);
            assertThat(thief.keys()).isZero();
        }
    }

    /** The third share of a cell that was refreshed, somewhere in a memory: no commitment tells it, the key it makes does. */
    @Test
    void aRefreshedShareInAMemoryIsFoundOut() {
        try (Thief thief = thief()) {
            store(Party.ACCESS, List.of(stored(Party.ACCESS, REFRESHED, refreshed(Party.ACCESS))));
            thief.takeTier(Party.ACCESS, folder.resolve(Party.ACCESS.word()));
            thief.takeArray(entropy.bytes(200));
            assertThat(thief.keys()).isZero();
            byte[] message = entropy.bytes(100);
            byte[] third = refreshed(Party.DATA).share(1).expose();
            System.arraycopy(third, 0, message, 41, third.length);
            thief.takeArray(message);
            assertThat(thief.keys()).isOne();
        }
    }

    @Test
    void whatChanceMakesIsToldFromText() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(Thief.isDrawn(entropy.bytes(SharePair.SHARE_BYTES))).isTrue();
        }
        assertThat(Thief.isDrawn("trimaran.drills.ThiefTest.folder".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(Thief.isDrawn(new byte[SharePair.SHARE_BYTES])).isFalse();
    }

    /** With all that went into a refresh a thief goes the same way as the tiers, and of a tier that gave two seeds tries both. */
    @Test
    void theSeedsOfARefreshLeadFromSharesOfBeforeToThoseOfAfter() {
        store(Party.ACCESS, List.of(stored(Party.ACCESS, OwnKeys.FIRST_GENERATION, drawn.pairFor(Party.ACCESS))));
        List<Change> rows = new ArrayList<>(List.of(stored(Party.DATA, REFRESHED, refreshed(Party.DATA))));
        rows.add(seed(1, seeds.get(0).seed()));
        rows.add(seed(1, SecretBytes.random(entropy, Increments.SEED_BYTES)));
        rows.add(seed(2, seeds.get(1).seed()));
        assertThat(opened(rows)).as("with two of three").isZero();
        rows.add(seed(3, seeds.get(2).seed()));
        assertThat(opened(rows)).isOne();
    }

    private long opened(List<Change> ofData) {
        store(Party.DATA, ofData);
        return new ShareThief()
                .steal(Party.ACCESS, folder.resolve(Party.ACCESS.word()))
                .steal(Party.DATA, folder.resolve(Party.DATA.word()))
                .open(Long.MAX_VALUE)
                .opened();
    }

    private Thief thief() {
        return new Thief(
                Digest.sha256(Bytes.ofText("a hospital")),
                List.of(new Canary("NowhereInAnyOfThese1")),
                folder.resolve("scratch"));
    }

    private ShareKeys keys(Party tier) {
        return PartyLine.got(
                OwnKeys.open(tier, folder.resolve(tier.word()), entropy).then(OwnKeys::shares));
    }

    private SharePair refreshed(Party tier) {
        Increments sum = seeds.stream()
                .map(seed -> Increments.derive(seed.seed(), REFRESHED, opening.cell()))
                .reduce(Increments::plus)
                .orElseThrow();
        return PartyLine.got(sum.refresh(drawn.pairFor(tier)));
    }

    /** As the row of a tier's store: under its key of that generation. */
    private Change stored(Party tier, long generation, SharePair pair) {
        Writer key = new Writer(24).i64(generation);
        opening.cell().write(key);
        return new Change.Put(
                Space.SHARES,
                key.toBytes(),
                generation(tier, generation).file().sealPair(opening.cell(), pair, entropy));
    }

    private ShareGeneration generation(Party tier, long number) {
        return keys(tier).generation(number).orElseThrow();
    }

    /** A seed in data's store (docs/formats.md, refresh seed, stored), by who gave it. */
    private Change seed(int giver, SecretBytes seed) {
        Writer content = new Writer(128).digest(Digest.sha256(Bytes.ofText("line " + giver)));
        new RefreshStep.Seed(REFRESHED, OwnKeys.FIRST_GENERATION, seed, List.of()).write(content);
        return new Change.Put(
                Space.STATE,
                Bytes.ofText("seed " + giver + " " + Digest.sha256(seed.expose())),
                generation(Party.DATA, OwnKeys.FIRST_GENERATION)
                        .file()
                        .sealSecret("refresh-seed", SecretBytes.taking(content.toArray()), entropy));
    }

    private void store(Party tier, List<Change> rows) {
        Writer key = new Writer(25);
        opening.cell().write(key);
        Writer value = new Writer(256).i64(0);
        opening.write(value);
        List<Change> all = new ArrayList<>(rows);
        all.add(new Change.Put(Space.CELLS, key.u8(0).i64(0).toBytes(), value.toBytes()));
        try (RocksStore store =
                RocksStore.open(folder.resolve(tier.word()).resolve("store"), folder.resolve("native"))) {
            store.write(all);
        }
    }
}
