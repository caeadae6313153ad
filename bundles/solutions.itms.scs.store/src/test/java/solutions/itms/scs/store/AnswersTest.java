package solutions.itms.scs.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
    private static final Schema SCHEMA = Schema.of("CREATE TABLE thing (id INTEGER PRIMARY KEY)");

    @TempDir
    Path directory;

    @Test
    void theNextGroupIsCommittedWhileOneIsAnswered() throws Exception {
        CountDownLatch answering = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        AtomicBoolean meanwhile = new AtomicBoolean();
        try (Database database = open()) {
            database.answering(group -> {
                if (answering.getCount() > 0) {
                    answering.countDown();
                    meanwhile.set(await(written));
                }
                group.run();
            });
            CompletableFuture<?> first = insert(database, 1);
            assertThat(await(answering)).isTrue();
            database.together(() -> database.write(statements -> {
                written.countDown();
                return true;
            }));
            first.get(10, TimeUnit.SECONDS);
        }
        assertThat(meanwhile).isTrue();
    }

    @Test
    void answersComeInTheOrderOfTheCommitsWhoeverCommits() throws Exception {
        List<Integer> committed = new ArrayList<>();
        List<Integer> answered = Collections.synchronizedList(new ArrayList<>());
        try (Database database = open()) {
            database.answering(Runnable::run);
            // nothing is committed before everybody waits for what he has offered
            CountDownLatch offered = new CountDownLatch(4);
            database.write(statements -> await(offered));
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int first = t * 500;
                Thread thread = new Thread(() -> database.together(() -> {
                    for (int i = first; i < first + 500; i++) {
                        int id = i;
                        database.write(statements -> committed.add(id)).thenRun(() -> answered.add(id));
                    }
                    offered.countDown();
                }));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(committed).hasSize(2_000);
        assertThat(answered).isEqualTo(committed);
    }

    @Test
    void aTransactionThatFailsIsToldOfInItsTurnToo() throws Exception {
        List<String> answered = new ArrayList<>();
        try (Database database = open()) {
            database.answering(Runnable::run);
            insert(database, 1).thenRun(() -> answered.add("first"));
            insert(database, 1).whenComplete((done, failure) -> answered.add(failure == null ? "twice" : "refused"));
            insert(database, 2).thenRun(() -> answered.add("second"));
        }
        assertThat(answered).containsExactly("first", "refused", "second");
    }

    @Test
    void aGathererThatFailsStopsNeitherTheWriterNorWhoWaits() throws Exception {
        try (Database database = open()) {
            database.answering(group -> {
                throw new IllegalStateException("to be logged");
            });
            insert(database, 1).get(10, TimeUnit.SECONDS);
            insert(database, 2).get(10, TimeUnit.SECONDS);
        }
    }

    private Database open() throws StoreException {
        return new FileStores(directory, java.time.Clock.systemUTC()).open("things", SCHEMA, Durability.NORMAL);
    }

    private static CompletableFuture<Integer> insert(Database database, int id) {
        return database.write(statements -> {
            var insert = statements.get("INSERT INTO thing (id) VALUES (?)");
            insert.setInt(1, id);
            return insert.executeUpdate();
        });
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
