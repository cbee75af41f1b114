package trimaran.line.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trimaran.kernel.Bytes;
import trimaran.line.Channel;
import trimaran.line.CloseReason;
import trimaran.line.LineLimits;
import trimaran.line.Network.Listening;
import trimaran.line.Route;
import trimaran.line.tls.Parties.Heard;

@Timeout(30)
class TlsChannelTest {

    private final Parties parties = new Parties();
    private Parties.One data;
    private Parties.One station;
    private Listening listening;

    @BeforeEach
    void listen() {
        data = parties.one("data");
        station = parties.one("station");
        Parties.acquaint(data, station);
        listening = data.listening();
    }

    @AfterEach
    void close() {
        parties.close();
    }

    private Channel dial() {
        return station.network.dial(data.id(), new Route.Direct(listening.address()), station.notebook());
    }

    @Test
    void framesArriveWholeAndInOrderBothWays() throws Exception {
        Channel channel = dial();
        assertThat(station.next().what()).isEqualTo("opened");
        Heard opened = data.next();
        assertThat(opened.what()).isEqualTo("opened");
        assertThat(opened.channel().peer()).isEqualTo(station.id());
        Bytes large = Bytes.wrap(new byte[LineLimits.FRAME_MAX_BYTES]);
        station.loop.run(() -> {
            channel.send(Bytes.ofText("one"));
            channel.send(large);
            channel.send(Bytes.ofText("three"));
        });
        assertThat(data.next().frame()).isEqualTo(Bytes.ofText("one"));
        assertThat(data.next().frame()).isEqualTo(large);
        assertThat(data.next().frame()).isEqualTo(Bytes.ofText("three"));
        data.loop.run(() -> opened.channel().send(Bytes.ofText("four")));
        assertThat(station.next().frame()).isEqualTo(Bytes.ofText("four"));
    }

    @Test
    void whatWasSentBeforeACloseStillArrives() throws Exception {
        Channel channel = dial();
        assertThat(station.next().what()).isEqualTo("opened");
        station.loop.run(() -> {
            channel.send(Bytes.wrap(new byte[LineLimits.FRAME_MAX_BYTES]));
            channel.send(Bytes.ofText("last"));
            channel.close();
        });
        assertThat(station.next().reason()).isEqualTo(CloseReason.HERE);
        assertThat(data.next().what()).isEqualTo("opened");
        assertThat(data.next().what()).isEqualTo("received");
        assertThat(data.next().frame()).isEqualTo(Bytes.ofText("last"));
        assertThat(data.next().reason()).isEqualTo(CloseReason.PEER);
    }

    @Test
    void aFrameOverTheLimitIsNotSent() throws Exception {
        Channel channel = dial();
        Bytes tooLarge = Bytes.wrap(new byte[LineLimits.FRAME_MAX_BYTES + 1]);
        assertThatThrownBy(() -> channel.send(tooLarge)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> channel.send(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }
}
