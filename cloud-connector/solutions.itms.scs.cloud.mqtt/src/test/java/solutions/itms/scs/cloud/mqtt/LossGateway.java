package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import solutions.itms.scs.cloud.mqtt.outbox.Message;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.store.FileStores;

/**
 * A gateway as a process of its own that publishes numbered messages and writes down which it was told are accepted:
 * {@code LossGateway DIRECTORY BROKER-URL MESSAGES [PASSWORD]}. Goes on behind the last number; ends only by a signal.
 */
final class LossGateway {
    static final String EPOCH = "loss";
    private static final int GROUP = 20;

    private LossGateway() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        long last = accepted(directory);
        long end = last + Long.parseLong(args[2]);
        Connection connection = new Connection(
                new FileStores(directory, Clock.systemUTC()),
                "loss",
                Map::of,
                new Gateway.NoListener(),
                id -> {},
                Clock.systemUTC());
        connection.configure(
                SettingsReader.read(
                        Map.of(
                                "broker.url", args[1],
                                "client.id", "gw1",
                                "username", "gw1",
                                "password", args.length > 3 ? args[3] : "secret",
                                "receipt.timeout", 2,
                                "reconnect.max", 1,
                                "drain.messages", 0,
                                "drain.kilobytes", 0,
                                "drain.start", 0,
                                "keep.alive", 2),
                        stored -> stored,
                        () -> "gw1"),
                TlsSource.JVM);
        try (FileChannel log =
                FileChannel.open(directory.resolve("accepted"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long seq = last + 1; seq <= end; seq += GROUP) {
                long group = Math.min(GROUP, end - seq + 1);
                connection.outbox().addAll(messages(seq, group));
                log.write(ByteBuffer.allocate(8).putLong(seq + group - 1).flip());
            }
        }
        connection.outbox().awaitOpen(30, TimeUnit.SECONDS);
        Path empty = directory.resolve("empty");
        while (connection.outbox().queued() > 0) {
            LockSupport.parkNanos(10_000_000);
        }
        Files.writeString(empty, "all is delivered");
        while (true) {
            LockSupport.park();
        }
    }

    /** The last number that was accepted; 0 when none was. */
    static long accepted(Path directory) throws IOException {
        Path log = directory.resolve("accepted");
        if (!Files.exists(log)) {
            return 0;
        }
        byte[] all = Files.readAllBytes(log);
        int whole = all.length / 8 * 8;
        return whole == 0 ? 0 : ByteBuffer.wrap(all).getLong(whole - 8);
    }

    private static List<Message> messages(long first, long count) {
        List<Message> messages = new ArrayList<>();
        for (long seq = first; seq < first + count; seq++) {
            Sequence number = new Sequence(EPOCH, seq);
            byte[] payload = PayloadCodec.encode(number.on(Payload.of(Map.of("n", seq, "text", "x".repeat(100)))));
            messages.add(new Message(false, null, "SCS-V1", "gateway/metrics", payload, 1, false, 5, number, ""));
        }
        return messages;
    }
}
