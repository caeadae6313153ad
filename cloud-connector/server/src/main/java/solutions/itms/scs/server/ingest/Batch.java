package solutions.itms.scs.server.ingest;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.GateState;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.message.inventory.Inventory;
import solutions.itms.scs.server.command.CommandReports;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.device.DeviceTable;
import solutions.itms.scs.server.device.GateTable;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.Presence;
import solutions.itms.scs.server.history.HistoryWriter;
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
    private final HistoryWriter.Page history;
    private final ScarceLog log;
    private final Map<String, Presence> gateways = new HashMap<>();
    private final Changes changes = new Changes();
    private final List<DueReceipts.Span> touched = new ArrayList<>();
    private final @Nullable ReceiptBook receipts;
    private IngestCounts counts = IngestCounts.NONE;

    /**
     * Takes the messages in their order.
     *
     * @param connected whether a gateway is connected now, as far as the broker can tell
     * @param commands takes what they say of commands
     */
    Batch(
            Transaction transaction,
            List<Inbound> messages,
            Predicate<String> connected,
            CommandReports commands,
            HistoryWriter.Page history,
            ScarceLog log)
            throws SQLException {
        this.commands = commands;
        this.transaction = transaction;
        this.connected = connected;
        this.history = history;
        this.log = log;
        loadGateways(messages);
        receipts = openReceipts(messages);
        for (Inbound message : messages) {
            take(message);
        }
        if (receipts != null) {
            receipts.save();
        }
        history.save(transaction);
        Presence.save(transaction, gateways.values(), changes);
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

    /** The transaction was committed. */
    void committed() {
        history.committed();
    }

    private void loadGateways(List<Inbound> messages) throws SQLException {
        List<String> ids = messages.stream()
                .map(Inbound::address)
                .filter(Objects::nonNull)
                .map(Topics::clientId)
                .filter(id -> id.indexOf('\0') < 0)
                .toList();
        for (Presence gateway : Presence.load(transaction, ids)) {
            gateways.put(gateway.gateway().id(), gateway);
        }
    }

    private @Nullable ReceiptBook openReceipts(List<Inbound> messages) throws SQLException {
        List<ReceiptBook.Wanted> wanted = new ArrayList<>();
        for (Inbound message : messages) {
            Topics address = message.address();
            if (address != null && message.sequence() != null && gateway(address) != null) {
                wanted.add(new ReceiptBook.Wanted(address.clientId(), message.sequence()));
            }
        }
        return wanted.isEmpty()
                ? null
                : ReceiptBook.open(transaction, wanted, messages.get(0).receivedAt());
    }

    private void take(Inbound message) throws SQLException {
        Topics address = message.address();
        if (address == null) {
            reject(message, String.valueOf(message.fault()));
            return;
        }
        Presence gateway = gateway(address);
        if (gateway == null) {
            counts = counts.plus(new IngestCounts(0, 0, 0, 1, 0));
            log.warn("gateway " + address.clientId(), "dropped a message: there is no such gateway");
            return;
        }
        Payload payload = message.content();
        if (payload == null) {
            reject(message, String.valueOf(message.fault()));
            gateway.heard(message.receivedAt(), isConnected(gateway));
        } else if (address.control()) {
            lifeCycle(message, address, payload, gateway);
        } else {
            data(message, address, payload, gateway);
        }
    }

    private @Nullable Presence gateway(Topics address) {
        Presence known = gateways.get(address.clientId());
        return known != null && known.gateway().account().equals(address.account()) ? known : null;
    }

    private void lifeCycle(Inbound message, Topics address, Payload payload, Presence gateway) throws SQLException {
        String session;
        try {
            // stock Kura sends no session id, and an empty will
            session = payload.text("session.id");
        } catch (MalformedPayloadException e) {
            reject(message, String.valueOf(e.getMessage()));
            gateway.heard(message.receivedAt(), isConnected(gateway));
            return;
        }
        switch (address.subject()) {
            case "BIRTH" -> {
                gateway.born(session, message.receivedAt(), isConnected(gateway));
                commands.connected(transaction, gateway.gateway().id(), message.receivedAt(), changes);
            }
            case "DC" -> gateway.saidGoodbye(session, message.receivedAt());
            case "LWT" -> gateway.willFired(session);
            // APPS and others only show that the gateway is there
            default -> gateway.heard(message.receivedAt(), isConnected(gateway));
        }
        countTaken(gateway);
    }

    private void data(Inbound message, Topics address, Payload payload, Presence gateway) throws SQLException {
        gateway.heard(message.receivedAt(), isConnected(gateway));
        HistoryWriter.Number number = null;
        if (message.sequence() != null && receipts != null) {
            ReceiptBook.Taken taken = receipts.take(gateway.gateway().id(), message.sequence());
            number =
                    new HistoryWriter.Number(taken.epochId(), message.sequence().seq());
            touched.add(new DueReceipts.Span(
                    gateway.gateway(), message.sequence().epoch(), taken.epochId(), number.seq(), number.seq()));
            if (!taken.isNew()) {
                gateway.countDuplicate();
                counts = counts.plus(new IngestCounts(0, 1, 0, 0, 0));
                return;
            }
            gateway.countMissing(taken.missingChange());
        }
        countTaken(gateway);
        try {
            apply(message, address, payload, gateway, number);
        } catch (MalformedPayloadException e) {
            reject(message, String.valueOf(e.getMessage()));
        }
    }

    /** What a message does is undone if its values turn out to be wrong; that its number was taken stays. */
    private void apply(
            Inbound message, Topics address, Payload payload, Presence gateway, HistoryWriter.@Nullable Number number)
            throws SQLException, MalformedPayloadException {
        String id = gateway.gateway().id();
        String subject = subject(address);
        GateTable.Order order = new GateTable.Order(
                number == null ? null : number.epochId(), number == null ? null : number.seq(), payload.timestamp());
        if (subject.equals(GateBeats.SUBJECT)) {
            GateBeats beats = GateBeats.from(payload);
            alone(() -> GateTable.take(transaction, id, beats, order, changes));
        } else if (subject.startsWith("gate/") && subject.endsWith("/state")) {
            GateState state = GateState.from(payload);
            if (!state.subject().equals(subject)) {
                throw new MalformedPayloadException("the id in the payload is not the one in the topic");
            }
            alone(() -> GateTable.take(transaction, id, state, order, message.receivedAt(), changes));
        } else if (subject.equals(Inventory.SUBJECT)) {
            Inventory inventory = Inventory.from(payload);
            Changes own = new Changes();
            alone(() -> DeviceTable.take(transaction, id, inventory, order, message.receivedAt(), own));
            changes.addAll(own);
        } else if (subject.startsWith("command/")) {
            // told only if it is not undone
            Changes own = new Changes();
            alone(() -> command(message, address, payload, gateway.gateway(), own));
            changes.addAll(own);
        } else if (!HistoryWriter.isKept(subject)) {
            counts = counts.plus(new IngestCounts(0, 0, 0, 0, 1));
        }
        if (isOfDevice(address)) {
            device(message, address, payload, id);
        }
        if (HistoryWriter.isKept(subject)) {
            history.take(id, gateway.addedAtMillis(), subject, payload, message.receivedAt(), number);
        }
    }

    /** {@code <kind>/<id>/metrics}, as a bundle sends it that looks after devices. */
    private static boolean isOfDevice(Topics address) {
        List<String> path = address.path();
        return address.appId().equals(Topics.SCS_V1)
                && path.size() == 3
                && path.get(2).equals("metrics");
    }

    private void device(Inbound message, Topics address, Payload payload, String gatewayId)
            throws SQLException, MalformedPayloadException {
        String named = payload.text("id");
        String device = named == null ? Topics.decodeLevel(address.path().get(1)) : named;
        Object status = payload.metrics().get("status");
        String told = status instanceof String text && Device.STATUSES.contains(text) ? text : null;
        alone(() -> DeviceTable.heard(
                transaction, gatewayId, device, told, payload.timestamp(), message.receivedAt(), changes));
    }

    /** Ours without the application's id, others with it. */
    private static String subject(Topics address) {
        if (address.appId().equals(Topics.SCS_V1)) {
            return address.subject();
        }
        return address.path().isEmpty() ? address.appId() : address.appId() + "/" + address.subject();
    }

    /** What one message changes. */
    @FunctionalInterface
    private interface Change {
        void run() throws SQLException, MalformedPayloadException;
    }

    private void alone(Change change) throws SQLException, MalformedPayloadException {
        Savepoint before = transaction.savepoint();
        try {
            change.run();
            transaction.release(before);
        } catch (MalformedPayloadException e) {
            transaction.rollback(before);
            throw e;
        } catch (SQLException e) {
            if (!transaction.isDataFault(e)) {
                throw e;
            }
            transaction.rollback(before);
            LOGGER.error("a message broke a rule of the database, which should have been checked before", e);
            throw new MalformedPayloadException("broke a rule of the database", e);
        } catch (RuntimeException e) {
            // one message must not block those behind it
            transaction.rollback(before);
            LOGGER.error("a message could not be handled", e);
            throw new MalformedPayloadException("could not be handled: " + e, e);
        }
    }

    private void countTaken(Presence gateway) {
        gateway.countReceived();
        counts = counts.plus(new IngestCounts(1, 0, 0, 0, 0));
    }

    /** What is refused was told to the audit, which stays; its number was taken. */
    private void command(Inbound message, Topics topic, Payload payload, GatewayIdentity gateway, Changes own)
            throws SQLException {
        byte[] body = payload.body() == null ? new byte[0] : payload.body();
        Optional<CommandReports.Kind> kind = kind(topic.path());
        try {
            if (topic.subject().equals("command/pull")) {
                commands.pull(transaction, gateway.id(), body, message.receivedAt(), own);
            } else if (kind.isPresent()) {
                String commandId = topic.path().get(1);
                commands.take(transaction, gateway, commandId, kind.get(), body, message.receivedAt(), own);
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
