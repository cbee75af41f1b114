package trimaran.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.line.message.Draft;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.Shown;
import trimaran.record.AuthorPart;
import trimaran.record.BatchPath;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;
import trimaran.record.PartyKeys;
import trimaran.record.Policy;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** An invented hospital with its keys, and the requests its stations send. */
final class Hospital {

    static final RecordTime OPENED = new RecordTime(ManualLoop.START_MILLIS - 60_000);
    static final RecordTime EXPIRY = new RecordTime(ManualLoop.START_MILLIS + 3_600_000);
    static final Digest STATION = Digest.sha256(Bytes.ofText("station"));

    final Registry registry;
    final Entropy entropy;

    Hospital(long seed) {
        entropy = new Random(seed)::nextBytes;
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            parties.add(new PartyKeys(
                    party,
                    Bytes.EMPTY,
                    Bytes.EMPTY,
                    key(party).publicKey(),
                    Digest.sha256(Bytes.ofText(party.word())),
                    Bytes.EMPTY,
                    1));
        }
        List<PublicKey> officers = List.of(StandInKey.named("officer").publicKey());
        registry = new Registry(new Statement.Founding(
                "Hôpital de démonstration", OPENED, parties, officers, Policy.DEFAULT, Digest.ZERO));
    }

    static StandInKey key(Party party) {
        return StandInKey.named(party.word());
    }

    static StandInKey sessionKey(String name) {
        return StandInKey.named("session of " + name);
    }

    /** Grants a badge and opens its session. */
    Session session(String name, List<String> roles, List<String> scopes) {
        PublicKey badge = StandInKey.named("badge of " + name).publicKey();
        registry.apply(
                new Statement.Grant(badge, Statement.BadgeKind.PERSON, roles, scopes, List.of(), OPENED), OPENED);
        Statement.SessionOpening opening = new Statement.SessionOpening(
                sessionKey(name).publicKey(), badge.id(), STATION, OPENED, EXPIRY, Digest.ZERO);
        registry.apply(opening, OPENED);
        return registry.session(SignedStatement.id(opening)).orElseThrow();
    }

    NewCell cell(CellKind kind, CellId subject) {
        CellId id = new CellId(entropy.nextLong(), entropy.nextLong());
        return opening(id, kind, subject);
    }

    NewCell cell(CellKind kind) {
        CellId id = new CellId(entropy.nextLong(), entropy.nextLong());
        return opening(id, kind, id);
    }

    private static NewCell opening(CellId id, CellKind kind, CellId subject) {
        return new NewCell(id, kind, subject, Digest.ZERO, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO));
    }

    /** The author part that makes the changes a draft tells of. */
    AuthorPart part(Session session, List<NewCell> fresh, Draft draft) {
        List<CellPart> parts = new ArrayList<>();
        draft.items().stream().map(item -> item.id().cell()).distinct().forEach(cell -> {
            List<Change> changes = draft.items().stream()
                    .filter(item -> item.id().cell().equals(cell))
                    .map(item -> new Change(item.id().local(), item.replaces(), item.action() == Draft.Action.DELETE))
                    .toList();
            parts.add(new CellPart(cell, Digest.ZERO, 0, changes));
        });
        return part(session, fresh, parts, new WallTime(ManualLoop.START_MILLIS));
    }

    AuthorPart part(Session session, List<NewCell> fresh, List<CellPart> parts, WallTime authored) {
        return new AuthorPart(
                registry.origin(),
                entropy.nonce(),
                session.id(),
                EntryKind.CLINICAL,
                authored,
                false,
                parts,
                fresh,
                Bytes.EMPTY,
                Digest.ZERO,
                Digest.ZERO,
                7);
    }

    Request.Approve request(AuthorPart part, StandInKey author, Draft draft) {
        Bytes encoded = part.encode();
        Digest entry = AuthorPart.digest(encoded);
        return new Request.Approve(
                encoded,
                author.sign(AuthorPart.signedBytes(entry)),
                draft,
                receipt(Party.DATA, part, draft, new RecordTime(ManualLoop.START_MILLIS)));
    }

    Receipt receipt(Party ledger, AuthorPart part, Draft draft, RecordTime time) {
        return receipt(ledger, part, draft, draft.shown(part.newCells()), time);
    }

    /** A receipt whose ledger lines name these cells. */
    Receipt receipt(Party ledger, AuthorPart part, Draft draft, Shown shown, RecordTime time) {
        Digest entry = AuthorPart.digest(part.encode());
        Digest leaf = Receipt.leaf(ledger, entry, draft.digest(), shown, draft.reads(), 3, time);
        return new Receipt(
                ledger,
                entry,
                draft.digest(),
                3,
                time,
                BatchPath.ALONE,
                key(ledger).sign(Receipt.signedBytes(registry.origin(), leaf)));
    }
}
