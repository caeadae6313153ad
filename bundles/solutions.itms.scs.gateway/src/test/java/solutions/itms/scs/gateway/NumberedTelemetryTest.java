package solutions.itms.scs.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.store.FileStores;

class NumberedTelemetryTest {
    @TempDir
    Path directory;

    private final List<String> subjects = new CopyOnWriteArrayList<>();
    private final List<Sequence> numbers = new CopyOnWriteArrayList<>();
    private final Carrier carrier = (subject, payload, priority) -> {
        numbers.add(Sequence.of(payload));
        subjects.add(subject);
    };

    @SuppressWarnings("NullAway.Init")
    private NumberedTelemetry telemetry;

    @AfterEach
    void close() {
        telemetry.close();
    }

    @BeforeEach
    void start() {
        open();
    }

    @Test
    void numbersGrowByOneInTheOrderOfTheCalls() {
        telemetry.carryWith(carrier);
        for (int i = 0; i < 500; i++) {
            send("s" + i, Priority.STATE);
        }
        await().until(() -> subjects.size() == 500);
        for (int i = 0; i < 500; i++) {
            assertThat(subjects.get(i)).isEqualTo("s" + i);
            assertThat(numbers.get(i).seq()).isEqualTo(i + 1L);
        }
    }

    @Test
    void numberingGoesOnAfterARestartInTheSameEpoch() {
        telemetry.carryWith(carrier);
        send("a", Priority.STATE);
        await().until(() -> subjects.size() == 1);
        telemetry.close();
        open();
        telemetry.carryWith(carrier);
        send("b", Priority.STATE);
        await().until(() -> subjects.size() == 2);
        assertThat(numbers.get(1)).isEqualTo(new Sequence(numbers.get(0).epoch(), 2));
    }

    @Test
    void aNewStoreIsANewEpoch() throws Exception {
        telemetry.carryWith(carrier);
        send("a", Priority.STATE);
        await().until(() -> subjects.size() == 1);
        telemetry.close();
        Files.delete(directory.resolve("telemetry.sqlite"));
        open();
        telemetry.carryWith(carrier);
        send("b", Priority.STATE);
        await().until(() -> subjects.size() == 2);
        assertThat(numbers.get(1).epoch()).isNotEqualTo(numbers.get(0).epoch());
        assertThat(numbers.get(1).seq()).isEqualTo(1);
    }

    @Test
    void messagesWaitForACarrierAndTheMostUrgentGoFirst() {
        send("metrics", Priority.METRICS);
        send("state", Priority.STATE);
        send("event", Priority.EVENT);
        telemetry.carryWith(carrier);
        await().until(() -> subjects.size() == 3);
        assertThat(subjects).containsExactly("event", "state", "metrics");
    }

    @Test
    void aMessageThatWasNotTakenIsHandedOverAgainUnderTheSameNumber() {
        AtomicInteger attempts = new AtomicInteger();
        telemetry.carryWith((subject, payload, priority) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IOException("no connection");
            }
            carrier.carry(subject, payload, priority);
        });
        send("a", Priority.STATE);
        send("b", Priority.STATE);
        await().until(() -> subjects.size() == 2);
        assertThat(subjects).containsExactly("a", "b");
        assertThat(numbers).extracting(Sequence::seq).containsExactly(1L, 2L);
    }

    @Test
    void whenTooManyWaitTheOldestOfTheLeastUrgentIsDroppedAndCounted() {
        send("important", Priority.EVENT);
        for (int i = 0; i < NumberedTelemetry.MAX_WAITING; i++) {
            send("m" + i, Priority.METRICS);
        }
        assertThat(telemetry.dropped()).isEqualTo(1);
        telemetry.carryWith(carrier);
        await().until(() -> subjects.size() == NumberedTelemetry.MAX_WAITING);
        assertThat(subjects.get(0)).isEqualTo("important");
        assertThat(subjects.get(1)).isEqualTo("m1");
    }

    @Test
    void aDiskThatCannotBeWrittenOnlyDelays() throws Exception {
        Path inTheWay = Files.createFile(directory.resolve("file"));
        telemetry.close();
        telemetry = new NumberedTelemetry(
                new FileStores(inTheWay.resolve("data"), Clock.systemUTC()), Duration.ofMillis(20));
        telemetry.carryWith(carrier);
        send("a", Priority.STATE);
        send("b", Priority.STATE);
        assertThat(subjects).isEmpty();
        Files.delete(inTheWay);
        await().until(() -> subjects.size() == 2);
        assertThat(subjects).containsExactly("a", "b");
    }

    @Test
    void listenersAreToldOfEachConnectionAndAtOnceWhenThereIsACarrier() throws Exception {
        AtomicInteger told = new AtomicInteger();
        AutoCloseable listening = telemetry.onConnected(told::incrementAndGet);
        assertThat(told).hasValue(0);
        telemetry.carryWith(carrier);
        telemetry.connected();
        assertThat(told).hasValue(2);
        listening.close();
        telemetry.connected();
        assertThat(told).hasValue(2);
        AtomicBoolean late = new AtomicBoolean();
        telemetry.onConnected(() -> late.set(true));
        assertThat(late).isTrue();
    }

    @Test
    void noThreadIsLeftAfterClose() {
        telemetry.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("scs-telemetry"));
    }

    private void open() {
        telemetry = new NumberedTelemetry(new FileStores(directory, Clock.systemUTC()), Duration.ofMillis(20));
    }

    private void send(String subject, Priority priority) {
        telemetry.send(subject, Payload.of(Instant.EPOCH, Map.of("a", 1L)), priority);
    }
}
