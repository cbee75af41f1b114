package trimaran.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.simulated.Weather;

class CallsTest {

    private final Pair pair = new Pair(1, Weather.FAIR);
    private final List<Outcome<Bytes>> answers = new ArrayList<>();

    private Calls open() {
        Redialling line = pair.redialling();
        line.start();
        assertThat(pair.loops.runUntil(() -> line.calls().isPresent(), 1000)).isTrue();
        return line.calls().orElseThrow();
    }

    private void call(Calls calls, Bytes request) {
        calls.call(request, 1000, answers::add);
    }

    private List<Code> refusals() {
        List<Code> codes = new ArrayList<>();
        for (Outcome<Bytes> answer : answers) {
            if (answer instanceof Outcome.Refused<Bytes>(Refusal refusal)) {
                codes.add(refusal.code());
            }
        }
        return codes;
    }

    @Test
    void eachAnswerFindsItsQuestionInWhateverOrder() {
        List<Answer> waiting = new ArrayList<>();
        List<Bytes> requests = new ArrayList<>();
        pair.tier = (payload, answer) -> {
            requests.add(payload);
            waiting.add(answer);
        };
        Calls calls = open();
        List<String> heard = new ArrayList<>();
        calls.call(Bytes.ofText("a"), 1000, outcome -> heard.add("a" + outcome));
        calls.call(Bytes.ofText("b"), 1000, outcome -> heard.add("b" + outcome));
        pair.loops.runMillis(10);
        waiting.get(1).done(requests.get(1));
        waiting.get(0).done(requests.get(0));
        pair.loops.runMillis(10);
        assertThat(heard).containsExactly("b" + Outcome.done(Bytes.ofText("b")), "a" + Outcome.done(Bytes.ofText("a")));
        assertThat(calls.callsInFlight()).isZero();
    }

    @Test
    void aRefusalCrossesTheLineWhole() {
        Refusal refusal = Refusal.at(Code.BED_TAKEN, "bed 7", "somebody lies there");
        pair.tier = (_, answer) -> answer.refuse(refusal);
        call(open(), Bytes.EMPTY);
        pair.loops.runMillis(10);
        assertThat(answers).containsExactly(Outcome.refused(refusal));
    }

    @Test
    void noAnswerInTimeIsARefusalAndALateAnswerIsDropped() {
        List<Answer> late = new ArrayList<>();
        pair.tier = (_, answer) -> late.add(answer);
        Calls calls = open();
        call(calls, Bytes.EMPTY);
        pair.loops.runMillis(1100);
        assertThat(refusals()).containsExactly(Code.UNAVAILABLE);
        late.getFirst().done(Bytes.EMPTY);
        pair.loops.runMillis(10);
        assertThat(answers).hasSize(1);
        assertThat(calls.isClosed()).isFalse();
    }

    @Test
    void callsUnderWayAreRefusedWhenTheLineCloses() {
        pair.tier = (_, _) -> {};
        Calls calls = open();
        call(calls, Bytes.EMPTY);
        pair.loops.runMillis(10);
        calls.close();
        pair.loops.runMillis(10);
        assertThat(refusals()).containsExactly(Code.UNAVAILABLE);
        call(calls, Bytes.EMPTY);
        pair.loops.runMillis(10);
        assertThat(answers).hasSize(2);
    }

    @Test
    void noticesArriveInOrderWithAnswers() {
        Calls calls = open();
        assertThat(pair.tierCalls.getFirst().notice(Bytes.ofText("news"))).isTrue();
        call(calls, Bytes.EMPTY);
        pair.loops.runMillis(10);
        assertThat(pair.stationHeard).containsExactly("opened", "notice");
    }

    @Test
    void oneCallMoreThanMayBeUnderWayIsRefusedAndNotSent() {
        pair.tier = (_, _) -> {};
        Calls calls = open();
        for (int i = 0; i <= LineLimits.CALLS_IN_FLIGHT_MAX; i++) {
            call(calls, Bytes.EMPTY);
        }
        pair.loops.runMillis(10);
        assertThat(refusals()).containsExactly(Code.BUSY);
        assertThat(pair.tierHeard.stream().filter("request"::equals)).hasSize(LineLimits.CALLS_IN_FLIGHT_MAX);
    }

    @Test
    void aPeerThatAsksMoreThanItMayIsRefused() {
        pair.tier = (_, _) -> {};
        RawChannel raw = new RawChannel(pair);
        for (int id = 1; id <= LineLimits.CALLS_IN_FLIGHT_MAX + 1; id++) {
            raw.channel().send(new CallFrame(CallFrame.Kind.REQUEST, id, Bytes.EMPTY).encoded());
        }
        pair.loops.runMillis(100);
        assertThat(raw.frames()).hasSize(1);
        assertThat(raw.frames().getFirst().at(0)).isEqualTo((byte) 3);
    }

    @Test
    void requestsThatAreTooManyBytesTogetherAreRefused() {
        pair.tier = (_, _) -> {};
        Calls calls = open();
        for (int i = 0; i < 9; i++) {
            call(calls, Bytes.wrap(new byte[LineLimits.CALLS_IN_FLIGHT_MAX_BYTES / 8 - 16]));
            pair.loops.runMillis(10);
        }
        assertThat(refusals()).containsExactly(Code.BUSY);
    }

    @Test
    void aRequestOfTheLargestSizePassesAndOneByteMoreIsRefused() {
        Calls calls = open();
        call(calls, Bytes.wrap(new byte[LineLimits.PAYLOAD_MAX_BYTES]));
        call(calls, Bytes.wrap(new byte[LineLimits.PAYLOAD_MAX_BYTES + 1]));
        pair.loops.runMillis(100);
        assertThat(refusals()).containsExactly(Code.TOO_LARGE);
        assertThat(answers).hasSize(2);
    }

    @Test
    void anAnswerThatIsTooLargeBecomesARefusal() {
        pair.tier = (_, answer) -> answer.done(Bytes.wrap(new byte[LineLimits.PAYLOAD_MAX_BYTES + 1]));
        call(open(), Bytes.EMPTY);
        pair.loops.runMillis(100);
        assertThat(refusals()).containsExactly(Code.TOO_LARGE);
    }

    @Test
    void aNoticeThatIsTooLargeIsTheSendersMistake() {
        Calls calls = open();
        Bytes tooLarge = Bytes.wrap(new byte[LineLimits.PAYLOAD_MAX_BYTES + 1]);
        assertThatThrownBy(() -> calls.notice(tooLarge)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWaitLongerThanTheLongestIsTheCallersMistake() {
        Calls calls = open();
        assertThatThrownBy(() -> calls.call(Bytes.EMPTY, LineLimits.CALL_MAX_MILLIS + 1, answers::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answeringTwiceIsTheAnswerersMistake() {
        List<Answer> given = new ArrayList<>();
        pair.tier = (_, answer) -> given.add(answer);
        call(open(), Bytes.EMPTY);
        pair.loops.runMillis(10);
        given.getFirst().done(Bytes.EMPTY);
        assertThatThrownBy(() -> given.getFirst().done(Bytes.EMPTY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void framesThatAreNoneCloseTheChannel() {
        Bytes request = new CallFrame(CallFrame.Kind.REQUEST, 1, Bytes.EMPTY).encoded();
        List<List<Bytes>> bad = List.of(
                List.of(Bytes.of((byte) 9)),
                List.of(Bytes.ofHex("000000000000000001")),
                List.of(Bytes.ofHex("050000000000000001")),
                List.of(Bytes.ofHex("0100000000000000")),
                List.of(Bytes.ofHex("040000000000000001")),
                List.of(Bytes.ofHex("03000000000000000100")),
                List.of(request, request));
        for (List<Bytes> frames : bad) {
            Pair fresh = new Pair(1, Weather.FAIR);
            fresh.tier = (_, _) -> {};
            RawChannel raw = new RawChannel(fresh);
            frames.forEach(raw.channel()::send);
            fresh.loops.runMillis(10);
            assertThat(fresh.tierHeard).as(frames.toString()).endsWith("closed MALFORMED");
        }
    }
}
