package solutions.itms.scs.server.command;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import solutions.itms.scs.server.db.Database;

/** How many commands are in which state, and how far behind the server is. Thread-safe. */
public final class CommandCounts {
    private static final long GOOD_FOR_NANOS = 500_000_000;

    private final Database database;
    private final Clock clock;
    private Map<String, Long> last = Map.of();
    private long readAt;

    public CommandCounts(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The counters by name. All are read together, at most twice a second. */
    public Map<String, LongSupplier> counters() {
        Map<String, LongSupplier> counters = new LinkedHashMap<>();
        for (CommandState state : CommandState.values()) {
            String name = name(state);
            counters.put(name, () -> value(name));
        }
        for (String name : new String[] {"commandsOutgoing", "commandOldestMillis", "commandSweepLagMillis"}) {
            counters.put(name, () -> value(name));
        }
        return counters;
    }

    private static String name(CommandState state) {
        StringBuilder name = new StringBuilder("commands");
        for (String word : state.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    private synchronized long value(String name) {
        if (last.isEmpty() || System.nanoTime() - readAt > GOOD_FOR_NANOS) {
            last = database.reading().withHandle(this::read);
            readAt = System.nanoTime();
        }
        return last.getOrDefault(name, 0L);
    }

    private Map<String, Long> read(Handle handle) {
        Map<String, Long> values = new LinkedHashMap<>();
        handle.createQuery("select state, count(*) as many from command group by state")
                .map((row, unused) ->
                        values.put(name(CommandState.valueOf(row.getString("state"))), row.getLong("many")))
                .list();
        values.put("commandsOutgoing", number(handle, "select count(*) from command_outgoing"));
        values.put(
                "commandOldestMillis",
                since(handle, "select min(created_at_ms) from command where deadline_ms is not null"));
        values.put("commandSweepLagMillis", since(handle, "select min(deadline_ms) from command"));
        return values;
    }

    private long since(Handle handle, String sql) {
        long at = number(handle, sql);
        return at == 0 ? 0 : Math.max(0, clock.millis() - at);
    }

    private static long number(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Long.class).findOne().orElse(0L);
    }
}
