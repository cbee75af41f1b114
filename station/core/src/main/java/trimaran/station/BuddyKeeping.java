package trimaran.station;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.Address;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.message.BuddyCodec;
import trimaran.line.message.BuddyRequest;
import trimaran.line.message.BuddyResponse;
import trimaran.record.AuthorPart;
import trimaran.record.Registry;

/**
 * Keeps what another ward's station brings of its outbox, and brings it to the tiers itself once that station has been silent for
 * long, or came back without it. It can read none of it.
 */
public final class BuddyKeeping {

    private final Inside inside;
    private final StationSetting setting;
    private final String ward;
    private final Network network;
    private final BuddyPins pins;
    private final BuddyJournal journal;
    private final BuddyBringing bringing;
    private final BuddyShelf shelf;
    private final BuddyIntake entries = new BuddyIntake(BuddyLimits.ENTRY_BYTES_MAX);
    private long heardNanos;
    private boolean heard;

    /** When operators were last told that somebody was refused under a code; monotonic. */
    private final Map<Code, Long> saidNanos = new EnumMap<>(Code.class);

    private volatile BuddyState.Ward state;

    /**
     * @param ward under which name the station is enrolled this one is the buddy of
     * @param network whose policy {@code pins} are: the door's own, apart from the lines to the tiers
     */
    public BuddyKeeping(Station station, String ward, Network network, BuddyPins pins) {
        this.inside = station.inside();
        this.setting = inside.setting();
        this.ward = ward;
        this.network = network;
        this.pins = pins;
        this.journal = new BuddyJournal(setting, ward);
        this.bringing = new BuddyBringing(inside, journal, this::isSilent);
        this.shelf = new BuddyShelf(setting, ward);
        this.state = new BuddyState.Ward(ward, false, journal.count(), Map.of(), 0);
    }

    /** Opens the door, through which nobody comes before it was started; from any thread. {@code PORT_BUSY}. */
    public Outcome<Address> listen(Address at) {
        return network.listen(at, channel -> Calls.over(setting.loop(), new Line(channel.peer())))
                .map(Network.Listening::address);
    }

    /** Begins; on the loop, once. */
    public void start() {
        heardNanos = setting.loop().monotonicNanos();
        follow();
        bringing.look();
    }

    /** Writes down what is left to write. On the loop. */
    public void stop() {
        journal.flush();
    }

    /** How it stands. From any thread. */
    public BuddyState.Ward state() {
        return state;
    }

    /** Who may come is published, not asked: handshakes run on threads of their own. */
    private void follow() {
        if (pins.publish(inside.registry())) {
            network.recheck();
        }
        if (heard && isSilent()) {
            heard = false;
            setting.events().accept(new StationEvent.WardSilent(journal.count()));
        }
        state = new BuddyState.Ward(ward, heard, journal.count(), bringing.stays(), bringing.brought());
        setting.loop().after(BuddyLimits.PEERS_MILLIS, this::follow);
    }

    private boolean isSilent() {
        return setting.loop().monotonicNanos() - heardNanos > BuddyLimits.SILENT_MILLIS * 1_000_000;
    }

    private void hear() {
        heardNanos = setting.loop().monotonicNanos();
        if (!heard) {
            heard = true;
            setting.events().accept(new StationEvent.WardHeard(journal.count()));
        }
    }

    /** Why this peer is not spoken with; empty for the one station it is the buddy of. */
    private Optional<Refusal> unwelcome(PeerId peer, Digest origin, int version) {
        Registry registry = inside.registry();
        if (!origin.equals(registry.origin())) {
            return Optional.of(Refusal.of(Code.WRONG_ORIGIN, "this station is of another hospital"));
        }
        if (version != BuddySending.VERSION) {
            return Optional.of(Refusal.of(Code.NOT_SUPPORTED, "this station speaks another version"));
        }
        return registry.isCutByName(peer.keyDigest())
                ? Optional.of(Refusal.of(Code.CUT, "your station is cut"))
                : registry.station(peer.keyDigest())
                                .filter(station -> station.name().equals(ward))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(Refusal.of(Code.NOT_ALLOWED, "this station is the buddy of another"));
    }

    /** Whoever is in the hospital may come here, as often as it likes: of each reason one line an hour. */
    private void sayRefused(Code code) {
        long now = setting.loop().monotonicNanos();
        Long said = saidNanos.get(code);
        if (said == null || now - said >= BuddyLimits.SAID_MILLIS * 1_000_000) {
            saidNanos.put(code, now);
            setting.events().accept(new StationEvent.WardRefused(code));
        }
    }

    /** One line of somebody who came; nothing is taken before a greeting that was welcome. */
    private final class Line implements CallHandler {
        private final PeerId peer;
        private boolean welcome;
        private OptionalLong greetedNanos = OptionalLong.empty();

        Line(PeerId peer) {
            this.peer = peer;
        }

        @Override
        public void opened(Calls calls) {}

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            try {
                BuddyRequest request = BuddyCodec.decodeRequest(payload);
                if (request instanceof BuddyRequest.Greet greet) {
                    greet(calls, greet, answer);
                } else if (welcome) {
                    hear();
                    asked(request, answer);
                } else {
                    answer.refuse(Code.NOT_SIGNED_IN, "a greeting comes first");
                }
            } catch (MalformedException foreign) {
                calls.close(CloseReason.MALFORMED);
            }
        }

        private void greet(Calls calls, BuddyRequest.Greet greet, Answer answer) {
            long now = setting.loop().monotonicNanos();
            if (greetedNanos.isPresent() && now - greetedNanos.getAsLong() < BuddyLimits.GREET_MILLIS * 1_000_000) {
                answer.refuse(Code.BUSY, "your station greeted a moment ago");
                return;
            }
            greetedNanos = OptionalLong.of(now);
            Optional<Refusal> no = unwelcome(peer, greet.origin(), greet.version());
            welcome = no.isEmpty();
            if (welcome) {
                hear();
            }
            Outcome<List<Digest>> kept = no.<Outcome<List<Digest>>>map(Outcome::refused)
                    .orElseGet(() -> journal.greeted(greet.before(), greet.life()));
            switch (kept) {
                case Outcome.Done<List<Digest>>(List<Digest> all) ->
                    answer.done(BuddyCodec.encode(new BuddyResponse.Kept(all)));
                case Outcome.Refused<List<Digest>>(Refusal refusal) -> {
                    welcome = false;
                    sayRefused(refusal.code());
                    answer.refuse(refusal);
                    // Once it has had its answer; whoever is not wanted does not stay.
                    setting.loop().after(BuddyLimits.GREET_MILLIS, () -> calls.close());
                }
            }
        }

        @Override
        public void notice(Calls calls, Bytes payload) {
            calls.close(CloseReason.MALFORMED);
        }

        @Override
        public void closed(Calls calls, CloseReason reason) {}
    }

    private void asked(BuddyRequest request, Answer answer) {
        switch (request) {
            case BuddyRequest.Greet greet -> throw new IllegalStateException("a greeting was answered before");
            case BuddyRequest.Keep keep -> keep(piece(keep), answer);
            case BuddyRequest.Leave leave -> {
                journal.left(leave.entries());
                done(answer);
            }
            case BuddyRequest.Lost lost -> told(journal.lost(lost.entries()), answer);
            case BuddyRequest.Alive alive -> done(answer);
            case BuddyRequest.Copies copies -> shelf.compare(copies, inside.registry(), answer);
            case BuddyRequest.KeepCopy copy -> shelf.keep(copy, answer);
        }
    }

    /** Where there is no room, that is said before anything has travelled. */
    private Outcome<Optional<Bytes>> piece(BuddyRequest.Keep keep) {
        Outcome<Boolean> room = keep.offset() == 0 && keep.total() <= BuddyLimits.ENTRY_BYTES_MAX
                ? journal.room(keep.total())
                : Outcome.done(true);
        return room.then(there -> entries.take(keep.whole(), keep.total(), keep.offset(), keep.piece()));
    }

    private void keep(Outcome<Optional<Bytes>> taken, Answer answer) {
        switch (taken) {
            case Outcome.Refused<Optional<Bytes>>(Refusal refusal) -> answer.refuse(refusal);
            case Outcome.Done<Optional<Bytes>>(Optional<Bytes> whole) -> {
                if (whole.isEmpty()) {
                    done(answer);
                } else {
                    entry(whole.get(), answer);
                }
            }
        }
    }

    private void entry(Bytes bytes, Answer answer) {
        try {
            StoredEntry entry = StoredEntry.decode(bytes);
            Optional<Refusal> unfit = unfit(entry, AuthorPart.decode(entry.author()));
            told(
                    unfit.<Outcome<Boolean>>map(Outcome::refused).orElseGet(() -> journal.keep(entry.digest(), entry)),
                    answer);
        } catch (MalformedException foreign) {
            answer.refuse(Code.MALFORMED, "this is no entry of an outbox");
        }
    }

    /** What nobody would place is not kept: a fallen ward station would fill this disk with it, and have it brought for ever. */
    private Optional<Refusal> unfit(StoredEntry entry, AuthorPart author) {
        Registry registry = inside.registry();
        if (!author.origin().equals(registry.origin())) {
            return Optional.of(Refusal.of(Code.WRONG_ORIGIN, "this entry belongs to another hospital"));
        }
        // The opening of a session that is not known may wait in the same outbox.
        return registry.session(author.session()).flatMap(session -> {
            if (Stream.of(session.station(), session.badge(), session.id()).anyMatch(registry::isCutByName)) {
                return Optional.of(Refusal.of(Code.CUT, "the station, badge or session of this entry is cut"));
            }
            return setting.verifier().verify(session.key(), AuthorPart.signedBytes(entry.digest()), entry.signature())
                    ? Optional.empty()
                    : Optional.of(Refusal.of(Code.BAD_SIGNATURE, "the author's session did not sign this entry"));
        });
    }

    private void told(Outcome<Boolean> outcome, Answer answer) {
        switch (outcome) {
            case Outcome.Done<Boolean> done -> done(answer);
            case Outcome.Refused<Boolean>(Refusal refusal) -> {
                if (refusal.code() == Code.DISK_FULL) {
                    sayRefused(refusal.code());
                }
                answer.refuse(refusal);
            }
        }
    }

    private static void done(Answer answer) {
        answer.done(BuddyCodec.encode(new BuddyResponse.Done()));
    }
}
