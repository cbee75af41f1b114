package trimaran.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.Draft;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Escrow;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.PartyKeys;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Suite;
import trimaran.seal.CellKey;
import trimaran.seal.CellShares;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;
import trimaran.shares.SealingPublicKey;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.SharePackage;

/** Writes entries by hand, without a station's core: draws cells, seals parts, signs. */
final class Author {

    private final Founded founded;
    private final Entropy entropy;
    private final Function<Party, PartyKeys> parties;

    Author(Founded founded, Entropy entropy) {
        this(founded, entropy, founded::party);
    }

    /** @param parties whom it seals to, as far as it knows */
    Author(Founded founded, Entropy entropy, Function<Party, PartyKeys> parties) {
        this.founded = founded;
        this.entropy = entropy;
        this.parties = parties;
    }

    /** A cell an entry opens, with the secret its author drew. */
    record Fresh(NewCell opening, CellShares shares) {

        CellKey key() {
            return shares.combine(opening.cell());
        }
    }

    /** One resource to be written. */
    record Item(ResourceId id, String type, long replaces, boolean removes, Bytes json) {}

    /** What goes into one cell. */
    record Piece(CellKey key, List<Item> items) {
        Piece {
            items = List.copyOf(items);
        }
    }

    /** Who writes, when, knowing which checkpoint. */
    record Pen(Digest session, Signer key, WallTime now, long checkpointSeen) {}

    /** A cell that is its own subject. */
    Fresh open(Pen pen, CellKind kind) {
        return open(pen, kind, CellId.NONE);
    }

    Fresh open(Pen pen, CellKind kind, CellId subject) {
        CellShares shares = CellShares.draw(entropy);
        return new Fresh(
                NewCell.named(pen.session(), kind, subject, shares.keyCommitment(), shares.shareCommitments()), shares);
    }

    /** A registry statement as an entry that stands on its own signatures. */
    Entry.Signed statement(SignedStatement statement, WallTime now) {
        AuthorPart part = new AuthorPart(
                founded.origin(),
                entropy.nonce(),
                Digest.ZERO,
                EntryKind.REGISTRY,
                now,
                false,
                List.of(),
                List.of(),
                statement.encode(),
                Digest.ZERO,
                Digest.ZERO,
                0);
        return new Entry.Signed(
                part,
                part.encode(),
                new Signature(Suite.ML_DSA_44, Bytes.EMPTY),
                Escrow.NONE,
                List.of(),
                new Draft(List.of(), List.of()),
                Map.of());
    }

    Entry.Signed write(Pen pen, boolean mayContinue, List<Fresh> fresh, List<Piece> pieces) {
        Digest nonce = entropy.nonce();
        List<CellPart> parts = new ArrayList<>();
        List<Bytes> blobs = new ArrayList<>();
        List<Draft.Item> shown = new ArrayList<>();
        Map<ResourceId, Bytes> contents = new LinkedHashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            PartContent content = new PartContent(
                    "",
                    piece.items().stream()
                            .map(item -> new PartContent.Item(item.id().local(), item.type(), item.json()))
                            .toList());
            Bytes blob =
                    PartSeal.seal(piece.key(), new PartPlace(founded.origin(), nonce, i), content.encode(), entropy);
            List<Change> changes = piece.items().stream()
                    .map(item -> new Change(item.id().local(), item.replaces(), item.removes()))
                    .toList();
            parts.add(new CellPart(piece.key().cell(), Digest.sha256(blob), blob.size(), changes));
            blobs.add(blob);
            for (Item item : piece.items()) {
                shown.add(shown(item));
                contents.put(item.id(), item.json());
            }
        }
        Escrow escrow = escrow(nonce, fresh);
        AuthorPart part = new AuthorPart(
                founded.origin(),
                nonce,
                pen.session(),
                EntryKind.CLINICAL,
                pen.now(),
                mayContinue,
                parts,
                fresh.stream().map(Fresh::opening).toList(),
                Bytes.EMPTY,
                Annex.EMPTY.digest(),
                escrow.digest(),
                pen.checkpointSeen());
        Bytes bytes = part.encode();
        Signature signature = pen.key().sign(AuthorPart.signedBytes(AuthorPart.digest(bytes)));
        return new Entry.Signed(part, bytes, signature, escrow, blobs, new Draft(shown, List.of()), contents);
    }

    private static Draft.Item shown(Item item) {
        Draft.Action action =
                item.removes() ? Draft.Action.DELETE : item.replaces() == 0 ? Draft.Action.CREATE : Draft.Action.UPDATE;
        return new Draft.Item(item.id(), item.type(), action, item.replaces(), Bytes.EMPTY);
    }

    private Escrow escrow(Digest nonce, List<Fresh> fresh) {
        if (fresh.isEmpty()) {
            return Escrow.NONE;
        }
        List<Escrow.Envelope> envelopes = new ArrayList<>();
        for (Party tier : Party.TIERS) {
            PartyKeys keys = parties.apply(tier);
            SharePackage pairs = new SharePackage(
                    tier,
                    fresh.stream()
                            .map(one -> new SharePackage.CellPair(
                                    one.opening().cell(), one.shares().pairFor(tier)))
                            .toList());
            ShareEnvelope.Address address =
                    new ShareEnvelope.Address(tier, keys.generation(), Escrow.associatedData(founded.origin(), nonce));
            try {
                envelopes.add(new Escrow.Envelope(
                        tier,
                        keys.generation(),
                        ShareEnvelope.seal(SealingPublicKey.of(keys.sealing()), address, pairs.encode(), entropy)));
            } catch (MalformedException broken) {
                throw new IllegalStateException("the founding names no sealing key", broken);
            }
        }
        return new Escrow(envelopes);
    }
}
