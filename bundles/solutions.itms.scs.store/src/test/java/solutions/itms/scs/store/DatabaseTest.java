package solutions.itms.scs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final Schema SCHEMA = Schema.of("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");

    @TempDir
    Path directory;

    @Test
    void whatWasCommittedIsThereAfterTheFileIsOpenedAgain() throws Exception {
        try (Database database = open()) {
            insert(database, 1, "a").get(10, TimeUnit.SECONDS);
        }
        try (Database database = open()) {
            assertThat(names(database)).containsExactly("a");
        }
    }

    @Test
    void aTransactionThatFailsDoesNotTakeItsGroupWithIt() throws Exception {
        try (Database database = open()) {
            CountDownLatch hold = new CountDownLatch(1);
            CompletableFuture<Object> blocker = database.write(statements -> await(hold));
            CompletableFuture<?> before = insert(database, 1, "a");
            CompletableFuture<?> same = insert(database, 1, "again");
            CompletableFuture<?> after = insert(database, 2, "b");
            hold.countDown();
            blocker.get(10, TimeUnit.SECONDS);
            before.get(10, TimeUnit.SECONDS);
            after.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(same::join).hasCauseInstanceOf(StoreException.class);
            assertThat(names(database)).containsExactly("a", "b");
        }
    }

    @Test
    void theFuturesOfOneGroupAreCompletedTogetherThroughTheHook() throws Exception {
        List<Integer> groups = new CopyOnWriteArrayList<>();
        try (Database database = open()) {
            AtomicInteger completed = new AtomicInteger();
            database.answering(group -> {
                int before = completed.get();
                group.run();
                groups.add(completed.get() - before);
            });
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch hold = new CountDownLatch(1);
            database.write(statements -> {
                running.countDown();
                return await(hold);
            });
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<?> last = CompletableFuture.completedFuture(null);
            for (int i = 0; i < 5; i++) {
                last = insert(database, i, "a" + i).thenRun(completed::incrementAndGet);
            }
            hold.countDown();
            // closing wakes the writer, and would wake the transaction that waits, too
            last.get(10, TimeUnit.SECONDS);
        }
        assertThat(groups).containsExactly(0, 5);
    }

    @Test
    void whatAThreadOffersTogetherItCommitsItself() throws Exception {
        try (Database database = open()) {
            List<Thread> committers = new CopyOnWriteArrayList<>();
            List<CompletableFuture<?>> offered = new ArrayList<>();
            database.together(() -> {
                for (int i = 1; i <= 3; i++) {
                    int id = i;
                    offered.add(database.write(statements -> {
                        committers.add(Thread.currentThread());
                        return insert(statements, id, "a" + id);
                    }));
                }
                assertThat(offered).noneMatch(CompletableFuture::isDone);
            });
            assertThat(offered).allMatch(CompletableFuture::isDone);
            assertThat(committers).hasSize(3).containsOnly(Thread.currentThread());
            assertThat(names(database)).containsExactly("a1", "a2", "a3");
        }
    }

    @Test
    void whatIsOfferedTogetherIsTakenAlongByAThreadThatWaitsAlready() throws Exception {
        try (Database database = open()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch hold = new CountDownLatch(1);
            database.write(statements -> {
                begun.countDown();
                return await(hold);
            });
            // else the next thread takes it along, and holds up itself
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            Thread waiting = new Thread(() -> database.together(() -> insert(database, 1, "a")));
            waiting.start();
            for (long end = System.nanoTime() + 10_000_000_000L; waiting.getState() != Thread.State.WAITING; ) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.onSpinWait();
            }
            List<CompletableFuture<?>> offered = new ArrayList<>();
            database.together(() -> offered.add(insert(database, 2, "b")));
            assertThat(offered).noneMatch(CompletableFuture::isDone);
            hold.countDown();
            offered.get(0).get(10, TimeUnit.SECONDS);
            waiting.join();
            assertThat(names(database)).containsExactly("a", "b");
        }
    }

    @Test
    void aCallAmongWhatIsOfferedTogetherIsCommittedAtOnce() throws Exception {
        try (Database database = open()) {
            CountDownLatch hold = new CountDownLatch(1);
            CompletableFuture<Object> blocker = database.write(statements -> await(hold));
            AtomicBoolean called = new AtomicBoolean();
            Thread caller = new Thread(() -> database.together(() -> {
                insert(database, 1, "a");
                try {
                    called.set(database.call(statements -> insert(statements, 2, "b")) != null);
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }));
            caller.start();
            hold.countDown();
            blocker.get(10, TimeUnit.SECONDS);
            caller.join(10_000);
            assertThat(called).isTrue();
            assertThat(names(database)).containsExactly("a", "b");
        }
    }

    @Test
    void whatIsRememberedOfRowsIsVoidAfterARollback() throws Exception {
        try (Database database = open()) {
            Object before = database.write(Statements::unbroken).get(10, TimeUnit.SECONDS);
            assertThat(database.write(Statements::unbroken).get(10, TimeUnit.SECONDS))
                    .isSameAs(before);
            assertThatThrownBy(() -> database.write(statements -> {
                                throw new SQLException("it fails");
                            })
                            .get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("it fails");
            assertThat(database.write(Statements::unbroken).get(10, TimeUnit.SECONDS))
                    .isNotSameAs(before);
        }
    }

    @Test
    void aFullDatabaseGoesOnWhenThereIsRoomAgainAndCommitsNoHalves() throws Exception {
        try (Database database = open()) {
            limitPages(database, 1);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            insert(database, i, "n".repeat(1_000)).get(10, TimeUnit.SECONDS);
                        }
                    })
                    .hasCauseInstanceOf(StoreException.class)
                    .cause()
                    .extracting(e -> ((StoreException) e).kind())
                    .isEqualTo(StoreException.Kind.DISK_FULL);
            int before = names(database).size();
            CompletableFuture<?> half = database.write(statements -> {
                statements.get("DELETE FROM item").executeUpdate();
                throw new SQLException("and then it fails");
            });
            assertThatThrownBy(half::join).hasMessageContaining("and then it fails");
            assertThat(names(database)).hasSize(before);
            limitPages(database, 1_000_000);
            insert(database, 5_000, "after").get(10, TimeUnit.SECONDS);
            assertThat(names(database)).hasSize(before + 1);
        }
    }

    private static void limitPages(Database database, int pages) throws Exception {
        database.write(statements -> {
                    try (ResultSet rows =
                            statements.get("PRAGMA max_page_count = " + pages).executeQuery()) {
                        return rows.next();
                    }
                })
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void closingCommitsWhatWaitsAndRefusesWhatComesLater() throws Exception {
        Database database = open();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(insert(database, i, "n" + i));
        }
        database.close();
        assertThat(all).allMatch(f -> f.isDone() && !f.isCompletedExceptionally());
        assertThatThrownBy(() -> insert(database, 1000, "late").get(1, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("closed");
        try (Database again = open()) {
            assertThat(names(again)).hasSize(500);
        }
    }

    @Test
    void manyCallersWaitForTheirOwnCommitsAndEachGetsItsOwnResult() throws Exception {
        try (Database database = open()) {
            List<Thread> callers = new ArrayList<>();
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int caller = 0; caller < 8; caller++) {
                int first = caller * 100;
                callers.add(new Thread(() -> {
                    try {
                        for (int i = first; i < first + 100; i++) {
                            int id = i;
                            database.write(statements -> null);
                            Integer inserted = database.call(statements -> insert(statements, id, "n" + id));
                            assertThat(inserted).isEqualTo(id);
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                }));
            }
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(failures).isEmpty();
            assertThat(names(database)).hasSize(800);
        }
    }

    @Test
    void aCallComesAfterTheWritesOfTheSameThreadAndFailsAlone() throws Exception {
        try (Database database = open()) {
            for (int i = 0; i < 3_000; i++) {
                int id = i;
                database.write(statements -> insert(statements, id, "n"));
            }
            assertThat((int) database.<Integer>call(DatabaseTest::count)).isEqualTo(3_000);
            assertThatThrownBy(() -> database.call(statements -> insert(statements, 1, "again")))
                    .isInstanceOf(StoreException.class);
            Integer after = database.call(statements -> insert(statements, 3_001, "b"));
            assertThat(after).isEqualTo(3_001);
        }
    }

    @Test
    void aCompactedFileGivesItsRoomBack() throws Exception {
        try (Database database = open()) {
            for (int i = 0; i < 2_000; i++) {
                insert(database, i, "n".repeat(2_000));
            }
            assertThat((int) database.<Integer>call(DatabaseTest::count)).isEqualTo(2_000);
            database.call(statements ->
                    statements.get("DELETE FROM item WHERE id > 0").executeUpdate());
            assertThat(names(database)).hasSize(1);
            assertThat(database.sizeOnDisk()).isGreaterThan(4_000_000);

            database.compact();

            assertThat(database.sizeOnDisk()).isLessThan(100_000);
            database.call(statements -> insert(statements, 7, "after"));
            assertThat(names(database)).hasSize(2);
        }
    }

    private static Integer count(Statements statements) throws SQLException {
        try (ResultSet rows = statements.get("SELECT count(*) FROM item").executeQuery()) {
            return rows.getInt(1);
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsKeptAsideAndANewOneIsBegun() throws Exception {
        Files.writeString(
                directory.resolve("test.sqlite"), "this is not a database, but it is somebody's text".repeat(40));
        try (Database database = open()) {
            assertThat(database.setAside()).hasSize(1);
            assertThat(database.setAside().get(0).getFileName().toString())
                    .isEqualTo("test.sqlite.corrupt-20251121T100000.000Z");
            assertThat(Files.readString(database.setAside().get(0))).startsWith("this is not a database");
            insert(database, 1, "a").get(10, TimeUnit.SECONDS);
            assertThat(names(database)).containsExactly("a");
        }
    }

    @Test
    void aFileDamagedWhileInUseIsReplacedAndItsOwnerIsTold() throws Exception {
        try (Database database = open()) {
            for (int i = 0; i < 2000; i++) {
                insert(database, i, "n".repeat(200));
            }
            insert(database, 5000, "last").get(10, TimeUnit.SECONDS);
        }
        damage(directory.resolve("test.sqlite"));
        AtomicBoolean told = new AtomicBoolean();
        try (Database database = open()) {
            database.onReset(() -> told.set(true));
            CompletableFuture<Integer> count = database.write(statements -> {
                try (ResultSet rows = statements
                        .get("SELECT count(name), sum(length(name)) FROM item")
                        .executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            });
            assertThat(count.get(10, TimeUnit.SECONDS)).isZero();
            assertThat(told).isTrue();
            assertThat(database.setAside()).hasSize(1).allMatch(Files::exists);
        }
    }

    @Test
    void aFileFromANewerVersionIsLeftAlone() throws Exception {
        Schema newer = new Schema(List.of(
                List.of("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"),
                List.of("ALTER TABLE item ADD COLUMN more TEXT")));
        stores().open("test", newer, Durability.FULL).close();
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema version 2")
                .extracting(e -> ((StoreException) e).kind())
                .isEqualTo(StoreException.Kind.TOO_NEW);
    }

    @Test
    void anOlderFileIsBroughtToTheNewestSchemaWithItsRows() throws Exception {
        try (Database database = open()) {
            insert(database, 1, "a").get(10, TimeUnit.SECONDS);
        }
        Schema newer = new Schema(
                List.of(SCHEMA.steps().get(0), List.of("ALTER TABLE item ADD COLUMN more TEXT DEFAULT 'new'")));
        try (Database database = stores().open("test", newer, Durability.FULL)) {
            String more = database.read(statements -> {
                try (ResultSet rows =
                        statements.get("SELECT name || more FROM item").executeQuery()) {
                    return rows.next() ? rows.getString(1) : "";
                }
            });
            assertThat(more).isEqualTo("anew");
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsAClearError() throws Exception {
        Path inTheWay = Files.createFile(directory.resolve("file"));
        FileStores stores = new FileStores(inTheWay.resolve("data"), Clock.systemUTC());
        assertThatThrownBy(() -> stores.open("test", SCHEMA, Durability.FULL))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("can't write")
                .hasMessageContaining("test.sqlite");
    }

    @Test
    void theLibraryLeavesNoDriverAndNoUnpackedFileBehind() throws Exception {
        try (Database database = open()) {
            insert(database, 1, "a").get(10, TimeUnit.SECONDS);
            assertThat(DriverManager.drivers())
                    .noneMatch(d -> d.getClass().getName().startsWith("org.sqlite"));
            try (var files = Files.list(directory)) {
                assertThat(files.map(f -> f.getFileName().toString())).allMatch(name -> name.startsWith("test.sqlite"));
            }
        }
    }

    @Test
    void theFileIsReadableByItsOwnerAlone() throws Exception {
        try (Database database = open()) {
            insert(database, 1, "a").get(10, TimeUnit.SECONDS);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("test.sqlite"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("test.sqlite-wal"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aReaderCannotWrite() throws Exception {
        try (Database database = open()) {
            assertThatThrownBy(() -> database.read(
                            statements -> statements.get("DELETE FROM item").executeUpdate()))
                    .isInstanceOf(StoreException.class);
        }
    }

    private static Object await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static void damage(Path file) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] rubbish = new byte[4096];
            java.util.Arrays.fill(rubbish, (byte) 0x5A);
            for (long page = 1; page < raw.length() / 4096; page++) {
                raw.seek(page * 4096);
                raw.write(rubbish);
            }
        }
    }

    private FileStores stores() {
        return new FileStores(directory, Clock.fixed(Instant.parse("2025-11-21T10:00:00Z"), ZoneOffset.UTC));
    }

    private Database open() throws StoreException {
        return stores().open("test", SCHEMA, Durability.FULL);
    }

    private static CompletableFuture<Integer> insert(Database database, int id, String name) {
        return database.write(statements -> insert(statements, id, name));
    }

    private static int insert(Statements statements, int id, String name) throws SQLException {
        var insert = statements.get("INSERT INTO item (id, name) VALUES (?, ?)");
        insert.setInt(1, id);
        insert.setString(2, name);
        insert.executeUpdate();
        return id;
    }

    private static List<String> names(Database database) throws StoreException {
        return database.read(statements -> {
            List<String> names = new ArrayList<>();
            try (ResultSet rows =
                    statements.get("SELECT name FROM item ORDER BY id").executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return names;
        });
    }
}
