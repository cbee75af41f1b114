package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Cosignature;
import trimaran.ledger.MlDsa44;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteSuite;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.RememberingVerifiers;
import trimaran.line.message.Ground;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.VirtualLoop;
import trimaran.line.simulated.VirtualLoops;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.PartyKeys;
import trimaran.record.Place;
import trimaran.record.Policy;
import trimaran.record.PublicKey;
import trimaran.record.Quorum;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.record.Verifier;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;

/**
 * The parts of access's keeper over a store in memory and simulated time, each to be asked by itself. Statements are signed by
 * stand-ins, notes in earnest; entries get their places by hand.
 */
final class KeptTier {

    /** Anybody could make such a signature: the hash of key and message. */
    private static final Verifier VERIFIER =
            (key, message, signature) -> signature.value().equals(hash(key, message));

    private static final NoteVerifiers NOTES = new RememberingVerifiers(NoteVerifiers.ML_DSA_44);

    static final RecordTime START = new RecordTime(VirtualLoops.START_MILLIS);
    static final Digest STATION = digest("station");
    static final CellId WARD = new CellId(0, 3);

    final VirtualLoops loops = new VirtualLoops(11);
    final MemoryStore store = new MemoryStore();
    final List<Signer> officers = List.of(signer("officer 1"), signer("officer 2"), signer("officer 3"));
    final Signer badge = signer("badge");
    final Signer session = signer("session");
    final SignedStatement founding;
    final KeeperSetting setting;
    final Copy copy;
    final Membership membership;
    final Cosigner cosigner;
    final HeldSet held;
    private final Map<Party, NoteSuite.SigningKey> notes = new EnumMap<>(Party.class);
    private final NoteSuite.SigningKey log = noteKey("log");
    private int written;

    KeptTier() {
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            notes.put(party, noteKey(party.word()));
            parties.add(keys(party, 1));
        }
        founding = SignedStatement.signed(
                Digest.ZERO,
                new Statement.Founding(
                        "Hôpital d'essai",
                        START,
                        parties,
                        officers.stream().map(Signer::publicKey).toList(),
                        Policy.DEFAULT,
                        digest("console")),
                officers);
        VirtualLoop loop = loops.loop("access", 0);
        setting = new KeeperSetting(
                Party.ACCESS,
                loop,
                loops.entropy(),
                store,
                VERIFIER,
                NOTES,
                Quorum.ML_DSA_44_TYPE,
                founding,
                new KeeperKeys(
                        Party.ACCESS,
                        noteSigner(Party.ACCESS),
                        Optional.empty(),
                        signer(Party.ACCESS.word()),
                        ShareKeys.passing(
                                Party.ACCESS,
                                loops.entropy(),
                                List.of(ShareGeneration.draw(Party.ACCESS, 1, loops.entropy())))),
                Ground.UNKNOWN);
        copy = new Copy(setting);
        CopyGroup first = copy.begin();
        first.add(FoundingEntry.content(founding), FoundingEntry.place(founding));
        copy.commit(first);
        membership = new Membership(setting, copy.registry());
        cosigner = new Cosigner(setting, copy, membership);
        held = new HeldSet(setting, copy, cosigner);
        copy.whenCommitted(held::committed);
    }

    static Digest digest(String text) {
        return Digest.sha256(Bytes.ofText(text));
    }

    /** A party's keys in an epoch; those of notes stay. */
    PartyKeys keys(Party party, long epoch) {
        String name = epoch == 1 ? party.word() : party.word() + " in epoch " + epoch;
        return new PartyKeys(
                party,
                notes.getOrDefault(party, log).publicKey(),
                party == Party.DATA ? log.publicKey() : Bytes.EMPTY,
                signer(name).publicKey(),
                digest("line of " + name),
                party.isTier() ? Bytes.ofText("sealing of " + name) : Bytes.EMPTY,
                1);
    }

    NoteSigner noteSigner(Party party) {
        return Cosignature.signer(
                Quorum.cosignerName(founding.id(), party), MlDsa44.SUITE, notes.getOrDefault(party, log));
    }

    /** A checkpoint signed by the log and by these parties. */
    Bytes note(Checkpoint checkpoint, long seconds, Party... cosigners) {
        NoteSigner logSigner = Cosignature.signer(Quorum.originOf(founding.id()), MlDsa44.SUITE, log);
        Note note = new Note(checkpoint.text(), List.of(logSigner.sign(checkpoint, seconds)));
        for (Party party : cosigners) {
            note = note.with(noteSigner(party).sign(checkpoint, seconds));
        }
        return note.encode();
    }

    SignedStatement signed(Statement statement, int by) {
        return SignedStatement.signed(founding.id(), statement, officers.subList(0, by));
    }

    /** An entry with this statement, to be placed or held. */
    EntryContent entry(SignedStatement statement) {
        AuthorPart author = new AuthorPart(
                founding.id(),
                digest("nonce " + written++),
                Digest.ZERO,
                EntryKind.REGISTRY,
                new WallTime(START.millis()),
                false,
                List.of(),
                List.of(),
                statement.encode(),
                Digest.ZERO,
                Digest.ZERO,
                0);
        return entry(author);
    }

    /** An entry nobody signed, to be placed or held. */
    EntryContent entry(AuthorPart author) {
        Header header = Header.of(author, new Signature(Suite.ML_DSA_44, Bytes.EMPTY), new Sanction.OwnSignatures());
        SealedEntry sealed = new SealedEntry(
                SealedEntry.Item.inline(header.encode()),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(),
                Bytes.EMPTY);
        return ((Outcome.Done<EntryContent>) new Intake(copy).complete(sealed)).value();
    }

    /** A statement's entry as it travels. */
    static SealedEntry transit(EntryContent content) {
        return new SealedEntry(
                SealedEntry.Item.inline(content.headerBytes()),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(),
                Bytes.EMPTY);
    }

    /** A badge for somebody nobody knows. */
    EntryContent grant() {
        return entry(signed(
                new Statement.Grant(
                        signer("badge " + written).publicKey(),
                        Statement.BadgeKind.PERSON,
                        List.of(),
                        List.of(),
                        List.of(),
                        START),
                2));
    }

    void place(Statement statement) {
        place(entry(signed(statement, 2)), setting.now());
    }

    /** Gives an entry the next place at this time. */
    Place place(EntryContent content, RecordTime time) {
        CopyGroup group = copy.begin();
        Place place = group.place(group.judge(content, time, List.of()), time, List.of());
        group.add(content, place);
        copy.commit(group);
        return place;
    }

    /** A nurse's session of eight hours on the ward's station. */
    Statement.SessionOpening openSession() {
        place(new Statement.Grant(
                badge.publicKey(), Statement.BadgeKind.PERSON, List.of("nurse"), List.of(), List.of(WARD), START));
        place(new Statement.StationEnrolment("ward", STATION, WARD, START));
        Statement.SessionOpening opening = new Statement.SessionOpening(
                session.publicKey(),
                badge.publicKey().id(),
                STATION,
                START,
                START.plusMillis(8 * 3_600_000L),
                Digest.ZERO);
        place(entry(SignedStatement.signed(founding.id(), opening, List.of(badge))), setting.now());
        return opening;
    }

    static Signer signer(String name) {
        PublicKey key = new PublicKey(Suite.STAND_IN, Bytes.ofText(name));
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Signature sign(byte[] message) {
                return new Signature(Suite.STAND_IN, hash(key, message));
            }
        };
    }

    static NoteSuite.SigningKey noteKey(String name) {
        return MlDsa44.SUITE.signingKey(SecretBytes.taking(digest(name).toArray()), target -> {});
    }

    private static Bytes hash(PublicKey key, byte[] message) {
        return Bytes.wrap(Digest.sha256(key.key().unsafeArray(), message).toArray());
    }
}
