package trimaran.station.web;

/** The list of patients who fit what somebody typed into the header's field. */
final class SearchPages {

    /**
     * The page.
     *
     * @param query as it was typed
     * @param wrong what is wrong with it; empty for nothing
     * @param incomplete why the list may lack somebody; empty if it does not
     */
    record View(PersonQuery query, String wrong, PeopleSearch.Found found, String incomplete) {}

    private final Inside inside;

    SearchPages(Inside inside) {
        this.inside = inside;
    }

    Reply show(Visit visit, Seat seat) {
        Words words = visit.words();
        String typed = visit.query().text("q");
        PersonQuery query = PersonQuery.of(typed.length() > WebLimits.QUERY_MAX ? "" : typed);
        String wrong = typed.length() > WebLimits.QUERY_MAX
                ? words.say("find.long", WebLimits.QUERY_MAX)
                : query.wrong()
                        ? words.say("find.baddate")
                        : query.isEmpty() && !typed.isBlank() ? words.say("find.nothing") : "";
        PeopleSearch.Found found = query.isEmpty() || !wrong.isEmpty()
                ? new PeopleSearch.Found(java.util.List.of(), 0, java.util.Optional.empty())
                : new PeopleSearch(inside, visit, seat).find(query);
        String incomplete =
                found.refusal().map(refusal -> words.refusal(refusal.code())).orElse("");
        View view = new View(query, wrong, found, incomplete);
        Frame frame = inside.frame(visit, words.say("find.title"), "recherche");
        return Inside.page(
                wrong.isEmpty() ? 200 : 422, (out, tags) -> JterechercheGenerated.render(out, tags, frame, view));
    }
}
