package trimaran.station.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.Unreviewed;
import trimaran.station.WardBoard;
import trimaran.station.WardPlace;
import trimaran.station.chart.Banner;
import trimaran.station.chart.Chart;
import trimaran.station.chart.Language;
import trimaran.station.chart.Places;
import trimaran.station.chart.Slot;
import trimaran.station.chart.View;

/** The record of one patient: the banner that stays, and a page for each part of the work. */
final class PatientPages {

    /** The parts, in the order of the tabs; the word is what stands in the address. */
    enum Tab {
        SUMMARY(""),
        PRESCRIPTIONS("prescriptions"),
        PLAN("plan-de-soins"),
        VITALS("constantes"),
        RESULTS("resultats"),
        DOCUMENTS("documents"),
        STAYS("sejours"),
        ACCESSES("acces");

        private final String word;

        Tab(String word) {
            this.word = word;
        }

        String key() {
            return "tab." + name().toLowerCase(java.util.Locale.ROOT);
        }

        static Optional<Tab> of(String word) {
            return List.of(values()).stream()
                    .filter(tab -> tab.word.equals(word))
                    .findFirst();
        }
    }

    /**
     * What every page of a record shows.
     *
     * @param href of the record
     * @param ward where the patient is; empty if in none
     * @param wardHref of its board
     * @param roles of whoever looks at it
     * @param kept what is only at this station so far
     * @param waiting the movement among it
     * @param toReview entries of it that nobody approved or reviewed
     * @param copy the ward's copy it is read in; empty where it is the record
     */
    record Dossier(
            Chart chart,
            Tab tab,
            String href,
            String ward,
            String wardHref,
            List<String> roles,
            KeptWrites kept,
            Optional<WaitingMoves.Move> waiting,
            int toReview,
            Optional<CopyInHand> copy) {

        /** Whether a button for this is shown. */
        boolean may(Act act) {
            return act.isOpenTo(roles) && (copy.isEmpty() || act.isOpenAlone());
        }

        String href(Act act) {
            return href + "/" + act.word();
        }

        String href(Tab other) {
            return other.word.isEmpty() ? href : href + "/" + other.word;
        }

        Banner banner() {
            return chart.banner();
        }

        java.time.ZoneId zone() {
            return chart.view().zone();
        }

        int late() {
            return chart.slots(Slot.State.LATE).size();
        }

        String name(Language language) {
            return banner().nameWords(language);
        }

        /** How grave the worst known allergy is decides the order, not the colour: all are red. */
        String allergyWords(Language language) {
            return String.join(
                    "\u2002·\u2002",
                    chart.allergies().known().stream()
                            .map(one -> one.words(language))
                            .toList());
        }
    }

    private final Inside inside;
    private final AccessForms access;
    private final AccessPage accesses;

    PatientPages(Inside inside) {
        this.inside = inside;
        this.access = new AccessForms(inside);
        this.accesses = new AccessPage(inside);
    }

    /**
     * A record somebody opened.
     *
     * @param resources the latest version of each, with what is only at this station laid over
     */
    record Opened(Dossier record, List<ResourceVersion> resources) {}

    Reply show(Visit visit, Seat seat, ResourceId patient, Tab tab) {
        boolean copied = inside.copyOf(seat, patient).isPresent();
        if (copied && tab == Tab.ACCESSES) {
            return inside.problem(visit, Code.UNAVAILABLE);
        }
        // Whoever is in the copy of a ward is in its care.
        Optional<Reply> why = copied ? Optional.empty() : access.asked(visit, seat, patient);
        if (why.isPresent()) {
            return why.get();
        }
        return switch (open(visit, seat, patient, tab)) {
            case Outcome.Refused<Opened>(Refusal refusal) ->
                refusal.code() == Code.OVER_BUDGET
                        ? access.spent(visit, seat, patient)
                        : inside.problem(visit, refusal);
            case Outcome.Done<Opened>(Opened opened) -> page(visit, seat, patient, opened);
        };
    }

    /** The record as it is now; {@code NOT_FOUND} if there is no such patient. */
    Outcome<Opened> open(Visit visit, Seat seat, ResourceId patient, Tab tab) {
        Optional<CopyInHand> copy = inside.copyOf(seat, patient);
        if (copy.isPresent()) {
            return opened(
                    visit, seat, patient, tab, copy.get().boards(), copy.get().folder(patient), copy);
        }
        if (AccessForms.needsReason(seat, patient)) {
            return Outcome.refused(Code.NOT_ALLOWED, "a record out of care opens after a reason");
        }
        Outcome<List<WardBoard>> boards = seat.care().wards();
        List<WardBoard> wards =
                boards instanceof Outcome.Done<List<WardBoard>>(List<WardBoard> open) ? open : List.of();
        return seat.read(patient).then(all -> opened(visit, seat, patient, tab, wards, all, Optional.empty()));
    }

    /** @param copy out of which it was read: asked once, or what a copy says might be shown as the record as soon as the hulls are back */
    private Outcome<Opened> opened(
            Visit visit,
            Seat seat,
            ResourceId patient,
            Tab tab,
            List<WardBoard> wards,
            List<ResourceVersion> all,
            Optional<CopyInHand> copy) {
        List<ResourceVersion> shown = inside.withKept(patient, all);
        View view = new View(visit.now(), inside.setting().zone(), Places.of(places(wards)));
        Chart chart = seat.charts().of(patient, shown, view);
        // What a sealed copy says nobody checked is reviewed in the record, once that is reached.
        int toReview = copy.isPresent() ? 0 : toReview(seat, patient, all);
        return chart.banner().source().isEmpty()
                ? Outcome.refused(Code.NOT_FOUND, "no patient has this id")
                : Outcome.done(new Opened(record(seat, chart, tab, patient, wards, toReview, copy), shown));
    }

    private static List<WardPlace> places(List<WardBoard> wards) {
        return wards.stream().map(WardBoard::ward).toList();
    }

    /** What persons wrote. What was taken back is no resource any more, but is on the list: read only where there is reason to. */
    private int toReview(Seat seat, ResourceId patient, List<ResourceVersion> all) {
        boolean some = all.stream().anyMatch(ResourceVersion::continuity)
                || inside.record().state().unreviewed().has(patient.cell());
        return some && seat.care().unreviewed(patient) instanceof Outcome.Done<List<Unreviewed>>(var entries)
                ? (int) entries.stream().filter(one -> !one.service()).count()
                : 0;
    }

    private Dossier record(
            Seat seat,
            Chart chart,
            Tab tab,
            ResourceId patient,
            List<WardBoard> wards,
            int toReview,
            Optional<CopyInHand> copy) {
        Optional<WardPlace> ward = WardPages.wardOf(wards, patient).map(WardBoard::ward);
        return new Dossier(
                chart,
                tab,
                "/patients/" + patient,
                ward.map(WardPlace::name).orElse(""),
                ward.map(one -> "/services/" + one.id()).orElse(""),
                seat.care().roles(),
                inside.kept().writes(),
                WaitingMoves.of(inside, patient),
                toReview,
                copy);
    }

    private Reply page(Visit visit, Seat seat, ResourceId patient, Opened opened) {
        Dossier record = opened.record();
        Words words = visit.words();
        String title =
                record.name(words.language()) + ", " + words.say(record.tab().key());
        Frame frame = inside.frame(visit, title, "patients").asBedside();
        Instant now = visit.now();
        return switch (record.tab()) {
            case SUMMARY -> {
                Trend trend = Trend.of(record.chart(), frame);
                yield Inside.page(200, (out, tags) -> JteresumeGenerated.render(out, tags, frame, record, trend));
            }
            case PRESCRIPTIONS ->
                Inside.page(200, (out, tags) -> JteprescriptionsGenerated.render(out, tags, frame, record));
            case PLAN -> {
                PlanView plan = PlanMaking.of(record, frame, visit.query().text("equipe"), now);
                yield Inside.page(200, (out, tags) -> JteplanGenerated.render(out, tags, frame, record, plan));
            }
            case VITALS -> {
                Trend trend = Trend.of(record.chart(), frame);
                VitalsTable table = VitalsTable.of(record.chart(), words.language());
                yield Inside.page(
                        200, (out, tags) -> JteconstantesGenerated.render(out, tags, frame, record, trend, table));
            }
            case RESULTS -> Inside.page(200, (out, tags) -> JteresultatsGenerated.render(out, tags, frame, record));
            case DOCUMENTS -> Inside.page(200, (out, tags) -> JtedocumentsGenerated.render(out, tags, frame, record));
            case STAYS -> Inside.page(200, (out, tags) -> JtesejoursGenerated.render(out, tags, frame, record));
            case ACCESSES -> {
                AccessPage.View view = accesses.view(visit, seat, patient, opened);
                yield Inside.page(200, (out, tags) -> JteaccesGenerated.render(out, tags, frame, view));
            }
        };
    }
}
