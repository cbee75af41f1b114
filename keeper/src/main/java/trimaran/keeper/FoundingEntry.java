package trimaran.keeper;

import java.util.List;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.record.Verdict;

/** Entry 0, which every party makes for itself, byte for byte the same, from the founding statement it was given. */
public final class FoundingEntry {

    private FoundingEntry() {}

    public static EntryContent content(SignedStatement founding) {
        Digest origin = founding.id();
        AuthorPart author = new AuthorPart(
                Digest.ZERO,
                origin,
                Digest.ZERO,
                EntryKind.REGISTRY,
                new WallTime(time(founding).millis()),
                false,
                List.of(),
                List.of(),
                founding.encode(),
                Digest.ZERO,
                Digest.ZERO,
                0);
        Header header = Header.of(author, new Signature(Suite.ML_DSA_44, Bytes.EMPTY), new Sanction.OwnSignatures());
        return new EntryContent(
                header, header.encode(), Bytes.EMPTY, Annex.EMPTY, Bytes.EMPTY, Escrow.NONE, List.of(), Set.of());
    }

    public static Place place(SignedStatement founding) {
        return new Place(0, time(founding), Verdict.VALID, List.of(), List.of());
    }

    private static RecordTime time(SignedStatement founding) {
        return ((Statement.Founding) founding.statement()).time();
    }
}
