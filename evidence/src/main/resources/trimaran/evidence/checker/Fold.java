import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is who, from the registry statements in order, each with the signatures it needs; and whether the entries of the window are
 * signed by sessions these statements opened. What the parties found void counts for nothing, here as there.
 */
final class Fold {

    static final String[] PARTIES = {"access", "application", "data", "witness"};
    static final int APPLICATION = 1;
    static final int DATA = 2;
    static final int TIERS = 3;

    /** How long after its end a session is remembered. */
    private static final long LATE_MILLIS = 14L * 24 * 3_600_000;

    /** One party's keys in one epoch. */
    record PartyKeys(int party, byte[] cosigner, byte[] log, Key statements) {
        static PartyKeys read(Cursor in) throws FalseException {
            PartyKeys keys = new PartyKeys(in.u8(), in.bytes(), in.bytes(), Key.read(in));
            in.raw(32);
            in.bytes();
            in.i64();
            return keys;
        }
    }

    /** A session somebody's badge opened. */
    private record Session(Key key, String badge, long expiry) {}

    /** Who signed a statement, by the id of their key. */
    private record Signed(String key, Key.Signed signature) {}

    final byte[] origin;
    private final Map<String, Key> officers = new HashMap<>();
    private final Map<String, Key> badges = new HashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final List<PartyKeys[]> epochs = new ArrayList<>();
    private final Set<String> cutTiers = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private final Map<String, Integer> counted = new TreeMap<>();
    private String hospital = "";
    private long signatures;
    private long empty;

    Fold(byte[] origin) {
        this.origin = origin;
    }

    /** As entry 0 calls it. */
    String hospital() {
        return hospital;
    }

    /** Takes an entry in; of one in the window every signature is looked at. */
    void take(Entry entry, boolean inWindow) throws FalseException {
        // Entry 0 names nobody: its own hash is what all others name.
        byte[] named = entry.index == 0 ? new byte[32] : origin;
        // What is void may name whom it likes, and say that hulls held it: the parties placed it as nothing.
        boolean counts = entry.verdict != Entry.VOID;
        if (counts && !entry.origin.equals(HexFormat.of().formatHex(named))) {
            throw new FalseException(entry.place, "est d'un autre hôpital", "is another hospital's");
        }
        if (entry.index == 0 && entry.kind != Entry.REGISTRY) {
            throw new FalseException(entry.place, "l'entrée 0 ne fonde rien", "entry 0 founds nothing");
        }
        if (!counts) {
            empty += inWindow ? 1 : 0;
        } else if (entry.kind == Entry.REGISTRY) {
            statement(entry, inWindow);
        } else if (inWindow) {
            author(entry);
        }
        if (inWindow && counts) {
            for (Entry.Held held : entry.held) {
                need(
                        keys(held.tier(), held.epoch(), entry.place)
                                .statements()
                                .signed(held.message(), held.signature()),
                        entry,
                        "la parole « détenu » n'est pas de cette coque",
                        "the word held is not that hull's");
            }
        }
    }

    private void need(boolean good, Entry entry, String french, String english) throws FalseException {
        if (!good) {
            throw new FalseException(entry.place, french, english);
        }
        signatures++;
    }

    private void author(Entry entry) throws FalseException {
        Session session = sessions.get(entry.session);
        byte[] message = Cursor.joined(Cursor.ascii("trimaran/entry/1\n"), entry.digest);
        need(
                session != null && session.key().signed(message, entry.signature),
                entry,
                "aucune session du registre ne l'a signée",
                "no session of the registry signed it");
        if (entry.sanction == 1 || entry.sanction == 3) {
            boolean good = false;
            for (int epoch = epochs.size(); epoch >= 1 && !good && entry.sanctioned.length > 0; epoch--) {
                good = keys(APPLICATION, epoch, entry.place)
                        .statements()
                        .signed(entry.sanctioned, entry.sanctionSignature);
            }
            need(good, entry, "l'accord n'est pas d'application", "the approval is not application's");
        }
    }

    private PartyKeys keys(int party, long epoch, String place) throws FalseException {
        if (party < 0 || party >= PARTIES.length || epoch < 1 || epoch > epochs.size()) {
            throw new FalseException(place, "nomme une époque inconnue", "names an unknown epoch");
        }
        return epochs.get((int) epoch - 1)[party];
    }

    private void statement(Entry entry, boolean inWindow) throws FalseException {
        Cursor outer = new Cursor(entry.place, entry.statement);
        byte[] bytes = outer.bytes();
        List<Signed> signed = new ArrayList<>();
        outer.list(() -> signed.add(new Signed(outer.digest(), Key.Signed.read(outer))));
        outer.end();
        byte[] id = Cursor.sha256(bytes);
        Cursor in = new Cursor(entry.place, bytes);
        if (in.u8() != 1) {
            throw in.unreadable();
        }
        int kind = in.u8();
        if ((kind == 0) != (entry.index == 0)) {
            throw new FalseException(entry.place, "un hôpital est fondé une fois", "a hospital is founded once");
        }
        byte[] named = kind == 0 ? new byte[32] : origin;
        byte[] message = Cursor.joined(Cursor.ascii("trimaran/statement/1\n"), named, id);
        switch (kind) {
            case 0 -> founding(entry, in, id, message, signed);
            case 1 -> grant(entry, in, message, signed);
            case 4 -> opening(entry, in, id, message, signed);
            case 5 -> closing(entry, in, message, signed);
            case 7 -> epoch(entry, in, message, signed);
            case 2, 11 -> revocation(entry, in, message, signed);
            case 8, 12 -> cut(entry, in, kind == 12, message, signed);
            case 9 -> {
                officers(entry, 2, message, signed);
                in.u8();
                cutTiers.remove(in.digest());
                tell(entry, "réouverture", "reopening");
            }
            case 3, 6, 10 -> officers(entry, 2, message, signed);
            case 13 -> {
                officers(entry, 2, message, signed);
                tell(entry, "parts renouvelées", "shares refreshed");
            }
            case 14 -> {
                officers(entry, 2, message, signed);
                tell(entry, "nouvelles clés ordonnées", "new keys ordered");
            }
            default -> throw in.unreadable();
        }
        counted.merge(names(kind), 1, Integer::sum);
        forget(entry.time);
    }

    private static String names(int kind) {
        return switch (kind) {
            case 0 -> Say.of("fondation", "founding");
            case 1 -> Say.of("badges", "badges");
            case 2, 11 -> Say.of("révocations", "revocations");
            case 3 -> Say.of("postes", "stations");
            case 4 -> Say.of("sessions ouvertes", "sessions opened");
            case 5 -> Say.of("sessions closes", "sessions closed");
            case 6 -> Say.of("règles", "policies");
            case 7 -> Say.of("époques", "epochs");
            case 8, 12 -> Say.of("coupures", "cuts");
            case 9 -> Say.of("réouvertures", "reopenings");
            case 13 -> Say.of("renouvellements de parts", "refreshes of shares");
            case 14 -> Say.of("ordres de nouvelles clés", "orders of new keys");
            default -> Say.of("effacements", "erasures");
        };
    }

    private void tell(Entry entry, String french, String english) {
        told.add(Instant.ofEpochMilli(entry.time) + "  " + Say.of(french, english) + " (record, " + entry.index + ")");
    }

    /** So many different officers signed, by the registry as it stands here. */
    private void officers(Entry entry, int needed, byte[] message, List<Signed> signed) throws FalseException {
        Set<String> good = new HashSet<>();
        for (Signed one : signed) {
            Key officer = officers.get(one.key());
            if (officer != null && officer.signed(message, one.signature())) {
                good.add(one.key());
            }
        }
        signatures += good.size();
        if (good.size() < needed) {
            throw new FalseException(
                    entry.place,
                    good.size() + " officier(s) sur " + needed + " ont signé",
                    good.size() + " of " + needed + " officers signed");
        }
    }

    private void founding(Entry entry, Cursor in, byte[] id, byte[] message, List<Signed> signed)
            throws FalseException {
        if (!Arrays.equals(id, origin)) {
            throw new FalseException(entry.place, "n'est pas l'entrée 0 annoncée", "is not the entry 0 that was named");
        }
        hospital = in.text();
        in.i64();
        PartyKeys[] parties = new PartyKeys[PARTIES.length];
        in.list(() -> {
            PartyKeys keys = PartyKeys.read(in);
            if (keys.party() >= parties.length) {
                throw in.unreadable();
            }
            parties[keys.party()] = keys;
        });
        in.list(() -> {
            Key officer = Key.read(in);
            officers.put(officer.id(), officer);
        });
        if (Arrays.asList(parties).contains(null)) {
            throw in.unreadable();
        }
        epochs.add(parties);
        officers(entry, 3, message, signed);
    }

    private void grant(Entry entry, Cursor in, byte[] message, List<Signed> signed) throws FalseException {
        officers(entry, 2, message, signed);
        Key badge = Key.read(in);
        badges.put(badge.id(), badge);
        if (in.u8() == 2) {
            officers.put(badge.id(), badge);
            tell(entry, "officier nommé", "officer granted");
        } else {
            officers.remove(badge.id());
        }
    }

    private void revocation(Entry entry, Cursor in, byte[] message, List<Signed> signed) throws FalseException {
        String badge = in.digest();
        officers(entry, officers.containsKey(badge) ? 2 : 1, message, signed);
        officers.remove(badge);
        badges.remove(badge);
        tell(entry, "badge révoqué", "badge revoked");
    }

    private void opening(Entry entry, Cursor in, byte[] id, byte[] message, List<Signed> signed) throws FalseException {
        Key key = Key.read(in);
        String badge = in.digest();
        in.raw(32);
        in.i64();
        Session session = new Session(key, badge, in.i64());
        one(entry, List.of(badge), message, signed);
        sessions.put(HexFormat.of().formatHex(id), session);
    }

    private void closing(Entry entry, Cursor in, byte[] message, List<Signed> signed) throws FalseException {
        Session session = sessions.get(in.digest());
        if (session == null) {
            throw new FalseException(entry.place, "clôt une session inconnue", "closes an unknown session");
        }
        badges.put(session.key().id(), session.key());
        one(entry, List.of(session.badge(), session.key().id()), message, signed);
        badges.remove(session.key().id());
    }

    /** One of these badges signed. */
    private void one(Entry entry, List<String> allowed, byte[] message, List<Signed> signed) throws FalseException {
        boolean good = false;
        for (Signed one : signed) {
            Key badge = badges.get(one.key());
            good |= allowed.contains(one.key()) && badge != null && badge.signed(message, one.signature());
        }
        need(good, entry, "le badge n'a pas signé", "the badge did not sign");
    }

    private void epoch(Entry entry, Cursor in, byte[] message, List<Signed> signed) throws FalseException {
        officers(entry, 2, message, signed);
        long number = in.i64();
        int replaced = in.u8();
        PartyKeys keys = PartyKeys.read(in);
        if (number != epochs.size() + 1 || keys.party() != replaced || replaced >= PARTIES.length) {
            throw new FalseException(entry.place, "époque hors de son rang", "an epoch out of its order");
        }
        PartyKeys[] next = epochs.getLast().clone();
        next[replaced] = keys;
        epochs.add(next);
        tell(entry, "nouvelles clés de " + PARTIES[replaced], "new keys of " + PARTIES[replaced]);
    }

    /** One officer cuts; a second hull takes two. */
    private void cut(Entry entry, Cursor in, boolean reasoned, byte[] message, List<Signed> signed)
            throws FalseException {
        boolean hull = in.u8() == 0;
        String subject = in.digest();
        boolean second = hull && cutTiers.stream().anyMatch(other -> !other.equals(subject));
        officers(entry, second ? 2 : 1, message, signed);
        in.raw(8 + 8);
        String why = reasoned ? " « " + in.text() + " »" : "";
        if (hull) {
            cutTiers.add(subject);
        }
        tell(entry, "coupure" + why, "cut" + why);
    }

    private void forget(long time) {
        for (Iterator<Session> all = sessions.values().iterator(); all.hasNext(); ) {
            if (time - all.next().expiry() <= LATE_MILLIS) {
                return;
            }
            all.remove();
        }
    }

    /** Says what was found. */
    void say(long entries) {
        Say.ok(
                "registre : " + hospital + ", depuis l'entrée 0, " + signatures + " signatures vraies en tout",
                "registry: " + hospital + ", since entry 0, " + signatures + " true signatures in all");
        counted.forEach((name, count) -> System.out.println("        " + count + " " + name));
        told.forEach(line -> System.out.println("        " + line));
        Say.ok(
                "période : " + entries + " entrées, dont " + empty + " nulles, chacune à sa place",
                "window: " + entries + " entries, " + empty + " of them void, each in its place");
    }

    /** Who speaks for a party now. */
    PartyKeys present(int party) {
        return epochs.getLast()[party];
    }

    /** All log keys data ever had. */
    Set<Key> logs() {
        Set<Key> logs = new HashSet<>();
        epochs.forEach(keys -> logs.add(new Key(Key.ML_DSA, keys[DATA].log())));
        return logs;
    }
}
