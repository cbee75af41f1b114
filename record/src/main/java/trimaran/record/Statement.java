package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/**
 * What a registry entry says, in clear: people, services, stations, sessions, policy, epochs, cuts (DESIGN §7, §10). It holds
 * keys and roles, never a name of a person.
 */
public sealed interface Statement {

    int VERSION = 1;

    /** Entry 0: the four parties, the officers, the policy, the operator's console. Signed by three officers. */
    record Founding(
            String hospital,
            RecordTime time,
            List<PartyKeys> parties,
            List<PublicKey> officers,
            Policy policy,
            Digest console)
            implements Statement {
        public Founding {
            parties = List.copyOf(parties);
            officers = List.copyOf(officers);
        }
    }

    /**
     * A badge of a person or service, or a change of its grants. Signed by two officers.
     *
     * @param time when it was signed; no statement counts twice, so the same grant given again differs by it
     */
    record Grant(
            PublicKey badge,
            BadgeKind kind,
            List<String> roles,
            List<String> scopes,
            List<CellId> wards,
            RecordTime time)
            implements Statement {
        public Grant {
            roles = List.copyOf(roles);
            scopes = List.copyOf(scopes);
            wards = List.copyOf(wards);
        }
    }

    /** Whose badge it is. Order is the wire value. */
    enum BadgeKind {
        PERSON,
        SERVICE,
        OFFICER,
        STATION
    }

    /**
     * A badge that counts no more, for good. Signed by one officer; an officer's by two, and three must remain.
     *
     * @param time when it was signed: what two tiers held before counts; {@link RecordTime#ZERO} in those that do not say
     */
    record Revocation(Digest badge, RecordTime time) implements Statement {}

    /** A station by the key under which it speaks TLS. Signed by two officers. */
    record StationEnrolment(String name, Digest line, CellId ward, RecordTime time) implements Statement {}

    /** A session: a key living in a station, certified by a badge. Signed by the badge. */
    record SessionOpening(
            PublicKey sessionKey, Digest badge, Digest station, RecordTime opened, RecordTime expiry, Digest checkpoint)
            implements Statement {}

    /** A session that ended. Signed by its own key or its badge. */
    record SessionClosing(Digest session) implements Statement {}

    /** New numbers. Signed by two officers. */
    record PolicyChange(Policy policy) implements Statement {}

    /**
     * A numbered membership: who speaks for each party from now on. Signed by two officers; each remaining member signs
     * separately that it accepts it.
     */
    record EpochChange(long epoch, Party replaced, PartyKeys keys, RecordTime time) implements Statement {}

    /**
     * One officer closes something. A second tier takes two, unless all is cut.
     *
     * @param reopeningsSeen how many reopenings there were when it was signed: after the next one it is void
     * @param time when it was signed: what two tiers held before counts
     * @param why one line for whoever reads of it, in clear in the record and on every card; empty if nobody said. It MUST name no
     *     patient: every tier reads it
     */
    record Cut(Target target, Digest subject, long reopeningsSeen, RecordTime time, String why) implements Statement {
        public Cut {
            if (!isWhy(why)) {
                throw new IllegalArgumentException("a reason is one line of " + RecordLimits.WHY_BYTES_MAX + " bytes");
            }
        }

        /** A cut of which nobody said why. */
        public Cut(Target target, Digest subject, long reopeningsSeen, RecordTime time) {
            this(target, subject, reopeningsSeen, time, "");
        }

        /** Whether a text may stand as the reason. */
        public static boolean isWhy(String text) {
            return CutReason.isWhy(text);
        }
    }

    /** Two officers open it again. */
    record Reopening(Target target, Digest subject, RecordTime time) implements Statement {}

    /**
     * The first parts of a cell are deleted: their blobs, and the annexes of their entries (DESIGN §6). Signed by two officers.
     * The entries stay, and this says that what they name is gone by law and not lost.
     *
     * @param parts how many parts of the cell; what follows them stays
     */
    record Erasure(CellId cell, long parts, RecordTime time) implements Statement {}

    /**
     * The next generation of shares (DESIGN §6, After a fall): from its place on authors seal to these keys, and the tiers give every
     * cell opened before it new shares of the same key. Signed by two officers.
     *
     * @param generation one more than the present one
     * @param epoch the present one: officers who named a tier's key did not mean that tier's successor
     * @param sealing ML-KEM-768 keys, raw: access, application, data
     * @param late until when what was sealed to the keys before is taken in: then the tiers destroy them
     */
    record Refresh(long generation, long epoch, List<Bytes> sealing, RecordTime late, RecordTime time)
            implements Statement {
        public Refresh {
            sealing = List.copyOf(sealing);
        }

        /** The key authors seal a tier's pairs to. */
        public Bytes sealingOf(Party tier) {
            return sealing.get(Party.TIERS.indexOf(tier));
        }
    }

    /**
     * What was handed to somebody within a window is given a new key when it is next written to (DESIGN §6, After a fall). Signed by
     * two officers.
     *
     * @param subject a party's word or a badge, by its hash, or a station's line key
     */
    record Roll(Holder holder, Digest subject, RecordTime from, RecordTime to, RecordTime time) implements Statement {}

    /** Who was handed what is to be rolled. Order is the wire value. */
    enum Holder {
        PARTY,
        STATION,
        BADGE
    }

    /** What a cut closes; the subject is a station's line key, a badge, or the hash of a tier's or application's word. */
    enum Target {
        TIER,
        STATION,
        APPLICATION,
        CLIENT,
        ALL;

        /** What a cut of everything closes, whatever it names. */
        public static final Digest EVERYTHING = Digest.sha256(Bytes.ofText("all"));

        /** What a cut of a tier names: the hash of its word. */
        public static Digest subjectOf(Party tier) {
            return Digest.sha256(Bytes.ofText(tier.word()));
        }

        /** What a cut of one of application's applications names: the hash of its name after a word no party has. */
        public static Digest subjectOfApplication(String name) {
            return Digest.sha256(Bytes.ofText("application/" + name));
        }

        /** What a statement about such a target closes or opens if it names this. */
        Digest subject(Digest named) {
            return this == ALL ? EVERYTHING : named;
        }
    }

    /** The keys of all four parties in their order, so that nobody is missing or there twice. */
    private static List<PartyKeys> parties(Reader reader) throws MalformedException {
        List<PartyKeys> parties = reader.list(Party.values().length, PartyKeys::read);
        if (!parties.stream().map(PartyKeys::party).toList().equals(List.of(Party.values()))) {
            throw new MalformedException("a founding names each of the four parties once, in order");
        }
        return parties;
    }

    private static void revocation(Writer writer, Revocation revocation) {
        if (revocation.time().equals(RecordTime.ZERO)) {
            writer.u8(2).digest(revocation.badge());
        } else {
            revocation.time().write(writer.u8(11).digest(revocation.badge()));
        }
    }

    /** One without a time has another form, and each statement one form only. */
    private static Revocation timed(Revocation revocation) throws MalformedException {
        if (revocation.time().equals(RecordTime.ZERO)) {
            throw new MalformedException("a revocation of this form says when it was signed");
        }
        return revocation;
    }

    /** With a reason it has another form, so that what was signed before reads as it did. */
    private static void cut(Writer writer, Cut cut) {
        writer.u8(cut.why().isEmpty() ? 8 : 12)
                .u8(cut.target().ordinal())
                .digest(cut.subject())
                .i64(cut.reopeningsSeen());
        cut.time().write(writer);
        if (!cut.why().isEmpty()) {
            writer.text(cut.why());
        }
    }

    private static Cut cut(Reader reader, boolean reasoned) throws MalformedException {
        Target target = reader.choice(Target.values());
        Digest subject = reader.digest();
        long reopenings = reader.count();
        RecordTime time = RecordTime.read(reader);
        String why = reasoned ? reader.text(RecordLimits.WHY_BYTES_MAX) : "";
        if (!Cut.isWhy(why) || (reasoned && why.isEmpty())) {
            throw new MalformedException("the reason of this cut is no line of text");
        }
        return new Cut(target, subject, reopenings, time, why);
    }

    private static Refresh refresh(Reader reader) throws MalformedException {
        Refresh refresh = new Refresh(
                reader.count(),
                reader.count(),
                reader.list(Party.TIERS.size(), r -> r.bytes(RecordLimits.KEY_BYTES_MAX)),
                RecordTime.read(reader),
                RecordTime.read(reader));
        boolean whole = refresh.sealing().size() == Party.TIERS.size()
                && refresh.sealing().stream().allMatch(key -> key.size() == RecordLimits.SEALING_KEY_BYTES);
        if (!whole) {
            throw new MalformedException("a refresh names one sealing key of each tier");
        }
        return refresh;
    }

    private static void texts(Writer writer, List<String> texts) {
        writer.list(texts, Writer::text);
    }

    private static List<String> texts(Reader reader) throws MalformedException {
        return reader.list(RecordLimits.GRANTS_MAX, r -> r.text(RecordLimits.NAME_BYTES_MAX));
    }

    default Bytes encode() {
        Writer writer = new Writer(512).u8(VERSION);
        switch (this) {
            case Founding founding -> {
                writer.u8(0).text(founding.hospital());
                founding.time().write(writer);
                writer.list(founding.parties(), (w, party) -> party.write(w));
                writer.list(founding.officers(), (w, officer) -> officer.write(w));
                founding.policy().write(writer);
                writer.digest(founding.console());
            }
            case Grant grant -> {
                writer.u8(1);
                grant.badge().write(writer);
                writer.u8(grant.kind().ordinal());
                texts(writer, grant.roles());
                texts(writer, grant.scopes());
                writer.list(grant.wards(), (w, ward) -> ward.write(w));
                grant.time().write(writer);
            }
            case Revocation revocation -> revocation(writer, revocation);
            case StationEnrolment station -> {
                writer.u8(3).text(station.name()).digest(station.line());
                station.ward().write(writer);
                station.time().write(writer);
            }
            case SessionOpening session -> {
                writer.u8(4);
                session.sessionKey().write(writer);
                writer.digest(session.badge()).digest(session.station());
                session.opened().write(writer);
                session.expiry().write(writer);
                writer.digest(session.checkpoint());
            }
            case SessionClosing closing -> writer.u8(5).digest(closing.session());
            case PolicyChange change -> {
                writer.u8(6);
                change.policy().write(writer);
            }
            case EpochChange change -> {
                writer.u8(7).i64(change.epoch()).u8(change.replaced().ordinal());
                change.keys().write(writer);
                change.time().write(writer);
            }
            case Cut cut -> cut(writer, cut);
            case Reopening reopening -> {
                writer.u8(9).u8(reopening.target().ordinal()).digest(reopening.subject());
                reopening.time().write(writer);
            }
            case Erasure erasure -> {
                erasure.cell().write(writer.u8(10));
                writer.i64(erasure.parts());
                erasure.time().write(writer);
            }
            case Refresh refresh -> refresh(writer, refresh);
            case Roll roll -> RollOrder.write(writer.u8(14), roll);
        }
        return writer.toBytes();
    }

    private static void refresh(Writer writer, Refresh refresh) {
        writer.u8(13).i64(refresh.generation()).i64(refresh.epoch()).list(refresh.sealing(), Writer::bytes);
        refresh.late().write(writer);
        refresh.time().write(writer);
    }

    static Statement decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, reader -> {
            int version = reader.u8();
            if (version != VERSION) {
                throw new MalformedException("unknown statement version " + version);
            }
            int kind = reader.u8();
            return switch (kind) {
                case 0 ->
                    new Founding(
                            reader.text(RecordLimits.NAME_BYTES_MAX),
                            RecordTime.read(reader),
                            parties(reader),
                            reader.list(RecordLimits.STATEMENT_SIGNATURES_MAX, PublicKey::read),
                            Policy.read(reader),
                            reader.digest());
                case 1 ->
                    new Grant(
                            PublicKey.read(reader),
                            reader.choice(BadgeKind.values()),
                            texts(reader),
                            texts(reader),
                            reader.list(RecordLimits.GRANTS_MAX, CellId::read),
                            RecordTime.read(reader));
                case 2 -> new Revocation(reader.digest(), RecordTime.ZERO);
                case 3 ->
                    new StationEnrolment(
                            reader.text(RecordLimits.NAME_BYTES_MAX),
                            reader.digest(),
                            CellId.read(reader),
                            RecordTime.read(reader));
                case 4 ->
                    new SessionOpening(
                            PublicKey.read(reader),
                            reader.digest(),
                            reader.digest(),
                            RecordTime.read(reader),
                            RecordTime.read(reader),
                            reader.digest());
                case 5 -> new SessionClosing(reader.digest());
                case 6 -> new PolicyChange(Policy.read(reader));
                case 7 ->
                    new EpochChange(
                            reader.count(),
                            reader.choice(Party.values()),
                            PartyKeys.read(reader),
                            RecordTime.read(reader));
                case 8 -> cut(reader, false);
                case 9 -> new Reopening(reader.choice(Target.values()), reader.digest(), RecordTime.read(reader));
                case 10 -> new Erasure(CellId.read(reader), reader.count(), RecordTime.read(reader));
                case 11 -> timed(new Revocation(reader.digest(), RecordTime.read(reader)));
                case 12 -> cut(reader, true);
                case 13 -> refresh(reader);
                case 14 -> RollOrder.read(reader);
                default -> throw new MalformedException("unknown statement " + kind);
            };
        });
    }
}
