package trimaran.ledger;

import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** How many leaves a tree has, and its root. The tree without leaves has exactly one root. */
public record TreeHead(long size, Digest root) {

    public static final TreeHead EMPTY = new TreeHead(0, Merkle.EMPTY_ROOT);

    public TreeHead {
        if (!possible(size, root)) {
            throw new IllegalArgumentException("no tree of size " + size + " has this root");
        }
    }

    static boolean possible(long size, Digest root) {
        return size > 0 || (size == 0 && root.equals(Merkle.EMPTY_ROOT));
    }

    public void write(Writer writer) {
        writer.i64(size).digest(root);
    }

    public static TreeHead read(Reader reader) throws MalformedException {
        long size = reader.count();
        Digest root = reader.digest();
        if (!possible(size, root)) {
            throw new MalformedException("no empty tree has this root");
        }
        return new TreeHead(size, root);
    }
}
