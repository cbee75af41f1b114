package trimaran.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Entropy;
import trimaran.kernel.SecretBytes;
import trimaran.model.ShownToApplication;
import trimaran.record.CellKind;
import trimaran.record.Change;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.seal.CellKey;
import trimaran.seal.CellShares;

/** A cell a transaction writes into: one that is open, or one it opens itself. */
final class Target {

    private final CellId cell;
    private final CellKind kind;
    private final CellId subject;
    private final String label;
    private final CellKey key;
    private final @Nullable CellShares shares;
    private final @Nullable NewCell opening;
    private final @Nullable NewCell later;
    private final CellId under;
    final List<PartContent.Item> items = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();

    private Target(
            CellId cell,
            CellKind kind,
            CellId subject,
            String label,
            CellKey key,
            @Nullable CellShares shares,
            @Nullable NewCell opening,
            @Nullable NewCell later,
            CellId under) {
        this.cell = cell;
        this.kind = kind;
        this.subject = subject;
        this.label = label;
        this.key = key;
        this.shares = shares;
        this.opening = opening;
        this.later = later;
        this.under = under;
    }

    /** An open cell under the newest of its keys, or under one drawn for what is written now. */
    static Target of(OpenCell open, OwnSession opener, Entropy entropy) {
        return open.keys().isToRoll() ? rolled(open, opener, entropy) : existing(open);
    }

    /** Takes a copy of the newest key, so that a lease that ends while sealing cannot wipe it. */
    private static Target existing(OpenCell open) {
        SecretBytes copy =
                SecretBytes.taking(open.keys().newestKey().secret().expose().clone());
        CellKey key = new CellKey(open.id(), copy);
        return new Target(
                open.id(),
                open.kind(),
                open.subject(),
                open.label(),
                key,
                null,
                null,
                null,
                open.keys().newest());
    }

    /** An open cell whose keys a party that fell was handed: what is written now is sealed with one drawn for it. */
    private static Target rolled(OpenCell open, OwnSession opener, Entropy entropy) {
        CellShares shares = CellShares.draw(entropy);
        NewCell later =
                NewCell.named(opener.id(), CellKind.KEY, open.id(), shares.keyCommitment(), shares.shareCommitments());
        return new Target(
                open.id(),
                open.kind(),
                open.subject(),
                open.label(),
                shares.combine(open.id()),
                shares,
                null,
                later,
                later.cell());
    }

    /** A cell that is its own subject: a patient's identity, or one of no patient. */
    static Target alone(OwnSession opener, CellKind kind, String label, Entropy entropy) {
        return of(opener, kind, CellId.NONE, label, entropy);
    }

    /** @param subject the identity cell of its patient */
    static Target of(OwnSession opener, CellKind kind, CellId subject, String label, Entropy entropy) {
        CellShares shares = CellShares.draw(entropy);
        NewCell opening = NewCell.named(opener.id(), kind, subject, shares.keyCommitment(), shares.shareCommitments());
        return new Target(
                opening.cell(),
                kind,
                opening.subject(),
                label,
                shares.combine(opening.cell()),
                shares,
                opening,
                null,
                CellId.NONE);
    }

    CellId cell() {
        return cell;
    }

    CellKind kind() {
        return kind;
    }

    CellId subject() {
        return subject;
    }

    String label() {
        return label;
    }

    CellKey key() {
        return key;
    }

    Optional<CellShares> shares() {
        return Optional.ofNullable(shares);
    }

    Optional<NewCell> opening() {
        return Optional.ofNullable(opening);
    }

    /** What is opened for it: the cell itself, or the one that holds its later key. */
    Optional<NewCell> drawn() {
        return opening().or(() -> Optional.ofNullable(later));
    }

    /** The cell of the later key it is sealed with; none for its own. */
    CellId under() {
        return under;
    }

    /** Lets go of all text nobody is shown; what stays says type and place of each item. */
    void forgetUnshown() {
        items.replaceAll(item -> ShownToApplication.shown(item.type())
                ? item
                : new PartContent.Item(item.local(), item.type(), Bytes.EMPTY));
    }

    PartContent content() {
        return new PartContent(label, items);
    }
}
