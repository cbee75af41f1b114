package trimaran.station.web;

import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Digest;
import trimaran.record.Statement;
import trimaran.station.LedgerView;

/**
 * What a badge is called on a page. The record knows badges by their keys alone: one that was opened at this station, or that of a
 * system connected to it, has its name; of any other the registry says the roles, and its number tells it from the next.
 */
record BadgeWords(Inside inside, Words words) {

    /** Characters of a badge's number shown: enough to tell a hospital's badges apart, and to ask for one. */
    static final int NUMBER_SHOWN = 8;

    String of(LedgerView.Badge badge) {
        Optional<String> name = name(badge.id());
        if (name.isPresent()) {
            return words.badge(name.get());
        }
        if (badge.kind().filter(Statement.BadgeKind.STATION::equals).isPresent()) {
            return words.say("ledger.who.station");
        }
        String number = badge.id().toString().substring(0, NUMBER_SHOWN);
        return badge.roles().isEmpty()
                ? words.say("ledger.who.badge", number)
                : words.say("ledger.who.role", words.roles(badge.roles()), number);
    }

    private Optional<String> name(Digest badge) {
        return inside.turnstile()
                .name(badge)
                .or(() -> inside.setting().clients().get().entrySet().stream()
                        .filter(client -> client.getValue().equals(badge))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }
}
