package trimaran.station;

import java.util.List;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;

/**
 * What a ward goes on with when its station reaches nobody (DESIGN §11): who lies where, who is expected, and everything of each of
 * them. It is resources and not sheets, so that a dose that has come due since is due on the paper, too.
 *
 * @param hospital what the house calls itself
 * @param dataAt how old the station's knowledge of the record was
 * @param places every ward of the house, since charts name others, too
 * @param folders the latest version of everything, by Patient; whoever could not be opened is missing
 */
public record WardCopy(
        String hospital,
        WallTime dataAt,
        WardBoard board,
        List<WardPlace> places,
        Map<ResourceId, List<ResourceVersion>> folders) {

    /** Present and expected; as many as a pack on paper takes. */
    public static final int PATIENTS_MAX = 200;

    public WardCopy {
        places = List.copyOf(places);
        folders = Map.copyOf(folders);
    }

    public Bytes encode() {
        return WardCopyCodec.encode(this);
    }

    public static WardCopy decode(Bytes bytes) throws MalformedException {
        return WardCopyCodec.decode(bytes);
    }
}
