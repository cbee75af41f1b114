package trimaran.station.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.station.LedgerView;
import trimaran.station.RefusedEntry;
import trimaran.station.ResourceVersion;

/** What a station in memory was promised and refused since. */
final class FakeRefused {

    private final Map<RefusedEntry, List<ResourceVersion>> entries = new LinkedHashMap<>();
    /** Parts that are not open now. */
    volatile int closed;

    final List<Digest> putAway = new CopyOnWriteArrayList<>();

    /** @param json what is in it; empty where nobody can open it */
    synchronized RefusedEntry add(Code code, Digest session, Optional<CellId> owner, Optional<String> json) {
        return add(code, session, Optional.empty(), owner, json);
    }

    /** @param author as the station kept it with what was refused */
    synchronized RefusedEntry add(
            Code code,
            Digest session,
            Optional<LedgerView.Badge> author,
            Optional<CellId> owner,
            Optional<String> json) {
        Digest digest = Digest.sha256(Bytes.ofText("refused " + entries.size()));
        RefusedEntry entry = new RefusedEntry(
                digest,
                new WallTime(OpenWeb.NOW - 7_200_000),
                session,
                author,
                new WallTime(OpenWeb.NOW - 300_000),
                code,
                owner.stream().toList(),
                owner);
        entries.put(
                entry,
                json.stream()
                        .map(text -> new ResourceVersion(
                                FakeHospital.id(77),
                                "Procedure",
                                1,
                                new RecordTime(OpenWeb.NOW - 7_200_000),
                                Bytes.ofText(text.replace('\'', '"')),
                                ResourceVersion.Standing.PROVISIONAL,
                                false,
                                digest,
                                session))
                        .toList());
        return entry;
    }

    synchronized List<RefusedEntry> all() {
        return List.copyOf(entries.keySet());
    }

    synchronized Outcome<RefusedEntry.Content> content(Digest entry) {
        return entries.entrySet().stream()
                .filter(one -> one.getKey().entry().equals(entry))
                .findFirst()
                .map(one -> Outcome.done(new RefusedEntry.Content(one.getValue(), closed, 0)))
                .orElseGet(() -> Outcome.refused(Code.NOT_FOUND, "put away"));
    }

    synchronized Outcome<Boolean> putAway(Digest entry) {
        putAway.add(entry);
        return Outcome.done(entries.keySet().removeIf(one -> one.entry().equals(entry)));
    }
}
