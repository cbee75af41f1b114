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
    private final @Nullable NewCell opening;
    private @Nullable CellKey key;
    private @Nullable CellShares shares;
    private @Nullable NewCell later;
    private CellId under = CellId.NONE;
    final List<PartContent.Item> items = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();

    private Target(
            CellId cell,
            CellKind kind,
            CellId subject,
            String label,
            @Nullable CellKey key,
            @Nullable CellShares shares,
            @Nullable NewCell opening) {
        this.cell = cell;
        this.kind = kind;
        this.subject = subject;
        this.label = label;
        this.key = key;
        this.shares = shares;
        this.opening = opening;
    }

    /** An open cell, with the key it has now; before it is sealed a later one may be chosen: see {@link #useNewest} and {@link #draw}. */
    static Target of(OpenCell open) {
        Target target = new Target(open.id(), open.kind(), open.subject(), open.label(), null, null, null);
        target.useNewest(open.keys());
        return target;
    }

    /** Takes a copy of the newest key, so that a lease that ends meanwhile cannot wipe it. */
    void useNewest(CellKeys keys) {
        letGo();
        SecretBytes copy = SecretBytes.taking(keys.newestKey().secret().expose().clone());
        key = new CellKey(cell, copy);
        under = keys.newest();
    }

    private void letGo() {
        if (key != null) {
            key.wipe();
        }
    }

    /** A party that fell was handed its keys: what is written now is sealed with one drawn for it. */
    void draw(OwnSession opener, Entropy entropy) {
        letGo();
        CellShares drawn = CellShares.draw(entropy);
        shares = drawn;
        later = NewCell.named(opener.id(), CellKind.KEY, cell, drawn.keyCommitment(), drawn.shareCommitments());
        key = drawn.combine(cell);
        under = later.cell();
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
                opening.cell(), kind, opening.subject(), label, shares.combine(opening.cell()), shares, opening);
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
        if (key == null) {
            throw new IllegalStateException("no key was chosen for cell " + cell.handle() + " yet");
        }
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
        items.replaceAll(item -> ShownToApplication.shown(item.type(), item.json())
                ? item
                : new PartContent.Item(item.local(), item.type(), Bytes.EMPTY));
    }

    PartContent content() {
        return new PartContent(label, items);
    }
}
