package trimaran.station;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.Draft;
import trimaran.line.message.MessageLimits;
import trimaran.model.Resource;
import trimaran.model.ResourceWriter;
import trimaran.model.ShownToApplication;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Escrow;
import trimaran.record.PartContent;
import trimaran.record.PartyKeys;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.Signature;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;
import trimaran.shares.SealingPublicKey;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.SharePackage;

/** Makes one sealed, signed entry of placed changes. Knows nothing of the loop, so that large ones are sealed beside it. */
final class Sealing {

    /** Types accepted without approval at any time (DESIGN §5 Continuity). */
    static final Set<String> CONTINUITY_TYPES = Set.of(
            "Observation",
            "AllergyIntolerance",
            "MedicationAdministration",
            "DocumentReference",
            "Composition",
            "ClinicalImpression",
            "Communication",
            "Encounter",
            BedLine.TYPE,
            "Patient",
            // Whose a result is, or whether two are one person, waits as a Task and is decided by somebody later.
            "Person",
            "Task",
            // A ward or bed that only senders name: without it its patients are on no board.
            "Location",
            "MedicationRequest",
            "ServiceRequest",
            "DiagnosticReport",
            "Specimen");

    /** For signature, sanction and the lengths around an author part. */
    private static final int ROOM = 16 << 10;

    /** What sealing needs of the station, taken on the loop. */
    record Ground(Digest origin, Map<Party, PartyKeys> keys, OwnSession session, long size, long wallMillis) {
        static Ground of(StationSetting setting, Registry registry, OwnSession session, long size) {
            Map<Party, PartyKeys> keys = new EnumMap<>(Party.class);
            Party.TIERS.forEach(tier -> keys.put(tier, registry.party(tier)));
            return new Ground(
                    registry.origin(),
                    keys,
                    session,
                    size,
                    setting.loop().wallTime().millis());
        }
    }

    /** A signed entry, with what its author's station still needs of it. */
    record Sealed(StoredEntry entry, AuthorPart author, Digest digest, Optional<Draft> draft, List<Target> targets) {}

    private final StationSetting setting;
    private final DraftBox drafts;
    private final Map<Bytes, SealingPublicKey> sealingKeys = new ConcurrentHashMap<>();

    Sealing(StationSetting setting, DraftBox drafts) {
        this.setting = setting;
        this.drafts = drafts;
    }

    /** What is written into which cells, in the order of the transaction. */
    static Map<Target, List<Planned>> byTarget(References references) {
        Map<Target, List<Planned>> byTarget = new LinkedHashMap<>();
        for (Planned change : references.changes()) {
            if (change.isWritten()) {
                byTarget.computeIfAbsent(change.requiredTarget(), none -> new ArrayList<>())
                        .add(change);
            }
        }
        return byTarget;
    }

    /** Writes the author's bytes of some changes into their target. */
    private static void write(Target target, List<Planned> changes, References references) {
        for (Planned change : changes) {
            Optional<Resource> resource = change.resource();
            Bytes json = resource.isPresent()
                    ? Bytes.wrap(ResourceWriter.authored(
                            resource.get(), change.requiredId().toString(), references::written))
                    : Bytes.EMPTY;
            add(target, change.requiredId().local(), change.type(), change.replaces(), json);
        }
    }

    static void add(Target target, long local, String type, long replaces, Bytes json) {
        target.items.add(new PartContent.Item(local, type, json));
        target.changes.add(new Change(local, replaces, json.isEmpty()));
    }

    /** An entry that opens cells and writes nothing into them. */
    Outcome<Sealed> sealOpening(Ground ground, EntryKind kind, List<Target> targets) {
        return seal(ground, kind, targets, new References(List.of()), List.of(), Annex.EMPTY, true);
    }

    /**
     * Seals one cell's part after the other.
     *
     * @param boards cells application reads although the entry does not write into them
     * @param keep whether the plain text is needed afterwards; else each part is written, sealed and let go before the next,
     *     so that a large transaction is in memory once
     */
    Outcome<Sealed> seal(
            Ground ground,
            EntryKind kind,
            List<Target> targets,
            References references,
            List<CellId> boards,
            Annex annex,
            boolean keep) {
        Map<Target, List<Planned>> byTarget = byTarget(references);
        Digest nonce = setting.entropy().nonce();
        List<CellPart> parts = new ArrayList<>();
        List<Bytes> blobs = new ArrayList<>();
        List<Target> fresh =
                targets.stream().filter(target -> target.drawn().isPresent()).toList();
        for (Target target : targets) {
            write(target, byTarget.getOrDefault(target, List.of()), references);
            if (!target.items.isEmpty()) {
                Bytes content = target.content().encode();
                if (content.size() > PartSeal.CONTENT_BYTES_MAX) {
                    return Outcome.refused(Code.TOO_LARGE, "one cell's part of the transaction is too large");
                }
                Bytes blob = PartSeal.seal(
                        target.key(), new PartPlace(ground.origin(), nonce, parts.size()), content, setting.entropy());
                parts.add(
                        new CellPart(target.cell(), Digest.sha256(blob), blob.size(), target.changes, target.under()));
                blobs.add(blob);
                if (!keep) {
                    target.forgetUnshown();
                }
            }
        }
        if (Math.max(parts.size(), fresh.size()) > RecordLimits.PARTS_MAX) {
            return Outcome.refused(Code.TOO_LARGE, "the transaction touches too many cells");
        }
        Escrow escrow = escrow(ground, nonce, fresh);
        Bytes annexBytes = annex.isEmpty() ? Bytes.EMPTY : annex.encode();
        Draft draft = draft(targets, boards);
        boolean shown = kind != EntryKind.CONTINUITY;
        if (shown && draft.encode().size() > StationLimits.DRAFT_BYTES_MAX) {
            return Outcome.refused(
                    Code.TOO_LARGE,
                    "the transaction has too many encounters for one entry: send it in several transactions");
        }
        AuthorPart author = author(ground, nonce, kind, mayContinue(kind, references), parts, fresh, annex, escrow);
        Bytes authorBytes = author.encode();
        if (authorBytes.size() > RecordLimits.HEADER_BYTES_MAX - ROOM) {
            return Outcome.refused(
                    Code.TOO_LARGE,
                    "the transaction has too many resources for one entry: send it in several transactions");
        }
        Digest digest = AuthorPart.digest(authorBytes);
        Signature signature = ground.session().sign(AuthorPart.signedBytes(digest));
        Bytes escrowBytes = fresh.isEmpty() ? Bytes.EMPTY : escrow.encode();
        Bytes draftBytes = shown ? drafts.seal(digest, draft) : Bytes.EMPTY;
        StoredEntry entry = new StoredEntry(authorBytes, signature, annexBytes, escrowBytes, blobs, draftBytes);
        return Outcome.done(new Sealed(entry, author, digest, shown ? Optional.of(draft) : Optional.empty(), targets));
    }

    private static AuthorPart author(
            Ground ground,
            Digest nonce,
            EntryKind kind,
            boolean mayContinue,
            List<CellPart> parts,
            List<Target> fresh,
            Annex annex,
            Escrow escrow) {
        return new AuthorPart(
                ground.origin(),
                nonce,
                ground.session().id(),
                kind,
                new WallTime(ground.wallMillis()),
                mayContinue,
                parts,
                fresh.stream().flatMap(target -> target.drawn().stream()).toList(),
                Bytes.EMPTY,
                annex.digest(),
                escrow.digest(),
                ground.size());
    }

    /** Whether it goes on without approval where application is silent; bed lines, which no author writes, always may. */
    static boolean mayContinue(EntryKind kind, References references) {
        return kind == EntryKind.CONTINUITY
                || references.changes().stream()
                        .filter(Planned::isWritten)
                        .allMatch(change -> CONTINUITY_TYPES.contains(change.type()));
    }

    private Escrow escrow(Ground ground, Digest nonce, List<Target> fresh) {
        if (fresh.isEmpty()) {
            return Escrow.NONE;
        }
        List<Escrow.Envelope> envelopes = new ArrayList<>(3);
        Bytes binding = Escrow.associatedData(ground.origin(), nonce);
        for (Party tier : Party.TIERS) {
            List<SharePackage.CellPair> pairs = new ArrayList<>(fresh.size());
            for (Target target : fresh) {
                CellId drawn = target.drawn().orElseThrow().cell();
                target.shares().ifPresent(shares -> pairs.add(new SharePackage.CellPair(drawn, shares.pairFor(tier))));
            }
            PartyKeys keys = ground.keys().get(tier);
            if (keys == null) {
                throw new IllegalStateException("the registry has keys of every tier");
            }
            ShareEnvelope.Address address = new ShareEnvelope.Address(tier, keys.generation(), binding);
            Bytes sealed = ShareEnvelope.seal(
                    sealingKey(keys), address, new SharePackage(tier, pairs).encode(), setting.entropy());
            envelopes.add(new Escrow.Envelope(tier, keys.generation(), sealed));
        }
        return new Escrow(envelopes);
    }

    private SealingPublicKey sealingKey(PartyKeys keys) {
        return sealingKeys.computeIfAbsent(keys.sealing(), raw -> {
            try {
                return SealingPublicKey.of(raw);
            } catch (MalformedException broken) {
                throw new IllegalStateException("the registry names a sealing key that is none", broken);
            }
        });
    }

    // ---- what application is shown

    /** Every change; content only of the types rules look at; to be read only what the policy lets them. */
    private static Draft draft(List<Target> targets, List<CellId> boards) {
        List<Draft.Item> items = new ArrayList<>();
        List<CellId> reads = new ArrayList<>();
        for (Target target : targets) {
            boolean moves = false;
            for (int i = 0; i < target.items.size(); i++) {
                PartContent.Item item = target.items.get(i);
                moves |= ShownToApplication.shown(item.type());
                boolean shown = ShownToApplication.shown(item.type(), item.json());
                items.add(item(target, target.changes.get(i), item, shown));
            }
            boolean readable = target.kind() == CellKind.STAY || target.kind() == CellKind.WARD;
            if (moves && readable && target.opening().isEmpty() && reads.size() < MessageLimits.CELLS_MAX) {
                reads.add(target.cell());
            }
        }
        boards.stream()
                .filter(board -> !reads.contains(board))
                .limit(MessageLimits.CELLS_MAX - reads.size())
                .forEach(reads::add);
        return new Draft(items, reads);
    }

    private static Draft.Item item(Target target, Change change, PartContent.Item item, boolean content) {
        Draft.Action action = change.removes()
                ? Draft.Action.DELETE
                : change.replaces() == 0 ? Draft.Action.CREATE : Draft.Action.UPDATE;
        return new Draft.Item(
                new ResourceId(target.cell(), change.local()),
                item.type(),
                action,
                change.replaces(),
                content ? item.json() : Bytes.EMPTY);
    }

    /** A refusal that names no content. */
    static Refusal tooLarge() {
        return Refusal.of(Code.TOO_LARGE, "a transaction has at most " + StationLimits.CHANGES_MAX + " changes");
    }
}
