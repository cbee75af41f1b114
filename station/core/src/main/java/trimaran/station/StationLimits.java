package trimaran.station;

import trimaran.line.message.MessageLimits;
import trimaran.record.RecordLimits;

/** Every limit and patience of the station core, in one place, with its reason. */
public final class StationLimits {

    /** How long a heartbeat counts as fresh (DESIGN §5 Reading). */
    public static final long FRESH_MILLIS = 2_000;
    /** How long to wait for a quorum before two held statements are asked for (DESIGN §5 Acknowledged). */
    public static final long HOLD_AFTER_MILLIS = 2_000;
    /** As long where an entry before this waited in vain: for a data that is well to say no, or to have it covered. */
    static final long HOLD_SOON_MILLIS = 500;
    /** How long application may think before a continuity entry goes on without it (DESIGN §5 Continuity). */
    public static final long APPROVE_MILLIS = 2_000;
    /** An ordinary question to a tier: several synced batches and a slow line. */
    public static final long CALL_MILLIS = 5_000;
    /**
     * How long the answer of one tier is waited for before another, that would do as well, is asked besides: long for a line, and so short
     * that the steps of one write stay under five seconds together. Whoever is late is not given up for it: the first answer counts.
     */
    public static final long ASK_NEXT_MILLIS = 1_000;
    /** An opening: over its budget a tier answers only after a delay of several seconds (DESIGN §6 Budgets). */
    public static final long OPEN_MILLIS = 20_000;
    /** Placing waits for a synced batch behind a large one. */
    public static final long APPEND_MILLIS = 15_000;
    /** First wait before an entry is submitted again. */
    public static final long RETRY_MIN_MILLIS = 200;
    /** Longest wait before an entry is submitted again. */
    public static final long RETRY_MAX_MILLIS = 5_000;
    /** How long an entry a tier may hold is offered though what it leans on is missing; tiers let go of it after ten minutes. */
    public static final long LEANING_MILLIS = 900_000;
    /** How old one tier's word may be as another's makes two of them: half of what a tier keeps what nobody else will hold. */
    public static final long WORD_MILLIS = 30_000;
    /** Fresh approvals fetched because a premise moved or the last expired; beyond, somebody else always comes first. */
    public static final int APPROVALS_MAX = 8;
    /** How long a question is asked again while tiers are just falling or coming back. */
    public static final long ANSWER_MILLIS = 8_000;
    /** How long a search waits for the index of patients; longer than a quiet hospital takes to bring it up to date. */
    public static final long INDEX_MILLIS = 20_000;
    /** A followed tier beats every 500 ms: silent for so long while others beat, its line is dialled anew. */
    public static final long SILENT_MILLIS = 3_000;
    /** How long a key two tiers' shares do not make is waited for while the third gives nothing of it, reached or not. */
    public static final long NO_KEY_MILLIS = 60_000;
    /** How often it is looked whether a tier is silent or late, and each is asked for its name. */
    public static final long LOOK_MILLIS = 500;
    /**
     * An ordinary question a tier takes so long for, or that is given up after so long, is late: people are told within five seconds of what goes wrong, and two
     * looks may pass before one that answers every other question is asked one it does not answer, another until it is seen, and one of the page.
     */
    public static final long LATE_MILLIS = 2_000;
    /** A line that came up within this is asked for nothing besides: it is joining. Longer, and one that is ill as it comes is told of too late. */
    public static final long SETTLED_MILLIS = 500;
    /** A tier that has answered in time for so long is late no more: what answers every other question is not well in between. */
    public static final long LATE_OVER_MILLIS = 10_000;
    /** People are told so long that a tier said what does not fit: it says it only where somebody asks. */
    public static final long LIES_MILLIS = 600_000;
    /** Cells a tier left out although it had heard of everything, before people are told that it does not answer everything. */
    public static final int LEFT_OUT_CELLS = 2;
    /** Within so long, and told for so long after another one. */
    public static final long LEFT_OUT_MILLIS = 60_000;
    /** Looks for which a quorum must have covered a cell before a tier that gives nothing of it leaves it out. */
    public static final int HEARD_LOOKS = 20;
    /**
     * So long no tier is reached before a station acts as one that is alone: longer than a tier takes to start anew, or a line to be dialled
     * once more, so that nobody's badge is judged here alone whom the tiers could judge a moment later.
     */
    public static final long ALONE_MILLIS = 10_000;
    /**
     * How far this station's clock may be behind what the tiers said before somebody is let in alone. Within a day hours are wrong, and what
     * is written counts all the same; a clock without a battery is years behind, and nothing written under it would.
     */
    public static final long CLOCK_BEHIND_MILLIS = 86_400_000;
    /** Patients this station knows of its copies and boards though nobody has them open: every ward of a large hospital. */
    public static final int UNOPENED_MAX = 5_000;
    /** How long whoever wrote is kept waiting before being told that the entry is here and not yet shared. */
    public static final long PATIENCE_MILLIS = 20_000;
    /** Life of one session request on its way; tiers refuse more than 60 s. */
    public static final long REQUEST_MILLIS = 30_000;
    /** Inline bytes of one message; the rest is staged first, so that no large write delays a small one. */
    public static final int INLINE_TOTAL_MAX = 512 << 10;
    /** How long application may look at a draft that came piece by piece. */
    public static final long APPROVE_LARGE_MILLIS = 30_000;
    /** The author part in a request for approval, which fits a frame of 1 MiB together with its draft; else it is staged. */
    public static final int APPROVE_BYTES_MAX = 700 << 10;
    /** A draft application is shown, piece by piece if need be. */
    public static final int DRAFT_BYTES_MAX = MessageLimits.SHOWN_BYTES_MAX;
    /** Wait before application is asked again about something it will know in a moment. */
    public static final long ASK_AGAIN_MILLIS = 30;
    /** Leaves of the log remembered to authenticate fresh parts without a proof: 4 MB. */
    public static final int LEAVES_REMEMBERED = 64 << 10;
    /** Older leaves remembered once they were proven: one for each patient opened in a shift. 1 MB. */
    public static final int LEAVES_PROVEN = 8 << 10;
    /** Checked notes remembered: three tiers repeat each, and a late one may still repeat an older. */
    public static final int NOTES_REMEMBERED = 32;
    /** Feed entries waiting for a checkpoint that covers them: a tier that sends more without one is dropped. */
    public static final int UNCOVERED_MAX = 200_000;
    /** Held entries of one tier: twice what a tier bears. One that tells of more is dropped. */
    public static final int HELD_MAX = 200_000;
    /** Bytes asked for in one fetch, so that the answer fits a frame with its headers. */
    public static final int FETCH_BYTES = 640 << 10;
    /** Changes of one transaction (FHIR Bundle entries). */
    public static final int CHANGES_MAX = 100_000;
    /** Entries waiting in the outbox; beyond, doors are told to come back. */
    public static final int OUTBOX_ENTRIES_MAX = 10_000;
    /** Bytes waiting in the outbox, which lie in memory, too: as many entries as above of the usual size. */
    public static final long OUTBOX_BYTES_MAX = 96L << 20;
    /** Entries that were promised and refused, kept for a person to see; beyond it the eldest lie in files beside the outbox. */
    public static final int REFUSED_ENTRIES_MAX = 1_000;

    /** Their bytes. */
    public static final long REFUSED_BYTES_MAX = 32L << 20;

    /**
     * What was in refused entries whose keys are gone, in memory until a person has seen it: as many bytes as of the entries themselves. A
     * night's notes and measures of a ward are some hundred kilobytes.
     */
    public static final long REFUSED_CONTENT_BYTES_MAX = 32L << 20;

    /** Journal size at which leaving entries are swept out, however much stays. */
    public static final long OUTBOX_SWEEP_BYTES = 4L << 20;
    /** Up to so much that stays, what left is cleared out at once: four times a second at most, a megabyte of writing. */
    public static final long OUTBOX_CLEARED_BYTES = 256L << 10;
    /** Plain content up to here is kept to be folded when the place comes; more is fetched again when asked for. */
    public static final int PLAIN_KEPT_BYTES = 4 << 20;
    /** Content up to here is sealed on the loop: a thread change costs more. */
    public static final int SEAL_HERE_BYTES = 64 << 10;
    /** Tokens remembered so that a known identifier needs no call. */
    public static final int TOKENS_REMEMBERED = 50_000;
    /** Parts of one house cell before a new one is begun, so that opening it stays quick. */
    public static final int HOUSE_PARTS_MAX = 256;
    /** How often the station's place in the log is written down, so that a restart is quick. */
    public static final long POSITION_MILLIS = 10_000;
    /**
     * Lines of one ledger one tier is asked for about a patient: a hundred questions. A ward copied every five minutes makes 288 a day, so
     * two weeks in a bed. The oldest beyond are said to be missing.
     */
    public static final int LINES_READ_MAX = 5_000;
    /** A ledger line is copied to the other tiers within a second; one this old that a tier has no copy of is left out by it. */
    public static final long LEDGER_COPY_MILLIS = 60_000;
    /** How far ahead of this station's clock a ledger line's time may lie, as clocks differ: as far as an entry's place. */
    public static final long LEDGER_AHEAD_MILLIS_MAX = RecordLimits.AHEAD_MILLIS_MAX;

    private StationLimits() {}

    /** What came into the record so long after it was written is shown as late: a station was cut off, or everything stood still. */
    public static final long LATE_SHOWN_MILLIS = 600_000;

    /** How long the opening of a session waits for the hour in which, by a clock that was ahead, it begins. */
    public static final long OPENING_AHEAD_MILLIS_MAX = 86_400_000;
}
