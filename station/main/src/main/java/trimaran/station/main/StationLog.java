package trimaran.station.main;

import trimaran.process.EventLog;
import trimaran.process.Field;
import trimaran.station.StationEvent;
import trimaran.station.fhir.DoorEvent;
import trimaran.station.hl7.Hl7Event;
import trimaran.station.web.WebEvent;

/** Writes the core's events to the log; what an event may hold cannot be about a patient. */
final class StationLog {

    /** The events' names in the log. */
    enum Event {
        TIER_UP,
        TIER_DOWN,
        WRONG_TIER,
        FEED_DROPPED,
        ROOTS_DIFFER,
        TIERS_DIFFER,
        BAD_SHARE,
        NO_SHARE,
        SHARES_DIFFER,
        BAD_PARTS,
        PART_UNREAD,
        TIER_BEHIND,
        LOOKUP_SECRETS_DIFFER,
        BAD_SIGNATURE,
        ENTRY_REFUSED,
        REFUSED_PUT_AWAY,
        REFUSED_SET_ASIDE,
        PLACED_IN_CONFLICT,
        OUTBOX_TORN,
        OUTBOX_DAMAGED,
        REGISTRY_REFETCHED,
        WARD_COPY_REFUSED,
        BUDDY_REACHED,
        BUDDY_SILENT,
        BUDDY_REFUSES,
        BUDDY_BEHIND,
        WARD_HEARD,
        WARD_SILENT,
        WARD_REFUSED,
        WARD_TAKEN_OVER,
        WARD_ENTRY_STAYS,
        WARD_KEPT_DAMAGED,
        DOOR_OPENED,
        DOOR_BROKEN,
        WEB_BROKEN,
        BADGE_WAITS,
        WARD_COPY_PRINTED,
        WARD_COPY_OPENED,
        HL7_MESSAGE_AGAIN,
        HL7_OPENED,
        HL7_LINE_CLOSED,
        HL7_NOT_TAKEN,
        HL7_BROKEN,
        HL7_JOURNAL_TORN
    }

    /** The names of what an event holds. */
    enum Name {
        TIER,
        REASON,
        CODE,
        SIZE,
        INDEX,
        CELL,
        NUMBER,
        ENTRY,
        BYTES,
        ANSWER,
        BADGE,
        READER,
        SESSION
    }

    private final EventLog log;

    StationLog(EventLog log) {
        this.log = log;
    }

    void write(DoorEvent event) {
        switch (event) {
            case DoorEvent.Opened opened -> log.write(Event.DOOR_OPENED, Field.of(Name.NUMBER, opened.port()));
            case DoorEvent.Broken broken -> log.failed(Event.DOOR_BROKEN, broken.thrown());
        }
    }

    void write(WebEvent event) {
        switch (event) {
            case WebEvent.Broken broken -> log.failed(Event.WEB_BROKEN, broken.thrown());
            case WebEvent.BadgeWaits waits -> log.write(Event.BADGE_WAITS);
            case WebEvent.CopyPrinted printed ->
                log.write(
                        Event.WARD_COPY_PRINTED,
                        Field.of(Name.CELL, printed.ward().cell()),
                        Field.of(Name.BADGE, printed.badge()));
            case WebEvent.CopyOpened opened ->
                log.write(
                        Event.WARD_COPY_OPENED,
                        Field.of(Name.CELL, opened.ward().cell()),
                        Field.of(Name.BADGE, opened.badge()),
                        Field.of(Name.READER, opened.reader()));
            case WebEvent.MessageAgain again -> log.write(Event.HL7_MESSAGE_AGAIN, Field.of(Name.BADGE, again.badge()));
        }
    }

    void write(Hl7Event event) {
        switch (event) {
            case Hl7Event.Opened opened -> log.write(Event.HL7_OPENED, Field.of(Name.NUMBER, opened.port()));
            case Hl7Event.Closed closed -> log.write(Event.HL7_LINE_CLOSED, Field.of(Name.REASON, closed.reason()));
            case Hl7Event.NotTaken refused ->
                log.write(
                        Event.HL7_NOT_TAKEN,
                        Field.of(Name.ANSWER, refused.answer()),
                        Field.of(Name.CODE, refused.code()));
            case Hl7Event.Broken broken -> log.failed(Event.HL7_BROKEN, broken.thrown());
            case Hl7Event.JournalTorn torn -> log.write(Event.HL7_JOURNAL_TORN, Field.of(Name.BYTES, torn.bytes()));
        }
    }

    private void write(StationEvent.OfBuddy event) {
        switch (event) {
            case StationEvent.BuddyReached reached -> log.write(Event.BUDDY_REACHED, number(reached.entries()));
            case StationEvent.BuddySilent silent ->
                log.write(Event.BUDDY_SILENT, Field.of(Name.REASON, silent.reason()));
            case StationEvent.BuddyRefuses refuses ->
                log.write(Event.BUDDY_REFUSES, Field.of(Name.CODE, refuses.code()));
            case StationEvent.BuddyBehind late -> log.write(Event.BUDDY_BEHIND, number(late.entries()));
            case StationEvent.WardHeard heard -> log.write(Event.WARD_HEARD, number(heard.entries()));
            case StationEvent.WardSilent silent -> log.write(Event.WARD_SILENT, number(silent.entries()));
            case StationEvent.WardRefused refused -> log.write(Event.WARD_REFUSED, Field.of(Name.CODE, refused.code()));
            case StationEvent.WardTakenOver over -> log.write(Event.WARD_TAKEN_OVER, number(over.entries()));
            case StationEvent.WardKeptDamaged damaged ->
                log.write(Event.WARD_KEPT_DAMAGED, Field.of(Name.BYTES, damaged.bytes()));
            case StationEvent.WardEntryStays stays ->
                log.write(
                        Event.WARD_ENTRY_STAYS, Field.of(Name.ENTRY, stays.entry()), Field.of(Name.CODE, stays.code()));
        }
    }

    private void write(StationEvent.PartUnread unread) {
        log.write(
                Event.PART_UNREAD,
                Field.of(Name.CELL, unread.cell()),
                Field.of(Name.ENTRY, unread.entry()),
                Field.of(Name.CODE, unread.code()));
    }

    private static Field number(int count) {
        return Field.of(Name.NUMBER, count);
    }

    void write(StationEvent event) {
        switch (event) {
            case StationEvent.OfBuddy of -> write(of);
            case StationEvent.TierUp up -> log.write(Event.TIER_UP, Field.of(Name.TIER, up.tier()));
            case StationEvent.TierDown down ->
                log.write(Event.TIER_DOWN, Field.of(Name.TIER, down.tier()), Field.of(Name.REASON, down.reason()));
            case StationEvent.WrongTier wrong ->
                log.write(Event.WRONG_TIER, Field.of(Name.TIER, wrong.tier()), Field.of(Name.CODE, wrong.code()));
            case StationEvent.FeedDropped feed ->
                log.write(
                        Event.FEED_DROPPED,
                        Field.of(Name.TIER, feed.tier()),
                        Field.of(Name.CODE, feed.code()),
                        Field.of(Name.SIZE, feed.size()));
            case StationEvent.RootsDiffer roots ->
                log.write(Event.ROOTS_DIFFER, Field.of(Name.TIER, roots.tier()), Field.of(Name.SIZE, roots.size()));
            case StationEvent.TiersDiffer tiers ->
                log.write(Event.TIERS_DIFFER, Field.of(Name.TIER, tiers.tier()), Field.of(Name.INDEX, tiers.index()));
            case StationEvent.BadShare bad ->
                log.write(Event.BAD_SHARE, Field.of(Name.TIER, bad.tier()), Field.of(Name.CELL, bad.cell()));
            case StationEvent.NoShare none ->
                log.write(Event.NO_SHARE, Field.of(Name.TIER, none.tier()), Field.of(Name.CELL, none.cell()));
            case StationEvent.SharesDiffer differ -> log.write(Event.SHARES_DIFFER, Field.of(Name.CELL, differ.cell()));
            case StationEvent.BadParts bad ->
                log.write(
                        Event.BAD_PARTS,
                        Field.of(Name.TIER, bad.tier()),
                        Field.of(Name.CELL, bad.cell()),
                        Field.of(Name.CODE, bad.code()));
            case StationEvent.PartUnread unread -> write(unread);
            case StationEvent.TierBehind behind ->
                log.write(Event.TIER_BEHIND, Field.of(Name.TIER, behind.tier()), Field.of(Name.CELL, behind.cell()));
            case StationEvent.LookupSecretsDiffer differ ->
                log.write(Event.LOOKUP_SECRETS_DIFFER, Field.of(Name.NUMBER, differ.number()));
            case StationEvent.BadSignature bad ->
                log.write(Event.BAD_SIGNATURE, Field.of(Name.TIER, bad.tier()), Field.of(Name.ENTRY, bad.entry()));
            case StationEvent.EntryRefused refused ->
                log.write(
                        Event.ENTRY_REFUSED,
                        Field.of(Name.ENTRY, refused.entry()),
                        Field.of(Name.CODE, refused.code()));
            case StationEvent.RefusedPutAway seen ->
                log.write(
                        Event.REFUSED_PUT_AWAY,
                        Field.of(Name.ENTRY, seen.entry()),
                        Field.of(Name.SESSION, seen.session()));
            case StationEvent.RefusedSetAside aside ->
                log.write(Event.REFUSED_SET_ASIDE, Field.of(Name.ENTRY, aside.entry()));
            case StationEvent.PlacedInConflict conflict ->
                log.write(Event.PLACED_IN_CONFLICT, Field.of(Name.ENTRY, conflict.entry()));
            case StationEvent.OutboxTorn torn -> log.write(Event.OUTBOX_TORN, Field.of(Name.BYTES, torn.bytes()));
            case StationEvent.OutboxDamaged damaged ->
                log.write(Event.OUTBOX_DAMAGED, Field.of(Name.BYTES, damaged.bytes()));
            case StationEvent.WardCopyRefused refused ->
                log.write(Event.WARD_COPY_REFUSED, Field.of(Name.CODE, refused.code()));
            case StationEvent.RegistryRefetched refetched -> log.write(Event.REGISTRY_REFETCHED);
        }
    }
}
