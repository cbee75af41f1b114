package trimaran.model;

/** Dates and times as R4 writes them (data types: date, dateTime, instant, time), checked against the real calendar. */
final class CalendarText {

    private static final int[] MONTH_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private CalendarText() {}

    /** {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}. */
    static boolean isDate(byte[] text, int start, int end) {
        int length = end - start;
        return (length == 4 || length == 7 || length == 10) && datePart(text, start, end);
    }

    /** A date, or a date with time to the second and zone. */
    static boolean isDateTime(byte[] text, int start, int end) {
        return end - start > 10 ? isInstant(text, start, end) : isDate(text, start, end);
    }

    static boolean isInstant(byte[] text, int start, int end) {
        if (end - start < 20 || text[start + 10] != 'T' || !datePart(text, start, start + 10)) {
            return false;
        }
        int zone = clock(text, start + 11, end);
        if (zone < 0 || zone >= end) {
            return false;
        }
        if (text[zone] == 'Z') {
            return zone + 1 == end;
        }
        if ((text[zone] != '+' && text[zone] != '-') || end - zone != 6 || text[zone + 3] != ':') {
            return false;
        }
        int hours = number(text, zone + 1, zone + 3);
        int minutes = number(text, zone + 4, zone + 6);
        return (hours >= 0 && hours < 14 && minutes >= 0 && minutes < 60) || (hours == 14 && minutes == 0);
    }

    /** {@code hh:mm:ss} with an optional fraction, without a zone. */
    static boolean isTime(byte[] text, int start, int end) {
        return clock(text, start, end) == end;
    }

    private static boolean datePart(byte[] text, int start, int end) {
        int year = number(text, start, start + 4);
        if (year < 1) {
            return false;
        }
        if (end - start == 4) {
            return true;
        }
        int month = text[start + 4] == '-' ? number(text, start + 5, start + 7) : -1;
        if (month < 1 || month > 12) {
            return false;
        }
        if (end - start == 7) {
            return true;
        }
        int day = text[start + 7] == '-' ? number(text, start + 8, start + 10) : -1;
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int days = month == 2 && !leap ? 28 : MONTH_DAYS[month - 1];
        return day >= 1 && day <= days;
    }

    /** The position after {@code hh:mm:ss[.fraction]}, or -1. A second of 60 is a leap second and allowed. */
    private static int clock(byte[] text, int start, int end) {
        if (end - start < 8 || text[start + 2] != ':' || text[start + 5] != ':') {
            return -1;
        }
        int hour = number(text, start, start + 2);
        int minute = number(text, start + 3, start + 5);
        int second = number(text, start + 6, start + 8);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return -1;
        }
        int at = start + 8;
        if (at < end && text[at] == '.') {
            int fraction = at + 1;
            at = fraction;
            while (at < end && text[at] >= '0' && text[at] <= '9') {
                at++;
            }
            int digits = at - fraction;
            if (digits == 0 || digits > Limits.FRACTION_DIGITS_MAX) {
                return -1;
            }
        }
        return at;
    }

    private static int number(byte[] text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
