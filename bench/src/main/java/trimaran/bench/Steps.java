package trimaran.bench;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.model.Bundle;
import trimaran.model.BundleReader;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.process.SystemEntropy;
import trimaran.record.JdkKeys;
import trimaran.record.JdkVerifier;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Suite;
import trimaran.seal.CellKey;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.ShareEnvelope;

/** The steps most of a write's and a read's time goes into. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Steps {

    private final Entropy entropy = new SystemEntropy();
    private final byte[] bundle = Bytes.ofText(WardRound.bundle(1, 1)).toArray();
    private final byte[] observation =
            Bytes.ofText(WardRound.observation(1, 1, "Patient/x")).toArray();
    private final CellKey key = new CellKey(new CellId(0, 7), SecretBytes.taking(entropy.bytes(32)));
    private final PartPlace place = new PartPlace(Digest.ZERO, entropy.nonce(), 0);
    private final Bytes content = Bytes.ofText(WardRound.bundle(1, 2).substring(0, 5000));
    private final Bytes sealed = PartSeal.seal(key, place, content, entropy);
    private final Signer signer =
            JdkKeys.generate(Suite.ML_DSA_44, new SecureRandom()).signer();
    private final JdkVerifier verifier = new JdkVerifier();
    private final byte[] message = entropy.bytes(80);
    private final Signature signature = signer.sign(message);
    private final SealingKeyPair keeper = SealingKeyPair.generate(entropy);
    private final ShareEnvelope.Address address = new ShareEnvelope.Address(Party.DATA, 1, Bytes.EMPTY);
    private final Bytes pairs = Bytes.wrap(entropy.bytes(300));
    private final Bytes envelope = ShareEnvelope.seal(keeper.publicKey(), address, pairs, entropy);

    @Benchmark
    public Outcome<Bundle> checkABundleOfThirty() {
        return BundleReader.read(bundle);
    }

    @Benchmark
    public Outcome<Resource> checkAnObservation() {
        return StrictParser.parse(observation);
    }

    @Benchmark
    public Bytes sealAPartOfFiveKilobytes() {
        return PartSeal.seal(key, place, content, entropy);
    }

    @Benchmark
    public Outcome<Bytes> openAPartOfFiveKilobytes() throws MalformedException {
        return PartSeal.open(key, place, sealed, PartSeal.CONTENT_BYTES_MAX);
    }

    @Benchmark
    public Signature sign() {
        return signer.sign(message);
    }

    @Benchmark
    public boolean verify() {
        return verifier.verify(signer.publicKey(), message, signature);
    }

    @Benchmark
    public Bytes sealAShareEnvelope() {
        return ShareEnvelope.seal(keeper.publicKey(), address, pairs, entropy);
    }

    @Benchmark
    public Outcome<Bytes> openAShareEnvelope() throws MalformedException {
        return ShareEnvelope.open(keeper, address, envelope);
    }

    @Benchmark
    public Digest hashAKilobyte() {
        return Digest.sha256(observation);
    }
}
