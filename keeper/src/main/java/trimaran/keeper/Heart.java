package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSignature;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Quorum;

/**
 * The heartbeat: the latest checkpoint cosigned anew by a quorum, so that a reader knows that nothing larger was kept from it.
 * Data leads; is it silent, access does, then application. Cosigning the same tree again is always safe.
 */
final class Heart {

    /** How often the leader looks whether a beat is due (DESIGN §5 Reading). */
    static final long BEAT_MILLIS = 500;

    /** How long a beat that has its quorum waits for the signature still missing; no acknowledgement waits for a beat. */
    static final long LAST_SIGNATURE_MILLIS = 20;

    /**
     * How long a tier hears of no quorum, or how old what it hears is, before it asks the others whether they do: a data that fell may
     * let some of them sign, publish to those alone, or to the rest much later, and so keep them from leading. Longer than the patience of
     * any that leads.
     */
    static final long ASK_MILLIS = 3_000;

    private final Keeper keeper;
    private final Party party;
    private final Loop loop;
    private Optional<Loop.Timer> timer = Optional.empty();
    private final NoteLag lag = new NoteLag();
    private long heardNanos;
    private boolean running;

    Heart(Keeper keeper) {
        this.keeper = keeper;
        this.party = keeper.setting().party();
        this.loop = keeper.setting().loop();
    }

    void start() {
        running = true;
        heardNanos = loop.monotonicNanos();
        arm();
    }

    void stop() {
        running = false;
        timer.ifPresent(Loop.Timer::cancel);
    }

    /** Somebody made a new or fresher quorum note. */
    void heard() {
        heardNanos = loop.monotonicNanos();
        lag.heard(keeper.cosigner().freshSeconds(), heardNanos);
    }

    private void arm() {
        if (running) {
            timer = Optional.of(loop.after(BEAT_MILLIS, () -> {
                beat();
                arm();
            }));
        }
    }

    /** Silence after which this party leads; data at once, the others in turn. */
    private long patienceMillis() {
        return switch (party) {
            case DATA -> 0;
            case ACCESS -> 1500;
            case APPLICATION -> 2500;
            case WITNESS -> Long.MAX_VALUE / 2_000_000;
        };
    }

    private void beat() {
        long silentNanos = loop.monotonicNanos() - heardNanos;
        long lagNanos = lag.nanos(keeper.cosigner().freshSeconds(), loop.monotonicNanos());
        if (Math.max(silentNanos, lagNanos) >= ASK_MILLIS * 1_000_000) {
            askOthers();
        }
        boolean due = silentNanos >= patienceMillis() * 1_000_000
                && keeper.cosigner().freshSeconds() < keeper.cosigner().nowSeconds();
        if (due) {
            keeper.cosigner().note().ifPresent(this::beat);
            // What only some of the others hold must not stop the beat over what all hold.
            keeper.cosigner().unheard().ifPresent(this::beat);
        }
    }

    private void askOthers() {
        lag.asked(keeper.cosigner().freshSeconds(), loop.monotonicNanos());
        for (Party other : Party.values()) {
            if (other == party || !keeper.peers().isUp(other)) {
                continue;
            }
            keeper.peers().ask(other, new Request.Highest(), 2 * BEAT_MILLIS, outcome -> {
                if (outcome instanceof Outcome.Done<Response>(Response.Note(Bytes note)) && !note.isEmpty()) {
                    keeper.published(note);
                }
            });
        }
    }

    private void beat(Bytes latest) {
        try {
            Note note = Note.parse(latest);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (keeper.cosigner().cosign(checkpoint) instanceof Outcome.Done<NoteSignature>(NoteSignature own)) {
                new Round(note.with(own), checkpoint).ask();
            }
        } catch (MalformedException broken) {
            throw new UnreadableCopyException("the note this tier keeps cannot be read", broken);
        }
    }

    /** One beat: signatures come in one by one until a quorum is fresh. */
    private final class Round {
        private final Checkpoint checkpoint;
        private Note note;
        private boolean told;
        private boolean waiting;
        private int asked;

        Round(Note note, Checkpoint checkpoint) {
            this.note = note;
            this.checkpoint = checkpoint;
        }

        void ask() {
            Bytes encoded = note.encode();
            for (Party other : Party.values()) {
                if (other == party || !keeper.peers().isUp(other)) {
                    continue;
                }
                Request request = other == Party.WITNESS
                        ? new Request.AddCheckpoint(checkpoint.size(), List.of(), encoded)
                        : new Request.Cosign(encoded);
                asked++;
                keeper.peers().ask(other, request, 2 * BEAT_MILLIS, outcome -> {
                    asked--;
                    signed(other, outcome);
                });
            }
        }

        private void signed(Party from, Outcome<Response> outcome) {
            if (!told
                    && from == Party.WITNESS
                    && outcome instanceof Outcome.Done<Response>(Response.Behind(long known))) {
                lead(known);
                return;
            }
            if (told || !(outcome instanceof Outcome.Done<Response>(Response.Cosigned(Bytes lines)))) {
                return;
            }
            note = keeper.cosigner().with(note, from, lines).orElse(note);
            if (note.signatures().size() < 4) {
                return;
            }
            if (asked == 0) {
                tell();
            } else if (!waiting) {
                waiting = true;
                loop.after(LAST_SIGNATURE_MILLIS, this::tell);
            }
        }

        /** Publishes what is gathered, if that is a quorum of a larger tree than the last, or a fresher one. */
        private void tell() {
            Bytes encoded = note.encode();
            if (!told
                    && keeper.cosigner().standing(encoded) instanceof Outcome.Done<Quorum.Standing>(var standing)
                    && standing.quorum()
                    && (standing.checkpoint().size() > keeper.cosigner().noteSize()
                            || standing.freshSeconds() > keeper.cosigner().freshSeconds())) {
                told = true;
                keeper.published(encoded);
                // Whoever leads goes on without another silence, until somebody else is heard.
                heardNanos = loop.monotonicNanos() - patienceMillis() * 1_000_000;
                for (Party other : Party.TIERS) {
                    if (other != party) {
                        keeper.peers().ask(other, new Request.Publish(encoded), answer -> {});
                    }
                }
            }
        }

        /** A witness that was away while three tiers made the quorum is led to their checkpoint. */
        private void lead(long known) {
            if (known >= checkpoint.size()) {
                return;
            }
            List<Digest> proof = known == 0
                    ? List.of()
                    : ConsistencyProof.of(keeper.copy(), known, checkpoint.size())
                            .path();
            Request request = new Request.AddCheckpoint(known, proof, note.encode());
            keeper.peers().ask(Party.WITNESS, request, 2 * BEAT_MILLIS, outcome -> {
                if (outcome instanceof Outcome.Done<Response>(Response.Cosigned cosigned)) {
                    signed(Party.WITNESS, outcome);
                }
            });
        }
    }
}
