package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.WallTime;

/** Author parts with one thing changed. */
final class Authored {

    private Authored() {}

    static AuthorPart ofOrigin(AuthorPart part, Digest origin) {
        return copy(
                part,
                origin,
                part.session(),
                part.kind(),
                part.authored(),
                part.mayContinue(),
                part.parts(),
                part.newCells(),
                part.statement());
    }

    static AuthorPart ofSession(AuthorPart part, Digest session) {
        return copy(
                part,
                part.origin(),
                session,
                part.kind(),
                part.authored(),
                part.mayContinue(),
                part.parts(),
                part.newCells(),
                part.statement());
    }

    static AuthorPart at(AuthorPart part, long authoredMillis) {
        return copy(
                part,
                part.origin(),
                part.session(),
                part.kind(),
                new WallTime(authoredMillis),
                part.mayContinue(),
                part.parts(),
                part.newCells(),
                part.statement());
    }

    static AuthorPart mayContinue(AuthorPart part, EntryKind kind) {
        return copy(
                part,
                part.origin(),
                part.session(),
                kind,
                part.authored(),
                true,
                part.parts(),
                part.newCells(),
                part.statement());
    }

    static AuthorPart ofKind(AuthorPart part, EntryKind kind) {
        return copy(
                part,
                part.origin(),
                part.session(),
                kind,
                part.authored(),
                part.mayContinue(),
                part.parts(),
                part.newCells(),
                part.statement());
    }

    static AuthorPart withParts(AuthorPart part, CellPart... parts) {
        return copy(
                part,
                part.origin(),
                part.session(),
                part.kind(),
                part.authored(),
                part.mayContinue(),
                List.of(parts),
                part.newCells(),
                part.statement());
    }

    static AuthorPart opening(AuthorPart part, NewCell... cells) {
        return copy(
                part,
                part.origin(),
                part.session(),
                part.kind(),
                part.authored(),
                part.mayContinue(),
                part.parts(),
                List.of(cells),
                part.statement());
    }

    static AuthorPart saying(AuthorPart part, Bytes statement) {
        return copy(
                part,
                part.origin(),
                part.session(),
                part.kind(),
                part.authored(),
                part.mayContinue(),
                part.parts(),
                part.newCells(),
                statement);
    }

    private static AuthorPart copy(
            AuthorPart part,
            Digest origin,
            Digest session,
            EntryKind kind,
            WallTime authored,
            boolean mayContinue,
            List<CellPart> parts,
            List<NewCell> newCells,
            Bytes statement) {
        return new AuthorPart(
                origin,
                part.nonce(),
                session,
                kind,
                authored,
                mayContinue,
                parts,
                newCells,
                statement,
                part.annex(),
                part.escrow(),
                part.checkpointSeen());
    }
}
