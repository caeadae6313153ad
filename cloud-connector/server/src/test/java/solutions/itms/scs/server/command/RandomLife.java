package solutions.itms.scs.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.server.ManualClock;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;
import solutions.itms.scs.server.http.Problem;

/** Plays random events with the server's own parts, a gateway with a journal, and a wire that loses and repeats. */
final class RandomLife {
    private static final Commands.Asker OPERATOR = new Commands.Asker(new Person("olga", "operator"), "r1");
    private static final Commands.Asker APPROVER = new Commands.Asker(new Person("anan", "approver"), "r2");

    private final Database database;
    private final ManualClock clock = new ManualClock();
    private final ServerKeys keys;
    private final List<String> log = new ArrayList<>();

    private GatewayIdentity identity;
    private FakeGateway gateway;
    private CommandCenter center;
    private boolean connected;

    /** What the broker has for the gateway: topics and bodies. */
    private final List<String[]> wire = new ArrayList<>();

    private final List<String> commands = new ArrayList<>();
    private final Map<String, String> ends = new HashMap<>();
    private final Map<String, Integer> reached;
    private int lives;

    /** @param reached counts how often commands ended in each state */
    RandomLife(Database database, Map<String, Integer> reached) throws Exception {
        this.database = database;
        this.reached = reached;
        Path file = Files.createTempDirectory("scs-keys").resolve("keys");
        this.keys = ServerKeys.open(file, clock.instant());
        Files.delete(file);
        Files.delete(file.getParent());
    }

    String log() {
        return String.join("; ", log);
    }

    /** One sequence with a gateway of its own, and its end. */
    void play(Random random, int events) throws Exception {
        identity = new GatewayIdentity("GW-" + ++lives, "scs");
        new GatewayRegistry(database, clock).add(identity);
        SigningKey key = GatewayKeys.enrol(database, identity.id(), keys, clock.instant());
        gateway = new FakeGateway(key);
        wire.clear();
        commands.clear();
        ends.clear();
        log.clear();
        connected = random.nextBoolean();
        startServer();
        create(random);
        for (int i = 0; i < events; i++) {
            event(random);
            checkFinals();
        }
        settle();
        check();
    }

    private void startServer() {
        CommandCenter.Surroundings around = new CommandCenter.Surroundings(
                database,
                keys,
                id -> connected && id.equals(identity.id()),
                this::publish,
                (topic, payload) -> confirm(payload),
                changes -> {},
                clock);
        center = new CommandCenter(around, CommandRegistry.standard());
    }

    private CompletableFuture<?> publish(String topic, byte[] payload) {
        try {
            byte[] body = Payloads.decode(payload).body();
            wire.add(new String[] {topic, body == null ? "" : new String(body, StandardCharsets.UTF_8)});
            return CompletableFuture.completedFuture(null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void confirm(byte[] payload) {
        try {
            Payload decoded = Payloads.decode(payload);
            byte[] body = decoded.body();
            String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
            commands.stream().filter(text::contains).forEach(gateway::confirmed);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void event(Random random) throws Exception {
        int kind = random.nextInt(20);
        log.add(Integer.toString(kind));
        switch (kind) {
            case 0 -> create(random);
            case 1, 2 -> center.dispatcher().dispatch();
            case 3, 4 -> deliver(false);
            case 5 -> deliver(true);
            case 6, 7 -> gateway.begin(clock.instant());
            case 8 -> gateway.progress(random.nextInt(101), clock.instant());
            case 9, 10 -> gateway.end(random.nextInt(4) > 0, clock.instant());
            case 11, 12 -> report(random);
            case 13 -> person(() -> center.commands().cancel(OPERATOR, any(random), null, false));
            case 14 -> person(() -> center.commands().approve(APPROVER, any(random), hash(any(random)), null));
            case 15 -> clock.advance(Duration.ofSeconds(1 + random.nextInt(random.nextInt(20) == 0 ? 4_000 : 60)));
            case 16 -> center.sweep().sweep();
            case 17 -> reconnect(random);
            case 18 -> trouble(random);
            default ->
                person(() -> {
                    if (random.nextInt(3) == 0) {
                        center.commands().cancel(APPROVER, any(random), "enough", true);
                    } else {
                        center.commands().reject(APPROVER, any(random), "no");
                    }
                });
        }
    }

    private void create(Random random) {
        boolean dangerous = random.nextInt(4) == 0;
        String type = dangerous ? "update_rollback" : random.nextBoolean() ? "get_ip_config" : "update_check";
        CommandRequest request = new CommandRequest(
                identity.id(),
                identity.id(),
                type,
                dangerous ? Map.of("reason", "test") : Map.of(),
                Duration.ofSeconds(30 + random.nextInt(600)),
                null,
                null,
                false,
                null,
                null);
        commands.add(center.commands().create(OPERATOR, request, null).id());
    }

    /** The broker hands something to the gateway, once or again, or loses it. */
    private void deliver(boolean again) throws Exception {
        if (!connected || wire.isEmpty()) {
            return;
        }
        String[] message = again ? wire.get(0) : wire.remove(0);
        if (message[0].contains("/EXEC/")) {
            gateway.deliver(message[1], clock.instant());
        } else {
            String id = message[0].substring(message[0].lastIndexOf('/') + 1);
            int answer = gateway.cancel(id);
            answer(id, answer);
        }
    }

    private void answer(String id, int code) {
        Payload payload = Payload.of(clock.instant(), Map.of("response.code", code));
        center.replies()
                .take(
                        "$EDC/scs/" + OutgoingMessages.REQUESTER + "/SCS-CMD-V1/REPLY/" + OutgoingMessages.CANCEL + id,
                        solutions.itms.scs.message.PayloadCodec.encode(payload));
    }

    /** The server takes what the gateway tells; sometimes twice, sometimes it is killed before the commit. */
    private void report(Random random) throws Exception {
        if (!connected) {
            return;
        }
        FakeGateway.Report report = gateway.next();
        if (report == null) {
            return;
        }
        if (random.nextInt(5) == 0) {
            gateway.again(report);
        }
        take(report, random.nextInt(10) == 0);
    }

    private void take(FakeGateway.Report report, boolean killed) throws Exception {
        Changes changes = new Changes();
        try (Transaction transaction = database.begin()) {
            try {
                center.reports()
                        .take(
                                transaction,
                                identity,
                                report.id(),
                                report.kind(),
                                report.body(),
                                clock.instant(),
                                changes);
            } catch (CommandRefusedException e) {
                log.add("refused " + e.code());
            }
            if (killed) {
                log.add("server killed");
                // the broker was not told that it was taken
                gateway.again(report);
            } else {
                transaction.commit();
            }
        }
        if (killed) {
            startServer();
        } else {
            center.told(changes);
        }
    }

    private void reconnect(Random random) throws Exception {
        connected = !connected;
        if (!connected && random.nextBoolean()) {
            wire.clear();
        }
        if (connected) {
            pull();
        }
    }

    private void pull() throws Exception {
        Changes changes = new Changes();
        try (Transaction transaction = database.begin()) {
            center.reports()
                    .pull(
                            transaction,
                            identity.id(),
                            gateway.pull(clock.instant()).encode(),
                            clock.instant(),
                            changes);
            transaction.commit();
        }
        center.told(changes);
        gateway.repeat();
    }

    private void trouble(Random random) throws Exception {
        if (random.nextBoolean()) {
            log.add("gateway killed");
            gateway.kill(clock.instant());
            wire.clear();
            if (connected) {
                pull();
            }
        } else {
            log.add("server restarted");
            startServer();
        }
    }

    private static void person(Runnable wish) {
        try {
            wish.run();
        } catch (Problem e) {
            // refused as things are; the next checks see that nothing changed
        }
    }

    private String any(Random random) {
        return commands.get(random.nextInt(commands.size()));
    }

    private String hash(String id) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select params_sha256 from command where id = ?")
                        .bind(0, id)
                        .mapTo(String.class)
                        .one());
    }

    /** The world calms down: the gateway is there, everything arrives, and time passes. */
    private void settle() throws Exception {
        connected = true;
        pull();
        for (int i = 0; i < 6; i++) {
            center.dispatcher().dispatch();
            while (!wire.isEmpty()) {
                deliver(false);
            }
            gateway.begin(clock.instant());
            gateway.end(true, clock.instant());
            while (gateway.hasReports()) {
                take(gateway.next(), false);
            }
        }
        // longer than any deadline, one after another
        for (int i = 0; i < 12 && !isAllOver(); i++) {
            clock.advance(Duration.ofMinutes(90));
            center.sweep().sweep();
        }
        gateway.repeat();
        while (gateway.hasReports()) {
            take(gateway.next(), false);
        }
    }

    private boolean isAllOver() {
        return number("select count(*) from command where deadline_ms is not null") == 0;
    }

    private long number(String sql) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** A state that was final is still the same. */
    private void checkFinals() {
        states().forEach((id, state) -> {
            String before = ends.get(id);
            if (before != null) {
                assertThat(state).as("command %s had ended", id).isEqualTo(before);
            } else if (CommandState.valueOf(state).isFinal()) {
                ends.put(id, state);
            }
        });
    }

    private Map<String, String> states() {
        Map<String, String> states = new HashMap<>();
        database.reading()
                .useHandle(handle -> handle.createQuery("select id, state from command where gateway_id = ?")
                        .bind(0, identity.id())
                        .map((row, context) -> states.put(row.getString(1), row.getString(2)))
                        .list());
        return states;
    }

    private void check() {
        checkFinals();
        assertThat(isAllOver()).as("all commands have ended").isTrue();
        assertThat(gateway.hasResults()).as("every result was confirmed").isFalse();
        Map<String, String> states = states();
        states.values().forEach(state -> reached.merge(state, 1, Integer::sum));
        for (String id : commands) {
            int effects = gateway.effects.getOrDefault(id, 0);
            assertThat(effects).as("effects of %s", id).isLessThanOrEqualTo(1);
            String state = String.valueOf(states.get(id));
            if (state.equals("SUCCESS")) {
                assertThat(effects).as("effects of the success %s", id).isEqualTo(1);
            }
            if (state.equals("EXPIRED") || state.equals("REJECTED")) {
                assertThat(effects).as("effects of %s, which is %s", id, state).isZero();
            }
            assertThat(audited(id)).as("audit of %s", id).isEqualTo(history(id));
            checkMoves(history(id));
        }
        checkOrder();
    }

    /** Commands of one target were begun in the order in which they became ready. */
    private void checkOrder() {
        List<Long> places = gateway.begun.stream()
                .map(id -> number("select queue_seq from command where id = '" + id + "'"))
                .toList();
        assertThat(places).as("order of %s", gateway.begun).isSorted();
    }

    private static void checkMoves(List<String> moves) {
        for (String move : moves) {
            String[] states = move.split(">", 2);
            if (!states[0].equals("null")) {
                assertThat(CommandState.valueOf(states[0]).next()).contains(CommandState.valueOf(states[1]));
            }
        }
        for (int i = 1; i < moves.size(); i++) {
            assertThat(moves.get(i).split(">", 2)[0]).isEqualTo(moves.get(i - 1).split(">", 2)[1]);
        }
    }

    private List<String> history(String id) {
        return texts(
                "select coalesce(from_state, 'null') || '>' || to_state from command_history where command_id = ?"
                        + " order by version",
                id);
    }

    private List<String> audited(String id) {
        return texts(
                "select coalesce(previous_state, 'null') || '>' || new_state from audit where command_id = ?"
                        + " and new_state is not null and coalesce(previous_state, '') <> new_state order by seq",
                id);
    }

    private List<String> texts(String sql, String id) {
        return database.reading()
                .withHandle(handle ->
                        handle.createQuery(sql).bind(0, id).mapTo(String.class).list());
    }
}
