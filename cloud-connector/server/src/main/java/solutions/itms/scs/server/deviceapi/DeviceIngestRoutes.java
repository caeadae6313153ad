package solutions.itms.scs.server.deviceapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Receipt;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.DeviceTable;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Routes;
import solutions.itms.scs.server.ingest.BulkIngest;

/** Samples and events over HTTPS, many at a time; the answer is the receipt. Thread-safe. */
public final class DeviceIngestRoutes implements Routes {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_MESSAGES = 1_000;
    private static final int MAX_SUBJECT = 512;
    private static final int AT_ONCE = 8;
    private static final long PATIENCE_MILLIS = 15_000;

    /** First levels of subjects whose second one names a device. */
    private static final Set<String> KINDS = Set.of("camera", "nvr", "field");

    private final Database database;
    private final DeviceGuard guard;
    private final BulkIngest ingest;
    private final Semaphore free = new Semaphore(AT_ONCE);

    public DeviceIngestRoutes(Database database, DeviceGuard guard, BulkIngest ingest) {
        this.database = database;
        this.guard = guard;
        this.ingest = ingest;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/v1/device/ingest", this::take, Permission.DEVICE);
    }

    /** What is stored of an epoch; ranges as in receipts over MQTT. */
    record ReceiptView(String epoch, long seq, List<Receipt.Range> ranges) {
        static ReceiptView of(Receipt receipt) {
            return new ReceiptView(receipt.epoch(), receipt.upTo(), receipt.ranges());
        }
    }

    private void take(Context context) {
        byte[] body = context.bodyAsBytes();
        if (body.length > MAX_BYTES) {
            throw new Problem(413, "body_too_large", "Body too large", "The body may have 1 MiB.");
        }
        Caller caller = guard.caller(context.req(), body);
        Json.requireType(context);
        List<BulkIngest.Message> messages = messages(body);
        Optional<String> foreign = database.write(transaction -> foreign(transaction, caller, messages));
        if (foreign.isPresent()) {
            throw guard.outOfScope(caller, foreign.get());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("messages", messages.size());
        answer.put(
                "receipts",
                store(caller, messages).stream().map(ReceiptView::of).toList());
        Json.answer(context, answer);
    }

    private List<Receipt> store(Caller caller, List<BulkIngest.Message> messages) {
        if (!free.tryAcquire()) {
            throw Problem.unavailable("Too many devices send at the same time; send it again.");
        }
        try {
            return ingest.take(caller.gateway(), messages, PATIENCE_MILLIS);
        } catch (TimeoutException e) {
            throw Problem.unavailable("It could not be stored in time (" + e.getMessage()
                    + "); send it again, what has a number is taken once.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The server is stopping.");
        } finally {
            free.release();
        }
    }

    private static List<BulkIngest.Message> messages(byte[] body) {
        JsonNode list = Json.tree(body).path("messages");
        if (!list.isArray() || list.isEmpty() || list.size() > MAX_MESSAGES) {
            throw Problem.badRequest("'messages' must be a list of 1 to " + MAX_MESSAGES + ".");
        }
        List<BulkIngest.Message> messages = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            try {
                messages.add(message(list.get(i)));
            } catch (MalformedPayloadException | IllegalArgumentException e) {
                throw Problem.badRequest("'messages/" + i + "': " + e.getMessage() + ". None was taken.");
            }
        }
        return messages;
    }

    /** Kura's simple JSON beside the subject, or Kura's own encoding as Base64 in {@code payload}. */
    private static BulkIngest.Message message(JsonNode node) throws MalformedPayloadException {
        String subject = node.path("subject").asText();
        boolean levels = Arrays.stream(subject.split("/", -1)).allMatch(Topics::isLevel);
        if (!levels || subject.length() > MAX_SUBJECT) {
            throw new MalformedPayloadException("'subject' must be levels of a topic such as gateway/metrics");
        }
        JsonNode payload = node.path("payload");
        return BulkIngest.Message.read(
                subject, payload.isTextual() ? Base64.getDecoder().decode(payload.asText()) : Json.bytes(node));
    }

    /** What the key is not for; empty when all is in its scope. */
    private static Optional<String> foreign(Transaction transaction, Caller caller, List<BulkIngest.Message> messages)
            throws SQLException {
        String gateway = caller.gateway().id();
        for (BulkIngest.Message message : messages) {
            String[] levels = message.subject().split("/", -1);
            String device = levels.length > 1 ? levels[1] : "";
            if (caller.child() != null) {
                if (!isOfChild(caller.child(), levels, message)) {
                    return Optional.of("message '" + message.subject() + "' of another device");
                }
            } else if (levels.length > 2
                    && KINDS.contains(levels[0])
                    && !DeviceTable.isLinked(transaction, gateway, Topics.decodeLevel(device))) {
                return Optional.of(
                        "message '" + message.subject() + "' of a device that is not linked to this gateway");
            }
        }
        return Optional.empty();
    }

    /** With numbers of its own: it must not use up those of its gateway. */
    private static boolean isOfChild(String child, String[] levels, BulkIngest.Message message) {
        Object id = message.payload().metrics().get("id");
        boolean own = levels.length > 2
                && KINDS.contains(levels[0])
                && levels[1].equals(Topics.encodeLevel(child))
                && (id == null || id.equals(child));
        return own && (message.sequence() == null || message.sequence().epoch().startsWith(child + "/"));
    }
}
