package trimaran.station.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLine;
import trimaran.record.Statement;
import trimaran.station.LedgerView;
import trimaran.station.StationLimits;

/** What the ledgers say of a record, in words: a page of rows, and sentences about what they do not show. */
final class LedgerRows {

    /**
     * One row.
     *
     * @param act the symbol and colour of what was done
     * @param disputed whether the hulls do not say the same of it
     * @param alone whether one hull alone shows it
     * @param why the reason given for opening it out of care, in words; empty of all that needs none
     */
    record Row(
            String at,
            Look act,
            String what,
            String who,
            String station,
            String ledgers,
            boolean disputed,
            boolean alone,
            String why) {}

    /** How an act looks. */
    record Look(String icon, String form) {}

    /**
     * A page of rows.
     *
     * @param missing what is not known, a sentence each; empty if all three ledgers were shown whole and alike
     * @param number of this page, from 1
     */
    record Page(List<Row> rows, List<String> missing, int number, int pages) {
        Page {
            rows = List.copyOf(rows);
            missing = List.copyOf(missing);
        }
    }

    private final Words words;
    private final Clock clock;
    private final BadgeWords names;
    private final AccessReasons reasons;

    LedgerRows(Words words, Clock clock, BadgeWords names, AccessReasons reasons) {
        this.words = words;
        this.clock = clock;
        this.names = names;
        this.reasons = reasons;
    }

    /** @param asked the number of the page as it stands in the address; anything else is the first */
    Page page(Outcome<LedgerView> told, String asked) {
        return switch (told) {
            case Outcome.Refused<LedgerView>(Refusal refusal) ->
                new Page(List.of(), List.of(words.say("ledger.none.told", words.refusal(refusal.code()))), 1, 1);
            case Outcome.Done<LedgerView>(LedgerView view) -> {
                int size = WebLimits.LEDGER_ROWS_MAX;
                List<Alike> all = alike(view.acts());
                int pages = Math.max(1, (all.size() + size - 1) / size);
                int number = asked.matches("[0-9]{1,4}") ? Math.clamp(Integer.parseInt(asked), 1, pages) : 1;
                List<Row> rows = all.stream()
                        .skip((long) (number - 1) * size)
                        .limit(size)
                        .map(this::row)
                        .toList();
                yield new Page(rows, missing(view), number, pages);
            }
        };
    }

    /** Copies a station makes of its ward by itself, hundreds a day: one row a day, with the newest. */
    private record Alike(LedgerView.Act newest, int count) {}

    private List<Alike> alike(List<LedgerView.Act> acts) {
        Map<List<Object>, Alike> rows = new LinkedHashMap<>();
        for (LedgerView.Act act : acts) {
            List<Object> key = isWardCopy(act) && !act.disputed()
                    ? List.of(
                            clock.day(act.time().instant()),
                            act.badge().get(),
                            act.station(),
                            act.ledgers(),
                            act.alone())
                    : List.of(rows.size());
            rows.merge(key, new Alike(act, 1), (known, one) -> new Alike(known.newest(), known.count() + 1));
        }
        return List.copyOf(rows.values());
    }

    private static boolean isWardCopy(LedgerView.Act act) {
        return act.kind() == LedgerLine.Act.EXPORTED
                && act.badge().flatMap(LedgerView.Badge::kind).equals(Optional.of(Statement.BadgeKind.STATION));
    }

    private Row row(Alike alike) {
        LedgerView.Act act = alike.newest();
        Instant at = act.time().instant();
        return new Row(
                clock.day(at) + " " + clock.hour(at),
                look(act),
                words.say(
                                isWardCopy(act)
                                        ? "ledger.copy"
                                        : "ledger.act." + act.kind().name())
                        + (alike.count() == 1 ? "" : ", " + words.count("ledger.times", alike.count())),
                who(act),
                act.station().orElse(""),
                parties(act.ledgers()),
                act.disputed(),
                act.alone().isPresent(),
                act.kind() == LedgerLine.Act.BROKE_GLASS
                        ? reasons.of(act.session(), at)
                                .map(one -> one.words(words))
                                .filter(said -> !said.isEmpty())
                                .orElse(words.say(reasons.hasUnattributed() ? "access.below" : "access.unsaid"))
                        : "");
    }

    private static Look look(LedgerView.Act act) {
        return switch (act.kind()) {
            case RELEASED -> new Look("badge", "b-plain");
            case SHOWN_TO_APPLICATION, NAMED_TO_APPLICATION -> new Look("revoir", "b-plain");
            case LOOKED_UP, LEDGERS_READ -> new Look("recherche", "b-plain");
            case PRINTED -> new Look("imprimer", "b-due");
            case EXPORTED -> new Look("partage", "b-due");
            case BROKE_GLASS -> new Look("cadenas", "b-warn");
        };
    }

    private String who(LedgerView.Act act) {
        if (act.isToApplication()) {
            return words.say("ledger.who.application");
        }
        if (act.badge().isEmpty()) {
            return words.say("ledger.who.unknown", act.session().toString().substring(0, BadgeWords.NUMBER_SHOWN));
        }
        return names.of(act.badge().get());
    }

    private List<String> missing(LedgerView view) {
        List<String> missing = new ArrayList<>();
        for (Party tier : Party.TIERS) {
            if (view.silent().contains(tier)) {
                missing.add(words.say(view.answered() > 1 ? "ledger.copies" : "ledger.unread", party(tier)));
            }
            Integer omitted = view.differences().omitted().get(tier);
            if (omitted != null) {
                missing.add(words.say("ledger.omitted", party(tier), words.number(omitted)));
            }
            Integer alone = view.differences().alone().get(tier);
            if (alone != null) {
                missing.add(words.say("ledger.alone", party(tier), words.number(alone)));
            }
            if (view.differences().flooded().contains(tier)) {
                missing.add(words.say("ledger.flooded", party(tier), words.number(StationLimits.LINES_READ_MAX)));
            }
        }
        if (!view.differences().contradicted().isEmpty()) {
            missing.add(
                    words.say("ledger.contradicted", parties(view.differences().contradicted())));
        }
        if (!view.differences().ahead().isEmpty()) {
            missing.add(words.say("ledger.ahead", parties(view.differences().ahead())));
        }
        if (view.differences().twoBadges() > 0) {
            missing.add(words.count("ledger.badges", view.differences().twoBadges()));
        }
        if (view.cut()) {
            missing.add(words.say("ledger.cut", words.number(StationLimits.LINES_READ_MAX)));
        }
        return missing;
    }

    private String party(Party party) {
        return words.say("party." + party.word());
    }

    private String parties(Set<Party> parties) {
        return Party.TIERS.stream().filter(parties::contains).map(this::party).collect(Collectors.joining(", "));
    }
}
