package solutions.itms.scs.server.command;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.http.Routes;

/** All parts of commands, put together. Thread-safe. */
public final class CommandCenter implements AutoCloseable {
    private final Commands commands;
    private final CommandReports reports;
    private final CommandReplies replies;
    private final CommandSweep sweep;
    private final Rollout rollout;
    private final CommandViews views;
    private final Dispatcher dispatcher;
    private final Polls polls;
    private final Map<String, Instant> polled = new ConcurrentHashMap<>();
    private final Clock clock;
    private final List<Routes> routes;
    private final Consumer<Changes> told;
    private final OutgoingMessages messages;
    private final BiConsumer<String, byte[]> whisper;

    /**
     * Where the parts work.
     *
     * @param connected whether a gateway is connected now
     * @param publisher sends to the broker
     * @param whisper sends to the broker at most once
     * @param changed told after each commit
     */
    public record Surroundings(
            Database database,
            ServerKeys keys,
            Predicate<String> connected,
            Dispatcher.Publisher publisher,
            BiConsumer<String, byte[]> whisper,
            Consumer<Changes> changed,
            Clock clock) {}

    public CommandCenter(Surroundings around, CommandRegistry registry) {
        this(around, registry, LifeCycle.Limits.DEFAULT);
    }

    CommandCenter(Surroundings around, CommandRegistry registry, LifeCycle.Limits limits) {
        Database database = around.database();
        CommandTable table = new CommandTable(new LifeCycle(limits));
        this.clock = around.clock();
        // a gateway is there when the broker has it, or when it asks over HTTPS
        Turns turns = new Turns(table, id -> around.connected().test(id) || hasPolled(id));
        Checks checks = new Checks(registry);
        this.messages = new OutgoingMessages(database, around.keys(), around.clock());
        this.whisper = around.whisper();
        Consumer<Changes> changed = this::told;
        this.dispatcher = new Dispatcher(
                database, table, turns, around.connected(), messages, around.publisher(), changed, around.clock());
        this.polls = new Polls(database, turns, dispatcher, messages, clock, polled);
        this.told = around.changed();
        this.commands = new Commands(database, table, turns, checks, changed, around.clock());
        this.reports = new CommandReports(table, turns, new GatewayKeys());
        this.replies = new CommandReplies(database, table, changed, around.clock());
        this.sweep = new CommandSweep(database, table, turns, changed, around.clock());
        this.rollout = new Rollout(database, commands, checks, turns, clock);
        this.views = new CommandViews(database);
        this.routes = List.of(
                new RegistryRoutes(registry),
                new CommandRoutes(commands, views, new Readiness(database, checks, turns)),
                new FleetRoutes(database, new FleetCommands(commands, checks, clock)),
                new OpenApiRoutes(registry));
    }

    /** To be told of every commit that may have changed commands. */
    public void told(Changes changes) {
        if (!changes.outgoing().isEmpty()) {
            dispatcher.wake();
            polls.wake(changes.outgoing());
        }
        changes.confirmed().forEach(this::confirm);
        if (!changes.isEmpty()) {
            told.accept(changes);
        }
    }

    /** A gateway that does not hear it sends the result again. */
    private void confirm(GatewayIdentity gateway, List<String> ids) {
        OutgoingMessages.Message message = messages.confirmation(gateway, ids);
        whisper.accept(message.topic(), message.payload());
    }

    /** Starts to send. */
    public void start() {
        dispatcher.start();
    }

    /** Takes what gateways say. */
    public CommandReports reports() {
        return reports;
    }

    /** Takes what gateways answer. */
    public CommandReplies replies() {
        return replies;
    }

    public CommandSweep sweep() {
        return sweep;
    }

    public CommandViews views() {
        return views;
    }

    public Commands commands() {
        return commands;
    }

    /** Does what is due; to be called every second or so. */
    public void tick() {
        sweep.sweep();
        rollout.step();
    }

    /** The way over HTTPS. */
    public Polls polls() {
        return polls;
    }

    /** Whether a gateway has asked over HTTPS lately. */
    public boolean hasPolled(String gatewayId) {
        return Polls.isRecent(polled.get(gatewayId), clock.instant());
    }

    /** When a gateway asked over HTTPS last; null when it never did. */
    public @Nullable Instant lastPoll(String gatewayId) {
        return polled.get(gatewayId);
    }

    public List<Routes> routes() {
        return routes;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
