package trimaran.station.web;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.station.WardCopy;
import trimaran.station.chart.Language;

/** Sealed copies of one ward, and a badge that may be brought. */
final class FakeCopies implements SealedCopies {

    static final String OTHER_WARDS = "chirurgie";

    volatile List<Copy> newest =
            List.of(new Copy(FakeHospital.WARD, "Médecine A", new WallTime(OpenWeb.NOW - 180_000), Optional.empty()));
    volatile List<String> badges = List.of("accueil");
    final List<ResourceId> printed = new CopyOnWriteArrayList<>();

    @Override
    public List<Copy> newest() {
        return newest;
    }

    @Override
    public List<String> badges() {
        return badges;
    }

    /** What is in the copy; empty for nothing that can be opened. */
    volatile Optional<WardCopy> content = Optional.empty();

    final List<ResourceId> opened = new CopyOnWriteArrayList<>();

    @Override
    public Outcome<Opened> open(ResourceId ward, String badge, char[] pin) {
        Outcome<Bytes> judged = print(ward, badge, pin, Language.FRENCH);
        if (judged.isDone()) {
            printed.remove(ward);
            opened.add(ward);
        }
        return judged.map(pdf -> new Opened(content.orElseThrow(), newest.getFirst()));
    }

    @Override
    public Outcome<Bytes> print(ResourceId ward, String badge, char[] pin, Language language) {
        if (!new String(pin).equals(FakeHospital.PIN)) {
            return Outcome.refused(Code.WRONG_PIN, "no");
        }
        if (badge.equals(OTHER_WARDS)) {
            return Outcome.refused(Code.NOT_ALLOWED, "sealed to another badge");
        }
        if (newest.stream().noneMatch(copy -> copy.ward().equals(ward))) {
            return Outcome.refused(Code.NOT_FOUND, "no such copy");
        }
        printed.add(ward);
        return Outcome.done(Bytes.ofText("%PDF-1.7 " + language));
    }
}
