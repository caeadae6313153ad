package solutions.itms.scs.server.ingest;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.GateState;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.server.command.CommandReports;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.device.GateTable;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.Presence;
import solutions.itms.scs.server.ops.ScarceLog;

/**
 * Messages that are taken in one transaction. A message that can't be used is kept as a bad one; only the database's
 * own failure makes the batch fail. For one thread, for one transaction.
 */
final class Batch {
    private static final Logger LOGGER = LoggerFactory.getLogger(Batch.class);

    private final Transaction transaction;
    private final Predicate<String> connected;
    private final CommandReports commands;
    private final ScarceLog log;
    private final Map<String, Optional<Presence>> gateways = new HashMap<>();
    private final Changes changes = new Changes();
    private final List<DueReceipts.Span> touched = new ArrayList<>();
    private IngestCounts counts = IngestCounts.NONE;

    /** @param connected whether a gateway is connected now, as far as the broker can tell */
    Batch(Transaction transaction, Predicate<String> connected, CommandReports commands, ScarceLog log) {
        this.commands = commands;
        this.transaction = transaction;
        this.connected = connected;
        this.log = log;
    }

    Changes changes() {
        return changes;
    }

    IngestCounts counts() {
        return counts;
    }

    /** The numbers that came, new or not. */
    List<DueReceipts.Span> touched() {
        return touched;
    }

    /** Takes one message. */
    void take(Inbound message) throws SQLException {
        Optional<Topics> topic = Topics.parse(message.topic());
        if (topic.isEmpty()) {
            reject(message, "the topic is none of a gateway");
            return;
        }
        Presence gateway = gateway(topic.get());
        if (gateway == null) {
            counts = counts.plus(new IngestCounts(0, 0, 0, 1, 0));
            log.warn("gateway " + topic.get().clientId(), "dropped a message: there is no such gateway");
            return;
        }
        try {
            if (topic.get().control()) {
                lifeCycle(message, topic.get(), gateway);
            } else {
                data(message, topic.get(), gateway);
            }
        } catch (MalformedPayloadException e) {
            reject(message, String.valueOf(e.getMessage()));
            gateway.heard(message.receivedAt(), isConnected(gateway));
        }
    }

    /** Writes what was counted; to be called once, before the commit. */
    void finish() throws SQLException {
        for (Optional<Presence> gateway : gateways.values()) {
            if (gateway.isPresent()) {
                gateway.get().save(transaction, changes);
            }
        }
    }

    private @Nullable Presence gateway(Topics topic) throws SQLException {
        Optional<Presence> known = gateways.get(topic.clientId());
        if (known == null) {
            known = Optional.ofNullable(Presence.load(transaction, topic.clientId()));
            gateways.put(topic.clientId(), known);
        }
        return known.filter(presence -> presence.gateway().account().equals(topic.account()))
                .orElse(null);
    }

    private void lifeCycle(Inbound message, Topics topic, Presence gateway)
            throws SQLException, MalformedPayloadException {
        String event = topic.subject();
        // stock Kura sends no session id, and an empty will
        String session = Payloads.decode(message.payload()).text("session.id");
        switch (event) {
            case "BIRTH" -> {
                gateway.born(session, message.receivedAt(), isConnected(gateway));
                commands.connected(transaction, gateway.gateway().id(), message.receivedAt(), changes);
            }
            case "DC" -> gateway.saidGoodbye(session, message.receivedAt());
            case "LWT" -> gateway.willFired(session);
            // APPS and others only show that the gateway is there
            default -> gateway.heard(message.receivedAt(), isConnected(gateway));
        }
        gateway.countReceived();
        counts = counts.plus(new IngestCounts(1, 0, 0, 0, 0));
    }

    private void data(Inbound message, Topics topic, Presence gateway) throws SQLException, MalformedPayloadException {
        Payload payload = Payloads.decode(message.payload());
        gateway.heard(message.receivedAt(), isConnected(gateway));
        Sequence sequence = Sequence.of(payload);
        Receipts.Taken taken = null;
        if (sequence != null) {
            taken = Receipts.take(transaction, gateway.gateway().id(), sequence, message.receivedAt());
            touched.add(new DueReceipts.Span(
                    gateway.gateway(), sequence.epoch(), taken.epochId(), sequence.seq(), sequence.seq()));
            if (!taken.isNew()) {
                gateway.countDuplicate();
                counts = counts.plus(new IngestCounts(0, 1, 0, 0, 0));
                return;
            }
            gateway.countMissing(taken.missingChange());
        }
        gateway.countReceived();
        counts = counts.plus(new IngestCounts(1, 0, 0, 0, 0));
        GateTable.Order order = new GateTable.Order(
                taken == null ? null : taken.epochId(), sequence == null ? null : sequence.seq(), payload.timestamp());
        applyAlone(message, topic, payload, gateway, order);
    }

    /** What a message does is undone if its values turn out to be wrong; that its number was taken stays. */
    private void applyAlone(Inbound message, Topics topic, Payload payload, Presence gateway, GateTable.Order order)
            throws SQLException {
        Savepoint before = transaction.savepoint();
        try {
            apply(message, topic, payload, gateway, order);
            transaction.release(before);
        } catch (MalformedPayloadException e) {
            transaction.rollback(before);
            reject(message, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            if (!transaction.isDataFault(e)) {
                throw e;
            }
            transaction.rollback(before);
            LOGGER.error("a message broke a rule of the database, which should have been checked before", e);
            reject(message, "broke a rule of the database");
        } catch (RuntimeException e) {
            // one message must not block those behind it
            transaction.rollback(before);
            LOGGER.error("a message could not be handled", e);
            reject(message, "could not be handled: " + e);
        }
    }

    private void apply(Inbound message, Topics topic, Payload payload, Presence gateway, GateTable.Order order)
            throws SQLException, MalformedPayloadException {
        String id = gateway.gateway().id();
        String subject = topic.subject();
        if (subject.equals(GateBeats.SUBJECT)) {
            GateTable.take(transaction, id, GateBeats.from(payload), order, changes);
        } else if (subject.startsWith("gate/") && subject.endsWith("/state")) {
            GateState state = GateState.from(payload);
            if (!state.subject().equals(subject)) {
                throw new MalformedPayloadException("the id in the payload is not the one in the topic");
            }
            GateTable.take(transaction, id, state, order, message.receivedAt(), changes);
        } else if (topic.path().get(0).equals("command")) {
            command(message, topic, payload, gateway.gateway());
        } else {
            counts = counts.plus(new IngestCounts(0, 0, 0, 0, 1));
        }
    }

    /** What is refused was told to the audit, which stays; its number was taken. */
    private void command(Inbound message, Topics topic, Payload payload, GatewayIdentity gateway) throws SQLException {
        byte[] body = payload.body() == null ? new byte[0] : payload.body();
        Optional<CommandReports.Kind> kind = kind(topic.path());
        try {
            if (topic.subject().equals("command/pull")) {
                commands.pull(transaction, gateway.id(), body, message.receivedAt(), changes);
            } else if (kind.isPresent()) {
                String commandId = topic.path().get(1);
                commands.take(transaction, gateway, commandId, kind.get(), body, message.receivedAt(), changes);
            } else {
                counts = counts.plus(new IngestCounts(0, 0, 0, 0, 1));
            }
        } catch (CommandRefusedException e) {
            reject(message, e.code().text() + ": " + e.getMessage());
        }
    }

    private static Optional<CommandReports.Kind> kind(List<String> path) {
        if (path.size() != 3) {
            return Optional.empty();
        }
        return switch (path.get(2)) {
            case "ack" -> Optional.of(CommandReports.Kind.ACK);
            case "progress" -> Optional.of(CommandReports.Kind.PROGRESS);
            case "result" -> Optional.of(CommandReports.Kind.RESULT);
            default -> Optional.empty();
        };
    }

    private boolean isConnected(Presence gateway) {
        return connected.test(gateway.gateway().id());
    }

    private void reject(Inbound message, String reason) throws SQLException {
        BadMessages.keep(transaction, message, reason);
        counts = counts.plus(new IngestCounts(0, 0, 1, 0, 0));
        log.warn("topic " + message.topic(), "a message could not be used: " + reason);
    }
}
