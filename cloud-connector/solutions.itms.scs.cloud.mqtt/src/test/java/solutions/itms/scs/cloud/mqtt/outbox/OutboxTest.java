package solutions.itms.scs.cloud.mqtt.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.Receipt;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.store.Durability;

class OutboxTest {
    private static final OutboxLimits PLENTY =
            new OutboxLimits(1_000_000_000, Duration.ZERO, true, true, Duration.ofSeconds(60));
    private static final int ALL = 9;

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> confirmed = new CopyOnWriteArrayList<>();
    private final List<Outbox> opened = new ArrayList<>();
    private @Nullable CapturingStores stores;

    @AfterEach
    void close() {
        opened.forEach(Outbox::close);
    }

    // --- order -------------------------------------------------------------------------------------------------------

    @Test
    void the_most_urgent_goes_first_and_the_oldest_among_equals() throws Exception {
        Outbox outbox = open(PLENTY);
        outbox.add(plain("slow-1", 7));
        outbox.add(plain("slow-2", 7));
        outbox.add(plain("alarm", 3));

        assertThat(sendAll(outbox)).containsExactly("alarm", "slow-1", "slow-2");
        assertThat(outbox.next(ALL)).isNull();
    }

    @Test
    void an_urgent_message_overtakes_a_page_that_is_being_sent_and_goes_where_others_must_wait() throws Exception {
        Outbox outbox = open(PLENTY);
        for (int i = 0; i < 500; i++) {
            outbox.add(plain("m" + i, 7));
        }
        assertThat(topic(outbox.next(ALL))).isEqualTo("m0");
        outbox.add(plain("alarm", 3));

        assertThat(topic(outbox.next(4))).isEqualTo("alarm");
        assertThat(outbox.next(4)).isNull();
        assertThat(topic(outbox.next(ALL))).isEqualTo("m1");
    }

    @Test
    void what_is_not_confirmed_is_sent_again_in_its_old_place_when_the_connection_is_back() throws Exception {
        Outbox outbox = open(PLENTY);
        for (int i = 0; i < 1_000; i++) {
            outbox.add(plain("m" + i, 5));
        }
        for (int i = 0; i < 400; i++) {
            Entry entry = outbox.next(ALL);
            if (i % 2 == 0) {
                outbox.acknowledged(entry.key());
            }
        }

        outbox.returnAll();

        List<String> expected = IntStream.range(0, 1_000)
                .filter(i -> i >= 400 || i % 2 == 1)
                .mapToObj(i -> "m" + i)
                .toList();
        assertThat(sendAll(outbox)).containsExactlyElementsOf(expected);
    }

    @Test
    void many_publishers_at_once_lose_nothing_and_keep_their_own_order() throws Exception {
        Outbox outbox = open(PLENTY);
        List<Thread> publishers = IntStream.range(0, 8)
                .mapToObj(publisher -> new Thread(() -> {
                    for (int i = 0; i < 200; i++) {
                        try {
                            outbox.add(plain(publisher + "-" + i, 5));
                        } catch (OutboxException e) {
                            throw new AssertionError(e);
                        }
                    }
                }))
                .toList();
        publishers.forEach(Thread::start);
        List<String> sent = new ArrayList<>();
        await().until(() -> {
            sent.addAll(sendAll(outbox));
            return sent.size() >= 1_600;
        });
        assertThat(sent).doesNotHaveDuplicates().hasSize(1_600);
        for (int publisher = 0; publisher < 8; publisher++) {
            String prefix = publisher + "-";
            assertThat(sent.stream().filter(topic -> topic.startsWith(prefix)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 200).mapToObj(i -> prefix + i).toList());
        }
    }

    // --- confirmation ------------------------------------------------------------------------------------------------

    @Test
    void a_numbered_message_is_kept_until_the_receipt_and_any_other_until_the_acknowledgement() throws Exception {
        Outbox outbox = open(PLENTY);
        String numbered = outbox.add(numbered("e", 1));
        String other = outbox.add(plain("other", 5));
        acknowledgeAll(outbox);

        assertThat(confirmed).containsExactly(other);
        assertThat(outbox.counts().queued()).isEqualTo(1);
        assertThat(outbox.counts().awaitingReceipt()).isEqualTo(1);

        outbox.received(new Receipt("another", 10, List.of()));
        assertThat(confirmed).containsExactly(other);
        outbox.received(new Receipt("e", 1, List.of()));
        outbox.received(new Receipt("e", 1, List.of()));

        assertThat(confirmed).containsExactly(other, numbered);
        assertThat(outbox.counts().queued()).isZero();
        await().until(() -> stores.rows() == 0);
    }

    @Test
    void a_receipt_covers_what_it_says_and_leaves_the_gaps() throws Exception {
        Outbox outbox = open(PLENTY);
        for (int seq = 1; seq <= 10; seq++) {
            outbox.add(numbered("e", seq));
        }
        acknowledgeAll(outbox);

        outbox.received(new Receipt("e", 3, List.of(new Receipt.Range(5, 6), new Receipt.Range(9, 9))));

        assertThat(outbox.counts().queued()).isEqualTo(4);
        outbox.returnAll();
        assertThat(sendAll(outbox)).containsExactly("n4", "n7", "n8", "n10");
    }

    @Test
    void what_the_server_is_known_to_have_is_not_sent_again() throws Exception {
        Outbox outbox = open(PLENTY);
        for (int seq = 1; seq <= 5; seq++) {
            outbox.add(numbered("e", seq));
        }
        assertThat(topic(outbox.next(ALL))).isEqualTo("n1");

        outbox.received(new Receipt("e", 4, List.of()));
        outbox.returnAll();

        assertThat(sendAll(outbox)).containsExactly("n5");
        assertThat(confirmed).hasSize(4);
    }

    @Test
    void a_receipt_that_comes_before_the_acknowledgement_counts_with_it() throws Exception {
        Outbox outbox = open(PLENTY);
        outbox.add(numbered("e", 1));
        Entry entry = outbox.next(ALL);

        outbox.received(new Receipt("e", 1, List.of()));
        assertThat(outbox.inFlight()).isEqualTo(1);
        outbox.acknowledged(entry.key());

        assertThat(confirmed).hasSize(1);
        assertThat(outbox.counts().queued()).isZero();
    }

    @Test
    void without_a_receipt_it_is_sent_again_and_again_with_growing_pauses() throws Exception {
        Outbox outbox = open(PLENTY);
        outbox.add(numbered("e", 1));
        acknowledgeAll(outbox);
        List<Integer> seconds = new ArrayList<>();
        for (int second = 1; second <= 500; second++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            if (outbox.repeatOverdue()) {
                seconds.add(second);
                acknowledgeAll(outbox);
            }
        }
        assertThat(seconds).containsExactly(60, 180, 420);
        assertThat(outbox.isUnanswered()).isTrue();

        outbox.received(new Receipt("e", 1, List.of()));
        assertThat(outbox.isUnanswered()).isFalse();
        assertThat(confirmed).hasSize(1);
    }

    @Test
    void a_server_that_sends_no_receipts_is_not_flooded_but_urgent_messages_pass() throws Exception {
        Outbox outbox = open(PLENTY);
        for (int seq = 1; seq <= Sending.MAX_AWAITING + 10; seq++) {
            outbox.add(numbered("e", seq));
        }
        acknowledgeAll(outbox);
        assertThat(outbox.counts().awaitingReceipt()).isEqualTo(Sending.MAX_AWAITING);
        outbox.add(plain("alarm", 3));
        assertThat(sendAll(outbox)).containsExactly("alarm");
    }

    @Test
    void for_other_clouds_the_acknowledgement_of_the_broker_is_enough() throws Exception {
        OutboxLimits broker = new OutboxLimits(1_000_000, Duration.ZERO, true, false, Duration.ofSeconds(60));
        Outbox outbox = open(PLENTY);
        outbox.add(numbered("e", 1));
        acknowledgeAll(outbox);
        assertThat(confirmed).isEmpty();

        outbox.configure(broker);
        assertThat(confirmed).hasSize(1);
        outbox.add(numbered("e", 2));
        acknowledgeAll(outbox);
        assertThat(confirmed).hasSize(2);
    }

    // --- restart -----------------------------------------------------------------------------------------------------

    @Test
    void after_a_restart_everything_that_was_not_confirmed_is_there_under_the_same_id() throws Exception {
        Outbox first = open(PLENTY);
        String kept = first.add(
                new Message(true, "somebody", "APP", "REPLY/1", new byte[] {1, 2}, 1, true, 1, null, "publisher-1"));
        String numbered = first.add(numbered("e", 7));
        first.add(plain("gone", 5));
        Entry gone = first.next(ALL);
        for (Entry next = first.next(ALL); next != null; next = first.next(ALL)) {
            gone = next.message().appTopic().equals("gone") ? next : gone;
        }
        first.acknowledged(gone.key());
        first.close();

        Outbox second = open(PLENTY);
        Entry one = second.next(ALL);
        Entry two = second.next(ALL);

        assertThat(one.id()).isEqualTo(kept).endsWith("@publisher-1");
        assertThat(one.message())
                .usingRecursiveComparison()
                .isEqualTo(new Message(
                        true, "somebody", "APP", "REPLY/1", new byte[] {1, 2}, 1, true, 1, null, "publisher-1"));
        assertThat(two.id()).isEqualTo(numbered);
        assertThat(two.message().number()).isEqualTo(new Sequence("e", 7));
        assertThat(second.next(ALL)).isNull();
        assertThat(second.add(plain("new", 5))).isNotIn(kept, numbered);
    }

    @Test
    void ids_are_never_used_twice_even_when_the_queue_was_empty() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            Outbox outbox = open(PLENTY);
            ids.add(outbox.add(plain("m", 5)));
            acknowledgeAll(outbox);
            outbox.close();
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(confirmed).containsExactlyElementsOf(ids);
    }

    @Test
    void durability_can_be_changed_while_messages_come_and_go() throws Exception {
        Outbox outbox = open(PLENTY);
        Thread publisher = new Thread(() -> IntStream.range(0, 500).forEach(i -> {
            try {
                outbox.add(plain("m" + i, 5));
            } catch (OutboxException e) {
                throw new AssertionError(e);
            }
        }));
        publisher.start();
        outbox.configure(new OutboxLimits(1_000_000_000, Duration.ZERO, false, true, Duration.ofSeconds(60)));
        publisher.join();
        await().until(() -> stores.durability() == Durability.NORMAL);

        await().untilAsserted(() -> assertThat(outbox.counts().queued()).isEqualTo(500));
        List<String> sent = new ArrayList<>();
        await().until(() -> {
            sent.addAll(sendAll(outbox));
            return sent.size() >= 500;
        });
        assertThat(sent).hasSize(500).doesNotHaveDuplicates();
    }

    // --- limits ------------------------------------------------------------------------------------------------------

    @Test
    void a_full_queue_drops_the_oldest_of_the_least_urgent_and_counts_them() throws Exception {
        Outbox outbox = open(room(5));
        outbox.add(plain("alarm", 3));
        for (int i = 0; i < 7; i++) {
            outbox.add(plain("m" + i, 7));
        }
        outbox.add(plain("unimportant", 8));

        assertThat(outbox.counts().dropped()).isEqualTo(4);
        assertThat(outbox.counts().bytes()).isLessThanOrEqualTo(room(5).maxBytes());
        assertThat(sendAll(outbox)).containsExactly("alarm", "m3", "m4", "m5", "m6");
    }

    @Test
    void alarms_push_telemetry_out_and_never_the_other_way_round() throws Exception {
        Outbox outbox = open(room(4));
        for (int i = 0; i < 4; i++) {
            outbox.add(plain("m" + i, 7));
        }
        for (int i = 0; i < 5; i++) {
            outbox.add(plain("alarm" + i, 3));
        }
        outbox.add(plain("late", 7));

        assertThat(outbox.counts().dropped()).isEqualTo(6);
        assertThat(sendAll(outbox)).containsExactly("alarm1", "alarm2", "alarm3", "alarm4");
    }

    @Test
    void results_are_never_dropped_but_refused_when_there_is_nothing_else_to_drop() throws Exception {
        Outbox outbox = open(room(3));
        outbox.add(plain("alarm", 3));
        outbox.add(plain("result1", 2));
        outbox.add(plain("result2", 2));
        outbox.add(plain("result3", 2));
        assertThatThrownBy(() -> outbox.add(plain("result4", 2)))
                .isInstanceOfSatisfying(
                        OutboxException.class, e -> assertThat(e.kind()).isEqualTo(OutboxException.Kind.FULL));
        outbox.add(plain("alarm2", 3));

        assertThat(outbox.counts().dropped()).isEqualTo(2);
        assertThat(sendAll(outbox)).containsExactly("result1", "result2", "result3");
    }

    @Test
    void delivered_messages_take_no_room() throws Exception {
        Outbox outbox = open(room(10));
        for (int i = 0; i < 100; i++) {
            outbox.add(plain("m" + i, 7));
            acknowledgeAll(outbox);
        }
        assertThat(outbox.counts().dropped()).isZero();
        assertThat(confirmed).hasSize(100);
    }

    @Test
    void drops_are_counted_over_restarts() throws Exception {
        Outbox outbox = open(room(2));
        for (int i = 0; i < 5; i++) {
            outbox.add(plain("m" + i, 7));
        }
        outbox.close();
        assertThat(open(room(2)).counts().dropped()).isEqualTo(3);
    }

    @Test
    void age_is_the_time_that_the_gateway_runs_so_no_clock_can_make_messages_old() throws Exception {
        OutboxLimits oneHour = new OutboxLimits(1_000_000, Duration.ofHours(1), true, true, Duration.ofSeconds(60));
        Queue queue = new Queue(stores(), "outbox", oneHour, 1_000_000, nanos::get);
        queue.open();
        queue.add(plain("old", 7));
        queue.add(plain("result", 2));
        pass(Duration.ofMinutes(50));
        queue.add(plain("new", 7));
        queue.close();

        nanos.set(-123_456_789_000_000L);
        queue = new Queue(stores(), "outbox", oneHour, 1_000_000, nanos::get);
        queue.open();
        assertThat(queue.oldestSeconds()).isEqualTo(50 * 60);
        queue.expire();
        assertThat(queue.count()).isEqualTo(3);
        pass(Duration.ofMinutes(11));
        queue.expire();

        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(queue.oldestSeconds()).isEqualTo(61 * 60);
        assertThat(queue.sending().next(ALL).message().appTopic()).isEqualTo("result");
        assertThat(queue.sending().next(ALL).message().appTopic()).isEqualTo("new");
        queue.close();
    }

    // --- bad disks ---------------------------------------------------------------------------------------------------

    @Test
    void on_a_full_disk_messages_stay_in_memory_and_go_to_the_disk_when_there_is_room() throws Exception {
        Outbox outbox = open(PLENTY);
        outbox.add(plain("before", 5));
        stores.limitPages(1);
        int accepted = 1;
        while (outbox.counts().alarm().isEmpty()) {
            outbox.add(plain("m" + accepted++, 5));
        }
        assertThat(outbox.counts().alarm()).contains("the disk is full", "in memory alone");
        assertThat(outbox.counts().queued()).isEqualTo(accepted);
        Entry first = outbox.next(ALL);
        assertThat(topic(first)).isEqualTo("before");

        stores.limitPages(1_000_000);

        int all = accepted;
        await().atMost(Duration.ofSeconds(10))
                .until(() -> outbox.counts().alarm().isEmpty() && stores.rows() == all);
        assertThat(sendAll(outbox)).hasSize(all - 1).doesNotHaveDuplicates();
    }

    @Test
    void without_a_disk_messages_are_sent_from_memory_within_limits() throws Exception {
        Path inTheWay = Files.createFile(directory.resolve("file"));
        long size = plain("m", 7).size();
        Outbox outbox = new Outbox(
                new CapturingStores(inTheWay.resolve("data")), "outbox", PLENTY, 3 * size, confirmed::add, nanos::get);
        opened.add(outbox);
        for (int i = 0; i < 5; i++) {
            outbox.add(plain("m" + i, 7));
        }
        String alarm = outbox.add(plain("alarm", 3));

        assertThat(outbox.counts().alarm()).contains("the disk can't be written");
        assertThat(outbox.counts().dropped()).isEqualTo(3);
        Entry first = outbox.next(ALL);
        assertThat(first.id()).isEqualTo(alarm);
        outbox.acknowledged(first.key());
        assertThat(confirmed).containsExactly(alarm);

        Files.delete(inTheWay);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> outbox.counts().alarm().isEmpty());
        assertThat(outbox.counts().queued()).isEqualTo(2);
        assertThat(sendAll(outbox)).containsExactly("m3", "m4");
    }

    @Test
    void a_file_that_is_damaged_at_the_start_is_set_aside_and_said_so() throws Exception {
        Files.writeString(directory.resolve("outbox.sqlite"), "not a database at all ".repeat(500));
        Outbox outbox = open(PLENTY);
        outbox.add(plain("m", 5));

        assertThat(outbox.counts().alarm()).contains("was damaged; it is kept as", ".corrupt-");
        assertThat(sendAll(outbox)).containsExactly("m");
    }

    @Test
    void a_file_whose_inside_is_damaged_is_set_aside_and_the_queue_goes_on() throws Exception {
        Outbox first = open(PLENTY);
        for (int i = 0; i < 1_000; i++) {
            first.add(plain("m" + i, 5));
        }
        first.close();
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("outbox.sqlite").toFile(), "rw")) {
            for (long page = 2; page < file.length() / 4096; page++) {
                file.seek(page * 4096);
                file.write("rubbish ".repeat(512).getBytes(StandardCharsets.US_ASCII));
            }
        }
        Outbox second = open(PLENTY);
        String id = second.add(plain("after", 5));

        await().untilAsserted(() -> assertThat(second.counts().alarm()).contains("was damaged; it is kept as"));
        Entry entry = await().until(() -> second.next(ALL), Objects::nonNull);
        assertThat(entry.id()).isEqualTo(id);
        second.acknowledged(entry.key());
        await().untilAsserted(() -> assertThat(second.counts().queued()).isZero());
        second.close();
        assertThat(open(PLENTY).add(plain("later", 5))).isNotEqualTo(id);
    }

    @Test
    void what_is_in_flight_when_the_file_is_replaced_is_written_again() throws Exception {
        Sending sending = new Sending(new NoSource());
        assertThat(sending.restart()).isEmpty();
        Overflow overflow = new Overflow(1_000_000);
        Sending sends = new Sending(new QueueReader(new CurrentFile(stores(), "x"), overflow, new Confirmed()));
        for (int i = 1; i <= 3; i++) {
            overflow.add(Keys.key(5, i), plain("m" + i, 5));
            sends.added(Keys.key(5, i));
        }
        Stored sent = sends.next(ALL);

        assertThat(sends.restart())
                .extracting(Stored::key)
                .containsExactly(Keys.key(5, 1), Keys.key(5, 2), Keys.key(5, 3));
        assertThat(sends.next(ALL).key()).isEqualTo(Keys.key(5, 2));
        sends.returnAll();
        assertThat(sends.next(ALL)).isEqualTo(sent);
    }

    private static final class NoSource implements Sending.Source {
        @Override
        public List<Stored> page(long after, long before) {
            return List.of();
        }

        @Override
        public @Nullable Stored one(long key) {
            return null;
        }

        @Override
        public boolean isGone(long key) {
            return false;
        }
    }

    @Test
    void a_closed_outbox_accepts_nothing() throws Exception {
        Outbox outbox = open(PLENTY);
        outbox.close();
        assertThatThrownBy(() -> outbox.add(plain("m", 5)))
                .isInstanceOfSatisfying(
                        OutboxException.class, e -> assertThat(e.kind()).isEqualTo(OutboxException.Kind.CLOSED));
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("scs-outbox"));
    }

    @Test
    void an_emptied_queue_gives_its_room_back() throws Exception {
        Queue queue = new Queue(stores(), "outbox", PLENTY, 1_000_000, nanos::get);
        queue.open();
        for (int i = 0; i < 40; i++) {
            queue.add(new Message(false, null, "SCS-V1", "m" + i, new byte[1_000_000], 1, false, 7, null, ""));
        }
        Path file = directory.resolve("outbox.sqlite");
        for (Stored next = queue.sending().next(ALL);
                next != null;
                next = queue.sending().next(ALL)) {
            queue.confirmed(queue.sending().acknowledged(next.key(), true, 0));
        }
        queue.deleteConfirmed();
        assertThat(Files.size(file)).isGreaterThan(30_000_000);

        queue.compactIfWorthIt();

        assertThat(Files.size(file)).isLessThan(1_000_000);
        queue.close();
    }

    // --- tools -------------------------------------------------------------------------------------------------------

    private Outbox open(OutboxLimits limits) throws Exception {
        Outbox outbox = new Outbox(stores(), "outbox", limits, 10_000_000, confirmed::add, nanos::get);
        opened.add(outbox);
        assertThat(outbox.awaitOpen(20, TimeUnit.SECONDS)).isTrue();
        return outbox;
    }

    private CapturingStores stores() {
        CapturingStores fresh = new CapturingStores(directory);
        stores = fresh;
        return fresh;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Room for so many messages of the kind that {@link #plain} makes. */
    private static OutboxLimits room(int messages) {
        return new OutboxLimits(messages * plain("m", 7).size(), Duration.ZERO, true, true, Duration.ofSeconds(60));
    }

    private static Message plain(String name, int priority) {
        return new Message(false, null, "SCS-V1", name, new byte[100], 1, false, priority, null, "");
    }

    private static Message numbered(String epoch, long seq) {
        return new Message(false, null, "SCS-V1", "n" + seq, new byte[100], 1, false, 5, new Sequence(epoch, seq), "");
    }

    private static @Nullable String topic(@Nullable Entry entry) {
        return entry == null ? null : entry.message().appTopic();
    }

    private static List<String> sendAll(Outbox outbox) {
        List<String> topics = new ArrayList<>();
        for (Entry entry = outbox.next(ALL); entry != null; entry = outbox.next(ALL)) {
            topics.add(entry.message().appTopic());
        }
        return topics;
    }

    private static void acknowledgeAll(Outbox outbox) {
        for (Entry entry = outbox.next(ALL); entry != null; entry = outbox.next(ALL)) {
            outbox.acknowledged(entry.key());
        }
    }
}
