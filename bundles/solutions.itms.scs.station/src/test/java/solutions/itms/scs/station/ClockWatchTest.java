package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.250Z");

    private final StationFixture.Sent sent = new StationFixture.Sent();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Alarms alarms = new Alarms(sent, clock, () -> 0, Duration.ofMinutes(1), Journal.NONE);
    private FakeServer server = new FakeServer(Duration.ZERO);
    private ReferenceTime.Reading reading = new ReferenceTime.Reading(Duration.ZERO, true, "test");

    ClockWatchTest() throws Exception {}

    @AfterEach
    void stop() {
        server.socket.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 2_500, -3_600_000, 86_400_000_000L})
    @DisplayName("N8: an NTP server tells how far our clock is off, also beyond 2036")
    void anNtpServerTellsHowFarOurClockIsOff(long millis) throws Exception {
        server.socket.close();
        server = new FakeServer(Duration.ofMillis(millis));
        assertThat(client().offset(server.address()).minusMillis(millis).abs()).isLessThan(Duration.ofNanos(1_000));
    }

    @Test
    @DisplayName("N8: a server that is silent, wrong or not synchronised leaves it unknown")
    void aServerThatCannotBeUsedLeavesItUnknown() {
        for (Fault fault : Fault.values()) {
            server.fault = fault;
            ReferenceTime.Reading answer =
                    new NtpReference(List.of("127.0.0.1:" + server.socket.getLocalPort()), client()).read();
            assertThat(answer.synchronised()).as(fault.toString()).isEqualTo(fault == Fault.NONE);
        }
        assertThat(new NtpReference(List.of("256.0.0.1:x"), client()).read().synchronised())
                .isFalse();
    }

    @Test
    @DisplayName("N8: of several servers the median counts, and those that do not answer do not")
    void ofSeveralServersTheMedianCounts() throws Exception {
        FakeServer wrong = new FakeServer(Duration.ofHours(1));
        FakeServer third = new FakeServer(Duration.ofMillis(4));
        try {
            List<String> names = List.of(
                    "127.0.0.1:" + wrong.socket.getLocalPort(),
                    "127.0.0.1:" + server.socket.getLocalPort(),
                    "127.0.0.1:" + third.socket.getLocalPort());
            ReferenceTime.Reading answer = new NtpReference(names, client()).read();
            assertThat(answer.offset()).isCloseTo(Duration.ofMillis(4), Duration.ofMillis(1));
            assertThat(answer.source()).isEqualTo("3 of 3 NTP servers");
        } finally {
            wrong.socket.close();
            third.socket.close();
        }
    }

    @Test
    @DisplayName("N8, S7: drift is alarmed above 2 s and cleared at half of that")
    void driftIsAlarmedWithHysteresis() {
        ClockWatch watch = new ClockWatch(() -> reading, Duration.ofSeconds(2), alarms);
        watch.run();
        assertThat(watch.state().level()).isEqualTo(ClockWatch.Level.OK);
        for (long millis : new long[] {1_999, -2_000, 2_001, 3_000, -1_500, 1_001}) {
            reading = new ReferenceTime.Reading(Duration.ofMillis(millis), true, "test");
            watch.run();
        }
        assertThat(watch.state().level()).isEqualTo(ClockWatch.Level.DRIFT);
        assertThat(sent.alarms()).containsExactly("time_drift null raised");
        reading = new ReferenceTime.Reading(Duration.ofSeconds(-1), true, "test");
        watch.run();
        assertThat(sent.alarms()).containsExactly("time_drift null raised", "time_drift null cleared");
    }

    @Test
    @DisplayName("N8: not knowing it is not well")
    void notKnowingItIsNotWell() {
        reading = ReferenceTime.Reading.unknown("nobody answers");
        ClockWatch watch = new ClockWatch(() -> reading, Duration.ofSeconds(2), alarms);
        assertThat(watch.state().level()).isEqualTo(ClockWatch.Level.UNKNOWN);
        for (int i = 0; i < 5; i++) {
            watch.run();
        }
        assertThat(watch.state().level()).isEqualTo(ClockWatch.Level.UNKNOWN);
        assertThat(sent.alarms()).containsExactly("time_unknown null raised");
        reading = new ReferenceTime.Reading(null, true, "systemd-timesyncd");
        watch.run();
        assertThat(watch.state().level()).isEqualTo(ClockWatch.Level.OK);
        assertThat(sent.alarms()).contains("time_unknown null cleared");
        reading = ReferenceTime.Reading.unknown("nobody answers");
        watch.run();
        assertThat(watch.state().level()).as("one answer may get lost").isEqualTo(ClockWatch.Level.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "0.000012, Normal, 12",
        "-2.5, Normal, -2500000",
        "0.1, Insert second, 100000",
        "0.1, Not synchronised, ",
        "x, Normal, "
    })
    void chronyIsUnderstood(String offset, String leap, Long micros) {
        String output = "C0A80101,ntp.local,3,1763726400.1," + offset
                + ",0.000001,0.000002,-1.5,0.0,0.1,0.01,0.001,64.2," + leap + "\n";
        ReferenceTime.Reading answer = new SystemTimeReference(command -> output).read();
        assertThat(answer.offset()).isEqualTo(micros == null ? null : Duration.ofNanos(micros * 1_000));
        assertThat(answer.synchronised()).isEqualTo(micros != null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NTPMessage={ Leap=0, Version=4, Mode=4, Stratum=2, Ignored=no, PacketCount=3, Jitter=1ms } | true",
                "NTPMessage={ Leap=3, Version=4, Mode=4, Stratum=2, Ignored=no, PacketCount=3, Jitter=1ms } | false",
                "NTPMessage={ Leap=0, Version=4, PacketCount=0, Jitter=0 } | false",
                "PollIntervalMinUSec=32s | false"
            })
    void timesyncdIsUnderstood(String message, boolean synchronised) {
        Map<String, String> outputs = Map.of("timedatectl", "ServerName=ntp.local\n" + message + "\n");
        ReferenceTime.Reading answer = new SystemTimeReference(command -> outputs.get(command.get(0))).read();
        assertThat(answer.synchronised()).isEqualTo(synchronised);
        assertThat(new SystemTimeReference(command -> null).read().source()).contains("neither chrony nor");
    }

    @Test
    void aProgramThatIsNotThereOrFailsHasNoOutput() {
        assertThat(new SystemCommands().output(List.of("/no/such/program"))).isNull();
        assertThat(new SystemCommands().output(List.of("false"))).isNull();
        assertThat(new SystemCommands().output(List.of("printf", "\\340\\271\\204\\340\\270\\227\\340\\270\\242\\n")))
                .isEqualTo("ไทย\n");
    }

    private SntpClient client() {
        return new SntpClient(clock, Duration.ofMillis(300));
    }

    private enum Fault {
        NONE,
        SILENT,
        SHORT,
        OTHER_NONCE,
        KISS_OF_DEATH,
        UNSYNCHRONISED,
        NOT_A_SERVER
    }

    /** An NTP server on a free port. */
    private static final class FakeServer {
        private final DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        private final Duration ahead;
        private volatile Fault fault = Fault.NONE;

        FakeServer(Duration ahead) throws SocketException {
            this.ahead = ahead;
            Thread thread = new Thread(this::serve, "fake-ntp");
            thread.setDaemon(true);
            thread.start();
            await().until(thread::isAlive);
        }

        InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }

        private void serve() {
            byte[] bytes = new byte[100];
            try {
                while (!socket.isClosed()) {
                    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                    socket.receive(packet);
                    byte[] answer = answer(ByteBuffer.wrap(bytes, 0, packet.getLength()));
                    if (fault != Fault.SILENT) {
                        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                    }
                }
            } catch (java.io.IOException e) {
                // closed: the test is over
            }
        }

        private byte[] answer(ByteBuffer request) {
            ByteBuffer answer = ByteBuffer.allocate(fault == Fault.SHORT ? 47 : 48);
            int mode = fault == Fault.NOT_A_SERVER ? 3 : 4;
            answer.put(0, (byte) ((fault == Fault.UNSYNCHRONISED ? 3 << 6 : 0) | 4 << 3 | mode));
            answer.put(1, (byte) (fault == Fault.KISS_OF_DEATH ? 0 : 2));
            answer.putLong(24, request.getLong(40) + (fault == Fault.OTHER_NONCE ? 1 : 0));
            Instant time = NOW.plus(ahead);
            long fraction = ((long) time.getNano() << 32) / 1_000_000_000L;
            long stamp = (time.getEpochSecond() + 2_208_988_800L) << 32 | fraction;
            answer.putLong(32, stamp);
            if (fault != Fault.SHORT) {
                answer.putLong(40, stamp);
            }
            return answer.array();
        }
    }
}
