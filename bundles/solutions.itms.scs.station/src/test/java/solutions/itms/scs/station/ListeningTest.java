package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.store.FileStores;

/** Trap F12: the address that gates use is not always one that can be listened on. */
class ListeningTest extends StationFixture {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.100, true, '192.168.1.100,127.0.0.1', ",
        "fd00:0::1, true, 'fd00::1,127.0.0.1', ",
        "192.168.1.100, false, '', stationIp 192.168.1.100 is no address of this gateway",
        "127.0.0.1, true, '', stationIp 127.0.0.1 can't be reached by gates",
        "station.local, true, '', 'stationIp station.local is a host name, and names are not looked up'",
    })
    @DisplayName("C10 the station listens at its address when it is its own, else everywhere with a warning")
    void whereTheStationListens(String stationIp, boolean ours, String addresses, String warning) {
        Listening where = Listening.at(List.of(), stationIp, address -> ours);
        assertThat(String.join(",", where.addresses())).isEqualTo(addresses);
        if (warning == null) {
            assertThat(where.warning()).isNull();
        } else {
            assertThat(where.warning()).startsWith(warning).contains("listening on all addresses");
        }
    }

    @Test
    @DisplayName("C10 bind.address goes before the station's address, and wrong entries are reported")
    void bindAddressGoesFirst() {
        Options options = new Options(Map.of("bind.address", "10.0.0.1, gate.local ::FFFF:10.0.0.2"));
        List<String> configured = Listening.configured(options);
        assertThat(configured).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(options.problems())
                .containsExactly("bind.address 'gate.local' is no IPv4 or IPv6 address; it is left out");
        assertThat(Listening.at(configured, "192.168.1.100", address -> true).addresses())
                .isEqualTo(configured);
    }

    @Test
    @DisplayName("N2 gates reach the station at its address, this host at 127.0.0.1, nobody elsewhere")
    void bothAddressesAnswerOnTheSamePort() throws Exception {
        restart(Map.of("bind.address", "", "stationIp", "127.0.0.21"));
        assertThat(get("/time").statusCode()).isEqualTo(200);
        assertThat(answers("127.0.0.21")).isTrue();
        assertThatThrownBy(() -> answers("127.0.0.22")).isInstanceOf(IOException.class);
    }

    @Test
    void aPortThatIsInUseAtOneAddressIsNotOpenedAtTheOther() throws Exception {
        int port = station.port();
        Settings settings = settings(Map.of("bind.address", "127.0.0.21 127.0.0.1", "port", port));
        try (Station second =
                new Station(settings, new FileStores(directory.resolve("2"), clock), sent, surroundings())) {
            StationServer server = new StationServer(
                    settings, List.of("127.0.0.21", "127.0.0.1"), new RefuseAll(), second.connections());
            assertThatThrownBy(server::start).isInstanceOf(IOException.class).hasMessageContaining("127.0.0.1:" + port);
        }
        assertThatThrownBy(() -> answers("127.0.0.21")).isInstanceOf(IOException.class);
    }

    private boolean answers(String address) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName(address), station.port())) {
            return socket.isConnected();
        }
    }

    private static final class RefuseAll extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            return false;
        }
    }
}
