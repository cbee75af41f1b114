package trimaran.station.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import trimaran.kernel.Code;
import trimaran.station.ResourceVersion;

/**
 * One page of a list of resources as a Bundle. The link to the next carries all that is needed to go on: the door keeps
 * nothing between two pages.
 */
record Page(Call call, int offset, int count) {

    static final Set<String> PARAMETERS = Set.of("_format", "_count", "_offset", "_summary", "_total");

    static Page of(Call call) throws RefusedException {
        Parameters parameters = call.address().parameters();
        // Every answer is whole and counts exactly, which is more than any of these asks for.
        one(parameters, "_total", Set.of("none", "estimate", "accurate"));
        boolean countOnly =
                one(parameters, "_summary", Set.of("false", "count")).equals("count");
        int count = parameters.number("_count", 0, DoorLimits.PAGE_ENTRIES, DoorLimits.PAGE_ENTRIES);
        return new Page(call, parameters.number("_offset", 0, Integer.MAX_VALUE, 0), countOnly ? 0 : count);
    }

    private static String one(Parameters parameters, String name, Set<String> known) throws RefusedException {
        String value = parameters.single(name).orElse("");
        if (!value.isEmpty() && !known.contains(value)) {
            throw RefusedException.at(Code.BAD_PARAMETER, name, "this value is not supported here");
        }
        return value;
    }

    /** The entries a search found, as R4's searchset has them. */
    byte[] searchset(List<ResourceVersion> all) throws RefusedException {
        return searchset(all, all.size());
    }

    /** @param found how many at the beginning were found; the others are there because those refer to them */
    byte[] searchset(List<ResourceVersion> all, int found) throws RefusedException {
        return write("searchset", all, found, (out, index) -> {
            ResourceVersion version = all.get(index);
            out.raw("{\"fullUrl\":")
                    .text(call.base() + "/" + version.type() + "/" + version.id())
                    .raw(",\"resource\":")
                    .raw(version.supplied())
                    .raw(index < found ? ",\"search\":{\"mode\":\"match\"}}" : ",\"search\":{\"mode\":\"include\"}}");
        });
    }

    /** @param total what R4 counts: what was found, without what is only included */
    byte[] write(String type, List<ResourceVersion> all, int total, ObjIntConsumer<JsonBytes> entry)
            throws RefusedException {
        int from = Math.min(offset, all.size());
        int to = end(all, from);
        int expected = 512 + (to - from) * 256 + bytes(all, from, to);
        call.room().take(expected);
        JsonBytes out = new JsonBytes(expected);
        out.raw("{\"resourceType\":\"Bundle\",\"type\":\"").raw(type).raw("\",\"total\":");
        out.raw(total).raw(",\"link\":[{\"relation\":\"self\",\"url\":").text(url(offset));
        if (to < all.size() && to > from) {
            out.raw("},{\"relation\":\"next\",\"url\":").text(url(to));
        }
        out.raw("}]");
        for (int i = from; i < to; i++) {
            out.raw(i == from ? ",\"entry\":[" : ",");
            entry.accept(out, i);
        }
        return out.raw(to > from ? "]}" : "}").toArray();
    }

    /** As many as were asked for, fewer if they are large, one at least. */
    private int end(List<ResourceVersion> all, int from) {
        int end = from;
        long size = 0;
        while (end < all.size() && end - from < count) {
            size += all.get(end).json().size();
            if (size > call.room().pageBytes() && end > from) {
                break;
            }
            end++;
        }
        return end;
    }

    private static int bytes(List<ResourceVersion> all, int from, int to) {
        long bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += all.get(i).json().size();
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE / 2);
    }

    /** The address of a page: what was asked for, with another offset. */
    private String url(int at) {
        Address address = call.address();
        StringBuilder url = new StringBuilder(call.base()).append('/').append(address.type());
        switch (address.shape()) {
            case EVERYTHING -> url.append('/').append(address.id()).append("/$everything");
            case HISTORY -> url.append('/').append(address.id()).append("/_history");
            case SYSTEM, METADATA, TYPE, INSTANCE, VERSION, WARD_PACK -> {
                // The type itself is searched.
            }
        }
        char next = '?';
        for (Parameters.Parameter parameter : address.parameters().all()) {
            if (!parameter.name().equals("_offset")) {
                url.append(next).append(encoded(parameter.name())).append('=').append(encoded(parameter.value()));
                next = '&';
            }
        }
        if (at > 0) {
            url.append(next).append("_offset=").append(at);
        }
        return url.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
