package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupingExecutorTest {
    private final QueuedThreadPool threads = new QueuedThreadPool(4);
    private final GroupingExecutor executor = new GroupingExecutor(threads);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        threads.start();
    }

    @AfterEach
    void stop() throws Exception {
        threads.stop();
    }

    @Test
    void whatIsCollectedIsDoneInOrderByOneThreadThatIsNotTheCollectors() {
        collect(() -> IntStream.range(0, 10).forEach(i -> executor.execute(() -> note(i))));
        await().until(() -> done.size() == 10);
        String thread = done.get(0).split(" ")[1];
        assertThat(thread).isNotEqualTo(Thread.currentThread().getName());
        assertThat(done)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> i + " " + thread).toList());
    }

    @Test
    void whatTheJobsLeaveToBeDoneIsDoneByTheSameThreadAfterThem() {
        collect(() -> IntStream.range(0, 3)
                .forEach(i -> executor.execute(() -> {
                    note(i);
                    executor.execute(() -> note(100 + i));
                })));
        await().until(() -> done.size() == 6);
        assertThat(done.stream().map(line -> line.split(" ")[0])).containsExactly("0", "1", "2", "100", "101", "102");
        assertThat(done.stream().map(line -> line.split(" ")[1]).distinct()).hasSize(1);
    }

    @Test
    void aThreadGoesOnWithWhatItHasCommittedItself() {
        AtomicInteger rounds = new AtomicInteger();
        Consumer<Runnable> together = new Consumer<>() {
            @Override
            public void accept(Runnable reading) {
                reading.run();
                if (rounds.incrementAndGet() < 3) {
                    GroupingExecutor.collect(() -> answers(rounds.get()), this);
                }
            }
        };
        GroupingExecutor.collect(() -> answers(0), together);
        await().until(() -> done.size() == 6);
        assertThat(done.stream().map(line -> line.split(" ")[0])).containsExactly("0", "0", "1", "1", "2", "2");
        assertThat(done.stream().map(line -> line.split(" ")[1]).distinct()).hasSize(1);
    }

    private void answers(int round) {
        executor.execute(() -> note(round));
        executor.execute(() -> note(round));
    }

    @Test
    void oneJobThatFailsTakesNoOtherWithIt() {
        collect(() -> {
            executor.execute(() -> note(1));
            executor.execute(() -> {
                throw new IllegalStateException("expected by a test");
            });
            executor.execute(() -> note(2));
        });
        await().until(() -> done.size() == 2);
    }

    @Test
    void aLargeGroupIsSpreadAndNothingOfItIsLost() {
        collect(() -> IntStream.range(0, 1_000).forEach(i -> executor.execute(() -> note(i))));
        await().until(() -> done.size() == 1_000);
    }

    @Test
    void aSingleAnswerIsNotWorthAnotherThread() {
        collect(() -> executor.execute(() -> note(1)));
        assertThat(done).containsExactly("1 " + Thread.currentThread().getName());
    }

    @Test
    void jobsOfAServerThatHasStoppedAreStillDone() throws Exception {
        threads.stop();
        List<String> here = new ArrayList<>();
        collect(() -> {
            executor.execute(() -> here.add("1"));
            executor.execute(() -> here.add("2"));
        });
        assertThat(here).containsExactly("1", "2");
    }

    private void note(int number) {
        done.add(number + " " + Thread.currentThread().getName());
    }

    private static void collect(Runnable source) {
        GroupingExecutor.collect(source, Runnable::run);
    }
}
