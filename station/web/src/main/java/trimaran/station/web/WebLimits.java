package trimaran.station.web;

/** Every bound of the web door in one place, with its reason. Just over one of them the answer is a page that says so. */
public final class WebLimits {

    /** One form: the longest note a person types, several times over. */
    public static final int FORM_BYTES_MAX = 64 << 10;

    /** Fields of one form, a whole set of vital signs with room to spare. */
    public static final int FORM_FIELDS_MAX = 64;

    /** Requests answered at once. A station serves a ward; the next hear that it is busy. */
    public static final int REQUESTS_MAX = 64;

    /** People logged in at one station at once; the one who did nothing for longest is locked out first. */
    public static final int SEATS_MAX = 64;

    /** Badges whose shift goes on at this station: each is a key in memory. */
    public static final int SHIFTS_MAX = 64;

    /** Life of a log-in, and of a shift in which the badge alone opens: the longest a session may live. */
    public static final long SHIFT_MILLIS = 12 * 3_600_000L;

    /** Without a page asked for by a person for so long, a screen locks itself: somebody walked away. */
    public static final long IDLE_MILLIS = 10 * 60_000L;

    /** How often idle screens are looked for. */
    public static final long SWEEP_MILLIS = 2_000;

    /** Wrong PINs of one badge before it waits; a person errs twice, a guesser of six digits needs half a million. */
    public static final int WRONG_PINS_MAX = 5;

    /** Names that are no badge's whose wrong PINs are counted, so that they wait as badges do. */
    public static final int UNKNOWN_NAMES_MAX = 4096;

    /** How long a badge waits then, whoever brings it. */
    public static final long WRONG_PIN_WAIT_MILLIS = 5 * 60_000L;

    /** A refused log-in is answered after so long, so that the time says nothing about which part was wrong. */
    public static final long REFUSED_MILLIS = 1_500;

    /** Key files unlocked at once: each takes half a second of a core. */
    public static final int UNLOCKINGS_MAX = 2;

    /** How long whoever opens a sealed copy waits for the one before: some packs' time. */
    public static final long COPY_WAIT_MILLIS = 20_000;

    /** Longest PIN, in characters. */
    public static final int PIN_MAX = 64;

    /** Longest name of a badge, as it stands in a file name. */
    public static final int BADGE_NAME_MAX = 32;

    /** Charts kept folded for one reader: the largest ward, and some patients elsewhere. */
    public static final int CHARTS_MAX = 80;

    /** Boards kept of one ward and one kind of reader: those who were handed less than others have their own. */
    public static final int BOARDS_MAX = 3;

    /** A chart nobody looked at for so long is forgotten, as the station forgets what it opened. */
    public static final long CHART_MILLIS = 60_000;

    /** How long the core may take for one answer: longer than its own patience. */
    public static final long ANSWER_MILLIS = 25_000;

    /** How long a log-in may take while a hull is just falling. */
    public static final long OPEN_MILLIS = 20_000;

    /** Rows of one table on a page; what is beyond is counted in words, so that a page stays small. */
    public static final int ROWS_MAX = 120;

    /** Records of one page of an exposure report; all of them are in its table. */
    public static final int EXPOSURE_ROWS_MAX = 100;

    /** Entries of a record over which a station works an exposure report out: some 100 MiB of its memory. Beyond, operators do. */
    public static final long EXPOSURE_ENTRIES_MAX = 250_000;

    /** How long one page of a record or ledger is waited for: longer than the core's own patience. */
    public static final long LEDGER_PAGE_MILLIS = 35_000;

    /** Rows of who was handed a record on one page; the older ones are on the next. */
    public static final int LEDGER_ROWS_MAX = 50;

    /** Characters of one document shown on a page; a longer one says that it goes on. */
    public static final int TEXT_MAX = 8_000;

    /** Patients one search shows: more are told apart by saying more about the one. */
    public static final int FOUND_MAX = 30;

    /** Characters of one search: a long double name, a date and a number. */
    public static final int QUERY_MAX = 200;

    /** Characters of one name: the longest civil names, several times over. */
    public static final int NAME_MAX = 120;

    /** Characters of a reason typed in a movement. */
    public static final int REASON_MAX = 300;

    /** Pairs one admission leaves to be compared: more bearers of a name and birth date are no help to anybody. */
    public static final int PAIRS_MAX = 10;

    /** Results that wait for their patient shown at once: each is a cell to open, and an hour allows few out of care. */
    public static final int ATTACH_MAX = 10;

    /** Forms of one person remembered, so that one sent twice is done once: an impatient finger is seconds away. */
    public static final int SUBMISSIONS_MAX = 64;

    /** Drafts of ended log-ins, and log-ins remembered to have ended: one for each who may be logged in here. */
    public static final int DRAFTS_MAX = 64;

    /** How long a draft waits for its person: they log in again at once, or somebody else needs the place. */
    public static final long DRAFT_MILLIS = 15 * 60_000L;

    /** Patients whose unshared writes are shown from memory, and writes of each: some wards' worth, a day's worth. */
    public static final int KEPT_MAX = 120;

    /** Forms remembered to have been taken, so that one sent twice is written once without asking anybody. */
    public static final int TAKEN_MAX = 1_000;

    /** How long what was written is said above the record, unless something else is written. */
    public static final long SAID_MILLIS = 5 * 60_000L;

    /** How long a dose written by mistake can be taken back: longer is a matter for a note and a physician. */
    public static final long UNDO_MILLIS = 15 * 60_000L;

    /** How long ago something at the bed may have happened when it is written down: a shift. */
    public static final long BACKDATED_MAX_MILLIS = 12 * 3_600_000L;

    /** How far ahead a prescription may begin. */
    public static final long AHEAD_MAX_MILLIS = 366 * 86_400_000L;

    /** Longest course of a prescription, in days. */
    public static final int COURSE_DAYS_MAX = 366;

    /** Doses a day of one prescription: one each hour. */
    public static final int TIMES_MAX = 24;

    /** Characters of one word or short name in a form. */
    public static final int WORD_MAX = 120;

    /** Characters of a comment or a reason. */
    public static final int COMMENT_MAX = 500;

    /** Characters of one part of a note. */
    public static final int NOTE_MAX = 4_000;

    private WebLimits() {}

    /** Characters shown of one value of what was refused. */
    static final int VALUE_SHOWN = 2_000;
}
