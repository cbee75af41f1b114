package trimaran.station.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;

/** One page of a list of resources as a Bundle. */
record Page(Call call, int count) {

    static final Set<String> PARAMETERS = Set.of("_format", "_count", "_summary", "_total");

    /** Room a link leaves in a request line for what stands around it. */
    private static final int AROUND_BYTES = 512;

    /** Whether a parameter says how to answer rather than what to look for. */
    static boolean isParameter(String name) {
        return PARAMETERS.contains(name) || name.equals(Sorting.PARAMETER) || name.equals(Includes.PARAMETER);
    }

    static Page of(Call call) throws RefusedException {
        Parameters parameters = call.address().parameters();
        // Every answer is whole and counts exactly, which is more than any of these asks for.
        one(parameters, "_total", Set.of("none", "estimate", "accurate"));
        boolean countOnly =
                one(parameters, "_summary", Set.of("false", "count")).equals("count");
        int count = parameters.number("_count", 0, DoorLimits.PAGE_ENTRIES, DoorLimits.PAGE_ENTRIES);
        return new Page(call, countOnly ? 0 : count);
    }

    private static String one(Parameters parameters, String name, Set<String> known) throws RefusedException {
        String value = parameters.single(name).orElse("");
        if (!value.isEmpty() && !known.contains(value)) {
            throw RefusedException.at(Code.BAD_PARAMETER, name, "this value is not supported here");
        }
        return value;
    }

    /** The entries a search found, as R4's searchset has them. */
    byte[] searchset(List<ResourceVersion> all, Includes includes) throws RefusedException {
        Entry match = (out, version) -> found(out, version, "match");
        Slice slice = slice(all, one -> one.id().toString());
        return write("searchset", slice, all.size(), match, includes.beside(call, slice.resources()));
    }

    /** @param found how many at the beginning were found; the others are there because those refer to them */
    byte[] searchset(List<ResourceVersion> all, int found) throws RefusedException {
        Set<ResourceId> included = new HashSet<>();
        all.subList(found, all.size()).forEach(one -> included.add(one.id()));
        Entry entry = (out, version) -> found(out, version, included.contains(version.id()) ? "include" : "match");
        return write("searchset", slice(all, one -> one.id().toString()), found, entry, List.of());
    }

    byte[] history(List<ResourceVersion> all, Entry entry) throws RefusedException {
        return write("history", slice(all, one -> Long.toString(one.version())), all.size(), entry, List.of());
    }

    private void found(JsonBytes out, ResourceVersion version, String mode) {
        out.raw("{\"fullUrl\":")
                .text(call.base() + "/" + version.type() + "/" + version.id())
                .raw(",\"resource\":")
                .raw(version.supplied())
                .raw(",\"search\":{\"mode\":\"")
                .raw(mode)
                .raw("\"}}");
    }

    /** Writes one entry of a bundle. */
    @FunctionalInterface
    interface Entry {
        void write(JsonBytes out, ResourceVersion version);
    }

    /**
     * What stands on this page.
     *
     * @param next where the page after it goes on; empty if this is the last
     */
    private record Slice(List<ResourceVersion> resources, Optional<Paging.Mark> next) {}

    /** As many as were asked for, fewer if they are large, one at least. */
    private Slice slice(List<ResourceVersion> all, Function<ResourceVersion, String> name) {
        int from = from(all, name);
        int end = from;
        long size = 0;
        while (end < all.size() && end - from < count) {
            size += all.get(end).json().size();
            if (size > call.room().pageBytes() && end > from) {
                break;
            }
            end++;
        }
        boolean more = end < all.size() && end > from;
        return new Slice(
                all.subList(from, end),
                more ? Optional.of(new Paging.Mark(end, name.apply(all.get(end - 1)))) : Optional.empty());
    }

    /** Behind what the client had last; if that went meanwhile, behind as many as it had. */
    private int from(List<ResourceVersion> all, Function<ResourceVersion, String> name) {
        Paging.Mark mark = call.listing().mark();
        for (int i = 0; i < all.size() && !mark.after().isEmpty(); i++) {
            if (name.apply(all.get(i)).equals(mark.after())) {
                return i + 1;
            }
        }
        return Math.min(mark.offset(), all.size());
    }

    /** @param total what R4 counts: what was found, without what is only included */
    private byte[] write(String type, Slice slice, int total, Entry entry, List<ResourceVersion> beside)
            throws RefusedException {
        int entries = slice.resources().size() + beside.size();
        int expected = 512 + entries * 256 + bytes(slice.resources()) + bytes(beside);
        call.room().take(expected);
        JsonBytes out = new JsonBytes(expected);
        out.raw("{\"resourceType\":\"Bundle\",\"type\":\"").raw(type).raw("\",\"total\":");
        out.raw(total).raw(",\"link\":[{\"relation\":\"self\",\"url\":").text(self());
        if (slice.next().isPresent()) {
            out.raw("},{\"relation\":\"next\",\"url\":")
                    .text(sealed(slice.next().get()));
        }
        out.raw("}]");
        String before = ",\"entry\":[";
        for (ResourceVersion one : slice.resources()) {
            entry.write(out.raw(before), one);
            before = ",";
        }
        for (ResourceVersion one : beside) {
            found(out.raw(before), one, "include");
            before = ",";
        }
        return out.raw(entries > 0 ? "]}" : "}").toArray();
    }

    private static int bytes(List<ResourceVersion> all) {
        long bytes = 0;
        for (ResourceVersion one : all) {
            bytes += one.json().size();
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE / 4);
    }

    /** The address of the first page in clear, of each other as it was given out. */
    private String self() throws RefusedException {
        Paging.Mark mark = call.listing().mark();
        if (!mark.after().isEmpty()) {
            return sealed(mark);
        }
        StringBuilder url = path();
        char next = '?';
        for (Parameters.Parameter parameter : call.address().parameters().all()) {
            url.append(next).append(encoded(parameter.name())).append('=').append(encoded(parameter.value()));
            next = '&';
        }
        return url.toString();
    }

    private String sealed(Paging.Mark mark) throws RefusedException {
        String link = path().append('?')
                .append(Paging.PARAMETER)
                .append('=')
                .append(call.listing().paging().seal(call.address(), mark))
                .toString();
        if (link.length() > call.room().lineBytes() - AROUND_BYTES) {
            throw RefusedException.of(
                    Code.BAD_PARAMETER,
                    "the answer has several pages, and what was asked for is too long for their links");
        }
        return link;
    }

    private StringBuilder path() {
        Address address = call.address();
        StringBuilder url = new StringBuilder(call.base()).append('/').append(address.type());
        switch (address.shape()) {
            case EVERYTHING -> url.append('/').append(address.id()).append("/$everything");
            case HISTORY -> url.append('/').append(address.id()).append("/_history");
            case SYSTEM, METADATA, TYPE, INSTANCE, VERSION, WARD_PACK -> {
                // The type itself is searched.
            }
        }
        return url;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
