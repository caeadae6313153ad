package solutions.itms.scs.station;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Asks one NTP server for the time, once: RFC 4330. */
final class SntpClient {
    static final int DEFAULT_PORT = 123;

    private static final int LENGTH = 48;
    private static final byte CLIENT_VERSION_4 = 0x23;
    private static final int MODE_SERVER = 4;
    private static final int UNSYNCHRONISED = 3;
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long SECONDS_OF_ERA = 1L << 32;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Duration timeout;

    /** @param timeout how long an answer is waited for */
    SntpClient(Clock clock, Duration timeout) {
        this.clock = clock;
        this.timeout = timeout;
    }

    /**
     * How far the server's clock is ahead of ours.
     *
     * @throws IOException if there is no answer in time, or none that can be used
     */
    Duration offset(InetSocketAddress server) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            // only what comes from the server itself is received
            channel.connect(server);
            channel.register(selector, SelectionKey.OP_READ);
            // the server sends this back: no one else can know it
            long nonce = random.nextLong();
            Instant sent = clock.instant();
            channel.write(request(nonce));
            ByteBuffer answer = ByteBuffer.allocate(2 * LENGTH);
            long deadline = System.nanoTime() + timeout.toNanos();
            while (true) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0 || selector.select(millis) == 0) {
                    throw new IOException(server + " does not answer");
                }
                selector.selectedKeys().clear();
                answer.clear();
                channel.read(answer);
                Instant received = clock.instant();
                answer.flip();
                if (answer.remaining() >= LENGTH && answer.getLong(24) == nonce) {
                    return offset(answer, sent, received, server);
                }
            }
        }
    }

    private static ByteBuffer request(long nonce) {
        ByteBuffer request = ByteBuffer.allocate(LENGTH);
        request.put(0, CLIENT_VERSION_4);
        request.putLong(40, nonce);
        return request;
    }

    private static Duration offset(ByteBuffer answer, Instant sent, Instant received, InetSocketAddress server)
            throws IOException {
        int first = answer.get(0) & 0xFF;
        int stratum = answer.get(1) & 0xFF;
        if ((first & 7) != MODE_SERVER || answer.getLong(40) == 0) {
            throw new IOException(server + " gives no answer that can be used");
        }
        if (first >> 6 == UNSYNCHRONISED || stratum == 0 || stratum > 15) {
            throw new IOException(server + " is not synchronised itself");
        }
        Duration there = Duration.between(sent, instant(answer, 32, sent));
        Duration back = Duration.between(received, instant(answer, 40, sent));
        return there.plus(back).dividedBy(2);
    }

    /** The time at this place, in the era of 136 years that is nearest to ours. */
    private static Instant instant(ByteBuffer answer, int at, Instant near) {
        long seconds = (answer.getInt(at) & 0xFFFF_FFFFL) - SECONDS_1900_TO_1970;
        long nanos = ((answer.getInt(at + 4) & 0xFFFF_FFFFL) * 1_000_000_000L) >>> 32;
        long eras = Math.round((near.getEpochSecond() - seconds) / (double) SECONDS_OF_ERA);
        return Instant.ofEpochSecond(seconds + eras * SECONDS_OF_ERA, nanos);
    }
}
