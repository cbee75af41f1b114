package trimaran.keeper;

/** Who was let in and may have to go: by what officers announce, and by what the log says of sessions. */
record Shutting(Announcements announcements, Sessions sessions) {

    void recheck() {
        announcements.settle();
        sessions.recheck();
    }
}
