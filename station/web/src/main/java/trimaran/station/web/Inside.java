package trimaran.station.web;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.StationState;

/** What every page of one door is made with. */
record Inside(
        WebSetting setting,
        Badges badges,
        CareRecord record,
        Seats seats,
        Shifts shifts,
        Turnstile turnstile,
        Cookies cookies,
        Assets assets,
        Kept kept,
        Boards boards,
        WaitingMessages messages) {

    /** Pages a person can come back to after a log-in: none that does anything, none elsewhere. */
    private static final Pattern PAGE = Pattern.compile(
            "/(services|coques|patients)(/[A-Za-z0-9-]{1,60}){0,2}|/(admettre|rapprocher|rattacher|copie|relire)");

    static Inside of(WebSetting setting, Badges badges, CareRecord record, WaitingMessages messages) {
        Boards boards = new Boards(setting.nanos());
        Seats seats = new Seats(setting.nanos(), boards::forget);
        Shifts shifts = new Shifts(setting.nanos());
        return new Inside(
                setting,
                badges,
                record,
                seats,
                shifts,
                new Turnstile(setting, badges, record, seats, shifts),
                new Cookies(setting.entropy()),
                new Assets(),
                Kept.of(setting.nanos()),
                boards,
                messages);
    }

    Frame frame(Visit visit, String title, String here) {
        HullsLine hulls = HullsLine.of(record.state(), new Clock(setting.zone(), visit.words()), visit.now());
        return new Frame(
                setting,
                visit,
                title,
                here,
                cookies.formToken(visit.formCookie()),
                assets.stamp(),
                hulls,
                false,
                false);
    }

    /** Whether this station reaches nobody, and not only for a moment: badges open here. Not where it is cut: then none does. */
    boolean isAlone() {
        StationState state = record.state();
        return state.alone() && state.cutHere().isEmpty();
    }

    /** Whether no record opens here, and not only for a moment: the ward's copy is read, and what is written of it goes later. */
    boolean isApart() {
        StationState state = record.state();
        return state.apart() && state.cutHere().isEmpty();
    }

    /** The ward's copy somebody opened, while no record opens; it is forgotten for good where one does again, or the station is cut. */
    Optional<CopyInHand> copyInHand(Seat seat) {
        if (seat.copy().isPresent() && !isApart()) {
            seat.forgetCopy();
        }
        return seat.copy();
    }

    /** The same of everybody, also of whoever asks for nothing. */
    void forgetCopies() {
        seats.all().forEach(this::copyInHand);
    }

    /** The ward's copy in which somebody reads a patient while no record opens; empty where the record itself is read. */
    Optional<CopyInHand> copyOf(Seat seat, ResourceId patient) {
        return copyInHand(seat).filter(copy -> copy.has(patient));
    }

    /** Locks one screen; where its person was is remembered for the next. */
    void lock(Seat seat, Instant now) {
        if (!seat.lastPage().isEmpty()) {
            shifts.left(seat.badge(), seat.lastPage(), now);
        }
        kept.drafts().ended(seat);
        seats.remove(seat);
    }

    /** What is only at this station, as it stands now. */
    KeptWrites keptNow() {
        Set<Digest> entries = kept.writes().entries();
        if (!entries.isEmpty()) {
            Set<Digest> still = new HashSet<>(record.waiting(entries));
            // One the station did not name in time is known to be gone only when nothing lies there at all.
            if (entries.contains(Digest.ZERO) && record.state().waiting() > 0) {
                still.add(Digest.ZERO);
            }
            entries.removeAll(still);
            kept.writes().settled(entries);
        }
        return kept.writes();
    }

    /** What the record shows of a patient, with what is only at this station laid over it. */
    List<ResourceVersion> withKept(ResourceId patient, List<ResourceVersion> all) {
        return keptNow().over(patient, all);
    }

    /** The same of several. */
    Map<ResourceId, Outcome<List<ResourceVersion>>> withKept(Map<ResourceId, Outcome<List<ResourceVersion>>> all) {
        if (kept.writes().isEmpty()) {
            return all;
        }
        Map<ResourceId, Outcome<List<ResourceVersion>>> laid = new LinkedHashMap<>();
        all.forEach((patient, folder) -> laid.put(patient, folder.map(shown -> withKept(patient, shown))));
        return laid;
    }

    static boolean isPage(String path) {
        return PAGE.matcher(path).matches();
    }

    /** A template's method, which writes its page. */
    static byte[] bytes(BiConsumer<HtmlTemplateOutput, HtmlInterceptor> template) {
        Utf8ByteOutput out = new Utf8ByteOutput();
        template.accept(new OwaspHtmlTemplateOutput(out), Plain.TAGS);
        return out.toByteArray();
    }

    static Reply page(int status, BiConsumer<HtmlTemplateOutput, HtmlInterceptor> template) {
        return Reply.page(status, bytes(template));
    }

    /** What could not be done, said by its code. */
    Reply problem(Visit visit, Code code) {
        return problem(visit, code, Optional.empty());
    }

    /** @param meanwhile what somebody else did that stands in the way */
    Reply problem(Visit visit, Code code, Optional<Meanwhile> meanwhile) {
        return problem(visit, code, visit.words().refusal(code), meanwhile);
    }

    /** @param said where what the code says to everybody is no way for this person */
    Reply problem(Visit visit, Code code, String said, Optional<Meanwhile> meanwhile) {
        Frame frame = frame(visit, visit.words().say("problem.title"), "");
        return page(code.httpStatus(), (out, tags) -> JteproblemGenerated.render(out, tags, frame, said, meanwhile));
    }

    Reply problem(Visit visit, Refusal refusal) {
        return problem(visit, refusal.code());
    }

    /** Where whoever is not logged in goes first, and comes back from. */
    static Reply toLogIn(Visit visit) {
        return Reply.to(isPage(visit.path()) ? "/connexion?vers=" + visit.path() : "/connexion");
    }

    static Optional<ResourceId> id(String text) {
        try {
            return Optional.of(ResourceId.parse(text));
        } catch (MalformedException none) {
            return Optional.empty();
        }
    }

    /** Tags are written as they stand. */
    private enum Plain implements HtmlInterceptor {
        TAGS;

        @Override
        public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {
            // Nothing is added to a tag.
        }

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {
            // Nothing is added to a tag.
        }
    }
}
