package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InMemoryOutboxTest {
    private static final long PLENTY = 1_000_000;

    private final InMemoryOutbox outbox = new InMemoryOutbox("a1", 5, PLENTY);

    @Test
    void the_most_urgent_goes_first_and_the_oldest_among_equals() {
        add("slow-1", 7);
        add("slow-2", 7);
        add("alarm", 3);

        assertThat(sendAll()).containsExactly("alarm", "slow-1", "slow-2");
    }

    @Test
    void what_was_in_flight_goes_again_in_its_old_place() {
        add("1", 5);
        add("2", 5);
        add("3", 5);
        outbox.next();
        String second = Objects.requireNonNull(outbox.next()).id();
        outbox.confirm(second);

        outbox.returnAll();

        assertThat(outbox.counts()).isEqualTo(new Outbox.Counts(2, 0, 0));
        assertThat(sendAll()).containsExactly("1", "3");
    }

    @Test
    void a_confirmation_that_comes_after_the_connection_was_lost_still_counts() {
        String id = add("1", 5);
        outbox.next();
        outbox.returnAll();

        outbox.confirm(id);
        outbox.confirm(id);
        outbox.confirm("b2-1");

        assertThat(outbox.next()).isNull();
        assertThat(outbox.counts()).isEqualTo(new Outbox.Counts(0, 0, 0));
    }

    @Test
    void a_full_outbox_drops_the_oldest_of_the_least_urgent_but_nothing_in_flight() {
        add("sent", 9);
        outbox.next();
        add("old", 7);
        add("new", 7);
        add("urgent-1", 1);
        add("urgent-2", 1);
        add("urgent-3", 1);
        add("unimportant", 8);

        assertThat(outbox.counts()).isEqualTo(new Outbox.Counts(4, 1, 2));
        assertThat(sendAll()).containsExactly("urgent-1", "urgent-2", "urgent-3", "new");
    }

    @Test
    void a_smaller_limit_takes_effect_at_once() {
        add("1", 5);
        add("2", 5);
        add("3", 5);

        outbox.limit(1);

        assertThat(sendAll()).containsExactly("3");
        assertThat(outbox.counts().dropped()).isEqualTo(2);
    }

    @Test
    void bytes_are_limited_as_well() {
        InMemoryOutbox small = new InMemoryOutbox("a1", 100, 2 * message("", 5).size() + 10);
        small.add(message("1", 5));
        small.add(message("2", 5));
        small.confirm(Objects.requireNonNull(small.next()).id());
        small.add(message("3", 5));
        small.add(message("4", 5));

        assertThat(small.counts()).isEqualTo(new Outbox.Counts(2, 0, 1));
    }

    @Test
    void ids_are_not_those_of_another_outbox() {
        assertThat(add("1", 5)).isNotEqualTo(new InMemoryOutbox("b2", 5, PLENTY).add(message("1", 5)));
    }

    private String add(String name, int priority) {
        return outbox.add(message(name, priority));
    }

    private static Message message(String name, int priority) {
        return new Message(false, "SCS-V1", name, new byte[0], 1, false, priority);
    }

    private List<String> sendAll() {
        List<String> names = new ArrayList<>();
        for (Outbox.Entry entry = outbox.next(); entry != null; entry = outbox.next()) {
            names.add(entry.message().appTopic());
        }
        return names;
    }
}
