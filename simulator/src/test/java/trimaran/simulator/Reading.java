package trimaran.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellHead;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.Place;
import trimaran.seal.CellKey;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;
import trimaran.seal.ShareGathering;

/** Opens one cell from two tiers, a third if they disagree, fetches its parts and checks each against what the quorum signed. */
final class Reading {

    private static final int FETCH_BYTES = 1 << 19;
    private static final int SHARES = 3;

    private final Station station;
    private final CellId cell;
    private final List<StationLine> lines;
    private final Consumer<Optional<String>> done;
    private final Map<Party, OpenedCell> answers = new EnumMap<>(Party.class);
    private final List<Map.Entry<Digest, PartContent>> opened = new ArrayList<>();
    private CellHead head;
    private int asked;
    private int answered;
    private String said = "";
    private boolean over;

    /**
     * @param lines the tiers to ask, the preferred two first
     * @param done told why it did not open, or nothing
     */
    Reading(Station station, CellId cell, List<StationLine> lines, Consumer<Optional<String>> done) {
        this.station = station;
        this.cell = cell;
        this.lines = lines.stream().filter(StationLine::isJoined).toList();
        this.done = done;
        this.head = CellHead.empty(cell);
    }

    void start() {
        if (lines.size() < 2) {
            end("fewer than two tiers are joined");
        } else {
            ask();
            ask();
        }
    }

    private void ask() {
        StationLine line = lines.get(asked++);
        Request request = new Request.Open(List.of(cell), false, Request.Purpose.CARE);
        line.askAsSession(request, outcome -> {
            answered++;
            if (outcome instanceof Outcome.Done<Response>(Response.Opened one)
                    && one.cells().size() == 1) {
                OpenedCell answer = one.cells().getFirst();
                oneTierSays(line.tier(), answer);
                answers.put(line.tier(), answer);
            } else {
                said += line.tier().word() + " " + outcome + " ";
            }
            if (answered == asked) {
                gather();
            }
        });
    }

    /** A tier gives the shares it keeps and no third, of each generation. */
    private void oneTierSays(Party tier, OpenedCell answer) {
        for (long generation : generations(List.of(answer))) {
            List<ShareGathering.Copy> copies = copies(tier, answer, generation);
            long given = answer.shares().stream()
                    .filter(share -> share.generation() == generation)
                    .count();
            boolean opens = ShareGathering.gather(cell, answer.opening().keyCommitment(), copies)
                    .isDone();
            if (copies.size() != given || opens) {
                station.hospital()
                        .oracle()
                        .broken("nothingOpensWithOneTiersShares", "cell " + cell + " at " + tier.word());
            }
        }
    }

    /** Newest first. */
    private static List<Long> generations(Collection<OpenedCell> answers) {
        return answers.stream()
                .flatMap(answer -> answer.shares().stream())
                .map(OpenedCell.NumberedShare::generation)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static List<ShareGathering.Copy> copies(Party tier, OpenedCell answer, long generation) {
        List<ShareGathering.Copy> copies = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        for (OpenedCell.NumberedShare share : answer.shares()) {
            if (share.generation() == generation && tier.keepsShare(share.number()) && numbers.add(share.number())) {
                copies.add(new ShareGathering.Copy(tier, share.number(), share.value()));
            }
        }
        return copies;
    }

    /** By the very choice of generations a station makes. */
    private void gather() {
        Optional<NewCell> opening = agreed();
        List<ShareGathering.Given> given = new ArrayList<>();
        answers.forEach((tier, answer) -> {
            if (opening.isPresent() && answer.opening().equals(opening.get())) {
                given.addAll(given(tier, answer));
            }
        });
        Optional<CellKey> any = station.hospital().plants().takesAnyShare() ? anyKey(given) : Optional.empty();
        if (any.isPresent()) {
            key(any.get());
        } else if (opening.isPresent()
                && ShareGathering.gatherNewest(cell, opening.get().keyCommitment(), given)
                        instanceof Outcome.Done<ShareGathering.Gathered>(ShareGathering.Gathered gathered)) {
            key(gathered.key());
        } else if (asked < lines.size()) {
            ask();
        } else {
            end("the answers give no key: " + said);
        }
    }

    /** A planted bug: the first share of each number. */
    private Optional<CellKey> anyKey(List<ShareGathering.Given> given) {
        Map<Integer, SecretBytes> first = new HashMap<>();
        given.forEach(one -> first.putIfAbsent(one.copy().number(), one.copy().share()));
        return first.size() < SHARES
                ? Optional.empty()
                : first.values().stream().reduce(SecretBytes::xor).map(secret -> new CellKey(cell, secret));
    }

    private static List<ShareGathering.Given> given(Party tier, OpenedCell answer) {
        return answer.shares().stream()
                .filter(share -> tier.keepsShare(share.number()))
                .map(share -> new ShareGathering.Given(
                        share.generation(), new ShareGathering.Copy(tier, share.number(), share.value())))
                .toList();
    }

    /** The opening two tiers agree on. */
    private Optional<NewCell> agreed() {
        for (OpenedCell one : answers.values()) {
            long same = answers.values().stream()
                    .filter(other -> other.opening().equals(one.opening()))
                    .count();
            if (same >= 2) {
                return Optional.of(one.opening());
            }
        }
        return Optional.empty();
    }

    private void key(CellKey key) {
        Author.Fresh truth = station.hospital().oracle().cells().get(cell);
        if (truth == null || !truth.key().equals(key)) {
            station.hospital().oracle().broken("openedIsWhatWasSigned", "another key for cell " + cell);
        }
        station.keys().put(cell, key);
        fetch(key, 0);
    }

    private void fetch(CellKey key, int which) {
        if (which == lines.size()) {
            end("parts end at " + head.parts() + " of " + station.head(cell).parts());
            return;
        }
        Request fetch = new Request.Fetch(List.of(new Request.Stretch(cell, head.parts())), FETCH_BYTES);
        lines.get(which).ask(fetch, outcome -> {
            CellHead wanted = station.head(cell);
            if (outcome instanceof Outcome.Done<Response>(Response.Parts(List<Response.CellParts> cells))
                    && folded(key, cells.getFirst())) {
                boolean believed =
                        !cells.getFirst().more() && station.hospital().plants().believesOneTier();
                if (believed || head.parts() >= wanted.parts()) {
                    whole(wanted);
                    end("");
                    return;
                }
                if (cells.getFirst().more()) {
                    fetch(key, which);
                    return;
                }
            }
            // Withheld, altered or behind: what was checked stands, the next tier gives the rest.
            fetch(key, which + 1);
        });
    }

    /** Of this stand-in reader alone, as a plant has it believe one tier: what real stations show is held to their promises. */
    private void whole(CellHead signed) {
        if (opened.size() < signed.parts()) {
            station.hospital().oracle().broken("whatIsShownIsWhole", "cell " + cell + " without its last parts");
        }
    }

    private boolean folded(CellKey key, Response.CellParts parts) {
        for (Response.SealedPart part : parts.parts()) {
            if (head.parts() >= station.head(cell).parts()) {
                // What follows is placed and not yet under a quorum: not believed before it is.
                return true;
            }
            if (!fold(key, part)) {
                return false;
            }
        }
        return true;
    }

    private boolean fold(CellKey key, Response.SealedPart sealed) {
        try {
            Bytes headerBytes = sealed.header().inline().orElse(Bytes.EMPTY);
            Header header = Reader.whole(headerBytes, Header::read);
            Place place = Place.decode(sealed.place());
            CellPart part = header.author().parts().get(sealed.part());
            SealedEntry.Item blob = sealed.blob();
            boolean fits = part.cell().equals(cell)
                    && blob.digest().equals(part.blob())
                    && place.parts().get(sealed.part()).sequence() == head.parts()
                    && place.parts().get(sealed.part()).previous().equals(head.chain());
            if (!fits) {
                return false;
            }
            CellHead next = head.plus(header.digest(), part.blob());
            Optional<CellHead> signed = station.head(cell, next.parts());
            if (signed.isPresent() && !signed.get().equals(next)) {
                return false;
            }
            PartPlace where = new PartPlace(
                    station.hospital().founded().origin(), header.author().nonce(), sealed.part());
            if (!(PartSeal.open(key, where, blob.inline().orElse(Bytes.EMPTY), FETCH_BYTES)
                    instanceof Outcome.Done<Bytes>(Bytes content))) {
                return false;
            }
            head = next;
            compare(
                    header,
                    PartContent.decode(content),
                    place.parts().get(sealed.part()).versions());
            return true;
        } catch (MalformedException | IndexOutOfBoundsException malformed) {
            return false;
        }
    }

    private void compare(Header header, PartContent content, List<Long> versions) {
        Entry truth = station.hospital().oracle().written().get(header.digest());
        for (int i = 0; i < content.items().size(); i++) {
            PartContent.Item item = content.items().get(i);
            ResourceId id = new ResourceId(cell, item.local());
            boolean same = truth != null
                    && item.json().equals(truth.signed().contents().get(id));
            if (!same) {
                station.hospital().oracle().broken("openedIsWhatWasSigned", "resource " + id);
            }
            station.versions().put(id, versions.get(i));
        }
        opened.add(Map.entry(header.digest(), content));
    }

    private void end(String why) {
        if (!over) {
            over = true;
            done.accept(why.isEmpty() ? Optional.empty() : Optional.of(why));
        }
    }
}
